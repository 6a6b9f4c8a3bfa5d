import { join } from 'node:path';
import { type CompiledBinary, compileAll } from '../../compile/compile-all.js';
import { compileKey } from '../../spec/build-spec.js';
import { platformName, targetOf } from '../../spec/platform.js';
import { binaryStore } from '../../store/binary-store.js';
import { cleanGoCache } from '../../store/go-cache.js';
import { checkStoreIsWritable, explainFullStore } from '../../store/ready-store.js';
import type { Store } from '../../store/store.js';
import type { Context } from '../context.js';
import type { PreparedBuild } from './prepare.js';

/**
 * The binaries of a build, one for each target: those that an earlier run left whole are taken, the others compiled.
 * @param useKept whether earlier runs are asked, and later ones served
 */
export async function compileMissing(
  prepared: PreparedBuild,
  useKept: boolean,
  context: Context,
  store: Store,
  work: string,
): Promise<CompiledBinary[]> {
  const key = compileKey(prepared.spec);
  const kept = binaryStore(store.root);
  const found = new Map<string, CompiledBinary>();
  // Images that differ in os.version alone share their binary.
  const targets = [
    ...new Map(prepared.platforms.map(targetOf).map((target) => [platformName(target), target])).values(),
  ];
  if (useKept) {
    for (const platform of targets) {
      const binary = await kept.get(key, platform);
      if (!binary) continue;
      context.log.info(`${platformName(platform)}: compiled by an earlier run`);
      found.set(platformName(platform), { ...binary, platform, milliseconds: 0 });
    }
  }
  const missing = targets.filter((platform) => !found.has(platformName(platform)));
  if (missing.length > 0) {
    // Before anything is compiled that could then not be kept, or from what is damaged.
    if (useKept) await readyStore(store, context);
    const tree = await prepared.tree();
    await compileAll(tree, prepared.spec, missing, join(work, 'binaries'), context.log, async (binary) => {
      found.set(platformName(binary.platform), binary);
      if (useKept) await kept.put(key, binary.platform, binary);
    }).catch(async (error: unknown) => {
      throw await explainFullStore(store.root, error);
    });
  }
  return targets.flatMap((platform) => found.get(platformName(platform)) ?? []);
}

/** Has the store ready for a compiler: it can be written to, and holds nothing that would make another binary. */
async function readyStore({ root }: Store, { log, signal }: Context): Promise<void> {
  await checkStoreIsWritable(root);
  const removed = await cleanGoCache(join(root, 'go-build'), signal);
  if (removed > 0) log.notice(`${removed} files of Go's build cache were damaged, and are made anew`);
}
