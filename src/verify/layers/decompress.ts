import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { CancelledError } from '../../base/errors.js';
import { type Digest, digestFrom } from '../../base/hash.js';
import { damaged, hostile, type Place } from '../damaged.js';
import { GZIP_MAGIC, type GzipHeader } from './gzip-header.js';
import { gzipMembers } from './gzip-members.js';
import { isZstd, zstdFrames } from './zstd-frames.js';

export type Compression = 'gzip' | 'zstd' | 'none';

/** How much may come out of a layer. */
export interface UnpackLimits {
  /** Bytes at most. */
  readonly total: number;
  /** So many bytes are never too many, whatever went in. */
  readonly free: number;
  /** Beyond `free`, at most so many times the bytes that went in. */
  readonly ratio: number;
}

/** Binaries compress three or four times, tar's padding perhaps fifty; deflate can do 1032. */
export const UNPACK_LIMITS: UnpackLimits = { total: 8 * 1024 ** 3, free: 64 * 1024 ** 2, ratio: 200 };

/** What was found out about a layer once all of it was unpacked. */
export interface UnpackFacts {
  readonly compression: Compression;
  /** Bytes of the file. */
  readonly packedSize: number;
  /** Bytes of the archive. */
  readonly size: number;
  /** Of the archive: the true diffID. */
  readonly digest: Digest;
  /** Of the first member. */
  readonly gzip: GzipHeader | undefined;
  /** Gzip members, of which no more are counted than `MAX_MEMBERS` and one; or zstd frames. */
  readonly members: number;
}

/** What the readers of compressed streams tell beside the bytes. */
export interface StreamFacts {
  gzip: GzipHeader | undefined;
  members: number;
}

export interface UnpackOptions {
  readonly signal?: AbortSignal | undefined;
  readonly limits?: UnpackLimits;
  /** Not where the archive is known already; then there are no facts. */
  readonly isHashed?: boolean;
}

/**
 * A layer's archive as chunks, once. How it is compressed is taken from its first bytes, since media types lie.
 * Memory does not grow with the layer.
 */
export class LayerArchive {
  /** Known when the last chunk has been taken. */
  facts: UnpackFacts | undefined;
  private readonly path: string;
  private readonly place: Place;
  private readonly options: UnpackOptions;

  constructor(path: string, place: Place, options: UnpackOptions = {}) {
    this.path = path;
    this.place = place;
    this.options = options;
  }

  /**
   * @throws DamagedImageError where the stream is corrupt, ends too early or has more after it (damaged), where more
   *   comes out than the limits allow (hostile), or where this Node cannot unpack it
   * @throws CancelledError where the signal is aborted
   */
  async *chunks(): AsyncGenerator<Buffer, void, void> {
    const { signal, limits = UNPACK_LIMITS, isHashed = true } = this.options;
    const file = await open(this.path, 'r');
    try {
      const packedSize = (await file.stat()).size;
      const most = Math.min(limits.total, Math.max(limits.free, limits.ratio * packedSize));
      const told: StreamFacts = { gzip: undefined, members: 0 };
      const compression = await compressionOf(file);
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of this.unpacked(file, compression, told)) {
        if (signal?.aborted) throw new CancelledError();
        size += chunk.length;
        if (size > most) throw hostile(this.place, tooMuch(packedSize, most, limits));
        if (isHashed) hash.update(chunk);
        yield chunk;
      }
      if (isHashed) this.facts = { compression, packedSize, size, digest: digestFrom(hash), ...told };
    } finally {
      await file.close();
    }
  }

  /** Unpacks all of it, for the facts alone. */
  async read(): Promise<UnpackFacts> {
    for await (const _ of this.chunks());
    if (!this.facts) throw damaged(this.place, 'it was not read to its end');
    return this.facts;
  }

  private unpacked(file: FileHandle, compression: Compression, told: StreamFacts): AsyncGenerator<Buffer> {
    if (compression === 'gzip') return gzipMembers(file, this.place, told);
    if (compression === 'zstd') return zstdFrames(file, this.place, told);
    return readFrom(file, 0);
  }
}

function tooMuch(packedSize: number, most: number, limits: UnpackLimits): string {
  const cause = most === limits.total ? 'more than any layer may hold' : `over ${limits.ratio} times what went in`;
  return `its ${packedSize} bytes unpack to more than ${most}, ${cause}; reading was stopped there`;
}

async function compressionOf(file: FileHandle): Promise<Compression> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  const start = buffer.subarray(0, bytesRead);
  if (start.subarray(0, 2).equals(GZIP_MAGIC)) return 'gzip';
  return isZstd(start) ? 'zstd' : 'none';
}

/** The file's bytes from an offset on. Each chunk is a buffer of its own. */
export async function* readFrom(file: FileHandle, from: number): AsyncGenerator<Buffer, void, void> {
  for (let at = from; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(READ_SIZE), 0, READ_SIZE, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const READ_SIZE = 64 * 1024;
