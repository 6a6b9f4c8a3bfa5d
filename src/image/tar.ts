import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { RunError, systemCode } from '../base/errors.js';
import { BLOCK, tarHeader } from './tar-header.js';
import type { TarEntry } from './tar-plan.js';

/** Small on purpose: there is a buffer a thread, and larger ones were seen to cost memory and save no time. */
const READ_SIZE = 64 * 1024;

/**
 * The archive of the planned entries, as chunks. A chunk is valid until the next one is asked for: files are read
 * through one buffer, so that memory does not grow with them.
 * @param planned as `planTar` returns them
 * @param mtime of every entry, in seconds since 1970
 * @throws InputError where a file's size does not fit the format
 * @throws RunError where a file is not a regular one or changes while it is read
 */
export async function* tarChunks(planned: readonly TarEntry[], mtime: number): AsyncGenerator<Uint8Array, void, void> {
  const buffer = Buffer.allocUnsafe(READ_SIZE);
  for (const entry of planned) {
    if (entry.type !== 'file') {
      yield tarHeader(entry, 0, mtime);
    } else if (entry.content instanceof Uint8Array) {
      const { content } = entry;
      yield tarHeader(entry, content.length, mtime);
      if (content.length > 0) yield content;
      yield* padding(content.length);
    } else {
      const { file, size } = await openRegular(entry.content.file);
      try {
        yield tarHeader(entry, size, mtime);
        yield* fileChunks(file, size, buffer, entry.content.file);
        yield* padding(size);
      } finally {
        await file.close();
      }
    }
  }
  yield new Uint8Array(2 * BLOCK);
}

function* padding(size: number): Generator<Uint8Array, void, void> {
  if (size % BLOCK !== 0) yield new Uint8Array(BLOCK - (size % BLOCK));
}

/** A link is not followed: what it points at lies outside what the caller gave. */
async function openRegular(path: string): Promise<{ file: FileHandle; size: number }> {
  // NONBLOCK, since opening a pipe would wait for its writer. Windows knows neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((error: unknown) => {
    throw systemCode(error) === 'ELOOP' ? notRegular(path) : error;
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw notRegular(path);
    return { file, size: stats.size };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function notRegular(path: string): RunError {
  return new RunError(`${path} is not a regular file; links, folders and devices are not read into an image.`);
}

async function* fileChunks(
  file: FileHandle,
  size: number,
  buffer: Uint8Array,
  path: string,
): AsyncGenerator<Uint8Array, void, void> {
  let left = size;
  while (left > 0) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, left), null);
    if (bytesRead === 0) throw changed(path);
    left -= bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
  if ((await file.stat()).size !== size) throw changed(path);
}

function changed(path: string): RunError {
  return new RunError(`${path} changed while it was read into an image. Run again when nothing else writes to it.`);
}
