import { RunError } from '../../base/errors.js';
import { inParallel } from '../../base/parallel.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { isTag } from '../../spec/reference.js';
import { imageKeys } from '../image/image-keys.js';
import { imagesOf, type ListedImage } from '../image/list-images.js';
import { ManifestReader } from '../image/reach.js';
import type { ObjectStore } from '../object-store.js';
import { S3Error } from '../s3/errors.js';
import { readStaticTag, type StaticFile } from '../static/static-inventory.js';
import { staticKeys } from '../static/static-keys.js';
import { getTagList } from '../tag-list.js';
import { compareVersions } from '../version-order.js';
import { specOf } from './spec.js';
import { staticLists } from './static.js';

/** Tags of which a page says all; of the older ones it has the names. */
export const MOST_DETAILED = 50;

/** Platforms of a tag that are read and shown; a real image has some ten. */
const MOST_PLATFORMS = 50;

/** Tags that are read at once. */
const AT_ONCE = 8;

/** What a bucket has of one name, images and binaries alike, as its page says it. */
export interface PageModel {
  readonly name: string;
  /** The newest by version, the newest first. */
  readonly tags: readonly PageTag[];
  /** Older ones, in the same order. */
  readonly older: readonly string[];
}

export interface PageTag {
  /** By the grammar of tags, unless somebody else has written the list. */
  readonly tag: string;
  readonly isValid: boolean;
  /** Undefined where the name has no image of that tag. */
  readonly image: PageImage | 'damaged' | undefined;
  /** Empty where it has no binaries. */
  readonly files: readonly PageFile[] | 'damaged';
}

export interface PageImage {
  /** Of the index. */
  readonly digest: string;
  readonly images: readonly ListedImage[];
  /** How many platforms there are beside those. */
  readonly more: number;
  /** Undefined where it carries none: then nobody can build it again. */
  readonly spec: BuildSpec | undefined;
}

export interface PageFile extends StaticFile {
  readonly key: string;
}

/**
 * Reads what there is of a name, by its lists of tags.
 * @param byDigest reader of manifests by digest, which may be used again: what it has read does not change
 * @throws RunError where a list of tags is none
 */
export async function readPageModel(
  store: ObjectStore,
  name: string,
  byDigest = new ManifestReader(store, name),
): Promise<PageModel> {
  const { images, binaries, all } = await pageTags(store, name);
  const byTag = new ManifestReader(store, name);
  const tags = await inParallel(all.slice(0, MOST_DETAILED), AT_ONCE, async (tag): Promise<PageTag> => {
    const isValid = isTag(tag);
    if (!isValid) return { tag, isValid, image: undefined, files: [] };
    const filesKey = binaries.get(tag);
    const [image, files] = await Promise.all([
      images.has(tag) ? orDamaged(readImage(store, name, tag, byTag, byDigest)) : undefined,
      filesKey === undefined ? [] : orDamaged(readFiles(store, name, tag, filesKey)),
    ]);
    return { tag, isValid, image, files };
  });
  return { name, tags, older: all.slice(MOST_DETAILED) };
}

/** Tags of a name, by its lists. */
export interface PageTags {
  readonly images: ReadonlySet<string>;
  /** Tag of binaries → key of what it has. */
  readonly binaries: ReadonlyMap<string, string>;
  /** Both, each once, the newest first. */
  readonly all: readonly string[];
}

export async function pageTags(store: ObjectStore, name: string): Promise<PageTags> {
  const [{ tags }, lists] = await Promise.all([
    getTagList(store, imageKeys(name).tags, name),
    staticLists(store, name),
  ]);
  const images = new Set(tags);
  const binaries = new Map(lists.flatMap((list) => list.tags.map((tag) => [tag, list.keyOf(tag)] as const)));
  const all = [...new Set([...images, ...binaries.keys()])].sort(compareVersions).reverse();
  return { images, binaries, all };
}

async function readImage(
  store: ObjectStore,
  name: string,
  tag: string,
  byTag: ManifestReader,
  byDigest: ManifestReader,
): Promise<PageImage | 'damaged'> {
  const found = await byTag.read(tag);
  if (!found || found.manifests.length + found.blobs.length === 0) return 'damaged';
  const manifests = found.manifests.slice(0, MOST_PLATFORMS);
  const images = await imagesOf(byDigest, { ...found, manifests });
  const first = manifests.length > 0 ? await byDigest.read(manifests[0]?.digest ?? '') : found;
  const spec = await specOf(store, name, first);
  return { digest: found.digest, images, more: found.manifests.length - manifests.length, spec };
}

async function readFiles(store: ObjectStore, name: string, tag: string, key: string): Promise<PageFile[] | 'damaged'> {
  const files = await readStaticTag(store, key);
  if (!files) return 'damaged';
  const at = staticKeys(name, '').files(tag);
  return files.map((file) => ({ ...file, key: `${at}${file.platform}/${file.path}` }));
}

/** A page tells of what is damaged, and does not fail for it; where the store fails, so does the page. */
async function orDamaged<T>(reading: Promise<T>): Promise<T | 'damaged'> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RunError && !(error instanceof S3Error)) return 'damaged';
    throw error;
  }
}
