import { InputError, RunError } from '../../base/errors.js';
import { type AssembledIndex, assembleImages } from '../../image/build-image.js';
import { extraLayerDiffId } from '../../image/extra-layer.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { comparePlatforms, platformName, targetOf } from '../../spec/platform.js';
import { compareImages } from '../../verify/compare.js';
import { openOwnImage } from '../../verify/open/open-image.js';
import type { Context } from '../context.js';
import { differenceLines } from '../finish/difference-lines.js';
import { notABuilds, type Part } from './open-parts.js';
import type { TakenApart } from './take-apart.js';

/**
 * Makes the images of all platforms anew, as a single job does, out of what they were made of, and their index. So each
 * image is what a build makes of its spec and its files, or this fails: a layer that somebody compressed again, a label
 * that was changed, a file that is not the spec's.
 * @param layoutDir new or empty
 * @throws RunError where an image is another one than that which was given, with what tells them apart
 */
export async function joinImages(
  spec: BuildSpec,
  taken: readonly TakenApart[],
  layoutDir: string,
  context: Context,
  work: string,
): Promise<AssembledIndex> {
  const { log, signal } = context;
  const [first] = taken;
  const extra = first?.extra;
  try {
    if (first && extra && (await extraLayerDiffId(extra, spec.sourceDateEpoch)) !== spec.files) {
      throw notABuilds(first.part.layout, `its extra files are not those of its spec, ${spec.files}`);
    }
    const assembled = await assembleImages({
      platforms: taken.map(({ input }) => input),
      extra,
      extraDiffId: spec.files ?? undefined,
      epochSeconds: spec.sourceDateEpoch,
      layoutDir,
      onProgress: (platform, bytes) => log.progress(`${platformName(platform)}: ${Math.round(bytes / 2 ** 20)} MiB`),
      onImage: (image) => log.info(`${platformName(image.platform)}: ${image.digest}`),
      signal,
    });
    for (const { platform, digest } of assembled.images) {
      const { part } = taken.find(({ input }) => comparePlatforms(input.platform, platform) === 0) ?? {};
      if (part && part.entry.digest !== digest) throw await another(part, layoutDir, context, work);
    }
    return assembled;
  } catch (error) {
    // What an image cannot hold is nothing that the user gave.
    throw error instanceof InputError ? new RunError(`The layouts cannot be merged: ${error.message}`) : error;
  }
}

async function another(part: Part, layoutDir: string, { log, signal }: Context, work: string): Promise<RunError> {
  const { image, entry, layout } = part;
  const made = await openOwnImage(layoutDir, { tempDir: work, signal });
  const platforms = [targetOf(entry.platform)];
  const comparison = await compareImages(image, made, { platforms, tempDir: work, log, signal });
  const lines = differenceLines(comparison, { a: 'the image', b: 'what a build makes' });
  const what = `the image for ${entry.name} is not what a build makes of its spec and its files`;
  return notABuilds(layout, `${what}: ${lines.map((line) => `\n  - ${line}`).join('')}`);
}
