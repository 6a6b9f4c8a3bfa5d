import { RunError } from '../../base/errors.js';
import type { Digest } from '../../base/hash.js';
import type { Log } from '../../base/log.js';
import { rfc3339 } from '../../base/time.js';
import { type ImageLocation, locationName } from '../../inputs/image-location.js';
import { NoSuchImageError } from '../../registry/base-registry.js';
import { digestOfTag } from '../../registry/default-tag.js';
import { type RegistryAccess, RegistryError } from '../../registry/skopeo.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { printable } from '../../verify/difference.js';
import { type OpenedImage, type OpenOptions, openImage, type PlatformImage } from '../../verify/open/open-image.js';
import { NotPerformedError } from '../../verify/trust/not-performed.js';
import { readSpecs } from '../../verify/trust/read-specs.js';

/** The image that was published last. */
export interface PublishedImage {
  readonly image: OpenedImage;
  /** Its spec; undefined where it has none that can be read. */
  readonly spec: BuildSpec | undefined;
  /**
   * The time in it, in seconds since 1970: that of its spec, else when its configs say that it was created; undefined
   * where nothing says it.
   */
  readonly epoch: number | undefined;
}

/** What is known of the last publication. */
export interface LastPublished {
  /** Undefined where there was none yet. */
  readonly published: PublishedImage | undefined;
  /**
   * Whether the registry refuses to show it, as some do for what does not exist yet (ghcr.io says "denied"). Then it is
   * taken for a first publication, until the upload has made sure that this login may see what is there.
   */
  readonly isHidden: boolean;
}

export interface LastOptions extends OpenOptions {
  readonly log: Log;
  /** Whether this run pushes to its repository. */
  readonly isDestination: boolean;
}

/**
 * Opens the image that was published last.
 * @throws InputError where it is named by a digest that is not there, or where a folder or archive is not
 * @throws RunError where its registry cannot be asked, or the image is damaged
 */
export async function openPublished(location: ImageLocation, options: LastOptions): Promise<LastPublished> {
  const { log } = options;
  const name = printable(locationName(location));
  try {
    const image = await openImage(location, { ...options, input: 'published-image' });
    return { published: await readPublished(image, log), isHidden: false };
  } catch (error) {
    if (error instanceof NoSuchImageError && isTag(location)) {
      log.info(`${name} is not there yet: this is the first publication`);
      return { published: undefined, isHidden: false };
    }
    const isDenied = error instanceof RegistryError && error.failure.kind === 'denied';
    if (!isDenied || !options.isDestination) throw error;
    log.notice(`${name} is taken for a first publication: ${error.message}`);
    return { published: undefined, isHidden: true };
  }
}

/** What has a digest was published; where it is gone, something is wrong. */
function isTag(location: ImageLocation): boolean {
  return location.type === 'registry' && location.reference.digest === undefined;
}

/**
 * Looks once more for an image that was hidden, now that its repository has taken an upload.
 * @param index digest of the image that is to be published
 * @throws RunError where there is another one: it was not compared, and its time has not been looked at
 */
export async function refuseIfShown(
  location: ImageLocation,
  index: Digest,
  access: () => Promise<RegistryAccess>,
): Promise<void> {
  if (location.type !== 'registry') return;
  const there = await digestOfTag(await access(), location.reference);
  if (there === undefined || there === index) return;
  throw new RunError(
    `${locationName(location)} was refused before, and is there: ${there}. It was not compared with this image, ${index}. Run again, with a login that may read it`,
  );
}

async function readPublished(image: OpenedImage, log: Log): Promise<PublishedImage> {
  const platforms: PlatformImage[] = [];
  for (const entry of image.entries) platforms.push(await image.read(entry));
  const spec = specOf(platforms, log);
  const epoch = spec?.sourceDateEpoch ?? createdOf(platforms);
  const time = epoch === undefined ? '' : `, of ${rfc3339(epoch)}`;
  log.info(`Published: ${image.digest}${time}`);
  return { image, spec, epoch };
}

function specOf(platforms: readonly PlatformImage[], log: Log): BuildSpec | undefined {
  try {
    return readSpecs(new Map(platforms.map(({ entry, labels }) => [entry.name, labels])));
  } catch (error) {
    if (!(error instanceof NotPerformedError)) throw error;
    log.notice(`The published image is compared by its content alone: ${error.message}`);
    return undefined;
  }
}

/** The latest time at which a config says that it was created; what is before 1970 is 1970. */
function createdOf(platforms: readonly PlatformImage[]): number | undefined {
  const times = platforms.flatMap(({ config }) => {
    const { created } = JSON.parse(config.toString('utf8')) as { created?: unknown };
    const time = typeof created === 'string' ? Math.floor(Date.parse(created) / 1000) : Number.NaN;
    return Number.isSafeInteger(time) ? [Math.max(0, time)] : [];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}
