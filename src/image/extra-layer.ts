import type { Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError, messageOf, systemCode } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import type { ExtraFileRequest } from '../inputs/requests.js';
import { hashTar } from './hash-tar.js';
import { BINARY_PATH, DOCS_PATH, FOLDER_MODES, Mode, Windows } from './profile1.js';
import { planTar, type TarEntry } from './tar-plan.js';

/** The input that names extra files; every error here is about it. */
export const EXTRA_INPUT = 'extra-files';

const OWN_PATHS = [BINARY_PATH, Windows.binaryPath, DOCS_PATH];

/** An entry, with what the user wrote that led to it. */
type Found = { entry: TarEntry; from: string };

/**
 * What the layer of extra files holds, in its Linux form. The rules are those of `COPY` in a Dockerfile:
 * - a file goes to TARGET; where TARGET ends in a slash, into that folder under its own name;
 * - of a folder, what is in it goes to TARGET, with or without a slash at its end. Empty folders and links in it are
 *   kept, links as links: none is ever followed;
 * - a file has mode 0644 or the given one (which counts for all files of a folder), a folder 0755, a link 0777, whatever
 *   they have on disk. Folders above targets are made, 0755 too but for `root` (0700), `tmp` and `var/tmp` (1777);
 * - folders may come from several lines, anything else from one.
 *
 * Reads names and kinds only; contents are read when the layer is made.
 * @param cwd what relative sources are relative to
 * @throws InputError('extra-files') for a source that is missing, a link or a device; for a target that is not absolute,
 *   is `/`, has an empty, `.` or `..` part, or is given twice; for one at, above or below the paths of the image itself
 *   (upper and lower case are the same here, since they are on Windows); and for what `planTar` refuses
 */
export async function planExtraFiles(requests: readonly ExtraFileRequest[], cwd: string): Promise<TarEntry[]> {
  const found: Found[] = [];
  for (const request of requests) {
    found.push(...(request.type === 'link' ? [linkOf(request)] : await copyOf(request, cwd)));
  }
  const merged = mergeFolders(found);
  try {
    // Once for what can be wrong with paths, and once more for the modes of the folders that were made.
    return planTar(planTar(merged).map(withFolderMode));
  } catch (error) {
    throw error instanceof InputError ? new InputError(error.message, EXTRA_INPUT) : error;
  }
}

/**
 * Diff ID of the layer of extra files in its Linux form: `files` of the build spec.
 * @param entries as `planExtraFiles` returns them
 * @throws RunError where a file is gone, is no regular one any more, or changes while it is read
 */
export async function extraLayerDiffId(
  entries: readonly TarEntry[],
  epochSeconds: number,
  signal?: AbortSignal,
): Promise<Digest> {
  return (await hashTar(planTar(entries), epochSeconds, signal)).diffId;
}

function linkOf({ target, to }: Extract<ExtraFileRequest, { type: 'link' }>): Found {
  const from = `${target} -> ${to}`;
  const path = targetPath(target, from);
  if (target.endsWith('/')) throw refuse(from, 'the path of a link does not end in a slash');
  return { from, entry: { path, type: 'symlink', mode: Mode.symlink, target: to } };
}

async function copyOf(request: Extract<ExtraFileRequest, { type: 'copy' }>, cwd: string): Promise<Found[]> {
  const { source, target, mode = Mode.document } = request;
  const from = `${source}:${target}`;
  const path = resolve(cwd, source);
  const stats = await lstat(path).catch((error: unknown) => {
    throw refuse(from, systemCode(error) === 'ENOENT' ? `there is no ${path}` : messageOf(error));
  });
  if (stats.isDirectory()) {
    const root = targetPath(target, from);
    return (await folderEntries(path, root, mode, from)).map((entry) => ({ entry, from }));
  }
  if (!stats.isFile()) throw refuse(from, `${path} is ${kindOf(stats)}, neither a regular file nor a folder`);
  const name = target.endsWith('/') ? `${target}${path.split(/[\\/]/).at(-1) as string}` : target;
  return [{ from, entry: { path: targetPath(name, from), type: 'file', mode, content: { file: path } } }];
}

/** A folder and all below it, as entries below `root`. */
async function folderEntries(folder: string, root: string, mode: number, from: string): Promise<TarEntry[]> {
  const entries: TarEntry[] = [{ path: root, type: 'directory', mode: Mode.directory }];
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const source = `${folder}/${item.name}`;
    const path = `${root}/${item.name}`;
    if (item.isDirectory()) entries.push(...(await folderEntries(source, path, mode, from)));
    else if (item.isFile()) entries.push({ path, type: 'file', mode, content: { file: source } });
    else if (item.isSymbolicLink())
      entries.push({ path, type: 'symlink', mode: Mode.symlink, target: await readlink(source) });
    else throw refuse(from, `${source} is ${kindOf(item)}, which an image cannot hold`);
  }
  return entries;
}

/** The target as it stands in a layer: without the slashes at its ends. */
function targetPath(target: string, from: string): string {
  if (!target.startsWith('/')) throw refuse(from, 'the target does not begin with a slash');
  const path = target.slice(1).replace(/\/$/, '');
  if (path === '') throw refuse(from, 'the target is the root folder; name a folder in it');
  if (path.split('/').some((part) => ['', '.', '..'].includes(part))) {
    throw refuse(from, 'the target has an empty, "." or ".." part');
  }
  const own = OWN_PATHS.find((other) => isWithin(path, other) || isWithin(other, path));
  if (own !== undefined) throw refuse(from, `the target is at, above or below /${own}, which is the image's own`);
  return path;
}

/** Whether a path is at or below another, whatever the case of their letters. */
function isWithin(path: string, folder: string): boolean {
  return `${path.toLowerCase()}/`.startsWith(`${folder.toLowerCase()}/`);
}

/** Each path once: folders may be there again, other entries may not. */
function mergeFolders(found: readonly Found[]): TarEntry[] {
  const merged = new Map<string, Found>();
  for (const one of found) {
    const other = merged.get(one.entry.path);
    if (other && (other.entry.type !== 'directory' || one.entry.type !== 'directory')) {
      throw refuse(one.from, `/${one.entry.path} is already there from ${JSON.stringify(other.from)}`);
    }
    merged.set(one.entry.path, one);
  }
  return [...merged.values()].map(({ entry }) => entry);
}

function withFolderMode(entry: TarEntry): TarEntry {
  const mode = FOLDER_MODES.get(entry.path);
  return mode === undefined || entry.type !== 'directory' ? entry : { ...entry, mode };
}

function kindOf(stats: Pick<Stats, 'isSymbolicLink' | 'isFIFO' | 'isSocket'>): string {
  if (stats.isSymbolicLink()) return 'a symbolic link, which is not followed';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function refuse(from: string, why: string): InputError {
  return new InputError(`${JSON.stringify(from)} cannot be an extra file: ${why}.`, EXTRA_INPUT);
}
