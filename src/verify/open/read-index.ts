import type { Digest } from '../../base/hash.js';
import type { JsonSource } from '../../image/json-source.js';
import { comparePlatforms, platformName } from '../../spec/platform.js';
import { hostile, type Place } from '../damaged.js';
import { type Difference, printable, type Weight } from '../difference.js';
import { checkCase, DESCRIPTOR_KEYS, digestAt, PLATFORM_KEYS, platformAt, textAt } from './document.js';
import { CONFIG_TYPES, INDEX_TYPES, MANIFEST_TYPES } from './media-types.js';
import type { ImageEntry } from './opened-image.js';

/** Entries of an index that are read; official images have some tens. */
const MAX_ENTRIES = 1000;

const ATTESTATION = 'vnd.docker.reference.type';

/** What an index says, taken apart. */
export interface IndexContent {
  readonly entries: readonly ImageEntry[];
  readonly oddities: readonly Difference[];
}

/**
 * Sorts the entries of an index into images and what is odd. An attestation or an artifact is one only where no engine
 * takes it for the image of a platform: engines go by the platform, whatever else an entry says of itself.
 * @param own the index's own digest
 * @throws DamagedImageError where there are too many, or no image at all
 * @throws InputError where an entry cannot be read
 */
export function readIndex(root: JsonSource, own: Digest, place: Place): IndexContent {
  const items = root.required('manifests').items();
  if (items.length > MAX_ENTRIES)
    throw hostile(place, `it has ${items.length} entries; at most ${MAX_ENTRIES} are read`);
  const entries: ImageEntry[] = [];
  const oddities: Difference[] = [];
  items.forEach((item, position) => {
    const odd = (weight: Weight, what: string, cause?: Difference['cause']) => {
      const where = `manifests[${position}]`;
      oddities.push({ level: 'index', weight, where, a: printable(what), b: undefined, ...(cause && { cause }) });
    };
    const entry = readEntry(item, own, place, odd);
    if (entry === undefined) return;
    const { platform } = entry;
    const twin =
      platform && entries.find((other) => other.platform && comparePlatforms(other.platform, platform) === 0);
    if (twin) odd('content', `${entry.name} is there before, as ${twin.digest}; this is ${entry.digest}`, 'platforms');
    entries.push(entry);
  });
  if (entries.length === 0) {
    const [reason] = oddities.filter(({ weight }) => weight === 'content');
    throw hostile(place, `it has no image for any platform${reason ? `; ${reason.where}: ${reason.a}` : ''}`);
  }
  return { entries, oddities };
}

/** Undefined where it is no image. */
function readEntry(
  item: JsonSource,
  own: Digest,
  place: Place,
  odd: (weight: Weight, what: string, cause?: Difference['cause']) => void,
): ImageEntry | undefined {
  checkCase(item, DESCRIPTOR_KEYS, place);
  const stated = item.member('platform');
  checkCase(stated, PLATFORM_KEYS, place);
  const [mediaType, digest, size] = [
    textAt(item.member('mediaType')),
    digestAt(item.required('digest')),
    item.required('size').size(),
  ];
  if (digest === own) odd('content', `the index itself, ${digest}`, 'hostile');
  else if (INDEX_TYPES.includes(mediaType)) odd('content', `an index of its own, ${digest}`, 'hostile');
  else if (!MANIFEST_TYPES.includes(mediaType)) {
    odd('content', `the media type ${JSON.stringify(mediaType)}, which is none of an image: ${digest}`, 'media-types');
  } else {
    const platform = platformAt(stated);
    const kind = platform === undefined ? sideKind(item, stated) : undefined;
    if (kind !== undefined) return void odd('metadata', `${kind}, ${digest}`);
    if (platform === undefined) odd('content', `no platform that can be read: ${stated?.raw ?? digest}`, 'platforms');
    const name = platform === undefined ? digest : platformName(platform);
    return { platform, name, digest, size, mediaType, raw: item.raw };
  }
  return undefined;
}

/** What an entry is that no platform runs; undefined where it may be an image. */
function sideKind(item: JsonSource, stated: JsonSource | undefined): string | undefined {
  const isUnknown = textAt(stated?.member('os')) === 'unknown' && textAt(stated?.member('architecture')) === 'unknown';
  const attestation = item.member('annotations')?.member(ATTESTATION);
  if (isUnknown)
    return attestation ? `an attestation (${attestation.string().text})` : 'for the platform unknown/unknown';
  const artifact = stated === undefined ? item.member('artifactType')?.string().text : undefined;
  const isArtifact = artifact !== undefined && !CONFIG_TYPES.includes(artifact);
  return isArtifact ? `an artifact (${artifact})` : undefined;
}
