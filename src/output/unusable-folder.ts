import { explainSystemError, InputError, systemCode } from '../base/errors.js';

/**
 * Why nothing can be written to a folder, in words.
 * @param input the one that named it
 */
export function unusableFolder(folder: string, input: string, error: unknown): Error {
  switch (systemCode(error)) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new InputError(
        `${folder} is a file, or lies below one. Accepted: a folder, or a path where one can be made`,
        input,
      );
    case 'ENOENT': // of a folder that is being made, as in /proc
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InputError(
        `${folder} cannot be written to (${systemCode(error)}). Accepted: a folder that this user may write to`,
        input,
      );
    default:
      return explainSystemError(error, `make the folder ${folder}`);
  }
}
