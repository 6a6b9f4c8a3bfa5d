import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { CancelledError } from '../base/errors.js';
import { type Digest, digestFrom } from '../base/hash.js';
import type { EngineName } from './deflate-engine.js';
import { GzipStream } from './gzip.js';
import { tarChunks } from './tar.js';
import type { TarEntry } from './tar-plan.js';

/** A layer to make; plain data, so that it can be sent to a worker thread. */
export interface CompressJob {
  /** As `planTar` returns them. */
  planned: TarEntry[];
  /** Seconds since 1970. */
  mtime: number;
  /** The file to write; it must not be there yet. */
  output: string;
}

/** What identifies a compressed layer. */
export interface CompressedLayer {
  /** Digest of the archive before compression (image-spec config.md, `rootfs.diff_ids`). */
  diffId: Digest;
  /** Digest and length in bytes of the compressed file. */
  digest: Digest;
  size: number;
  /** Length of the archive in bytes. */
  uncompressedSize: number;
}

/**
 * Archives and compresses in one pass, in this thread; nothing is left of a file that was not finished.
 * @param onBytes called with the length of the archive so far, chunk by chunk
 * @throws CancelledError where `signal` is aborted; InputError and RunError as `tarChunks`; system errors of the disk
 */
export async function compressTar(
  job: CompressJob,
  engine: EngineName,
  onBytes?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<CompressedLayer> {
  const file = await open(job.output, 'wx', 0o644);
  try {
    const gzip = new GzipStream(engine);
    const tarHash = createHash('sha256');
    const gzipHash = createHash('sha256');
    let size = 0;
    let uncompressedSize = 0;
    const write = async (chunks: Uint8Array[]) => {
      for (const chunk of chunks) {
        gzipHash.update(chunk);
        size += chunk.length;
        await file.appendFile(chunk);
      }
    };
    await write([GzipStream.header()]);
    for await (const chunk of tarChunks(job.planned, job.mtime)) {
      if (signal?.aborted) throw new CancelledError();
      tarHash.update(chunk);
      uncompressedSize += chunk.length;
      await write(await gzip.push(chunk));
      onBytes?.(uncompressedSize);
    }
    await write(await gzip.end());
    await file.close();
    return { diffId: digestFrom(tarHash), digest: digestFrom(gzipHash), size, uncompressedSize };
  } catch (error) {
    await file.close().catch(() => {});
    await rm(job.output, { force: true });
    throw error;
  }
}
