import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../base/errors.js';
import { once } from '../../base/once.js';
import type { GoInTree } from '../../compile/go-command.js';
import { checkReplacements, raiseModules } from '../../compile/modules.js';
import { planExtraFiles } from '../../image/extra-layer.js';
import type { TarEntry } from '../../image/tar-plan.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import type { ResolvedBase } from '../../registry/resolve-base.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { makePatchedTree } from '../../source/patched-tree.js';
import { reverseTree } from '../../source/reverse-tree.js';
import type { ResolvedSource } from '../../source/source.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import type { Platform } from '../../spec/platform.js';
import type { Store } from '../../store/store.js';
import type { GoToolchain } from '../../toolchain/find-go.js';
import type { Context } from '../context.js';
import { chooseBase } from './base.js';
import { type Epoch, makeSpec } from './make-spec.js';
import {
  findGoFor,
  findSource,
  goInTree,
  goVersionFor,
  loadPatchSets,
  patchFetcherFor,
  type WantedPatches,
} from './parts.js';
import { raisedFacts } from './raised-modules.js';

/** What shapes the images, of all that `build` is asked for; its patch sets may have been found already. */
export type BuildShape = Pick<
  BuildOptions,
  'source' | 'overrides' | 'go' | 'versionSuffix' | 'platforms' | 'base' | 'extraFiles' | 'labels' | 'cache'
> & { readonly patches: WantedPatches; readonly epoch: Epoch };

/** A build that is known to the last byte of its spec; what costs time is done when it is asked for, and once. */
export interface PreparedBuild {
  readonly spec: BuildSpec;
  readonly source: ResolvedSource;
  /** In the order of the index; with `os.version` where the base has one. */
  readonly platforms: readonly Platform[];
  /** Undefined for `scratch`. */
  readonly base: ResolvedBase | undefined;
  /** What the layer of extra files holds. */
  readonly extra: readonly TarEntry[];
  /** The same build with another time in it. */
  at(epoch: Epoch): Promise<PreparedBuild>;
  /** The checked Go. */
  toolchain(): Promise<GoToolchain>;
  /** The patched tree with the overrides in its go.mod, ready to be compiled. */
  tree(): Promise<GoInTree>;
}

/**
 * From options to the spec: finds the source, the patch sets and the module versions. A known release without overrides
 * needs neither Go nor network for it.
 */
export async function prepareBuild(
  options: BuildShape,
  context: Context,
  store: Store,
  work: string,
  access: () => Promise<RegistryAccess>,
): Promise<PreparedBuild> {
  const go = goVersionFor(options);
  const toolchain = once(() => findGoFor(go, context, work));
  const sets = await loadPatchSets(options, context, patchFetcherFor(context, store, work));
  const extra = await planExtraFiles(options.extraFiles, process.cwd());
  const { base, platforms } = await chooseBase(options, context, store, access, work);
  const source = await findSource(options.source, context, store, work, toolchain);

  const plainTree = once(async () => {
    const tree = join(work, 'tree');
    await mkdir(tree);
    await makePatchedTree(source, sets, tree, { userEnv: context.env, withTests: false });
    if (context.isReversed) await reverseTree(tree);
    const temporary = join(work, 'go-tmp');
    await mkdir(temporary);
    return goInTree(await toolchain(), tree, temporary, context, store);
  });
  const raised = once(async () => {
    const tree = await plainTree();
    await checkReplacements(tree);
    const result = await raiseModules(tree, options.overrides);
    for (const notice of result.notices) context.log.notice(notice);
    return result;
  });

  const modules =
    options.overrides.length === 0 ? undefined : await raisedFacts(options.overrides, go, source, sets, store, raised);
  const parts = { go, source, sets, modules, base: base?.spec ?? null, extra };
  const at = async (epoch: Epoch): Promise<PreparedBuild> => ({
    spec: await makeSpec({ ...options, epoch }, parts, context.signal),
    ...found,
  });
  const found: Omit<PreparedBuild, 'spec'> = {
    at,
    source,
    platforms,
    base,
    extra,
    toolchain,
    tree: once(async () => {
      const tree = await plainTree();
      if (!modules) await checkReplacements(tree);
      else if ((await raised()).goMod !== modules.goMod) {
        // What an earlier run found is no longer what comes out: the record is wrong, and with it the spec.
        await store.facts.put(modules.fact, null);
        throw new InputError('The overrides lead to another go.mod than before. Run again.', 'module-overrides');
      }
      return tree;
    }),
  };
  return at(options.epoch);
}
