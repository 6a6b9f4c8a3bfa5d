import { type Platform, sortPlatforms } from '../spec/platform.js';
import { object, writeJson } from './json.js';
import { type Descriptor, descriptorJson } from './manifest.js';
import { MediaType } from './profile1.js';

/**
 * An index's bytes, as text (image-spec image-index.md): one descriptor a platform, in the order of `comparePlatforms`.
 * No annotations: buildah drops them, and the digest changes.
 * @throws InputError where the list is empty, a platform is there twice, or one is malformed
 */
export function writeIndex(manifests: readonly (Descriptor & { platform: Platform })[]): string {
  return writeJson(
    object(
      ['schemaVersion', 2],
      ['mediaType', MediaType.index],
      ['manifests', sortPlatforms(manifests).map(descriptorJson)],
    ),
  );
}
