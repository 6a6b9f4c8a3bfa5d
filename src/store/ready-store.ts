import { constants } from 'node:fs';
import { access, lstat, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, RunError, systemCode } from '../base/errors.js';
import { makeFolder } from '../base/files.js';
import { BLOBS, ignoreUnusable } from './entries.js';

/**
 * Makes a folder with a marker that tells backup tools to leave it out (the Cache Directory Tagging Specification).
 * @throws RunError where that is no place for a folder
 */
export async function makeStoreFolder(root: string): Promise<void> {
  const tag = 'Signature: 8a477f597d28d172789f06886806bc55\n# A cache of pushgateway-ttl-action; safe to delete.\n';
  try {
    await makeFolder(resolve(root), 0o700);
    await writeFile(join(root, 'CACHEDIR.TAG'), tag, { flag: 'wx' });
  } catch (error) {
    const isThere = systemCode(error) === 'EEXIST' && (await stat(root)).isDirectory();
    if (!isThere) throw unusableStore(root, error);
  }
  for (const name of ['binaries', 'layers', 'patches', 'blobs', BLOBS, 'facts', 'go-build']) {
    await removeUnlessFolder(join(root, name)).catch((error) => {
      throw unusableStore(root, error);
    });
  }
}

/** Something else in a folder's place cannot be an entry, and keeps those of it from being made. */
async function removeUnlessFolder(path: string): Promise<void> {
  const isThere = await lstat(path).catch(ignoreUnusable);
  if (!isThere || (await stat(path).catch(ignoreUnusable))?.isDirectory()) return;
  await rm(path, { force: true });
}

/** @throws RunError where nothing can be kept in the store, which a run that compiles has to */
export async function checkStoreIsWritable(root: string): Promise<void> {
  await access(root, constants.W_OK).catch((error) => {
    throw unusableStore(root, error);
  });
}

/** Less than this is as good as nothing, in bytes. */
const NO_SPACE = 1024 * 1024;

/**
 * An error of Go, in words where the disk that the store is on is full: Go then says that it finds no packages.
 * @returns the error itself where there is space
 */
export async function explainFullStore(root: string, error: unknown): Promise<unknown> {
  if (!(error instanceof RunError)) return error;
  const path = join(root, 'go-build');
  const disk = await statfs(path).catch(() => undefined);
  if (disk === undefined || disk.bavail * disk.bsize >= NO_SPACE) return error;
  return new RunError(
    `Could not compile: no space is left on the disk (${path}). Free some space and run again. Go said: ${error.message}`,
  );
}

function unusableStore(root: string, error: unknown): RunError {
  return new RunError(
    `The store of earlier results, ${root}, cannot be used: ${messageOf(error)}. ` +
      'Name a folder that can be written to in PUSHGATEWAY_TTL_CACHE, or build with cache: false',
  );
}
