import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../base/errors.js';
import { listTree } from '../base/files.js';
import { applyPatch } from './apply-patch.js';
import type { ModuleFile } from './module-zip.js';
import { isTest } from './patch-folder.js';
import type { PatchContent, PatchSet } from './patches.js';
import { checkReach, describeReach } from './reach.js';
import type { ResolvedSource } from './source.js';

export interface PatchedTreeOptions {
  readonly userEnv: Readonly<Record<string, string>>;
  /** Whether the sets' own tests are laid in, too: for people who look, never for a build. */
  readonly withTests: boolean;
}

/**
 * Writes a source into an empty folder and applies patch sets in order. The folder is a private copy; nothing else is
 * written. What the sets bring is fetched first, before upstream's source is.
 * @throws InputError where a set does not apply whole
 */
export async function makePatchedTree(
  source: ResolvedSource,
  sets: readonly PatchSet[],
  folder: string,
  options: PatchedTreeOptions,
): Promise<void> {
  const contents: PatchContent[] = [];
  for (const set of sets) {
    checkReach(set.spec.name, set.reach, source.version);
    contents.push(await set.content());
  }
  await source.write(folder);
  for (const [index, { overlay, diffs }] of contents.entries()) {
    const { spec, reach } = sets[index] as PatchSet;
    await layOverlay(folder, spec.name, overlay, options.withTests);
    const advice = reach && describeReach(spec.name, reach);
    for (const diff of diffs) await applyPatch(folder, spec.name, diff, options.userEnv, advice);
  }
  // What a link points at is in no hash, so a patch could bring in files of the machine through one.
  const odd = (await listTree(folder)).find((entry) => !entry.isRegular);
  if (odd)
    throw new InputError(
      `The patched tree holds a link or special file, ${odd.path}; only regular files are accepted`,
      'patches',
    );
}

async function layOverlay(
  folder: string,
  set: string,
  overlay: readonly ModuleFile[],
  withTests: boolean,
): Promise<void> {
  for (const file of overlay) {
    if (isTest(file) && !withTests) continue;
    const target = join(folder, file.path);
    const taken = await stat(target).then(
      () => true,
      () => false,
    );
    if (taken)
      throw new InputError(`The patch set ${set} brings ${file.path}, which is already in the tree`, 'patches');
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.data, { mode: 0o644 });
  }
}
