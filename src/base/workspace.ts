import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, RunError, systemCode } from './errors.js';
import { makeFolder } from './files.js';

const PREFIX = 'pushgateway-ttl-';

/** A private folder that lives as long as a run. */
export interface Workspace {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a private folder (mode 0700) in the system's place for temporary files, and removes those that earlier runs
 * left behind because they were killed.
 * @throws RunError where none can be made
 */
export async function openWorkspace(parent: string = tmpdir()): Promise<Workspace> {
  try {
    await makeFolder(resolve(parent));
    const root = await realpath(parent); // git compares ceilings with real paths
    await removeAbandoned(root, PREFIX);
    const path = join(root, `${PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`);
    await mkdir(path, { mode: 0o700 });
    return { path, remove: () => removeTree(path) };
  } catch (error) {
    throw new RunError(
      `No folder for temporary files could be made in ${parent}: ${messageOf(error)}. ` +
        'Free some space there, or name a folder that can be written to in TMPDIR',
    );
  }
}

/**
 * Removes what carries `prefix` and the process id of a run that is no more.
 * @param isKept asked, when the run is known to have ended, about what must stay nevertheless
 */
export async function removeAbandoned(
  folder: string,
  prefix: string,
  isKept: (name: string) => Promise<boolean> = async () => false,
): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{12}$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid === undefined || isAlive(Number(pid)) || (await isKept(name))) continue;
    // Somebody else's folder cannot be removed, and is theirs to remove.
    await removeTree(join(folder, name)).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** How often removing is begun anew, every 50 ms. */
const TRIES = 20;

/**
 * Removes a folder even where Go made its module cache below it read-only, and where something that was just ended still
 * writes into it: then removing is begun anew, since the retries of Node 20's `rm` do not look for new files.
 */
export async function removeTree(path: string): Promise<void> {
  let isWritable = false;
  for (let tries = 1; ; tries++) {
    try {
      await rm(path, { recursive: true, force: true });
      return;
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (!isWritable && ['EACCES', 'EPERM'].includes(code)) {
        await makeWritable(path);
        isWritable = true;
      } else if (tries < TRIES && ['ENOTEMPTY', 'EBUSY'].includes(code)) await sleep(50);
      else throw error;
    }
  }
}

async function makeWritable(path: string): Promise<void> {
  await chmod(path, 0o700);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(path, entry.name));
  }
}
