import { InputError } from '../../base/errors.js';
import { planExtraFiles } from '../../image/extra-layer.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import type { BaseRequest } from '../../inputs/requests.js';
import { folderSource } from '../../source/folder-source.js';
import type { PatchSet } from '../../source/patches.js';
import { RELEASES, UPSTREAM_GIT, UPSTREAM_MODULE } from '../../source/releases.js';
import type { ResolvedSource } from '../../source/source.js';
import { type BaseSpec, type BuildSpec, specDigest } from '../../spec/build-spec.js';
import { referenceName, repositoryName } from '../../spec/reference.js';
import { openStore, type Store } from '../../store/store.js';
import type { Context } from '../context.js';
import { makeSpec } from '../steps/make-spec.js';
import { goVersionFor, loadPatchSets } from '../steps/parts.js';
import { type RaisedFacts, raisedFacts } from '../steps/raised-modules.js';
import { planSteps } from './plan-steps.js';

/** What `build --dry-run` tells. */
export interface Plan {
  /** The spec, where it can be known without starting or asking anything. */
  readonly spec: BuildSpec | null;
  readonly specDigest: string | null;
  /** What a build would find out first, and how; empty where the spec is whole. */
  readonly unresolved: readonly string[];
  /** The steps of the build. */
  readonly steps: readonly string[];
}

/**
 * `build --dry-run`: reads the inputs, local folders and patches, and what earlier runs found out. Starts no process,
 * opens no connection and writes nothing.
 */
export async function planBuild(options: BuildOptions, outputDir: string, context: Context): Promise<Plan> {
  const store = openStore(context.storeDir);
  const unresolved: string[] = [];
  const fetchNothing = () => Promise.reject(new Error('a plan fetches nothing'));
  const sets = await loadPatchSets(options, context, fetchNothing); // known by their SHA-256, wherever they lie
  const source = await knownSource(options, store, unresolved);
  const go = goVersionFor(options);
  const modules = source && (await knownModules(options, go, source, sets, store, unresolved));
  const base = knownBase(options.base, unresolved);
  const extra = await planExtraFiles(options.extraFiles, process.cwd());
  if (options.epoch === 'published')
    unresolved.push('source-date-epoch: the time in published-image, from where it is');
  const epoch = options.epoch === 'published' ? 'release' : options.epoch;
  const parts = source && unresolved.length === 0 ? { go, source, sets, modules, base, extra } : undefined;
  const spec = parts ? await makeSpec({ ...options, epoch }, parts, context.signal) : null;
  return { spec, specDigest: spec && specDigest(spec), unresolved, steps: planSteps(options, go, sets, outputDir) };
}

/** A base that the user named by its digest; what a tag means only its registry knows. */
function knownBase(request: BaseRequest, unresolved: string[]): BaseSpec | null {
  if (request.type === 'scratch') return null;
  if (request.type === 'image' && request.from.type === 'registry') {
    const { repository, digest } = request.from.reference;
    if (digest !== undefined) return { repository: repositoryName(repository), digest };
    unresolved.push(`base: the digest of ${referenceName(request.from.reference)}, from its registry`);
  } else unresolved.push('base: the digests of the base images, from where they are');
  return null;
}

/** A source that nothing has to be asked about. */
async function knownSource(
  options: BuildOptions,
  store: Store,
  unresolved: string[],
): Promise<ResolvedSource | undefined> {
  const request = options.source;
  const write = () => Promise.reject(new Error('a plan writes nothing'));
  switch (request.type) {
    case 'folder':
      return folderSource(request.path, request.version);
    case 'module': {
      const { version } = request;
      const facts = RELEASES[version] ?? (await store.knownVersions.get(version));
      if (facts)
        return {
          spec: { type: 'module', path: UPSTREAM_MODULE, version: `v${version}`, sum: facts.sum },
          version,
          time: facts.time,
          write,
        };
      unresolved.push(
        `source: sum and time of ${UPSTREAM_MODULE}@v${version}, from the checksum database and the module proxy`,
      );
      return undefined;
    }
    case 'git-tag':
      unresolved.push(`source: the commit and time of the tag v${request.version}, by git fetch from ${UPSTREAM_GIT}`);
      return undefined;
    case 'git-commit':
      unresolved.push(`source: version and time of the commit ${request.commit}, by git fetch from ${request.url}`);
      return undefined;
  }
}

async function knownModules(
  options: BuildOptions,
  go: string,
  source: ResolvedSource,
  sets: readonly PatchSet[],
  store: Store,
  unresolved: string[],
): Promise<RaisedFacts | undefined> {
  if (options.overrides.length === 0) return undefined;
  try {
    return await raisedFacts(options.overrides, go, source, sets, store, () =>
      Promise.reject(new InputError('not known')),
    );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    unresolved.push('modules: the go.mod that the overrides lead to, by go get in the patched tree');
    return undefined;
  }
}
