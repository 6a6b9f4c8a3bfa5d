import { join } from 'node:path';
import { compilerMemoryLimit } from '../../compile/compile.js';
import type { GoInTree } from '../../compile/go-command.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import type { PatchRequest, SourceRequest } from '../../inputs/requests.js';
import { patchFetcher } from '../../source/fetch-patch.js';
import { loadPatchSet } from '../../source/patch-set.js';
import type { FetchPatch, PatchSet } from '../../source/patches.js';
import { checkReach } from '../../source/reach.js';
import { DEFAULT_GO, RELEASES } from '../../source/releases.js';
import { resolveSource } from '../../source/resolve.js';
import type { ResolvedSource } from '../../source/source.js';
import { patchStore } from '../../store/patch-store.js';
import type { Store } from '../../store/store.js';
import { findGo, type GoToolchain } from '../../toolchain/find-go.js';
import { compileEnvironment, probeEnvironment, withGoEnvFile } from '../../toolchain/go-env.js';
import type { Context } from '../context.js';

/** The Go that a request is built with: the user's, or the one that is pinned for the release. */
export function goVersionFor(options: Pick<BuildOptions, 'go' | 'source'>): string {
  const { source, go } = options;
  const release = 'version' in source && source.version !== undefined ? RELEASES[source.version] : undefined;
  return go ?? release?.go ?? DEFAULT_GO;
}

/** Patch sets as the user named them, or found already. */
export type WantedPatches = readonly (PatchRequest | PatchSet)[];

/**
 * All patch sets of a request, in order, with the warnings that they carry. Nothing is fetched yet.
 * @throws InputError where one is not there, or is known not to apply to the release that was asked for
 */
export async function loadPatchSets(
  options: Pick<BuildOptions, 'source'> & { readonly patches: WantedPatches },
  context: Context,
  fetchPatch: FetchPatch,
): Promise<PatchSet[]> {
  const sets = await Promise.all(
    options.patches.map((wanted) => ('spec' in wanted ? wanted : loadPatchSet(wanted, context.patchesDir, fetchPatch))),
  );
  const { version } = options.source;
  for (const { spec, reach, warning } of sets) {
    if (version !== undefined) checkReach(spec.name, reach, version);
    if (warning !== undefined) context.log.warning(warning);
  }
  return sets;
}

/** What fetches the patches of a run that lie elsewhere. */
export function patchFetcherFor(context: Context, store: Store, work: string): FetchPatch {
  const { env, log, signal, strictFetch: strict } = context;
  return patchFetcher({ tempDir: work, env, log, signal, strict, kept: patchStore(store.root) });
}

/** Finds the source of a request. */
export async function findSource(
  request: SourceRequest,
  context: Context,
  store: Store,
  work: string,
  toolchain: () => Promise<GoToolchain>,
): Promise<ResolvedSource> {
  return resolveSource(request, {
    tempDir: work,
    env: context.env,
    log: context.log,
    signal: context.signal,
    strict: context.strictFetch,
    known: store.knownVersions,
    goCommand: async () => ({
      binary: (await toolchain()).goBinary,
      env: await moduleEnvironment(context, store),
    }),
  });
}

/** The environment in which Go asks module proxies about modules, outside of any tree. */
export async function moduleEnvironment(context: Context, store: Store): Promise<Record<string, string>> {
  return {
    ...probeEnvironment(await withGoEnvFile(context.env)),
    ...ownGoPath(context, store),
    GOMODCACHE: moduleCache(context, store),
  };
}

/** Finds a checked Go of exactly this version. */
export function findGoFor(version: string, context: Context, work: string): Promise<GoToolchain> {
  const { toolCache, env, downloadBase, log, signal } = context;
  return findGo({ version, toolCache, env, tempDir: work, downloadBase, log, signal });
}

/**
 * Go in a patched tree.
 * @param temporary where Go works; in the run's own folder, so that nothing is left where Go is ended from outside
 */
export async function goInTree(
  toolchain: GoToolchain,
  tree: string,
  temporary: string,
  context: Context,
  store: Store,
): Promise<GoInTree> {
  const userEnv = await withGoEnvFile(context.env);
  const host = { os: 'linux', architecture: 'amd64' }; // for commands whose answer depends on no platform
  const shared = {
    goroot: toolchain.goroot,
    gocache: join(store.root, 'go-build'),
    gomodcache: moduleCache(context, store),
    userEnv,
    gomemlimit: compilerMemoryLimit(),
  };
  return {
    goBinary: toolchain.goBinary,
    tree,
    env: (platform) => ({
      ...compileEnvironment({ ...shared, platform: platform ?? host }),
      ...ownGoPath(context, store),
      GOTMPDIR: temporary,
    }),
    signal: context.signal,
  };
}

/** Without a home Go knows no place for what it has seen of the checksum database, wherever the module cache is. */
function ownGoPath({ env }: Context, store: Store): { GOPATH?: string } {
  return env.GOPATH || env.HOME || env.USERPROFILE ? {} : { GOPATH: join(store.root, 'go-path') };
}

/** The user's module cache, whose content is verified before every compile; our own where there is no home. */
function moduleCache(context: Context, store: Store): string {
  const { GOMODCACHE, GOPATH, HOME, USERPROFILE } = context.env;
  if (GOMODCACHE) return GOMODCACHE;
  const home = HOME || USERPROFILE;
  const gopath = GOPATH?.split(process.platform === 'win32' ? ';' : ':')[0] || (home ? join(home, 'go') : undefined);
  return gopath === undefined ? join(store.root, 'go-mod') : join(gopath, 'pkg', 'mod');
}
