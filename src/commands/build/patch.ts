import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { explainSystemError, InputError, ignoreMissing, systemCode } from '../../base/errors.js';
import { besideName, makeFolder } from '../../base/files.js';
import { once } from '../../base/once.js';
import { removeAbandoned, removeTree } from '../../base/workspace.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import { makePatchedTree } from '../../source/patched-tree.js';
import { makeStoreFolder } from '../../store/ready-store.js';
import { openStore } from '../../store/store.js';
import type { Context } from '../context.js';
import { findGoFor, findSource, goVersionFor, loadPatchSets, patchFetcherFor } from '../steps/parts.js';
import { inWorkspace } from '../workspace.js';

/** What `patch` reads of build's options. */
export type PatchOptions = Pick<BuildOptions, 'source' | 'patches' | 'go'>;

/**
 * `patch`: writes the patched tree, with the tests of the patch sets, to a folder for people who want to look, test or
 * debug. The folder appears whole or not at all.
 * @param to absolute path; new or empty
 */
export async function patch(
  options: PatchOptions,
  to: string,
  context: Context,
): Promise<{ version: string; tree: string }> {
  await checkTarget(to);
  const unmake = await makeFolder(dirname(to)).catch((error) => {
    throw explainSystemError(error, `make the folder ${dirname(to)}`);
  });
  try {
    return await writeTo(to, options, context);
  } catch (error) {
    await unmake();
    throw error;
  }
}

async function writeTo(
  to: string,
  options: PatchOptions,
  context: Context,
): Promise<{ version: string; tree: string }> {
  return inWorkspace(`write the patched tree to ${to}`, context, async (work) => {
    await makeStoreFolder(context.storeDir);
    await removeAbandoned(dirname(to), `.${basename(to)}.tmp-`);
    const beside = besideName(to);
    try {
      const version = await makeTree(beside, options, context, work);
      await rename(beside, to); // also over an empty folder
      return { version, tree: to };
    } finally {
      await removeTree(beside);
    }
  });
}

/** @returns the release that was patched */
async function makeTree(folder: string, options: PatchOptions, context: Context, work: string): Promise<string> {
  const store = openStore(context.storeDir);
  const toolchain = once(() => findGoFor(goVersionFor(options), context, work));
  const sets = await loadPatchSets(options, context, patchFetcherFor(context, store, work));
  const source = await findSource(options.source, context, store, work, toolchain);
  await mkdir(folder);
  await makePatchedTree(source, sets, folder, { userEnv: context.env, withTests: true });
  return source.version;
}

async function checkTarget(to: string): Promise<void> {
  const there = await readdir(to).catch((error) => {
    if (systemCode(error) === 'ENOTDIR')
      throw new InputError(`${to} is a file. Accepted for --to: a folder that is new or empty`, 'to');
    return ignoreMissing(error);
  });
  if (there && there.length > 0)
    throw new InputError(`${to} is not empty. Accepted for --to: a folder that is new or empty`, 'to');
}
