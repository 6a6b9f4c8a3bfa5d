import { cp, lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError, systemCode } from '../base/errors.js';
import { besideName } from '../base/files.js';

/** Where Go is kept between runs: the runner's tool cache in Actions, a folder of ours on the command line. */
export interface ToolCache {
  /** The folder of that exact version (`1.26.8`) for this host, or undefined. Nothing is said about its content. */
  find(version: string): Promise<string | undefined>;
  /**
   * Takes over `folder`, a whole GOROOT, moved or copied. It replaces what `find` found before; where another run has put
   * one there since, that one may stay. So the caller looks at what it gets.
   * @returns the final folder
   */
  keep(folder: string, version: string): Promise<string>;
  /** All versions that it has for this host. */
  versions?(): Promise<string[]>;
  /** An existing folder on the cache's own disk; what is unpacked there is kept without being copied. */
  scratch?(): Promise<string>;
}

/** Age from which something that a killed run left is removed, in milliseconds. */
const STALE = 24 * 60 * 60 * 1000;

/**
 * A tool cache in a plain folder: `root/go/VERSION/ARCH`, the shape of the runner's. A folder appears there whole, by
 * one rename, and several runs may keep the same version at once.
 * @param arch architecture of the host, as Go names it
 */
export function folderToolCache(root: string, arch: string): ToolCache {
  const base = join(root, 'go');
  const place = (version: string) => join(base, version, arch);
  /** The folder that `find` gave and the caller rejected, should it call `keep`; by inode, for another may come. */
  const seen = new Map<string, string>();

  return {
    async find(version) {
      const identity = await identityOf(place(version));
      if (identity === undefined) return undefined;
      seen.set(version, identity);
      return place(version);
    },

    async keep(folder, version) {
      const target = place(version);
      try {
        await mkdir(join(base, version), { recursive: true });
        const ready = await onSameDisk(folder, target);
        return await moveInto(ready, target, seen.get(version));
      } catch (error) {
        throw explainSystemError(error, `keep Go ${version} in ${root}`);
      }
    },

    async versions() {
      const names = await readdir(base).catch(() => []);
      const found = await Promise.all(
        names.map(async (name) => (await identityOf(join(base, name, arch))) !== undefined && name),
      );
      return found.filter((name) => name !== false && !name.startsWith('.')) as string[];
    },

    async scratch() {
      const folder = join(base, '.scratch');
      await mkdir(folder, { recursive: true });
      await removeStale(folder);
      return folder;
    },
  };
}

/** The folder itself where it is on the target's disk, else a copy of it beside the target. */
async function onSameDisk(folder: string, target: string): Promise<string> {
  const [here, there] = await Promise.all([stat(folder), stat(join(target, '..'))]);
  if (here.dev === there.dev) return folder;
  const copy = besideName(target, 'copy');
  try {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
  return copy;
}

/**
 * Renames `folder` to `target`. What stands there is replaced only if it is the one that the caller knows (`known`);
 * otherwise another run was faster, may be compiling with its Go already, and ours is dropped.
 */
async function moveInto(folder: string, target: string, known: string | undefined): Promise<string> {
  for (;;) {
    try {
      await rename(folder, target);
      return target;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
      // On Windows EPERM is also what a rename onto a folder gives; with nothing there it means what it says.
      const there = await identityOf(target);
      if (there === undefined && systemCode(error) === 'EPERM') throw error;
      if (there !== undefined && there !== known) {
        await rm(folder, { recursive: true, force: true });
        return target;
      }
      await moveAside(target, known);
    }
  }
}

async function moveAside(target: string, known: string | undefined): Promise<void> {
  const aside = besideName(target, 'old');
  try {
    await rename(target, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  // Between the look and the rename another run may have put its own there: it goes back, unless a third was faster;
  // then that one stands at the same path with the same files.
  if ((await identityOf(aside)) !== known && (await renamed(aside, target))) return;
  await rm(aside, { recursive: true, force: true });
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch {
    return false;
  }
}

/** What tells a folder from another that comes to stand at its place, or undefined where there is no folder. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    return found.isDirectory() ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > STALE) await rm(path, { recursive: true, force: true });
  }
}
