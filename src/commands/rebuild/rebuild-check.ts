import { constants } from 'node:fs';
import { chmod, cp, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ignoreMissing, RunError } from '../../base/errors.js';
import { run } from '../../base/process.js';
import { removeTree } from '../../base/workspace.js';
import { blobsDirOf } from '../../image/layout.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import { MAX_DOCUMENT } from '../../registry/base-source.js';
import { BLOBS } from '../../store/entries.js';
import type { Store } from '../../store/store.js';
import { compareImages } from '../../verify/compare.js';
import { openOwnImage } from '../../verify/open/open-image.js';
import { type ImageComparison, verdictOf } from '../../verify/verdict.js';
import type { Context } from '../context.js';
import { differenceLines } from '../finish/difference-lines.js';
import type { PreparedBuild } from '../steps/prepare.js';
import { giveTo, otherUser, type SystemUser, unreadable } from './other-user.js';
import { pathsOf, type RebuildRequest, rebuildRequest } from './rebuild-request.js';
import { makeHome, networkFiles, pinCpus, unlikeEnvironment, unlikeMask } from './second-environment.js';

/**
 * Builds an image a second time, in a process of its own, from empty caches and in another environment: folder, HOME, time
 * zone, language, file mode mask, order of files, number of CPUs; where this is root, as another user too. Then compares
 * the two.
 * @param layoutDir the first image
 * @param work the run's private folder
 * @throws RunError where it could not be built a second time
 */
export async function rebuildCheck(
  prepared: PreparedBuild,
  options: BuildOptions,
  layoutDir: string,
  context: Context,
  store: Store,
  work: string,
): Promise<ImageComparison> {
  const { log, signal } = context;
  const folder = join(work, 'second');
  try {
    const again = join(folder, 'again');
    await mkdir(again, { recursive: true, mode: 0o700 });
    await copyBase(store, layoutDir, again);
    const request = rebuildRequest(prepared, options, again, unlikeMask(process.umask()));
    await buildAgain(request, (await prepared.toolchain()).goroot, context, folder);
    const own = { tempDir: folder, signal };
    const [first, second] = [await openOwnImage(layoutDir, own), await openOwnImage(join(again, 'oci'), own)];
    return await compareImages(first, second, { tempDir: folder, log, signal });
  } finally {
    await removeTree(folder);
    await chmod(work, 0o700);
  }
}

/** @throws RunError that shows what differs, where the two builds are not the same */
export function refuseUnlessSame(check: ImageComparison): void {
  if (verdictOf(check) === 'reproducible') return;
  const differences = differenceLines(check, { a: 'the first build', b: 'the second' });
  throw new RunError(
    `A second build gave another image (${verdictOf(check)}): ${check.a.digest} and ${check.b.digest}. Nothing was loaded or pushed.${differences.map((line) => `\n  - ${line}`).join('')}`,
  );
}

/**
 * Gives the second build what was fetched of base images: digests say what it is, and a registry is not to be asked
 * twice. Of the store's large blobs, only those that the image has.
 */
async function copyBase(store: Store, layoutDir: string, again: string): Promise<void> {
  const isWanted = async (path: string) => {
    const stats = await stat(path);
    if (stats.isDirectory() || stats.size <= MAX_DOCUMENT) return true;
    return (await stat(join(blobsDirOf(layoutDir), basename(path))).catch(ignoreMissing)) !== undefined;
  };
  const how = { recursive: true, filter: isWanted, mode: constants.COPYFILE_FICLONE };
  await cp(join(store.root, BLOBS), join(again, 'store', BLOBS), how).catch(ignoreMissing);
}

async function buildAgain(request: RebuildRequest, goroot: string, context: Context, folder: string): Promise<void> {
  const { env, log, signal } = context;
  const entry = fileURLToPath(context.entry);
  const { user, logins } = await chooseUser(request, [dirname(entry), context.patchesDir, goroot], context, folder);
  await makeHome(folder, logins, user !== undefined);
  if (user) await giveTo(user, folder);
  const own = await unlikeEnvironment(env, folder, goroot);
  const { words, told } = await pinCpus(env);
  const differences = [
    ...(user ? [`user ${user.uid}`] : []),
    ...[`TZ=${own.TZ}`, `LANG=${own.LANG}`, `umask ${request.umask.toString(8).padStart(3, '0')}`],
    ...(told === undefined ? [] : [told]),
    ...['files in reverse order', 'empty caches'],
  ];
  log.info(`The second build: ${differences.join(', ')}`);
  const [command = '', ...args] = [...words, process.execPath, entry, 'rebuild'];
  const { code, stderr } = await run(command, args, {
    ...{ cwd: folder, env: own, user, signal },
    input: JSON.stringify(request),
    graceMs: 5_000,
    onStderrLine: (line) => log.info(line.trim()),
  });
  if (code === 0) return;
  const [, reason = `exit code ${code}`] = /^error: ([\s\S]*)/m.exec(stderr.trim()) ?? [];
  throw new RunError(`The second build (rebuild-check) failed: ${reason}`);
}

/**
 * Another user where that can be, who can then reach the folder of the second build; and the files that say how to log in
 * somewhere, where the second build may read them.
 */
async function chooseUser(
  request: RebuildRequest,
  paths: readonly string[],
  { env, log, signal }: Context,
  folder: string,
): Promise<{ user: SystemUser | undefined; logins: readonly string[] }> {
  const { needed, logins } = networkFiles(env);
  const { source } = request.shape;
  const isGit = source.type === 'git-commit' || source.type === 'git-tag';
  const user = await otherUser(
    [...paths, ...pathsOf(request), ...needed, ...(isGit ? logins : []), ...keysFor(source, env)],
    folder,
    log,
    signal,
  );
  if (!user) return { user, logins };
  const mayLogIn = isGit || (await unreadable(user, logins, signal)) === undefined;
  return { user, logins: mayLogIn ? logins : [] };
}

/** Keys of ssh, which are where the system says that its user is at home. */
function keysFor(source: RebuildRequest['shape']['source'], { HOME }: Context['env']): string[] {
  const isSsh = source.type === 'git-commit' && !/^(https?:|\/)/.test(source.url);
  return isSsh && HOME ? [join(HOME, '.ssh')] : [];
}
