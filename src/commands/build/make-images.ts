import { join } from 'node:path';
import { removeTree } from '../../base/workspace.js';
import type { CompiledBinary } from '../../compile/compile-all.js';
import type { AssembledIndex } from '../../image/build-image.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import { specDigest } from '../../spec/build-spec.js';
import type { Store } from '../../store/store.js';
import type { ImageRun } from '../finish/image-run.js';
import type { PublishedImage } from '../finish/published.js';
import { assemble } from '../steps/assemble.js';
import { compileMissing } from '../steps/compile-missing.js';
import { type PreparedBuild, prepareBuild } from '../steps/prepare.js';
import { cacheKeyOf } from './cache-key.js';
import { laterThan, promisesToBe, timeOf } from './published-time.js';

/** What all steps of one build share. */
export interface Run extends Pick<ImageRun<BuildOptions>, 'options' | 'context' | 'work' | 'access' | 'clock'> {
  readonly store: Store;
}

/** What came of the spec. */
export interface Made {
  readonly prepared: PreparedBuild;
  readonly binaries: readonly CompiledBinary[];
  readonly assembled: AssembledIndex;
}

/** From the options to images in `folder`: with the published time in them as long as they are the published ones. */
export async function make(run: Run, published: PublishedImage | undefined, folder: string): Promise<Made> {
  const { options, context, store, work, access, clock } = run;
  const { epoch, cache } = options;
  const { log } = context;
  const prepared = await clock.run('Source and spec', async () => {
    const asked = epoch === 'published' ? (published ? timeOf(published) : 'release') : epoch;
    const found = await prepareBuild({ ...options, epoch: asked }, context, store, work, access);
    const isNew = epoch === 'published' && published && !promisesToBe(published, found);
    const chosen = isNew ? await laterThan(published, found) : found;
    log.info(`pushgateway ${chosen.spec.version}, Go ${chosen.spec.go}`);
    log.info(`spec ${specDigest(chosen.spec)}`);
    if (cache) await context.cache?.restore(cacheKeyOf(chosen));
    return chosen;
  });
  const made = await makeImages(run, prepared, folder);
  const isTheirs = !published || published.image.digest === made.assembled.index.digest;
  if (isTheirs || epoch !== 'published' || prepared.spec.sourceDateEpoch !== published.epoch) return made;
  log.notice('The published image has this spec and other bytes; what takes its place gets a later time');
  return makeImages(run, await laterThan(published, prepared), folder);
}

async function makeImages(run: Run, prepared: PreparedBuild, folder: string): Promise<Made> {
  const { options, context, store, work, clock } = run;
  const layoutDir = join(folder, 'oci');
  await removeTree(layoutDir);
  const binaries = await clock.run('Compile', () => compileMissing(prepared, options.cache, context, store, work));
  const assembled = await clock.run('Images', () => assemble(prepared, binaries, layoutDir, store, context));
  return { prepared, binaries, assembled };
}
