import { RunError } from '../../base/errors.js';
import { inParallel } from '../../base/parallel.js';
import type { ObjectInfo, ObjectStore } from '../object-store.js';
import { getTagList } from '../tag-list.js';
import { imageKeys, isDigestName, isTagName } from './image-keys.js';
import { ManifestReader, type Reach, reachOf } from './reach.js';

/** Tags that are followed at once. */
const AT_ONCE = 8;

/** How often a name is looked at where its tags change meanwhile. */
const ROUNDS = 5;

/** What a bucket has of one name. */
export interface ImageInventory {
  readonly name: string;
  /** Tags that have an object, in no order. */
  readonly tags: readonly string[];
  /** Tags that are only on the list. */
  readonly dangling: readonly string[];
  /** ETags of the objects of tags. */
  readonly etags: ReadonlyMap<string, string>;
  /** Manifests by digest, and blobs, by key. */
  readonly objects: ReadonlyMap<string, ObjectInfo>;
}

/** Lists all of a name: the list of tags first, so that a tag of a push that goes on is found by its object. */
export async function takeInventory(store: ObjectStore, name: string): Promise<ImageInventory> {
  const keys = imageKeys(name);
  const { tags: listed } = await getTagList(store, keys.tags, name);
  const objects = new Map<string, ObjectInfo>();
  for await (const info of store.list(keys.blobs)) {
    if (isDigestName(info.key.slice(keys.blobs.length))) objects.set(info.key, info);
  }
  // Manifests after blobs: what is pushed meanwhile is rather too much here than too little.
  const etags = new Map<string, string>();
  for await (const info of store.list(keys.manifests)) {
    const reference = info.key.slice(keys.manifests.length);
    if (isDigestName(reference)) objects.set(info.key, info);
    else if (isTagName(reference)) etags.set(reference, info.etag);
  }
  const dangling = listed.filter((tag) => !etags.has(tag));
  return { name, tags: [...etags.keys()], dangling, etags, objects };
}

/** Tags that have an object, and its ETag, as they are now. */
export async function tagsNow(store: ObjectStore, name: string): Promise<Map<string, string>> {
  const { manifests } = imageKeys(name);
  const tags = new Map<string, string>();
  for await (const { key, etag } of store.list(manifests)) {
    const reference = key.slice(manifests.length);
    if (isTagName(reference)) tags.set(reference, etag);
  }
  return tags;
}

/**
 * Lists all of a name, and follows every tag. A tag that goes meanwhile, as another run removes it, looks like a damaged
 * one; then it is looked at anew.
 */
export async function followInventory(
  store: ObjectStore,
  name: string,
): Promise<{ inventory: ImageInventory; found: ReadonlyMap<string, Reach> }> {
  for (let round = 1; ; round++) {
    const inventory = await takeInventory(store, name);
    const found = await reaches(store, name, inventory.tags);
    const damaged = [...found].filter(([, { damage }]) => damage.length > 0);
    if (damaged.length === 0 || round === ROUNDS) return { inventory, found };
    const now = await tagsNow(store, name);
    if (damaged.every(([tag]) => now.get(tag) === inventory.etags.get(tag))) return { inventory, found };
  }
}

/** Follows references to the end, several at once. */
export async function reaches(
  store: ObjectStore,
  name: string,
  references: readonly string[],
): Promise<Map<string, Reach>> {
  const reader = new ManifestReader(store, name);
  const found = await inParallel(references, AT_ONCE, (reference) => reachOf(reader, name, reference));
  return new Map(references.map((reference, position) => [reference, found[position] as Reach]));
}

/** @throws RunError where a tag that stays is damaged: then nobody knows what it needs */
export function checkWhole(name: string, kept: ReadonlyMap<string, Reach>): void {
  for (const [tag, { damage }] of kept) {
    if (damage.length === 0) continue;
    throw new RunError(
      `${name}:${tag} is not whole (${damage[0]}), so that nothing shows which objects it needs. Push it again, or remove it with rm; nothing was removed`,
    );
  }
}
