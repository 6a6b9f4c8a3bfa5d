import { CancelledError } from '../../base/errors.js';
import { compareUtf8 } from '../../base/files.js';
import type { RemovedOf, RemoveOptions } from '../image/collect-garbage.js';
import { noTag } from '../not-there.js';
import type { ObjectStore } from '../object-store.js';
import { removeTags } from '../tag-list.js';
import { takeBackUnfinished } from '../unfinished.js';
import { compareVersions, newestTags } from '../version-order.js';
import { readStaticTag, type StaticInventory, tagOfFile, takeStaticInventory } from './static-inventory.js';
import { staticKeys } from './static-keys.js';

/** Keys of one request to remove. */
const BATCH = 500;

/**
 * Keeps the newest tags of a name, and their files. Files that no tag names go once they are older than the time of grace:
 * a push that goes on may be about to name them.
 */
export async function collectStatic(
  store: ObjectStore,
  { name, suffix }: { readonly name: string; readonly suffix: string },
  keep: number,
  options: RemoveOptions,
): Promise<RemovedOf> {
  const inventory = await takeStaticInventory(store, name, suffix);
  const { kept, removed } = newestTags(inventory.tags, keep, new Map());
  const { files, tag: keyOf } = staticKeys(name, suffix);
  const named = new Set<string>();
  // Of a tag that is on the list alone nobody knows what it has; all of it stays.
  const unknown = new Set<string>();
  for (const tag of kept) {
    const found = await readStaticTag(store, keyOf(tag));
    if (!found) unknown.add(tag);
    for (const { platform, path } of found ?? []) named.add(`${files(tag)}${platform}/${path}`);
  }
  const youngSince = Date.now() - options.grace;
  const [keys, young]: [string[], string[]] = [[], []];
  for (const { key, modified } of inventory.files.values()) {
    if (removed.includes(tagOfFile(name, key))) keys.push(key);
    else if (!named.has(key) && !unknown.has(tagOfFile(name, key)))
      (modified !== undefined && modified <= youngSince ? keys : young).push(key);
  }
  const result = await remove(store, { inventory, suffix, removed, keys, young }, options);
  await takeBackUnfinished(store, staticKeys(name, suffix).below, youngSince, options);
  return result;
}

/** Removes one tag of a name, and its files. @throws InputError where there is no such tag */
export async function removeStatic(
  store: ObjectStore,
  { name, tag, suffix }: { readonly name: string; readonly tag: string; readonly suffix: string },
  options: RemoveOptions,
): Promise<RemovedOf> {
  const inventory = await takeStaticInventory(store, name, suffix);
  if (!inventory.tags.includes(tag)) throw noTag(store, name, tag, inventory.tags);
  const keys = [...inventory.files.keys()].filter((key) => tagOfFile(name, key) === tag);
  return remove(store, { inventory, suffix, removed: [tag], keys, young: [] }, options);
}

interface Going {
  readonly inventory: StaticInventory;
  readonly suffix: string;
  readonly removed: readonly string[];
  readonly keys: readonly string[];
  readonly young: readonly string[];
}

/** The list of tags first, then what the tags have, then their files. */
async function remove(
  store: ObjectStore,
  { inventory, suffix, removed, keys, young }: Going,
  options: RemoveOptions,
): Promise<RemovedOf> {
  const { name, files, tags } = inventory;
  const at = staticKeys(name, suffix);
  const sorted = [...keys].sort(compareUtf8);
  if (removed.length > 0 && !options.dryRun) await removeTags(store, at.name, name, removed, options.signal);
  for (const batch of [removed.map(at.tag), ...batchesOf(sorted)]) {
    if (options.signal?.aborted) throw new CancelledError();
    if (!options.dryRun && batch.length > 0) await store.remove(batch);
    for (const key of batch) options.onRemoved(key);
  }
  const bytes = sorted.reduce((sum, key) => sum + (files.get(key)?.size ?? 0), 0);
  const kept = tags.filter((tag) => !removed.includes(tag)).sort(compareVersions);
  return { name, kept, tags: removed, keys: sorted, young, bytes };
}

function batchesOf(keys: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, i) => keys.slice(i * BATCH, (i + 1) * BATCH));
}
