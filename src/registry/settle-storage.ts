import { RunError } from '../base/errors.js';
import { type Digest, hexOf } from '../base/hash.js';
import type { Log } from '../base/log.js';
import { type Move, PASSING } from './load-list.js';
import { LEFT_BEHIND, type LoadedNames } from './loaded-names.js';
import type { StorageTool, StoredImage } from './storage-tool.js';

/** Names of the images for this machine: this and the beginning of the index's digest. */
const NATIVE = 'localhost/pushgateway-ttl-native:';

/** Name of the image for this machine that belongs to an index. */
export function nativeName(index: Digest): string {
  return `${NATIVE}${hexOf(index).slice(0, 16)}`;
}

export interface Settlement {
  readonly index: Digest;
  /** Names that were claimed, with what they used before. */
  readonly claims: ReadonlyMap<string, readonly Digest[]>;
  /** Those of them that may have moved. */
  readonly moves: readonly Move[];
  /** Folder of the kept layouts. */
  readonly loaded: string;
}

/**
 * Ends a load, however it went: records what each name uses now, as the storage says, and removes what runs left that
 * did not end well and what no name uses any more.
 */
export async function settle(
  storage: StorageTool,
  records: LoadedNames,
  { index, claims, moves, loaded }: Settlement,
  log: Log,
): Promise<void> {
  const images = await storage.images();
  const holders = new Map(images.flatMap(({ id, names }) => names.map((name) => [name, id] as const)));
  for (const [name, before] of claims) {
    const holder = holders.get(name);
    const hasMoved = moves.some((move) => move.name === name && move.to === holder);
    await records.set(name, hasMoved ? [index] : before);
  }
  for (const { name, from } of moves) {
    const left = images.find(({ id, names }) => id === from && names.length === 0);
    if (left !== undefined) await letGo(storage, name, left, log);
  }
  await removePassing(storage, images);
  await records.forgetMissing(new Set(holders.keys()));
  const needed = new Set([...(await records.used('here'))].map(nativeName));
  // What a pull calls it that was cut off before it got the name of its own.
  const cutOff = `localhost/${hexOf(index)}:latest`;
  for (const name of holders.keys()) {
    // One that a container uses stays until that is gone.
    if (name === cutOff || (name.startsWith(NATIVE) && !needed.has(name)))
      await storage.removeName(name).catch(ignoreFailure);
  }
  await records.removeUnused(loaded);
}

/** Something that lost its last name: a list holds nothing of its own, an image is the user's. */
async function letGo(storage: StorageTool, name: string, { id }: StoredImage, log: Log): Promise<void> {
  if (await storage.isList(id)) await storage.removeList(id);
  else log.notice(`${name} was another image until now, which stays in storage without a name (${id.slice(0, 12)}).`);
}

/** Takes the passing names off this run's lists, and off those of runs that were killed. */
async function removePassing(storage: StorageTool, images: readonly StoredImage[]): Promise<void> {
  for (const { names, created } of images) {
    for (const name of names.filter((name) => name.startsWith(PASSING))) {
      const isOwn = name.startsWith(`${PASSING}${process.pid}-`);
      if (isOwn || Date.now() - created * 1000 > LEFT_BEHIND) await storage.removeList(name);
    }
  }
}

function ignoreFailure(error: unknown): void {
  if (!(error instanceof RunError)) throw error;
}
