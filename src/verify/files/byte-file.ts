import { type FileHandle, open } from 'node:fs/promises';

/** Part of a file, in bytes. */
export interface Range {
  readonly offset: number;
  readonly size: number;
}

/** Bytes that do not have the form which they claim; nothing but a sign to the reader that tried. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** What is read at once at most, so that no claim of an untrusted file decides how much memory is taken. */
const MAX_READ = 24 * 2 ** 20;

/** How much is read at a time where a file is walked through. */
const CHUNK = 2 ** 18;

/** A file that is read at places, each within its bounds. */
export class ByteFile {
  readonly size: number;
  private readonly handle: FileHandle;

  private constructor(handle: FileHandle, size: number) {
    this.handle = handle;
    this.size = size;
  }

  static async open(path: string): Promise<ByteFile> {
    const handle = await open(path, 'r');
    return new ByteFile(handle, (await handle.stat()).size);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /**
   * Exactly these bytes.
   * @throws MalformedError where the file does not have them, or where they are more than anything here needs
   */
  async read(offset: number, size: number): Promise<Buffer> {
    if (!(offset >= 0 && size >= 0 && size <= MAX_READ && offset + size <= this.size))
      throw new MalformedError(`no ${size} bytes at ${offset}`);
    const buffer = Buffer.allocUnsafe(size);
    for (let filled = 0; filled < size; ) {
      const { bytesRead } = await this.handle.read(buffer, filled, size - filled, offset + filled);
      if (bytesRead === 0) throw new MalformedError('the file has become shorter');
      filled += bytesRead;
    }
    return buffer;
  }

  /** What there is of these bytes. */
  readSome(offset: number, size: number): Promise<Buffer> {
    const start = Math.min(Math.max(offset, 0), this.size);
    const end = Math.min(Math.max(offset + size, start), this.size);
    return this.read(start, end - start);
  }

  /**
   * A range in pieces, each with some bytes of the next one, so that nothing is missed that lies across their border.
   * @param overlap bytes of the next piece
   */
  async *pieces(range: Range, overlap = 0): AsyncGenerator<{ offset: number; bytes: Buffer; isLast: boolean }> {
    const end = Math.min(range.offset + range.size, this.size);
    for (let offset = range.offset; offset < end; offset += CHUNK) {
      const size = Math.min(CHUNK + overlap, end - offset);
      yield { offset, bytes: await this.read(offset, size), isLast: offset + CHUNK >= end };
    }
  }
}

/** Bytes with the order of a file's numbers. */
export class Fields {
  private readonly bytes: Buffer;
  private readonly isBigEndian: boolean;

  constructor(bytes: Buffer, isBigEndian: boolean) {
    this.bytes = bytes;
    this.isBigEndian = isBigEndian;
  }

  half(offset: number): number {
    return this.number(offset, 2);
  }

  word(offset: number): number {
    return this.number(offset, 4);
  }

  /** An address or size of 4 or 8 bytes. @throws MalformedError also where it is beyond what any file has */
  long(offset: number, width: number): number {
    if (width === 4) return this.word(offset);
    const [high, low] = this.isBigEndian ? [0, 4] : [4, 0];
    const value = this.word(offset + high) * 2 ** 32 + this.word(offset + low);
    if (!Number.isSafeInteger(value)) throw new MalformedError(`number too large at ${offset}`);
    return value;
  }

  private number(offset: number, width: 2 | 4): number {
    if (!(offset >= 0 && offset + width <= this.bytes.length)) throw new MalformedError(`no number at ${offset}`);
    return this.isBigEndian ? this.bytes.readUIntBE(offset, width) : this.bytes.readUIntLE(offset, width);
  }
}

/** What `parse` gives, or undefined where the bytes are not of that form. Other errors, as of the disk, are thrown on. */
export async function unlessMalformed<T>(parse: () => Promise<T>): Promise<T | undefined> {
  try {
    return await parse();
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** Text up to the next zero byte. @throws MalformedError where there is none */
export function zeroEnded(bytes: Buffer, offset: number): string {
  const end = offset < bytes.length ? bytes.indexOf(0, offset) : -1;
  if (end < 0) throw new MalformedError(`no text at ${offset}`);
  return bytes.toString('utf8', offset, end);
}

/**
 * Where bytes occur first in a range.
 * @param align only at multiples of this
 */
export async function findBytes(file: ByteFile, range: Range, wanted: Buffer, align = 1): Promise<number | undefined> {
  for await (const { offset, bytes } of file.pieces(range, wanted.length)) {
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
      if ((offset + at) % align === 0) return offset + at;
  }
  return undefined;
}
