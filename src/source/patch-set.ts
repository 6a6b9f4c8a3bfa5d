import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError, systemCode } from '../base/errors.js';
import { compareUtf8, listTree } from '../base/files.js';
import { sha256Hex } from '../base/hash.js';
import type { PatchRequest } from '../inputs/requests.js';
import type { PatchSpec } from '../spec/build-spec.js';
import { isPatchName } from '../spec/grammar.js';
import type { ModuleFile } from './module-zip.js';

/** A patch set in memory: new files to lay into the tree, then diffs to apply, in this order. */
export interface PatchSet {
  readonly spec: PatchSpec;
  /** When the revision was made, seconds since 1970; loose patches have no time. */
  readonly time: number | undefined;
  readonly overlay: readonly ModuleFile[];
  readonly diffs: readonly { readonly name: string; readonly data: Buffer }[];
}

/** Fetches a URL whose content must have the given SHA-256. */
export type FetchChecked = (url: string, sha256: string) => Promise<Buffer>;

/** Names of the sets that come with this project: the folders of `patchesDir` with a set.json. */
export async function builtinSets(patchesDir: string): Promise<string[]> {
  const entries = await readdir(patchesDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads a patch set.
 * @throws InputError where there is none, or it is empty
 */
export async function loadPatchSet(
  request: PatchRequest,
  patchesDir: string,
  fetchChecked: FetchChecked,
): Promise<PatchSet> {
  switch (request.type) {
    case 'builtin':
      return loadBuiltin(request.name, request.revision, patchesDir);
    case 'path':
      return loadPath(request.path);
    case 'url': {
      const name = setName(new URL(request.url).pathname);
      return looseDiff(name, await fetchChecked(request.url, request.sha256));
    }
  }
}

/** The suffix that says what was patched: `+ttl.1`, `+ttl.1.my-fix`; empty without patches. */
export function versionSuffix(sets: readonly PatchSpec[]): string {
  const parts = sets.map((set) => {
    const name = set.name.replaceAll(/[^0-9A-Za-z-]+/g, '-');
    return set.revision === undefined ? name : `${name}.${set.revision}`;
  });
  return parts.length === 0 ? '' : `+${parts.join('.')}`;
}

async function loadBuiltin(name: string, revision: number | undefined, patchesDir: string): Promise<PatchSet> {
  const folder = join(patchesDir, name);
  const about = JSON.parse(await readFile(join(folder, 'set.json'), 'utf8')) as { revision: number; time: string };
  if (revision !== undefined && revision !== about.revision) {
    throw new InputError(
      `There is no revision ${revision} of the patch set ${name}. Accepted: ${name}, ${name}@${about.revision}`,
      'patches',
    );
  }
  const set = await loadFolder(name, folder);
  return { ...set, spec: { ...set.spec, revision: about.revision }, time: Date.parse(about.time) / 1000 };
}

async function loadPath(path: string): Promise<PatchSet> {
  const found = await stat(path).catch((error) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  });
  if (!found) {
    throw new InputError(
      `There is no patch set, file or folder ${JSON.stringify(path)}. Accepted: ttl, none, a path, or https://…#sha256=…`,
      'patches',
    );
  }
  return found.isDirectory() ? loadFolder(setName(path), path) : looseDiff(setName(path), await readFile(path));
}

function looseDiff(name: string, data: Buffer): PatchSet {
  return { spec: { name, sha256: sha256Hex(data) }, time: undefined, overlay: [], diffs: [{ name, data }] };
}

/**
 * A folder: its `.patch` and `.diff` files, sorted, are applied; its `.go` files are laid into the tree at the same
 * relative path. The digest covers what can reach the binary, so tests (`_test.go`) and other files do not count.
 */
async function loadFolder(name: string, folder: string): Promise<PatchSet> {
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
  return { spec: { name, sha256: contentDigest(counted) }, time: undefined, overlay, diffs };
}

/** Whether Go leaves a file out of every build. */
export function isTest(file: ModuleFile): boolean {
  return file.path.endsWith('_test.go');
}

/** SHA-256 of one line `HEX  PATH\n` a file, sorted by path: what `sha256sum` prints. */
function contentDigest(files: readonly ModuleFile[]): string {
  const sorted = [...files].sort((a, b) => compareUtf8(a.path, b.path));
  return sha256Hex(sorted.map((file) => `${sha256Hex(file.data)}  ${file.path}\n`).join(''));
}

/** A name for loose patches: the file's own, without folder and ending. Where it lies never reaches the spec. */
function setName(path: string): string {
  const name = basename(path.replace(/[/\\]+$/, ''))
    .replace(/\.(patch|diff)$/, '')
    .replaceAll(/[^0-9A-Za-z._-]+/g, '-')
    .replace(/^[._-]+/, '');
  return isPatchName(name) ? name : 'patch';
}
