import { createHash } from 'node:crypto';
import { CancelledError } from '../base/errors.js';
import { type Digest, digestFrom } from '../base/hash.js';
import { tarChunks } from './tar.js';
import type { TarEntry } from './tar-plan.js';

/** The digest and length of the archive alone, without compressing it: cheap beside compression. */
export async function hashTar(
  planned: readonly TarEntry[],
  mtime: number,
  signal?: AbortSignal,
): Promise<{ diffId: Digest; uncompressedSize: number }> {
  const hash = createHash('sha256');
  let uncompressedSize = 0;
  for await (const chunk of tarChunks(planned, mtime)) {
    if (signal?.aborted) throw new CancelledError();
    hash.update(chunk);
    uncompressedSize += chunk.length;
  }
  return { diffId: digestFrom(hash), uncompressedSize };
}
