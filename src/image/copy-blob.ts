import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CancelledError } from '../base/errors.js';
import { besideName } from '../base/files.js';
import { type Digest, digestFrom, hexOf } from '../base/hash.js';

/**
 * Copies a file into a layout as the blob of that digest. It is hashed on the way: what was checked is what is used. A
 * copy rather than a link, so that who edits the layout edits nothing else.
 * @param blobsDir the layout's `blobs/sha256`
 * @returns false where the file is not what the digest or the size says; then nothing is left
 * @throws CancelledError where the signal is aborted; system errors of the disk, as where the file is gone
 */
export async function copyBlob(
  blob: { path: string; digest: Digest; size: number },
  blobsDir: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const copy = besideName(join(blobsDir, 'layer'));
  const hash = createHash('sha256');
  let size = 0;
  try {
    await pipeline(
      createReadStream(blob.path),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(copy, { flags: 'wx', mode: 0o644 }),
      { signal },
    );
    if (size !== blob.size || digestFrom(hash) !== blob.digest) return false;
    await rename(copy, join(blobsDir, hexOf(blob.digest)));
    return true;
  } catch (error) {
    throw signal?.aborted ? new CancelledError() : error;
  } finally {
    await rm(copy, { force: true });
  }
}
