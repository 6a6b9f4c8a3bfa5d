import { InputError } from '../../base/errors.js';
import type { PatchSet } from '../../source/patches.js';
import { checkReach } from '../../source/reach.js';
import type { BuildSpec, PatchSpec } from '../../spec/build-spec.js';
import { type NotPerformedError, refuseSpec } from './not-performed.js';
import type { OwnSets } from './own-sets.js';

/**
 * The patch sets of a spec, each with its content: this project's own by name, revision and content, those that the caller
 * named by their content alone.
 * @param release of upstream, `1.11.3`
 * @throws NotPerformedError
 */
export function trustPatches(
  { patches }: BuildSpec,
  release: string,
  named: readonly PatchSet[],
  own: OwnSets,
): { patches: PatchSet[]; hasCallersPatches: boolean } {
  let hasCallersPatches = false;
  const trusted = patches.map((patch, index) => {
    const at = `patches[${index}]`;
    const ours = own.find((set) => isCalled(set, patch) && set.spec.sha256 === patch.sha256);
    const found = ours ?? named.find((set) => set.spec.sha256 === patch.sha256);
    if (!found) throw unknown(patch, at, own);
    if (!ours) hasCallersPatches = true;
    checkFits(patch, found, release, at);
    return { ...found, spec: patch };
  });
  return { patches: trusted, hasCallersPatches };
}

function checkFits({ name }: PatchSpec, { reach }: PatchSet, release: string, at: string): void {
  try {
    checkReach(name, reach, release);
  } catch (error) {
    throw error instanceof InputError
      ? refuseSpec(at, `is ${name}, which is not for this release: ${error.message}`)
      : error;
  }
}

function isCalled({ spec }: PatchSet, { name, revision }: PatchSpec): boolean {
  return spec.name === name && spec.revision === revision;
}

function unknown(patch: PatchSpec, at: string, own: OwnSets): NotPerformedError {
  const { name, revision, sha256 } = patch;
  const how = 'name the patch (patches) where you trust it';
  const called = own.find((set) => isCalled(set, patch));
  if (called) {
    return refuseSpec(
      `${at}.sha256`,
      `is ${sha256}; that of this project's ${name} is ${called.spec.sha256}. Else ${how}`,
    );
  }
  const known = own.map(({ spec }) => (spec.revision === undefined ? spec.name : `${spec.name}@${spec.revision}`));
  if (own.some(({ spec }) => spec.name === name)) {
    const given = revision === undefined ? 'absent' : String(revision);
    return refuseSpec(`${at}.revision`, `is ${given}; this project has ${known.join(', ')}. Else ${how}`);
  }
  return refuseSpec(`${at}.name`, `is ${name}; this project has ${known.join(', ')}. Else ${how} (sha256 ${sha256})`);
}
