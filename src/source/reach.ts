import semver from 'semver';
import { InputError } from '../base/errors.js';

/** Releases of upstream that a patch set applies to. */
export interface Reach {
  /** First and last release, `1.3.1`. Later patch releases of the last one's minor version are tried. */
  readonly first: string;
  readonly last: string;
  /** Name of the patch set for all others. */
  readonly instead: string;
}

/**
 * Refuses a release that a patch set is known not to apply to, before anything is fetched.
 * @param version release of upstream, `1.11.3`
 * @throws InputError that says which releases are accepted, and names the set for the others
 */
export function checkReach(set: string, reach: Reach | undefined, version: string): void {
  if (reach === undefined) return;
  const { first, last } = reach;
  if (semver.gte(version, first) && semver.lt(version, minorAfter(last))) return;
  throw new InputError(`Pushgateway ${version} was asked for. ${describeReach(set, reach)}`, 'patches');
}

/** The releases that a patch set applies to, in two sentences. */
export function describeReach(set: string, { first, last, instead }: Reach): string {
  const after = minorAfter(last).replace(/\.0$/, '');
  return (
    `The patch set ${set} applies to ${first}–${last} and cannot apply to ${after} and newer. ` +
    `For others there is ${instead}, which applies to every 1.x.`
  );
}

function minorAfter(version: string): string {
  return `${semver.major(version)}.${semver.minor(version) + 1}.0`;
}
