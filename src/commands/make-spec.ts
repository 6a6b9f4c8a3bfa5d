import { InputError } from '../base/errors.js';
import type { BuildOptions } from '../inputs/build-options.js';
import { versionSuffix } from '../source/patch-set.js';
import type { PatchSet } from '../source/patches.js';
import { checkReach } from '../source/reach.js';
import type { ResolvedSource } from '../source/source.js';
import { type BuildSpec, encodeSpec, PROFILE } from '../spec/build-spec.js';
import { decodeSpec } from '../spec/decode.js';
import { isShownVersion } from '../spec/grammar.js';
import type { RaisedFacts } from './raised-modules.js';

/** The spec of what was found; read back by the strict decoder. */
export function makeSpec(
  options: BuildOptions,
  go: string,
  source: ResolvedSource,
  sets: readonly PatchSet[],
  modules: RaisedFacts | undefined,
): BuildSpec {
  for (const set of sets) checkReach(set.spec.name, set.reach, source.version);
  const patches = sets.map((set) => set.spec);
  const version = `${source.version}${options.versionSuffix ?? versionSuffix(patches)}`;
  if (!isShownVersion(version)) {
    throw new InputError(
      `The version ${JSON.stringify(version)} is over 64 letters, digits and . + _ -; shorten it with version-suffix`,
      'version-suffix',
    );
  }
  const spec: BuildSpec = {
    profile: PROFILE,
    source: source.spec,
    patches,
    modules: modules ? { overrides: modules.overrides, goMod: modules.goMod } : null,
    go,
    version,
    base: null,
    files: null,
    labels: options.labels,
    sourceDateEpoch: epochOf(options, source, sets, modules),
  };
  // What is written into a label is what `verify` will accept.
  return decodeSpec(encodeSpec(spec));
}

/** The latest of the times of what the image is made of; never a clock. */
function epochOf(
  options: BuildOptions,
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
