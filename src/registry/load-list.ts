import { randomBytes } from 'node:crypto';
import { RunError } from '../base/errors.js';
import type { LayoutContent } from './kept-layout.js';
import type { StorageTool } from './storage-tool.js';

/** Names that lists have while they are made: this and `PID-RANDOM`. */
export const PASSING = 'localhost/pushgateway-ttl-loading:';

/** A name on its way to a new list. */
export interface Move {
  readonly name: string;
  /** Ids of the new list and of what had the name before. */
  readonly to: string;
  readonly from: string | undefined;
}

/**
 * Makes a list of everything that a kept layout's index lists, under a passing name; compares it, and only then gives it
 * its own name, in one step. The passing name stays, as does what had the name before; `settle` removes them.
 * @param onMove told before the name can have moved
 * @throws RunError where podman or buildah fails, or the list holds something else
 */
export async function loadList(
  storage: StorageTool,
  name: string,
  path: string,
  { manifests }: LayoutContent,
  onMove: (move: Move) => void,
): Promise<void> {
  const wanted = manifests.map(({ digest }) => digest).join();
  const check = async (list: string) => {
    const listed = (await storage.listed(list)).join();
    if (listed !== wanted) throw new RunError(`the list ${list} names ${listed || 'nothing'} instead of ${wanted}`);
  };
  const passing = `${PASSING}${process.pid}-${randomBytes(6).toString('hex')}`;
  const id = await storage.createList(passing);
  await storage.addLayout(passing, path);
  await check(passing);
  onMove({ name, to: id, from: await holderOf(storage, name) });
  await storage.tag(id, name);
  if ((await holderOf(storage, name)) !== id)
    throw new RunError(`the name ${name} did not go to the new list: this version tags something else`);
  await check(name);
}

async function holderOf(storage: StorageTool, name: string): Promise<string | undefined> {
  return (await storage.images()).find(({ names }) => names.includes(name))?.id;
}
