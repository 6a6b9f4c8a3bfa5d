import { chmod, lchown, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Log } from '../../base/log.js';
import { run } from '../../base/process.js';

/** A user by the numbers of the system. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody`, as Linux systems number that user. */
const NOBODY: SystemUser = { uid: 65_534, gid: 65_534 };

/** Goes through folders, and fails at the first thing that this user may not read. What is missing needs no reading. */
const READ_ALL = `
const { accessSync, constants, realpathSync, readdirSync, statSync } = require('node:fs');
const seen = new Set();
const visit = (path) => {
  try {
    const real = realpathSync(path);
    if (seen.has(real)) return;
    seen.add(real);
    const isFolder = statSync(real).isDirectory();
    accessSync(real, isFolder ? constants.R_OK | constants.X_OK : constants.R_OK);
    if (isFolder) for (const name of readdirSync(real)) visit(real + '/' + name);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
};
process.argv.slice(1).forEach(visit);
`;

/**
 * Another user to build as: `nobody` where this is root and that user can do it, else undefined, with a notice where this
 * is root.
 * @param paths files and folders that are to be read, with all that is in them
 * @param folder where that user is to work, and whose owner it becomes; the one above it lets others pass afterwards
 */
export async function otherUser(
  paths: readonly string[],
  folder: string,
  log: Log,
  signal: AbortSignal,
): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const problem = (await unreadable(NOBODY, paths, signal)) ?? (await unusable(NOBODY, folder, signal));
  if (problem === undefined) return NOBODY;
  log.notice(`The second build runs as the same user, since another one cannot read what it takes: ${problem}`);
  return undefined;
}

async function unusable(user: SystemUser, folder: string, signal: AbortSignal): Promise<string | undefined> {
  // What is not for others in the folder above has a mode that says so.
  await chmod(dirname(folder), 0o711);
  await giveTo(user, folder);
  return unreadable(user, [folder], signal);
}

/** What keeps a user from reading all of `paths`, in words; undefined where nothing does. Only root may ask. */
export async function unreadable(
  user: SystemUser,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const { code, stderr } = await run(process.execPath, ['-e', READ_ALL, '--', ...paths], {
    ...{ cwd: '/', env: {}, user, signal },
  }).catch((error: Error) => {
    if (signal.aborted) throw error;
    return { code: 1, stderr: `Error: ${error.message}` };
  });
  return code === 0 ? undefined : (/Error: (.*)/.exec(stderr)?.[1] ?? `exit code ${code}`);
}

/** Makes a user the owner of a folder and of all that is in it; of links, not of what they lead to. */
export async function giveTo(user: SystemUser, folder: string): Promise<void> {
  await lchown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(user, path);
    else await lchown(path, user.uid, user.gid);
  }
}
