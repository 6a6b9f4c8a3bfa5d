import { inParallel } from '../../base/parallel.js';
import { noTag } from '../not-there.js';
import type { ObjectStore } from '../object-store.js';
import { getTagList } from '../tag-list.js';
import { compareVersions } from '../version-order.js';
import { imageKeys, placeOfKey } from './image-keys.js';
import { ManifestReader, type Named, type StoredManifest } from './reach.js';

const AT_ONCE = 8;

/** A tag, and what it points to. */
export interface ListedTag {
  readonly tag: string;
  /** Undefined where the tag is on the list and has no object. */
  readonly digest: string | undefined;
}

/** An image of one platform that a tag leads to. */
export interface ListedImage {
  /** Undefined where nothing says it. */
  readonly platform: string | undefined;
  readonly digest: string;
  /** Bytes of config and layers; undefined where the manifest is not there. */
  readonly size: number | undefined;
}

/** Names of images in a bucket that have tags, in the order of the store. */
export async function imageNames(store: ObjectStore): Promise<string[]> {
  const lists = await inParallel(await allImageNames(store), AT_ONCE, (name) =>
    getTagList(store, imageKeys(name).tags, name),
  );
  return lists.flatMap(({ name, tags }) => (tags.length > 0 ? [name] : []));
}

/** Names in a bucket of which there is anything, as the blobs of a push that was killed. */
export async function allImageNames(store: ObjectStore): Promise<string[]> {
  const names = new Set<string>();
  for await (const { key } of store.list('v2/')) {
    const place = placeOfKey(key);
    if (place) names.add(place.name);
  }
  return [...names];
}

/** A name's tags by version, the newest first. */
export async function imageTags(store: ObjectStore, name: string): Promise<ListedTag[]> {
  const keys = imageKeys(name);
  const { tags } = await getTagList(store, keys.tags, name);
  const reader = new ManifestReader(store, name);
  const sorted = [...tags].sort(compareVersions).reverse();
  return inParallel(sorted, AT_ONCE, async (tag) => {
    const known = (await store.head(keys.manifest(tag)))?.sha256;
    const digest = known === undefined ? (await reader.read(tag))?.digest : `sha256:${known}`;
    return { tag, digest };
  });
}

/**
 * What a tag leads to.
 * @throws InputError where there is no such tag
 */
export async function taggedImages(
  store: ObjectStore,
  { name, tag }: { readonly name: string; readonly tag: string },
): Promise<{ digest: string; images: ListedImage[] }> {
  const reader = new ManifestReader(store, name);
  const found = await reader.read(tag);
  if (!found) throw noTag(store, name, tag, (await getTagList(store, imageKeys(name).tags, name)).tags);
  return { digest: found.digest, images: await imagesOf(reader, found) };
}

/** The images that an index names, or the one image that a manifest is. */
export async function imagesOf(reader: ManifestReader, found: StoredManifest): Promise<ListedImage[]> {
  const entries: readonly Named[] =
    found.manifests.length > 0 ? found.manifests : [{ digest: found.digest, size: found.size, platform: undefined }];
  return inParallel(entries, AT_ONCE, async ({ digest, platform }): Promise<ListedImage> => {
    const manifest = digest === found.digest ? found : await reader.read(digest);
    const size = manifest?.blobs.reduce((sum, blob) => sum + (blob.size ?? 0), 0);
    return { platform: platformText(platform), digest, size };
  });
}

function platformText(platform: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { os, architecture, variant } = platform ?? {};
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  return [os, architecture, ...(typeof variant === 'string' ? [variant] : [])].join('/');
}
