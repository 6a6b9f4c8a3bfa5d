import type { Digest } from '../base/hash.js';
import type { Platform } from '../spec/platform.js';
import { type JsonObject, object, writeJson } from './json.js';
import { MediaType } from './profile1.js';

/** What points at a blob (image-spec descriptor.md). */
export interface Descriptor {
  mediaType: string;
  digest: Digest;
  /** In bytes. */
  size: number;
  /** In an index only. */
  platform?: Platform;
}

/** A descriptor as JSON: mediaType, digest, size, and in an index the platform. */
export function descriptorJson({ mediaType, digest, size, platform }: Descriptor): JsonObject {
  return object(
    ['mediaType', mediaType],
    ['digest', digest],
    ['size', size],
    ['platform', platform && platformJson(platform)],
  );
}

function platformJson({ os, architecture, variant, osVersion, osFeatures }: Platform): JsonObject {
  return object(
    ['architecture', architecture],
    ['os', os],
    ['os.version', osVersion],
    ['os.features', osFeatures],
    ['variant', variant],
  );
}

/**
 * A manifest's bytes, as text (image-spec manifest.md): no annotations.
 * @param layers the lowest first, in the order of the config's `diff_ids`
 */
export function writeManifest(config: Descriptor, layers: readonly Descriptor[]): string {
  return writeJson(
    object(
      ['schemaVersion', 2],
      ['mediaType', MediaType.manifest],
      ['config', descriptorJson(config)],
      ['layers', layers.map(descriptorJson)],
    ),
  );
}
