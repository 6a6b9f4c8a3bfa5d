import { createHash } from 'node:crypto';
import { InputError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';

/**
 * The `h1:` hash of golang.org/x/mod/sumdb/dirhash (Hash1): SHA-256, in base64, of one line `HEX  NAME\n` a file,
 * sorted by name.
 * @param files name → lower-case hex SHA-256 of the file
 * @throws InputError for a name with a line break, which could make one list of files look like another
 */
export function hash1(files: ReadonlyMap<string, string>): string {
  const summary = createHash('sha256');
  for (const name of [...files.keys()].sort(compareUtf8)) {
    if (name.includes('\n')) {
      throw new InputError(`The source has a file with a line break in its name, ${JSON.stringify(name)}`, 'source');
    }
    summary.update(`${files.get(name)}  ${name}\n`);
  }
  return `h1:${summary.digest('base64')}`;
}
