import type { FileHandle } from 'node:fs/promises';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { messageOf, systemCode } from '../../base/errors.js';
import { crc32 } from '../../image/gzip.js';
import type { DamagedImageError } from '../damaged.js';
import { damaged, type Place } from '../damaged.js';
import type { StreamFacts } from './decompress.js';
import { type GzipHeader, MAX_GZIP_HEADER, parseGzipHeader } from './gzip-header.js';
import { FileBytes, through } from './through.js';

/**
 * So many members are told apart. Layers that can be read in pieces (eStargz) have a member a file, and to begin each
 * anew takes time; those that follow are left to zlib, which takes them for one stream.
 */
export const MAX_MEMBERS = 1000;

const TRAILER = 8;

/** Larger than Node's 16 KiB: each chunk has its price in what takes it. */
const CHUNK = 128 * 1024;

/**
 * Unpacks all members of a gzip file (RFC 1952), each checked against its trailer. Node's own gunzip does not say where
 * a member ends, and lets zeros after the last pass in silence, at which Go's reader fails.
 */
export async function* gzipMembers(
  file: FileHandle,
  place: Place,
  told: StreamFacts,
): AsyncGenerator<Buffer, void, void> {
  const { size } = await file.stat();
  const bytes = new FileBytes(file);
  let at = 0;
  for (; at < size && told.members < MAX_MEMBERS; told.members++) {
    const header = await headerAt(bytes, at, told, place, size);
    told.gzip ??= header;
    at += header.length;
    const inflate = createInflateRaw({ chunkSize: CHUNK });
    let crc = 0;
    let length = 0;
    for await (const chunk of checked(through(bytes, at, inflate), place)) {
      crc = crc32(chunk, crc);
      length += chunk.length;
      yield chunk;
    }
    at += inflate.bytesWritten;
    await checkTrailer(bytes, at, { crc, length }, place);
    at += TRAILER;
  }
  if (at === size) return;
  told.members++;
  const gunzip = createGunzip({ chunkSize: CHUNK });
  yield* checked(through(bytes, at, gunzip), place);
  at += gunzip.bytesWritten;
  if (at < size) throw trailing(size - at, place);
}

async function* checked(chunks: AsyncIterable<Buffer>, place: Place): AsyncGenerator<Buffer, void, void> {
  try {
    yield* chunks;
  } catch (error) {
    // Of node:zlib; what the consumer of the chunks throws never comes here.
    if (!systemCode(error)?.startsWith('Z_')) throw error;
    throw damaged(place, `its gzip stream cannot be unpacked (${messageOf(error)})`);
  }
}

function trailing(size: number, place: Place): DamagedImageError {
  return damaged(place, `${size} bytes follow its gzip stream which are no further member of it`);
}

async function headerAt(
  bytes: FileBytes,
  at: number,
  told: StreamFacts,
  place: Place,
  size: number,
): Promise<GzipHeader> {
  // Nearly all are shorter than this; only one that is not is read again.
  for (const length of [512, MAX_GZIP_HEADER]) {
    const start = await bytes.from(at, length);
    const header = parseGzipHeader(start);
    if (typeof header !== 'string') return header;
    if (start.length >= length && length !== MAX_GZIP_HEADER) continue;
    if (told.members === 0) throw damaged(place, header);
    throw trailing(size - at, place);
  }
  throw damaged(place, 'its gzip header is too long');
}

async function checkTrailer(
  bytes: FileBytes,
  at: number,
  is: { crc: number; length: number },
  place: Place,
): Promise<void> {
  const trailer = await bytes.from(at, TRAILER);
  if (trailer.length < TRAILER) throw damaged(place, 'its gzip stream ends too early');
  if (trailer.readUInt32LE(0) !== is.crc) throw damaged(place, 'its gzip checksum is not that of what is in it');
  if (trailer.readUInt32LE(4) !== is.length % 2 ** 32) {
    throw damaged(place, 'its gzip stream names another length than it has');
  }
}
