import * as zlib from 'node:zlib';
import { type EngineName, openDeflate, type RawDeflate } from './deflate-engine.js';
import { GZIP_HEADER } from './profile1.js';

/**
 * One gzip member (RFC 1952) as profile 1 has it: a fixed header, one deflate stream, CRC-32 and length.
 * The bytes depend on the input's bytes alone, not on how they are cut.
 */
export class GzipStream {
  private readonly deflate: RawDeflate;
  private crc = 0;
  private length = 0;

  constructor(engine: EngineName) {
    this.deflate = openDeflate(engine);
  }

  /** The ten bytes that every stream begins with. */
  static header(): Uint8Array {
    return Buffer.from(GZIP_HEADER, 'hex');
  }

  /** Takes a chunk of input, which may be overwritten once the promise is kept; gives the bytes that are ready. */
  push(chunk: Uint8Array): Promise<Uint8Array[]> {
    this.crc = crc32(chunk, this.crc);
    this.length += chunk.length;
    return this.deflate.push(chunk);
  }

  /** Ends the stream; gives the bytes that were left, the trailer included. */
  async end(): Promise<Uint8Array[]> {
    const rest = await this.deflate.end();
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.crc, 0);
    trailer.writeUInt32LE(this.length % 2 ** 32, 4);
    return [...rest, trailer];
  }
}

/** CRC-32 of RFC 1952, going on from `before`; Node's own where it has one (20.15 and later). */
export function crc32(data: Uint8Array, before = 0): number {
  return typeof zlib.crc32 === 'function' ? zlib.crc32(data, before) : crc32Table(data, before);
}

let table: Int32Array | undefined;

/** The same in JavaScript, one table look-up a byte. */
export function crc32Table(data: Uint8Array, before = 0): number {
  table ??= Int32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = ~before;
  for (let i = 0; i < data.length; i++) {
    crc = (table[(crc ^ (data[i] as number)) & 255] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
