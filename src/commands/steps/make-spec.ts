import { InputError } from '../../base/errors.js';
import { extraLayerDiffId } from '../../image/extra-layer.js';
import type { TarEntry } from '../../image/tar-plan.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import { versionSuffix } from '../../source/patch-set.js';
import type { PatchSet } from '../../source/patches.js';
import { checkReach } from '../../source/reach.js';
import type { ResolvedSource } from '../../source/source.js';
import { type BaseSpec, type BuildSpec, encodeSpec, PROFILE } from '../../spec/build-spec.js';
import { decodeSpec } from '../../spec/decode.js';
import { isShownVersion } from '../../spec/grammar.js';
import type { RaisedFacts } from './raised-modules.js';

/** The one time in the images: seconds since 1970, or the latest time of what they are made of. */
export type Epoch = 'release' | number;

/** What of a spec the user says outright. */
type SpecOptions = Pick<BuildOptions, 'versionSuffix' | 'labels'> & { readonly epoch: Epoch };

/** What a build has found out, from which its spec follows. */
export interface SpecParts {
  readonly go: string;
  readonly source: ResolvedSource;
  readonly sets: readonly PatchSet[];
  readonly modules: RaisedFacts | undefined;
  readonly base: BaseSpec | null;
  readonly extra: readonly TarEntry[];
}

/**
 * The spec of what was found; read back by the strict decoder. Extra files are read, since their layer's digest is in
 * it.
 */
export async function makeSpec(options: SpecOptions, parts: SpecParts, signal: AbortSignal): Promise<BuildSpec> {
  const { go, source, sets, modules, base, extra } = parts;
  for (const set of sets) checkReach(set.spec.name, set.reach, source.version);
  const patches = sets.map((set) => set.spec);
  const version = `${source.version}${options.versionSuffix ?? versionSuffix(patches)}`;
  if (!isShownVersion(version)) {
    throw new InputError(
      `The version ${JSON.stringify(version)} is over 64 letters, digits and . + _ -; shorten it with version-suffix`,
      'version-suffix',
    );
  }
  const sourceDateEpoch = epochOf(options, source, sets, modules);
  const spec: BuildSpec = {
    profile: PROFILE,
    source: source.spec,
    patches,
    modules: modules ? { overrides: modules.overrides, goMod: modules.goMod } : null,
    go,
    version,
    base,
    files: extra.length === 0 ? null : await extraLayerDiffId(extra, sourceDateEpoch, signal),
    labels: options.labels,
    sourceDateEpoch,
  };
  // What is written into a label is what `verify` will accept.
  return decodeSpec(encodeSpec(spec));
}

/** The latest of the times of what the image is made of; never a clock. */
function epochOf(
  options: SpecOptions,
  source: ResolvedSource,
  sets: readonly PatchSet[],
  modules: RaisedFacts | undefined,
): number {
  if (options.epoch !== 'release') return options.epoch;
  if (source.time === undefined) {
    throw new InputError(
      'A folder has no release time. Accepted with a folder: source-date-epoch in seconds since 1970',
      'source-date-epoch',
    );
  }
  return Math.max(source.time, modules?.time ?? 0, ...sets.map((set) => set.time ?? 0));
}
