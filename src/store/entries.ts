import { constants } from 'node:fs';
import { copyFile, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../base/errors.js';
import { besideName, writeFileAtomic } from '../base/files.js';
import { removeTree } from '../base/workspace.js';

/** Blobs of base images; named as in an OCI image layout. */
export const BLOBS = join('blobs', 'sha256');

/** Copies a file beside its place, then renames it into it. */
export async function copyInto(from: string, to: string): Promise<void> {
  const temporary = besideName(to);
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    await overFolder(to, () => rename(temporary, to));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Marks an entry as used now, where that can be done: a store that nobody may write to can still be read. */
export async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(ignoreUnusable);
}

/** Writes a small file whole or not at all, whatever is in its place. */
export function keepFile(path: string, data: string | Uint8Array): Promise<void> {
  return overFolder(path, () => writeFileAtomic(path, data));
}

/** Puts a file where a damaged store may have a folder, which nothing can be renamed over. */
async function overFolder(path: string, put: () => Promise<void>): Promise<void> {
  await put().catch(async (error) => {
    if (systemCode(error) !== 'EISDIR') throw error;
    await removeTree(path);
    await put();
  });
}

/** What the system says of an entry that is not there, or is not what it should be, or may not be touched. */
const UNUSABLE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EACCES', 'EPERM', 'EROFS'];

/** For `.catch`: undefined where an entry cannot be used, which is as if it were not there. */
export function ignoreUnusable(error: unknown): undefined {
  if (!UNUSABLE.includes(systemCode(error) ?? '')) throw error;
  return undefined;
}
