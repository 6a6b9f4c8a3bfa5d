import type { FileHandle } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { messageOf, systemCode } from '../../base/errors.js';
import { DamagedImageError, damaged, hostile, type Place } from '../damaged.js';
import type { StreamFacts } from './decompress.js';
import { type Decompressor, FileBytes, through } from './through.js';

const MAX_FRAMES = 250_000;

/** Whether a file that begins so is zstd: a frame, or one that is to be skipped (RFC 8878, sections 3.1.1 and 3.1.2). */
export function isZstd(start: Buffer): boolean {
  if (start.length < 4) return false;
  const magic = start.readUInt32LE(0);
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

/** Node.js has it from 22.15 and 23.8 on. */
function opener(): (() => Decompressor) | undefined {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Decompressor };
  return createZstdDecompress;
}

/** Unpacks all frames. Node's decompressor ends with the first one where it meets the next in the same chunk. */
export async function* zstdFrames(
  file: FileHandle,
  place: Place,
  told: StreamFacts,
): AsyncGenerator<Buffer, void, void> {
  const open = opener();
  if (!open) throw cannotUnpack(place);
  const { size } = await file.stat();
  const bytes = new FileBytes(file);
  for (let at = 0; at < size; ) {
    if (told.members === MAX_FRAMES) throw hostile(place, `it has more than ${MAX_FRAMES} zstd frames`);
    const decompressor = open();
    try {
      yield* through(bytes, at, decompressor);
    } catch (error) {
      if (!systemCode(error)?.startsWith('ZSTD_') && !systemCode(error)?.startsWith('Z_')) throw error;
      throw damaged(place, `its zstd stream cannot be unpacked (${messageOf(error)})`);
    }
    if (decompressor.bytesWritten === 0) throw damaged(place, 'its zstd stream cannot be unpacked');
    at += decompressor.bytesWritten;
    told.members++;
  }
}

function cannotUnpack({ image, where }: Place): DamagedImageError {
  const a = `it is compressed with zstd, which cannot be unpacked by this Node.js (${process.version}); 22.15 and later can`;
  return new DamagedImageError(image, {
    level: 'layer',
    weight: 'content',
    where,
    a,
    b: undefined,
    cause: 'compressor',
  });
}
