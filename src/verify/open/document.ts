import { InputError } from '../../base/errors.js';
import { type Digest, isDigest } from '../../base/hash.js';
import { JsonSource } from '../../image/json-source.js';
import { canonicalPlatform } from '../../spec/canonical-platform.js';
import { checkPlatform, type Platform } from '../../spec/platform.js';
import { damaged, hostile, type Place } from '../damaged.js';

/** Blames nothing of the user's: what is thrown with it becomes damage of the image. */
const NOBODY = 'image';

/**
 * Reads a document out of an image, strictly: UTF-8, RFC 8259, no key twice, at most 4 MiB and 64 levels.
 * @param read takes from it what is wanted; what is missing there, or of another kind, is damage
 * @throws DamagedImageError
 */
export function readDocument<T>(bytes: Uint8Array, place: Place, read: (root: JsonSource) => T): T {
  const text = decode(bytes, place);
  const root = reading(isJson(text) ? hostile : damaged, place, () => JsonSource.read(text, place.where, NOBODY));
  return reading(damaged, place, () => read(root));
}

function reading<T>(blame: typeof damaged, place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? blame(place, error.message) : error;
  }
}

function decode(bytes: Uint8Array, place: Place): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged(place, 'it is not UTF-8');
  }
}

/** What is JSON, and yet is refused, was made to be read in two ways, or to use up what its readers have. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses keys that differ from known ones in case alone: Go's decoder, and so podman and containerd, takes `Layers` for
 * `layers` (encoding/json: "preferring an exact match but also accepting a case-insensitive match").
 * @throws DamagedImageError
 */
export function checkCase(object: JsonSource | undefined, known: readonly string[], place: Place): void {
  if (!object) return;
  for (const { key } of object.entries()) {
    const twin = known.find((name) => name !== key.text && fold(name) === fold(key.text));
    if (twin === undefined) continue;
    throw hostile(
      place,
      `${object.path} has ${JSON.stringify(key.text)}, which some programs read as ${twin}, others do not`,
    );
  }
}

/** Two letters of Unicode fold to ASCII ones, the long s and the Kelvin sign; Go folds them, too. */
function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** A digest; any but SHA-256 is damage, since nothing else is computed here. */
export function digestAt(value: JsonSource): Digest {
  const { text } = value.string();
  return isDigest(text) ? text : value.fail(`is ${JSON.stringify(text.slice(0, 80))}, not a sha256 digest`);
}

/** A text; '' where it is not there. */
export function textAt(value: JsonSource | undefined): string {
  return value?.string().text ?? '';
}

/** Members of what describes a document or a blob in another document (image-spec descriptor.md). */
export const DESCRIPTOR_KEYS = [
  'mediaType',
  'digest',
  'size',
  'urls',
  'annotations',
  'data',
  'platform',
  'artifactType',
];

/** Members of a platform, in an index's entry and in a config alike. */
export const PLATFORM_KEYS = ['os', 'architecture', 'variant', 'os.version', 'os.features'];

/** The canonical platform of an index's entry or of a config; undefined where it is unknown, or none by its letters. */
export function platformAt(stated: JsonSource | undefined): Platform | undefined {
  const text = (key: string) => textAt(stated?.member(key));
  if (text('os') === '' || text('os') === 'unknown') return undefined;
  const platform = canonicalPlatform({
    os: text('os'),
    architecture: text('architecture'),
    variant: text('variant'),
    osVersion: text('os.version'),
    osFeatures: (stated?.member('os.features')?.items() ?? []).map((item) => item.string().text),
  });
  try {
    checkPlatform(platform);
    return platform;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
