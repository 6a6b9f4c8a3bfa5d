import type { FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';

/** A decompressor of node:zlib: `bytesWritten` is how many of the bytes that it was given it has used. */
export type Decompressor = Transform & { readonly bytesWritten: number };

/** Reads a file by pieces, those that follow each other with one access to the disk. */
export class FileBytes {
  private readonly file: FileHandle;
  private window: Buffer = Buffer.alloc(0);
  private start = 0;

  constructor(file: FileHandle) {
    this.file = file;
  }

  /** Bytes from an offset on, as many as are at hand: `least` or more, unless the file ends before. */
  async from(offset: number, least = 1): Promise<Buffer> {
    const skip = offset - this.start;
    if (skip >= 0 && skip + least <= this.window.length) return this.window.subarray(skip);
    const size = Math.max(least, READ_SIZE);
    // Not the same buffer again: a decompressor may still be at work on it.
    const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(size), 0, size, offset);
    this.window = buffer.subarray(0, bytesRead);
    this.start = offset;
    return this.window;
  }
}

const READ_SIZE = 64 * 1024;

/** What comes out when the file's bytes from an offset on go through a decompressor, up to the end of its stream. */
export async function* through(
  file: FileBytes,
  from: number,
  decompressor: Decompressor,
): AsyncGenerator<Buffer, void, void> {
  const feeding = feed(file, from, decompressor).catch((error: Error) => {
    decompressor.destroy(error);
  });
  try {
    yield* decompressor;
  } finally {
    decompressor.destroy();
    await feeding;
  }
}

async function feed(file: FileBytes, from: number, decompressor: Decompressor): Promise<void> {
  for (let at = from; !isOver(decompressor); ) {
    const bytes = await file.from(at);
    if (bytes.length === 0 || isOver(decompressor)) break;
    at += bytes.length;
    // What follows the end of the stream is never taken: then there is no `drain`, but it is closed.
    if (!decompressor.write(bytes)) await drainOrClose(decompressor);
  }
  if (!isOver(decompressor)) decompressor.end();
}

function isOver(decompressor: Decompressor): boolean {
  return decompressor.destroyed || decompressor.readableEnded;
}

function drainOrClose(decompressor: Decompressor): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      decompressor.off('drain', done).off('close', done);
      resolve();
    };
    decompressor.on('drain', done).on('close', done);
    if (decompressor.destroyed) done();
  });
}
