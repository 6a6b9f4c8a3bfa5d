import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile, NotFoundError, TooLargeError } from '../base/download.js';
import { InputError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import type { Log } from '../base/log.js';
import { removeTree } from '../base/workspace.js';
import type { FetchChecked } from './patch-set.js';

/** Largest patch that is fetched. */
const MAX_PATCH_BYTES = 10 * 1024 * 1024;

/** Fetches patches over https into memory; what has another SHA-256 than was asked for is an error, and not used. */
export function patchFetcher(tempDir: string, log: Log, signal: AbortSignal): FetchChecked {
  return async (url, sha256) => {
    const path = join(tempDir, `patch-${sha256}`);
    const actual = await downloadFile(url, path, { log, signal, limit: MAX_PATCH_BYTES }).catch((error) => {
      if (!(error instanceof NotFoundError || error instanceof TooLargeError)) throw error;
      throw new InputError(`${error.message}. Accepted: a patch of at most ${MAX_PATCH_BYTES} bytes`, 'patches');
    });
    const data = await readFile(path);
    await removeTree(path);
    if (actual !== sha256 || sha256Hex(data) !== sha256) {
      throw new InputError(
        `${url} has the SHA-256 ${actual}, but ${sha256} was asked for; nothing of it is used`,
        'patches',
      );
    }
    return data;
  };
}
