import { InputError } from '../../base/errors.js';
import { rfc3339 } from '../../base/time.js';
import { encodeSpec } from '../../spec/build-spec.js';
import { MAX_EPOCH } from '../../spec/grammar.js';
import { platformName } from '../../spec/platform.js';
import { printable } from '../../verify/difference.js';
import type { PublishedImage } from '../finish/published.js';
import type { PreparedBuild } from '../steps/prepare.js';

/**
 * The time of the published image, which its successor is measured by.
 * @throws InputError where nothing says it, or no later one can be written into a spec
 */
export function timeOf({ image, epoch }: PublishedImage): number {
  const name = printable(image.name);
  const otherwise = 'Set source-date-epoch to release or to seconds since 1970';
  if (epoch === undefined)
    throw new InputError(`${name} has neither a build spec nor a time of creation. ${otherwise}`, 'published-image');
  if (epoch < MAX_EPOCH) return epoch;
  throw new InputError(
    `${name} says that it is of ${rfc3339(epoch)}; later ones are not accepted. ${otherwise}`,
    'published-image',
  );
}

/** Whether the images will be those that are published, as far as can be said before they are built. */
export function promisesToBe(published: PublishedImage, { spec, platforms }: PreparedBuild): boolean {
  const names = platforms.map(platformName);
  const there = published.image.entries.map((entry) => entry.name);
  const isSameSpec = published.spec !== undefined && encodeSpec(published.spec) === encodeSpec(spec);
  return isSameSpec && names.length === there.length && names.every((name) => there.includes(name));
}

/**
 * The build with the time of an image that takes a published one's place: the `release` time, or one second after the
 * published one where that is not later. So it shows as new, and no clock has a say.
 */
export async function laterThan(published: PublishedImage, prepared: PreparedBuild): Promise<PreparedBuild> {
  // A folder has no release time.
  const release = prepared.source.time === undefined ? undefined : await prepared.at('release');
  const time = timeOf(published);
  return release && release.spec.sourceDateEpoch > time ? release : prepared.at(time + 1);
}
