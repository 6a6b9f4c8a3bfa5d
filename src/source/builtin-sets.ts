import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, ignoreMissing } from '../base/errors.js';
import { looseDiff, readPatchFolder } from './patch-folder.js';
import type { FetchPatch, PatchSet } from './patches.js';
import type { PinnedDiff } from './pinned-diff.js';
import type { Reach } from './reach.js';

/** `set.json` of a set that comes with the project. */
interface SetFile {
  /** Of the folder's content. A set whose content is pinned from elsewhere has none: it never changes. */
  readonly revision?: number;
  /** When this revision was made (RFC 3339). */
  readonly time: string;
  /** Where the diff comes from; without it, the folder holds the patches. */
  readonly git?: Omit<PinnedDiff, 'name'>;
  readonly reach?: Reach;
  /** What is known to be wrong with it, each as a clause. */
  readonly faults?: readonly string[];
}

/**
 * Names of the sets that come with this project: the folders of `patchesDir` with a set.json. Folders `NAME@N` keep
 * earlier revisions.
 */
export async function builtinSets(patchesDir: string): Promise<string[]> {
  const entries = await readdir(patchesDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.includes('@'));
  const names = folders.map((folder) => folder.name).sort();
  const described = await Promise.all(names.map((name) => isThere(join(patchesDir, name, 'set.json'))));
  return names.filter((_name, index) => described[index]);
}

/**
 * A set by its name, at its current revision or another that is kept.
 * @throws InputError where there is no such revision, naming those that there are
 */
export async function loadBuiltin(
  name: string,
  revision: number | undefined,
  patchesDir: string,
  fetchPatch: FetchPatch,
): Promise<PatchSet> {
  const current = await readAbout(join(patchesDir, name));
  if (revision === undefined || revision === current.revision)
    return loadFrom(name, join(patchesDir, name), current, fetchPatch);
  const folder = join(patchesDir, `${name}@${revision}`);
  if (!(await isThere(join(folder, 'set.json')))) throw await noRevision(name, revision, current, patchesDir);
  const kept = await readAbout(folder);
  if (kept.revision !== revision) throw new Error(`${folder} holds the revision ${kept.revision}`);
  return loadFrom(name, folder, kept, fetchPatch);
}

/** The earlier revisions of a set that are kept, in folders `NAME@N`. */
export async function keptRevisions(name: string, patchesDir: string): Promise<number[]> {
  return (await readdir(patchesDir))
    .filter((folder) => folder.startsWith(`${name}@`))
    .map((folder) => Number(folder.slice(name.length + 1)));
}

async function loadFrom(name: string, folder: string, about: SetFile, fetchPatch: FetchPatch): Promise<PatchSet> {
  const { revision, git, reach, faults = [] } = about;
  const time = Date.parse(about.time) / 1000;
  if (!git) {
    const { sha256, content } = await readPatchFolder(folder);
    const spec = revision === undefined ? { name, sha256 } : { name, revision, sha256 };
    return { spec, time, reach, content: async () => content };
  }
  const instead = reach ? ` The set ${reach.instead} is maintained, and has none of them.` : '';
  const warning = `The patch set ${name} has faults that were measured: ${faults.join('; ')}.${instead}`;
  const diff = looseDiff(name, git.sha256, () => fetchPatch({ type: 'git', name, ...git }));
  return { ...diff, time, reach, warning: faults.length > 0 ? warning : undefined };
}

async function noRevision(name: string, revision: number, current: SetFile, patchesDir: string): Promise<InputError> {
  const kept = await keptRevisions(name, patchesDir);
  const all = [...kept, current.revision ?? 0].filter((number) => number > 0).sort((a, b) => a - b);
  const accepted = [name, ...all.map((number) => `${name}@${number}`)].join(', ');
  return new InputError(`There is no revision ${revision} of the patch set ${name}. Accepted: ${accepted}`, 'patches');
}

async function readAbout(folder: string): Promise<SetFile> {
  return JSON.parse(await readFile(join(folder, 'set.json'), 'utf8')) as SetFile;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreMissing)) !== undefined;
}
