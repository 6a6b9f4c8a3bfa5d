import { isTag } from '../../spec/reference.js';

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

/** The name that a key belongs to, and which part of it; undefined where it is none of an image's. */
export function placeOfKey(key: string): { readonly name: string; readonly part: string } | undefined {
  const [, name, part] = /^v2\/(.+)\/(blobs|manifests|tags)\/[^/]+$/.exec(key) ?? [];
  return name === undefined || part === undefined ? undefined : { name, part };
}

/** Whether a manifest's key is that of a tag, by what it ends with. */
export function isTagName(text: string): boolean {
  return isTag(text) && !isDigestName(text);
}
