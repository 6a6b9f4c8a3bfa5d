import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError, systemCode } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import type { PatchRequest } from '../inputs/requests.js';
import type { PatchSpec } from '../spec/build-spec.js';
import { isPatchName } from '../spec/grammar.js';
import { builtinSets, loadBuiltin } from './builtin-sets.js';
import { looseDiff, readPatchFolder } from './patch-folder.js';
import type { FetchPatch, PatchSet } from './patches.js';

/**
 * Finds a patch set. Nothing is fetched for it.
 * @throws InputError where there is none, or it is empty
 */
export async function loadPatchSet(
  request: PatchRequest,
  patchesDir: string,
  fetchPatch: FetchPatch,
): Promise<PatchSet> {
  switch (request.type) {
    case 'builtin':
      return loadBuiltin(request.name, request.revision, patchesDir, fetchPatch);
    case 'path':
      return loadPath(request.path, patchesDir);
    case 'url':
      return looseDiff(setName(new URL(request.url).pathname), request.sha256, () => fetchPatch(request));
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

async function loadPath(path: string, patchesDir: string): Promise<PatchSet> {
  const found = await stat(path).catch((error) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  });
  if (!found) {
    throw new InputError(
      `There is no patch set, file or folder ${JSON.stringify(path)}. ` +
        `Accepted: ${(await builtinSets(patchesDir)).join(', ')}, none, a path, or https://…#sha256=…`,
      'patches',
    );
  }
  if (found.isDirectory()) {
    const { sha256, content } = await readPatchFolder(path);
    return { spec: { name: setName(path), sha256 }, time: undefined, content: async () => content };
  }
  const data = await readFile(path);
  return looseDiff(setName(path), sha256Hex(data), async () => data);
}

/** A name for loose patches: the file's own, without folder and ending. Where it lies never reaches the spec. */
function setName(path: string): string {
  const name = basename(path.replace(/[/\\]+$/, ''))
    .replace(/\.(patch|diff)$/, '')
    .replaceAll(/[^0-9A-Za-z._-]+/g, '-')
    .replace(/^[._-]+/, '');
  return isPatchName(name) ? name : 'patch';
}
