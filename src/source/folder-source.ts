import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, systemCode } from '../base/errors.js';
import { listTree } from '../base/files.js';
import { sha256Hex } from '../base/hash.js';
import { hash1 } from './module-hash.js';
import { type ModuleFile, writeTree } from './module-zip.js';
import type { ResolvedSource } from './source.js';
import { versionOfTree } from './tree-version.js';

/** Records of version control, which are no source. */
const NOT_SOURCE = new Set(['.git', '.hg', '.svn', '.bzr']);
const MAX_FILES = 20_000;

/**
 * A folder with Pushgateway's source. What is recorded is the hash of its content, as a module zip would have it; the
 * path, owners, modes and times never enter. All files count, but for those of version control.
 * @throws InputError where it is no folder, has no go.mod, or holds links (their content is not theirs to hash)
 */
export async function folderSource(path: string, wanted: string | undefined): Promise<ResolvedSource> {
  await checkFolder(path);
  // Read once, hashed and written from memory: what is compiled is what was hashed, even if somebody edits meanwhile.
  const files = await readFolder(path);
  if (!files.some((file) => file.path === 'go.mod')) {
    throw new InputError(
      `The folder ${path} has no go.mod. Accepted: a folder with the source of Pushgateway, or "module", "git", URL#COMMIT`,
      'source',
    );
  }
  return {
    spec: { type: 'folder', hash: hashOf(files) },
    version: versionOfTree(files.find((file) => file.path === 'VERSION')?.data, wanted, path),
    time: undefined,
    write: (folder) => writeTree(folder, files),
  };
}

/** What the spec would record of a folder: the hash of its content. @throws InputError as `folderSource` does */
export async function folderHash(path: string): Promise<string> {
  await checkFolder(path);
  return hashOf(await readFolder(path));
}

function hashOf(files: readonly ModuleFile[]): string {
  return hash1(new Map(files.map((file): [string, string] => [file.path, sha256Hex(file.data)])));
}

async function checkFolder(path: string): Promise<void> {
  const stats = await lstat(`${path}/`).catch((error) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  });
  if (!stats?.isDirectory()) {
    throw new InputError(
      `${JSON.stringify(path)} is no folder. Accepted: "module", "git", URL#COMMIT, or a folder with Pushgateway's source`,
      'source',
    );
  }
}

async function readFolder(root: string): Promise<ModuleFile[]> {
  const entries = await listTree(root, (name) => NOT_SOURCE.has(name));
  if (entries.length > MAX_FILES)
    throw new InputError(`The folder ${root} has over ${MAX_FILES} files; is it Pushgateway's source?`, 'source');
  const files: ModuleFile[] = [];
  for (const { path, isRegular } of entries) {
    if (path.includes('\uFFFD')) {
      throw new InputError(
        `${path} in the folder ${root} has a name that is not UTF-8; only UTF-8 names are accepted`,
        'source',
      );
    }
    if (!isRegular)
      throw new InputError(
        `${path} in the folder ${root} is a link or a special file; only regular files and folders are accepted`,
        'source',
      );
    files.push({ path, data: await readFile(join(root, path)) });
  }
  return files;
}
