import { join } from 'node:path';
import type { AssembledIndex } from '../../image/build-image.js';
import { compareImages } from '../../verify/compare.js';
import { openOwnImage } from '../../verify/open/open-image.js';
import { verdictOf } from '../../verify/verdict.js';
import type { Context } from '../context.js';
import { differenceLines } from './difference-lines.js';
import type { ImageRun } from './image-run.js';
import type { PublishedImage } from './published.js';

/**
 * Whether the image is another one than the published one; where it is, says in what.
 * @param folder where its layout is, in `oci`
 */
export async function hasChanged(
  { context, work, clock }: ImageRun,
  published: PublishedImage | undefined,
  { index }: AssembledIndex,
  folder: string,
): Promise<boolean> {
  if (!published) return true;
  if (published.image.digest === index.digest) {
    context.log.info(`The image is the published one: ${index.digest}`);
    return false;
  }
  await clock.run('What has changed', () => tellDifference(published, join(folder, 'oci'), context, work));
  return true;
}

/** Tells what the new image has that the published one has not, and the other way round. */
async function tellDifference(
  published: PublishedImage,
  layoutDir: string,
  { log, signal }: Context,
  tempDir: string,
): Promise<void> {
  const image = await openOwnImage(layoutDir, { tempDir, signal });
  log.notice(`The image has changed: it was ${published.image.digest}, and is ${image.digest}`);
  const comparison = await compareImages(published.image, image, { tempDir, log, signal });
  log.info(`verdict: ${verdictOf(comparison)}`);
  for (const line of differenceLines(comparison, { a: 'the published image', b: 'the new one' })) log.info(line);
}
