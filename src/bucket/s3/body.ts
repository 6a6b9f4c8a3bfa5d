import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { RunError } from '../../base/errors.js';

/** Largest body of one request, and the size of a part, in bytes. */
export const PART = 8 * 1024 * 1024;

/** How many files are in memory at once, with a part each; what bounds memory. */
const BUFFERS = 4;

/**
 * The buffers that files are read into, used again and again: left to the garbage collector, those of a large file pile
 * up faster than it takes them.
 */
export class PartBuffers {
  private readonly free: Buffer[] = [];
  private made = 0;
  private readonly waiting: ((buffer: Buffer) => void)[] = [];

  /** A buffer of `PART` bytes, as soon as there is one. */
  async take(): Promise<Buffer> {
    const free = this.free.pop();
    if (free !== undefined) return free;
    if (this.made++ < BUFFERS) return Buffer.allocUnsafeSlow(PART);
    return await new Promise((resolve) => this.waiting.push(resolve));
  }

  give(buffer: Buffer): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free.push(buffer);
    else next(buffer);
  }
}

/**
 * Fills a part from a file.
 * @throws RunError where the file has become shorter
 */
export async function readPart(
  handle: FileHandle,
  buffer: Buffer,
  { position, length, file }: { position: number; length: number; file: string },
): Promise<Buffer> {
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw changed(file);
    done += bytesRead;
  }
  return buffer.subarray(0, length);
}

export function changed(file: string): RunError {
  return new RunError(`${file} has changed while it was uploaded, or is not what its digest says`);
}

/** Which checksum of a body is sent beside its signature, as the store takes it. */
export type ChecksumKind = 'sha256' | 'md5';

/** The fields of a request that hold a body's checksum. */
export function checksumOf(bytes: Uint8Array, hex: string, kind: ChecksumKind): ChecksumFields {
  if (kind === 'sha256') return { ChecksumSHA256: Buffer.from(hex, 'hex').toString('base64') };
  return { ContentMD5: createHash('md5').update(bytes).digest('base64') };
}

export interface ChecksumFields {
  readonly ChecksumSHA256?: string;
  readonly ContentMD5?: string;
}
