import { InputError, RunError } from '../../base/errors.js';
import { writeIndex } from '../../image/image-index.js';
import { MediaType } from '../../image/profile1.js';
import { type BuildSpec, SPEC_LABEL } from '../../spec/build-spec.js';
import { comparePlatforms, type Platform } from '../../spec/platform.js';
import { type ImageEntry, type OpenedImage, openImage, type PlatformImage } from '../../verify/open/open-image.js';
import { NotPerformedError } from '../../verify/trust/not-performed.js';
import { readSpec } from '../../verify/trust/read-specs.js';
import { specDifference } from '../../verify/trust/spec-difference.js';
import type { Context } from '../context.js';
import type { FoundLayout } from './find-layouts.js';

/** One platform's image, in one of the layouts. */
export interface Part {
  readonly layout: FoundLayout;
  readonly image: OpenedImage;
  readonly entry: ImageEntry & { readonly platform: Platform };
  readonly content: PlatformImage;
}

/** What is to be merged: images of one spec, one for each platform. */
export interface OpenedParts {
  readonly spec: BuildSpec;
  readonly parts: readonly Part[];
}

/**
 * Opens layouts, and sees whether they belong together. No layer is read.
 * @param work a folder for what is unpacked, which lives as long as the parts are needed
 * @throws InputError where a platform is there twice, an image carries no spec, or two carry different ones
 * @throws RunError where one is damaged, or its index is none of a build's
 */
export async function openParts(layouts: readonly FoundLayout[], context: Context, work: string): Promise<OpenedParts> {
  const parts: Part[] = [];
  for (const layout of layouts) {
    const image = await openOne(layout, context, work);
    for (const entry of image.entries) {
      const { platform } = entry;
      if (!platform) throw notABuilds(layout, `the image ${entry.digest} names no platform`);
      const twin = parts.find((part) => comparePlatforms(part.entry.platform, platform) === 0);
      if (twin) {
        const places = `in ${twin.layout.name} (${twin.entry.digest}) and in ${layout.name} (${entry.digest})`;
        throw new InputError(`${entry.name} is there twice: ${places}. Accepted: each platform once`, 'layouts');
      }
      parts.push({ layout, image, entry: { ...entry, platform }, content: await image.read(entry) });
    }
  }
  return { spec: specOf(parts), parts };
}

async function openOne(layout: FoundLayout, { log, signal }: Context, work: string): Promise<OpenedImage> {
  const access = () => Promise.reject(new Error('a layout is in no registry'));
  const image = await openImage(layout.location, { access, tempDir: work, log, signal, input: 'layouts' });
  if (image.isIndex && !image.bytes.equals(indexOf(image))) {
    const [odd] = image.oddities;
    throw notABuilds(layout, odd ? `${odd.where}: ${odd.a}` : 'its index is written in another way');
  }
  return image;
}

/** As a build writes it. */
function indexOf({ entries }: OpenedImage): Buffer {
  const manifests = entries.flatMap(({ digest, size, platform }) => {
    return platform ? [{ mediaType: MediaType.manifest, digest, size, platform }] : [];
  });
  try {
    return Buffer.from(writeIndex(manifests), 'utf8');
  } catch (error) {
    if (error instanceof InputError) return Buffer.alloc(0); // empty, or a platform twice
    throw error;
  }
}

/** @param what is wrong, a clause; with lines below it where there is more to say */
export function notABuilds({ name }: FoundLayout, what: string): RunError {
  return new RunError(`${name} is not as a build leaves it, so that platform has to be built again: ${what}`);
}

/** @throws InputError that names the field in which two specs differ, with both values */
function specOf(parts: readonly Part[]): BuildSpec {
  const [first, ...others] = parts;
  if (!first) throw new Error('layouts without images');
  const spec = ownSpec(first);
  for (const other of others) {
    const found = specDifference(spec, ownSpec(other));
    if (!found) continue;
    const { field, a, b } = found;
    throw new InputError(
      `the images are not of one build spec: ${field} is ${a} for ${nameOf(first)}, and ${b} for ${nameOf(other)}. Accepted: layouts that were built with the same inputs, but for platforms`,
      'layouts',
    );
  }
  return spec;
}

function ownSpec(part: Part): BuildSpec {
  const text = part.content.labels.get(SPEC_LABEL);
  if (text === undefined) {
    throw new InputError(
      `the image for ${nameOf(part)} has no label ${SPEC_LABEL}, so no build of this project made it. Accepted: layouts that build has made`,
      'layouts',
    );
  }
  try {
    return readSpec(text);
  } catch (error) {
    if (!(error instanceof NotPerformedError)) throw error;
    throw new InputError(`the spec of the image for ${nameOf(part)} cannot be read: ${error.message}`, 'layouts');
  }
}

function nameOf({ entry, layout }: Part): string {
  return `${entry.name} (${layout.name})`;
}
