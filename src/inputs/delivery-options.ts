import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { type Destinations, parseDestinations } from './destinations.js';
import { type ImageLocation, parseImageLocation } from './image-location.js';
import type { Reader } from './reader.js';
import { type LookOptions, type NamedRegistries, parseLogin, parseRetries } from './registry-options.js';

/** What becomes of images that are made: where they go, and what is written, run and compared on the way. */
export interface DeliveryOptions extends LookOptions {
  readonly to: Destinations;
  readonly load: 'auto' | boolean;
  readonly dockerArchives: boolean;
  readonly push: boolean;
  /** The image to compare with. */
  readonly published: ImageLocation | undefined;
  readonly smokeTest: boolean;
  readonly sbom: boolean;
  readonly summary: boolean;
  /** Undefined for the edge's own default. */
  readonly outputDir: string | undefined;
}

/**
 * Reads the inputs of a result's way out, which `build` and `merge` have in common.
 * @param others registries that the login may be for, where `image` names none
 * @throws InputError
 */
export function parseDelivery(
  read: Reader,
  password: Secret | undefined,
  others: readonly NamedRegistries[] = [],
): DeliveryOptions {
  const push = read.boolean('push');
  const to = parseDestinations(read.list('image'), read.list('tags'));
  if (push && to.destinations.length === 0) {
    throw new InputError('push needs a repository to push to. Give image, as in ghcr.io/me/pushgateway', 'push');
  }
  const publishedImage = read.text('published-image');
  const published = publishedImage === undefined ? undefined : parseImageLocation(publishedImage, 'published-image');
  return {
    to,
    push,
    published,
    load: (read.text('load') ?? 'auto') === 'auto' ? 'auto' : read.boolean('load', 'auto, true or false'),
    dockerArchives: read.boolean('docker-archives'),
    smokeTest: read.boolean('smoke-test'),
    login: parseLogin(read.text('registry-username'), password, [
      { input: 'image', registries: to.destinations.map(({ repository }) => repository.registry) },
      ...others,
      {
        input: 'published-image',
        registries: published?.type === 'registry' ? [published.reference.repository.registry] : [],
      },
    ]),
    tlsVerify: read.boolean('tls-verify'),
    retries: parseRetries(read.text('retries')),
    sbom: read.boolean('sbom'),
    summary: read.boolean('summary'),
    outputDir: read.text('output-dir'),
  };
}
