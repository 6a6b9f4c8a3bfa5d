import { digestOf } from '../../src/base/hash.js';
import { SPEC_LABEL } from '../../src/spec/build-spec.js';

/** An object of a bucket, as any writer may have put it there. */
export interface PageObject {
  readonly key: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

export function jsonObject(key: string, value: unknown, contentType = 'application/json'): PageObject {
  return { key, contentType, bytes: Buffer.from(JSON.stringify(value)) };
}

/**
 * The documents of a tag without its layers, which no page needs.
 * @param platforms of the index
 * @param spec text of the label; undefined for none
 */
export function imageObjectsOf(
  name: string,
  tag: string,
  platforms: readonly { os: string; architecture: string; variant?: string }[],
  spec?: string,
): { readonly index: string; readonly children: readonly string[]; readonly objects: readonly PageObject[] } {
  const objects: PageObject[] = [];
  const put = (folder: string, value: unknown, contentType: string) => {
    const { bytes } = jsonObject('', value);
    objects.push({ key: `v2/${name}/${folder}/${digestOf(bytes)}`, contentType, bytes });
    return { digest: digestOf(bytes), size: bytes.length };
  };
  const manifests = platforms.map((platform) => {
    const Labels = spec === undefined ? {} : { [SPEC_LABEL]: spec };
    const config = put('blobs', { ...platform, tag, config: { Labels } }, 'application/octet-stream');
    const layers = [{ digest: digestOf(`${tag}${platform.architecture}`), size: 9_400_000 }];
    return { ...put('manifests', { mediaType: MANIFEST, config, layers }, MANIFEST), platform };
  });
  const index = { mediaType: INDEX, manifests };
  const { digest } = put('manifests', index, INDEX);
  objects.push(jsonObject(`v2/${name}/manifests/${tag}`, index, INDEX));
  return { index: digest, children: manifests.map((each) => each.digest), objects };
}

/** The documents of a tag of binaries. */
export function filesObject(
  name: string,
  tag: string,
  files: readonly { os: string; architecture: string; variant?: unknown; path: string }[],
  suffix = '',
): PageObject {
  const flavors = files.map(({ path, ...platform }) => ({ resources: [{ path }], platform }));
  return jsonObject(`df-dist-v1/${name}/${tag}${suffix}`, { flavors });
}

/** The two lists of tags. */
export function listObject(
  kind: 'container' | 'static',
  name: string,
  tags: readonly string[],
  suffix = '',
): PageObject {
  return jsonObject(kind === 'container' ? `v2/${name}/tags/list` : `df-dist-v1/${name}${suffix}`, { name, tags });
}
