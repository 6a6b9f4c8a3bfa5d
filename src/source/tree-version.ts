import { InputError } from '../base/errors.js';
import { isReleaseVersion } from '../spec/grammar.js';

/**
 * The version of a tree that is not a tagged release: what its VERSION file says, as upstream's own build takes it.
 * @param file content of VERSION, where there is one
 * @param wanted the version that the user named, if any
 * @throws InputError where the two disagree, or neither is there
 */
export function versionOfTree(file: Buffer | undefined, wanted: string | undefined, where: string): string {
  const said = file?.toString('utf8').trim();
  if (said === undefined || !isReleaseVersion(said)) {
    if (wanted !== undefined) return wanted;
    throw new InputError(
      `${where} has no VERSION file that names a release; say with pushgateway-version which one it is`,
      'pushgateway-version',
    );
  }
  if (wanted !== undefined && wanted !== said) {
    throw new InputError(
      `${wanted} was asked for, but the VERSION file in ${where} says ${said}. Accepted: ${said}, or nothing`,
      'pushgateway-version',
    );
  }
  return said;
}
