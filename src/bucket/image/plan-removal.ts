import { compareUtf8 } from '../../base/files.js';
import type { ImageInventory } from './image-inventory.js';
import { imageKeys } from './image-keys.js';
import type { Reach } from './reach.js';

/** What is to go, in the order in which it goes. */
export interface Removal {
  readonly tags: readonly string[];
  /** Keys of manifests by digest, then of blobs. */
  readonly keys: readonly string[];
  /** Keys that no tag leads to, and that stay for being younger than the time of grace. */
  readonly young: readonly string[];
  /** Bytes of `keys`. */
  readonly bytes: number;
}

export interface RemovalInput {
  readonly inventory: ImageInventory;
  readonly removed: readonly string[];
  /** What each tag leads to: those that stay, and those that go. */
  readonly reaches: ReadonlyMap<string, Reach>;
  /** What manifests lead to that no tag leads to, and that are younger than the time of grace: a push that goes on. */
  readonly unfinished: readonly Reach[];
  /** Whether what no tag leads to goes, too, once it is old enough. */
  readonly withOrphans: boolean;
  /** Objects that were written later than this, in milliseconds since 1970, may belong to a push that goes on. */
  readonly youngSince: number;
}

/**
 * What goes with some tags. An object that a tag which stays leads to never does. What only those lead to that go, goes at
 * once; what no tag leads to may be part of a push that goes on, and has its time of grace.
 */
export function planRemoval(input: RemovalInput): Removal {
  const { inventory, removed, unfinished, youngSince } = input;
  const gone = new Set(removed);
  const kept = new Set(unfinished.flatMap(({ keys }) => [...keys]));
  const going = new Set<string>();
  for (const [tag, { keys }] of input.reaches) for (const key of keys) (gone.has(tag) ? going : kept).add(key);
  const [keys, young]: [string[], string[]] = [[], []];
  let bytes = 0;
  for (const { key, size, modified } of inventory.objects.values()) {
    if (kept.has(key)) continue;
    if (!going.has(key)) {
      if (!input.withOrphans) continue;
      // A store that does not say when it was written gets no doubt's benefit, but the object does.
      if (modified === undefined || modified > youngSince) {
        young.push(key);
        continue;
      }
    }
    keys.push(key);
    bytes += size;
  }
  return { tags: removed, keys: inOrder(keys, inventory.name), young: young.sort(compareUtf8), bytes };
}

/** Manifests before the blobs that they name. */
function inOrder(keys: readonly string[], name: string): string[] {
  const { manifests } = imageKeys(name);
  const sorted = [...keys].sort(compareUtf8);
  return [...sorted.filter((key) => key.startsWith(manifests)), ...sorted.filter((key) => !key.startsWith(manifests))];
}

/** Manifests by digest that no tag leads to, and that are young: where a push that goes on has got to. */
export function unfinishedManifests(
  { name, objects }: ImageInventory,
  reaches: ReadonlyMap<string, Reach>,
  youngSince: number,
): string[] {
  const { manifests } = imageKeys(name);
  const reached = new Set([...reaches.values()].flatMap(({ keys }) => [...keys]));
  return [...objects.values()].flatMap(({ key, modified }) => {
    const isOld = modified !== undefined && modified <= youngSince;
    return key.startsWith(manifests) && !reached.has(key) && !isOld ? [key.slice(manifests.length)] : [];
  });
}
