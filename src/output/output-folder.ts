import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, ignoreMissing } from '../base/errors.js';
import { makeFolder, syncFolder } from '../base/files.js';
import { removeAbandoned, removeTree } from '../base/workspace.js';
import { unusableFolder } from './unusable-folder.js';

/** What stands in an output folder for the user. */
export const OUTPUT_NAMES = ['oci', 'pushgateway.oci.tar', 'bin', 'SHA256SUMS', 'spec.json', 'sbom', 'docker'] as const;

const CURRENT = '.current';
const RESULT = '.result-';
const LINK = '.link-';

/** A result in the making, invisible until `publish`. */
export interface PendingOutput {
  /** Where the files are written. */
  readonly path: string;
  /** Puts the whole result in the place of the earlier one, in one step. */
  publish(): Promise<void>;
  /** Removes what was written, and the folder if it was made for it, where nothing was published. */
  discard(): Promise<void>;
}

/**
 * Opens an output folder for one new result. Every result lies in a folder of its own, `.result-…`; `.current` is a
 * link to the newest, and `oci`, `bin` and so on are links through it. Moving that one link is atomic, which replacing
 * a folder that is not empty is not: a kill at any moment leaves the earlier result or the new one, whole, and two runs
 * never mix.
 * @throws InputError where the folder cannot be used, before anything is written
 */
export async function openOutputFolder(folder: string): Promise<PendingOutput> {
  const unmake = await prepare(folder);
  // A published result is as old as the run that made it, so it is told by the link that leads to it.
  await removeAbandoned(folder, RESULT, async (name) => (await currentResult(folder)) === name);
  await removeAbandoned(folder, LINK);
  const name = `${RESULT}${process.pid}-${randomBytes(6).toString('hex')}`;
  const path = join(folder, name);
  let published = false;
  await mkdir(path).catch((error) => {
    throw unusableFolder(folder, 'output-dir', error);
  });
  return {
    path,
    publish: async () => {
      await publish(folder, name);
      published = true;
    },
    discard: async () => {
      if (published) return;
      await removeTree(path);
      await unmake();
    },
  };
}

/** @returns what undoes the making of the folder */
async function prepare(folder: string): Promise<() => Promise<void>> {
  try {
    const unmake = await makeFolder(folder);
    for (const name of OUTPUT_NAMES) {
      const stats = await lstat(join(folder, name)).catch(ignoreMissing);
      const isOurs = stats?.isSymbolicLink() && (await readlink(join(folder, name))) === `${CURRENT}/${name}`;
      if (stats && !isOurs) {
        throw new InputError(
          `${join(folder, name)} is there already and was not made by a build. Accepted: a folder that is new, empty, or from an earlier build`,
          'output-dir',
        );
      }
    }
    return unmake;
  } catch (error) {
    throw unusableFolder(folder, 'output-dir', error);
  }
}

async function publish(folder: string, name: string): Promise<void> {
  const before = await currentResult(folder);
  const made = await readdir(join(folder, name));
  await syncFolder(join(folder, name));
  // New names lead nowhere until the switch, and all of them to the result after it.
  for (const output of made) await replaceLink(folder, `${CURRENT}/${output}`, output);
  await replaceLink(folder, name, CURRENT);
  for (const output of OUTPUT_NAMES) if (!made.includes(output)) await rm(join(folder, output), { force: true });
  await syncFolder(folder);
  if (before !== undefined && before !== name && before.startsWith(RESULT)) await removeTree(join(folder, before));
}

/** Name of the folder of the result that stands, if any. */
function currentResult(folder: string): Promise<string | undefined> {
  return readlink(join(folder, CURRENT)).catch(ignoreMissing);
}

async function replaceLink(folder: string, target: string, name: string): Promise<void> {
  if ((await readlink(join(folder, name)).catch(ignoreMissing)) === target) return;
  const temporary = join(folder, `${LINK}${process.pid}-${randomBytes(6).toString('hex')}`);
  await symlink(target, temporary);
  await rename(temporary, join(folder, name));
}
