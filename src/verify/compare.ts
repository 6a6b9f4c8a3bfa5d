import type { Log } from '../base/log.js';
import type { Platform } from '../spec/platform.js';
import { comparePlatform } from './compare-platform.js';
import { type Difference, printable, type Weight } from './difference.js';
import { contrast } from './documents/contrast.js';
import { compareIndexes, type EntryPair, ofOtherSide } from './documents/index-document.js';
import type { OpenedImage } from './open/opened-image.js';
import { choosePairs, nameOf } from './pair-entries.js';
import { type ImageComparison, type PlatformComparison, type SideInfo, verdictOfDifferences } from './verdict.js';

/** Most differences of one platform, or of the index, that are kept: a stranger's image must not fill the memory. */
const MAX_DIFFERENCES = 1000;

export interface CompareOptions {
  /** Limits the comparison; all platforms where undefined. */
  readonly platforms?: readonly Platform[] | undefined;
  /** A folder for what is unpacked. */
  readonly tempDir: string;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether blobs are read, too, where the digests that name them are equal, so that none is missing or damaged; default
   * true.
   */
  readonly readAll?: boolean | undefined;
}

/**
 * Compares two images: the documents of both, and layers where their digests differ. Where platforms are left out, or one
 * image is a single manifest, what the indexes themselves say is not compared.
 * @throws InputError('platforms') where a wanted platform is in neither image
 * @throws RunError where an image cannot be reached; a broken one is a finding
 */
export async function compareImages(a: OpenedImage, b: OpenedImage, options: CompareOptions): Promise<ImageComparison> {
  const { pairs, unchecked } = choosePairs(a, b, options.platforms);
  const platforms: PlatformComparison[] = [];
  for (const pair of pairs) {
    options.signal?.throwIfAborted();
    options.log.progress(`comparing ${printable(nameOf(pair))}`);
    const differences = await comparePlatform(a, b, pair, options);
    platforms.push({
      platform: printable(nameOf(pair)),
      a: pair.a?.digest,
      b: pair.b?.digest,
      verdict: verdictOfDifferences(differences),
      ...limited(differences),
    });
  }
  const isWhole = a.isIndex && b.isIndex && unchecked.length === 0;
  const index = isWhole ? wholeIndexes(a, b, pairs) : hostileParts(a, b);
  return {
    a: sideOf(a),
    b: sideOf(b),
    index: limited(index).differences,
    platforms,
    unchecked: unchecked.map(printable),
  };
}

function sideOf({ name, digest }: OpenedImage): SideInfo {
  return { name: printable(name), digest };
}

function wholeIndexes(a: OpenedImage, b: OpenedImage, pairs: readonly EntryPair[]): Difference[] {
  if (a.digest === b.digest) return [];
  const found = compareIndexes(a, b, pairs);
  if (found.length > 0 || pairs.some((pair) => pair.a?.digest !== pair.b?.digest)) return found;
  // The bytes differ, so that there is something, even if nothing here knows what.
  const texts = contrast(a.bytes.toString('utf8'), b.bytes.toString('utf8'));
  return [{ level: 'index', weight: 'content', where: 'the index', ...texts }];
}

/** Of an index that is not compared as a whole only what is an attack counts. */
function hostileParts(a: OpenedImage, b: OpenedImage): Difference[] {
  const isHostile = ({ cause }: Difference) => cause === 'hostile';
  return [...a.oddities.filter(isHostile), ...b.oddities.filter(isHostile).map(ofOtherSide)];
}

/** The heaviest first, in lines that can be shown; what is left out is of a cause of which one is there. */
function limited(differences: readonly Difference[]): Pick<PlatformComparison, 'differences' | 'omitted'> {
  const weights: readonly Weight[] = ['content', 'metadata', 'compression'];
  const sorted = weights.flatMap((weight) => differences.filter((difference) => difference.weight === weight));
  const firstOfCause = new Map(sorted.toReversed().map((difference) => [difference.cause, difference]));
  const firsts = new Set(firstOfCause.values());
  let room = MAX_DIFFERENCES - firsts.size;
  const kept = sorted.filter((difference) => firsts.has(difference) || room-- > 0);
  return {
    differences: kept.map((difference) => ({ ...difference, where: printable(difference.where) })),
    omitted: differences.length - kept.length,
  };
}
