import { join } from 'node:path';
import type { BuildOptions } from '../../inputs/build-options.js';
import type { BuildResult } from '../../output/result.js';
import { makeStoreFolder } from '../../store/ready-store.js';
import { emptyStore, openStore, pruneStore, type Store } from '../../store/store.js';
import type { Context } from '../context.js';
import { finishImage, type OnBuilt } from '../finish/finish-image.js';
import { type ImageRun, inImageRun, openLast } from '../finish/image-run.js';
import { make } from './make-images.js';

/** For what registries are wanted where nothing is pushed, and nothing published is read. */
const NEED = { why: 'to fetch the base image', instead: 'give the base as oci:FOLDER' };

/**
 * `build`: source → patched tree → binaries → images and index → files → smoke test → local storage and registries.
 * @param outputDir absolute path of the folder for the results
 * @throws InputError or RunError; before `onBuilt` the output folder is then as it was, and nothing was loaded or pushed
 */
export function build(
  options: BuildOptions,
  outputDir: string,
  context: Context,
  onBuilt: OnBuilt = () => {},
): Promise<BuildResult> {
  return inImageRun('build', options, NEED, outputDir, context, (run) => buildImages(run, onBuilt));
}

async function buildImages(imageRun: ImageRun<BuildOptions>, onBuilt: OnBuilt): Promise<BuildResult> {
  const { options, context, work, clock, output } = imageRun;
  const store = await storeFor(options, context, work);
  const run = { ...imageRun, store };
  const last = await openLast(run);
  const { prepared, binaries, assembled } = await make(run, last.published, output.path);
  const { spec, source } = prepared;
  const layoutDir = join(output.path, 'oci');
  const checkAgain = () =>
    clock.run('Second build', async () =>
      (await import('../rebuild/rebuild-check.js')).rebuildCheck(prepared, options, layoutDir, context, store, work),
    );
  return finishImage(run, { spec, upstreamVersion: source.version, binaries, assembled }, last, onBuilt, {
    rebuildCheck: options.rebuildCheck ? checkAgain : undefined,
    onPublished: options.cache ? () => pruneStore(store.root) : undefined,
  });
}

/** Without cache, neither results nor Go's build cache of earlier runs are seen, and none are left. */
async function storeFor(options: BuildOptions, context: Context, work: string): Promise<Store> {
  if (!options.cache) return emptyStore(join(work, 'store'));
  await makeStoreFolder(context.storeDir);
  return openStore(context.storeDir);
}
