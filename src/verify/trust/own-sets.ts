import { builtinSets, keptRevisions, loadBuiltin } from '../../source/builtin-sets.js';
import type { FetchPatch, PatchSet } from '../../source/patches.js';

/** All patch sets that come with this project: each in its current revision, and in those that are kept. */
export type OwnSets = readonly PatchSet[];

/**
 * Reads the project's own sets. No process is started and nothing is fetched.
 * @param patchesDir folder of the sets
 * @param fetchPatch for what a set brings from elsewhere, when that is asked for
 */
export async function loadOwnSets(patchesDir: string, fetchPatch: FetchPatch): Promise<OwnSets> {
  const sets: PatchSet[] = [];
  for (const name of await builtinSets(patchesDir)) {
    for (const revision of [undefined, ...(await keptRevisions(name, patchesDir))]) {
      sets.push(await loadBuiltin(name, revision, patchesDir, fetchPatch));
    }
  }
  return sets;
}
