import { CancelledError } from '../../base/errors.js';
import type { Log } from '../../base/log.js';
import { noTag } from '../not-there.js';
import type { ObjectStore } from '../object-store.js';
import { removeTags } from '../tag-list.js';
import { takeBackUnfinished } from '../unfinished.js';
import { compareVersions, newestTags } from '../version-order.js';
import { checkWhole, followInventory, type ImageInventory, reaches, tagsNow } from './image-inventory.js';
import { imageKeys } from './image-keys.js';
import { planRemoval, type Removal, unfinishedManifests } from './plan-removal.js';
import type { Reach } from './reach.js';
import { whileRemoving } from './removal-marker.js';

/** Keys of one request to remove. */
const BATCH = 500;

export interface RemoveOptions {
  /** Say what would go, and touch nothing. */
  readonly dryRun: boolean;
  /** Milliseconds for which an object that no tag leads to stays, since it may belong to a push that goes on. */
  readonly grace: number;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** Told of each key that was removed, or would be. */
  readonly onRemoved: (key: string) => void;
}

/** What has gone, or would go, of one name. */
export interface RemovedOf extends Removal {
  readonly name: string;
  readonly kept: readonly string[];
}

/**
 * Keeps the newest tags of a name and all that they lead to.
 * @throws RunError where a tag that stays is not whole; then nothing was removed
 */
export async function collectImages(
  store: ObjectStore,
  name: string,
  keep: number,
  options: RemoveOptions,
): Promise<RemovedOf> {
  const { inventory, found } = await followInventory(store, name);
  const digests = new Map([...found].flatMap(([tag, { digest }]) => (digest === undefined ? [] : [[tag, digest]])));
  const { removed } = newestTags(inventory.tags, keep, digests);
  const gone = [...removed, ...inventory.dangling];
  return remove(store, { inventory, removed: gone, found, withOrphans: true }, options);
}

/**
 * Removes one tag of a name, and what no other tag leads to.
 * @throws InputError where there is no such tag
 * @throws RunError where another tag is not whole; then nothing was removed
 */
export async function removeImage(
  store: ObjectStore,
  { name, tag }: { readonly name: string; readonly tag: string },
  options: RemoveOptions,
): Promise<RemovedOf> {
  const { inventory, found } = await followInventory(store, name);
  const { tags, dangling } = inventory;
  if (![...tags, ...dangling].includes(tag)) throw noTag(store, name, tag, tags);
  return remove(store, { inventory, removed: [tag], found, withOrphans: false }, options);
}

interface Going {
  readonly inventory: ImageInventory;
  readonly removed: readonly string[];
  readonly found: ReadonlyMap<string, Reach>;
  readonly withOrphans: boolean;
}

async function remove(store: ObjectStore, going: Going, options: RemoveOptions): Promise<RemovedOf> {
  const { inventory, removed, found, withOrphans } = going;
  const { name } = inventory;
  const kept = inventory.tags.filter((tag) => !removed.includes(tag)).sort(compareVersions);
  checkWhole(name, new Map([...found].filter(([tag]) => kept.includes(tag))));
  const youngSince = Date.now() - options.grace;
  const unfinished = await reaches(store, name, unfinishedManifests(inventory, found, youngSince));
  const plan = planRemoval({
    ...{ inventory, removed, reaches: found, withOrphans, youngSince },
    unfinished: [...unfinished.values()],
  });
  const { manifest, tags, blobs } = imageKeys(name);
  const tagKeys = removed.map(manifest);
  if (options.dryRun) for (const key of [...tagKeys, ...plan.keys]) options.onRemoved(key);
  else {
    if (removed.length > 0) await removeTags(store, tags, name, removed, options.signal);
    await removeAll(store, tagKeys, options);
    await sweep(store, { inventory, kept, keys: plan.keys, youngSince }, options);
  }
  if (withOrphans) await takeBackUnfinished(store, blobs, youngSince, options);
  return { ...plan, name, kept };
}

interface Sweep {
  readonly inventory: ImageInventory;
  readonly kept: readonly string[];
  readonly keys: readonly string[];
  /** Milliseconds since 1970. */
  readonly youngSince: number;
}

/** Removes objects that no tag leads to, and looks before each request whether that is still so. */
async function sweep(
  store: ObjectStore,
  { inventory, kept, keys, youngSince }: Sweep,
  options: RemoveOptions,
): Promise<void> {
  for (let at = 0; at < keys.length; at += BATCH) {
    const batch = keys.slice(at, at + BATCH);
    await whileRemoving(store, youngSince, async (byPushes) => {
      const byTags = await neededSince(store, inventory, kept);
      const isNeeded = (key: string) => byPushes.has(key) || byTags.has(key);
      for (const key of batch.filter(isNeeded))
        options.log.notice(
          `${store.shown}/${key} stays: ${byTags.has(key) ? 'a tag that was just pushed' : 'a push that goes on'} needs it`,
        );
      await removeAll(
        store,
        batch.filter((key) => !isNeeded(key)),
        options,
      );
    });
  }
}

/** What tags lead to that were set since the inventory was taken, or set to something else. */
async function neededSince(
  store: ObjectStore,
  { name, etags }: ImageInventory,
  kept: readonly string[],
): Promise<ReadonlySet<string>> {
  const fresh = [...(await tagsNow(store, name))].flatMap(([tag, etag]) =>
    kept.includes(tag) && etags.get(tag) === etag ? [] : [tag],
  );
  const found = await reaches(store, name, fresh);
  return new Set([...found.values()].flatMap(({ keys }) => [...keys]));
}

async function removeAll(store: ObjectStore, keys: readonly string[], options: RemoveOptions): Promise<void> {
  for (let at = 0; at < keys.length; at += BATCH) {
    if (options.signal?.aborted) throw new CancelledError();
    const batch = keys.slice(at, at + BATCH);
    options.log.progress(`${store.shown}: removing ${at + batch.length} of ${keys.length} objects`);
    await store.remove(batch);
    for (const key of batch) options.onRemoved(key);
  }
}
