import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../base/errors.js';
import { compareUtf8, listTree } from '../base/files.js';
import { sha256Hex } from '../base/hash.js';
import { once } from '../base/once.js';
import type { ModuleFile } from './module-zip.js';
import type { PatchContent, PatchSet } from './patches.js';

/**
 * Reads a folder: its `.patch` and `.diff` files, sorted, are applied; its `.go` files are laid into the tree at the
 * same relative path. The digest covers what can reach the binary, so tests (`_test.go`) and other files do not count.
 * @throws InputError where there is nothing to apply, or what counts is a link
 */
export async function readPatchFolder(folder: string): Promise<{ sha256: string; content: PatchContent }> {
  const overlay: ModuleFile[] = [];
  const diffs: { name: string; data: Buffer }[] = [];
  for (const { path, isRegular } of await listTree(folder)) {
    const isDiff = /^[^/]+\.(patch|diff)$/.test(path);
    if (!isDiff && !path.endsWith('.go')) continue;
    if (!isRegular)
      throw new InputError(`${path} in the patch set ${folder} is a link; only regular files are accepted`, 'patches');
    if (path.includes('\n')) {
      throw new InputError(`The patch set ${folder} has a file with a line break in its name`, 'patches');
    }
    const data = await readFile(join(folder, path));
    if (isDiff) diffs.push({ name: path, data });
    else overlay.push({ path, data });
  }
  if (overlay.length + diffs.length === 0) {
    throw new InputError(`The folder ${folder} holds no patch: neither .patch or .diff files nor .go files`, 'patches');
  }
  const counted = [
    ...diffs.map((diff) => ({ path: diff.name, data: diff.data })),
    ...overlay.filter((file) => !isTest(file)),
  ];
  return { sha256: contentDigest(counted), content: { overlay, diffs } };
}

/** Whether Go leaves a file out of every build. */
export function isTest(file: ModuleFile): boolean {
  return file.path.endsWith('_test.go');
}

/** A set of one diff, known by the SHA-256 of its bytes. */
export function looseDiff(name: string, sha256: string, read: () => Promise<Buffer>): PatchSet {
  const content = async () => ({ overlay: [], diffs: [{ name, data: await read() }] });
  return { spec: { name, sha256 }, time: undefined, content: once(content) };
}

/** SHA-256 of one line `HEX  PATH\n` a file, sorted by path: what `sha256sum` prints. */
function contentDigest(files: readonly ModuleFile[]): string {
  const sorted = [...files].sort((a, b) => compareUtf8(a.path, b.path));
  return sha256Hex(sorted.map((file) => `${sha256Hex(file.data)}  ${file.path}\n`).join(''));
}
