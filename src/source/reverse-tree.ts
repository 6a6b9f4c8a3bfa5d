import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listTree } from '../base/files.js';
import { removeTree } from '../base/workspace.js';

/**
 * Makes a tree anew with the same files, the last one first. Many file systems list a folder in the order in which its
 * entries were made, so a build whose result depends on that shows it.
 */
export async function reverseTree(folder: string): Promise<void> {
  const before = `${folder}.before`;
  await rename(folder, before);
  await mkdir(folder);
  for (const { path } of (await listTree(before)).reverse()) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await rename(join(before, path), target);
  }
  await removeTree(before);
}
