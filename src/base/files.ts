import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ignoreMissing, systemCode } from './errors.js';

/** A name beside `path` that no other run uses; hidden, so that no glob picks it up. */
export function besideName(path: string, what = 'tmp'): string {
  return join(dirname(path), `.${basename(path)}.${what}-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/**
 * Writes a small file whole or not at all: beside its place, synced, then renamed into it.
 * Folders above it are made.
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = besideName(path);
  try {
    await writeFile(temporary, data, { mode, flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Makes a folder, and those above it that are missing.
 * @param path absolute
 * @param mode of those that it makes, less the mask
 * @returns what undoes it: removes those that it made, as long as they are empty
 */
export async function makeFolder(path: string, mode = 0o777): Promise<() => Promise<void>> {
  const made: string[] = [];
  const missing: string[] = [];
  // One by one: where a system says of a new folder that its parent is missing, as Linux does in /proc, Node's own
  // `recursive` tries for ever.
  for (let folder = path; !(await isThere(folder)); folder = dirname(folder)) missing.push(folder);
  for (const folder of missing.reverse()) {
    const isOurs = await mkdir(folder, { mode }).then(
      () => true,
      (error) => {
        if (systemCode(error) !== 'EEXIST') throw error;
        return false; // another run made it meanwhile
      },
    );
    if (isOurs) made.unshift(folder);
  }
  if (!(await stat(path)).isDirectory()) throw Object.assign(new Error(`${path} is a file`), { code: 'EEXIST' });
  return async () => {
    for (const folder of made) {
      const isGone = await rmdir(folder).then(
        () => true,
        () => false,
      );
      if (!isGone) return;
    }
  };
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreMissing)) !== undefined || dirname(path) === path;
}

/** Flushes a folder's entries to disk, where the system can (Windows cannot). */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Byte order of the UTF-8 forms; the order of every list that reaches a digest, whatever the locale. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}

/**
 * Everything below `root` that is no folder: paths relative to it with `/`, sorted by UTF-8 bytes. Links are listed,
 * never followed.
 * @param skip names of files and folders that are left out, with all that they hold
 */
export async function listTree(
  root: string,
  skip: (name: string) => boolean = () => false,
): Promise<{ path: string; isRegular: boolean }[]> {
  const found: { path: string; isRegular: boolean }[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (skip(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) pending.push(path);
      else found.push({ path, isRegular: entry.isFile() });
    }
  }
  return found.sort((a, b) => compareUtf8(a.path, b.path));
}
