import { isTag } from '../spec/reference.js';

/** What a client asks first; web servers of buckets give one or the other of them for `/v2/`. */
export const API_KEYS = ['v2/', 'v2/index.html'] as const;

const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9A-Fa-f]{32,}$/;

/** Where an image's parts lie, as the distribution spec names them for GET. */
export function imageKeys(name: string) {
  const base = `v2/${name}`;
  return {
    blob: (digest: string) => `${base}/blobs/${digest}`,
    /** @param reference a tag or a digest */
    manifest: (reference: string) => `${base}/manifests/${reference}`,
    tags: `${base}/tags/list`,
    blobs: `${base}/blobs/`,
    manifests: `${base}/manifests/`,
  };
}

/** What the key of a manifest ends with. */
export function isDigestName(text: string): boolean {
  return DIGEST.test(text);
}

/** The name whose list of tags this is; undefined where it is another key. */
export function nameOfTagsKey(key: string): string | undefined {
  return /^v2\/(.+)\/tags\/list$/.exec(key)?.[1];
}

/** Whether a manifest's key is that of a tag, by what it ends with. */
export function isTagName(text: string): boolean {
  return isTag(text) && !isDigestName(text);
}
