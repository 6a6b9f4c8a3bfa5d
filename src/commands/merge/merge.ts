import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MERGE_OUTPUTS } from '../../inputs/merge-inputs.js';
import type { MergeOptions } from '../../inputs/merge-options.js';
import type { BuildResult } from '../../output/result.js';
import { specDigest } from '../../spec/build-spec.js';
import type { Context } from '../context.js';
import { finishImage, type OnBuilt } from '../finish/finish-image.js';
import { type ImageRun, inImageRun, openLast } from '../finish/image-run.js';
import { checkBeside } from './check-beside.js';
import { findLayouts } from './find-layouts.js';
import { joinImages } from './join-images.js';
import { openParts } from './open-parts.js';
import { type TakenApart, takeApart } from './take-apart.js';
import { takenBinaries } from './taken-binaries.js';

/** The outputs of the contract, by their names in merge/action.yml. */
export type MergeOutputs = Record<(typeof MERGE_OUTPUTS)[number], string>;

/** For what registries are wanted where nothing is pushed, and nothing published is read. */
const NEED = { why: 'to read images', instead: 'give folders' };

/**
 * `merge`: layouts → what their images were made of → the images and their index → files → smoke test → local storage and
 * registries. The result is byte for byte what one build of all platforms leaves.
 * @param outputDir absolute path of the folder for the results
 * @throws InputError where the layouts do not belong together
 * @throws RunError where one is damaged, or not as a build leaves it; before `onBuilt` the output folder is then as it
 *   was, and nothing was loaded or pushed
 */
export function merge(
  options: MergeOptions,
  outputDir: string,
  context: Context,
  onBuilt: OnBuilt = () => {},
): Promise<BuildResult> {
  return inImageRun('merge', options, NEED, outputDir, context, (run) => mergeImages(run, onBuilt));
}

async function mergeImages(run: ImageRun<MergeOptions>, onBuilt: OnBuilt): Promise<BuildResult> {
  const { options, context, work, clock, output } = run;
  const { log, signal } = context;
  const { spec, parts } = await clock.run('Layouts', async () => {
    const opened = await openParts(await findLayouts(options.layouts), context, work);
    log.info(`pushgateway ${opened.spec.version}, Go ${opened.spec.go}`);
    log.info(`spec ${specDigest(opened.spec)}`);
    return opened;
  });
  const last = await openLast(run);
  const { assembled, binaries } = await clock.run('Images', async () => {
    const folder = join(work, 'parts');
    await mkdir(folder);
    const taken: TakenApart[] = [];
    for (const part of parts) {
      log.progress(`${part.entry.name}: looking into it`);
      taken.push(await takeApart(part, spec, folder, signal));
    }
    const binaries = await takenBinaries(taken, spec);
    return { binaries, assembled: await joinImages(spec, taken, join(output.path, 'oci'), context, work) };
  });
  // A version-suffix never begins with a digit.
  const [upstreamVersion = spec.version] = /^\d+\.\d+\.\d+/.exec(spec.version) ?? [];
  return finishImage(run, { spec, upstreamVersion, binaries, assembled }, last, onBuilt, {
    onFiles: (folder) => checkBeside(parts, folder),
  });
}

/** A build's outputs without what only a build can say. */
export function mergeOutputs({ outputs }: Pick<BuildResult, 'outputs'>): MergeOutputs {
  const { reproducible: _, ...others } = outputs;
  return others;
}
