import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256File } from '../base/hash.js';
import { inParallel } from '../base/parallel.js';
import { removeTree } from '../base/workspace.js';
import { ignoreUnusable } from './entries.js';

/** Milliseconds for which a file may be one that a Go beside this one is writing, in its place. */
const SETTLED = 60_000;
const AT_ONCE = 4;

/**
 * Removes from Go's build cache what is not what Go has put there. Go looks at the size of an entry alone: with another
 * bit it links, at best, not at all. Contents are in `XX/SHA256-d`, and what leads to them in `XX/ID-a`
 * (cmd/go/internal/cache); one of these that is damaged leads nowhere, and Go makes it anew.
 * @returns how many were removed
 */
export async function cleanGoCache(folder: string, signal: AbortSignal): Promise<number> {
  const settled = Date.now() - SETTLED;
  let removed = 0;
  for (const part of (await readdir(folder).catch(ignoreUnusable)) ?? []) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    const names = (await readdir(join(folder, part)).catch(ignoreUnusable)) ?? [];
    await inParallel(names, AT_ONCE, async (name) => {
      const path = join(folder, part, name);
      const stats = await lstat(path).catch(ignoreUnusable);
      if (!stats || stats.mtimeMs > settled || (await isSound(path, name, stats.isFile(), signal))) return;
      await removeTree(path);
      removed++;
    });
  }
  return removed;
}

async function isSound(path: string, name: string, isFile: boolean, signal: AbortSignal): Promise<boolean> {
  if (!isFile) return false;
  const sum = await sha256File(path, signal).catch(ignoreUnusable);
  return sum !== undefined && (!name.endsWith('-d') || `${sum}-d` === name);
}
