import type { Digest } from '../base/hash.js';
import type { Difference, Weight } from './difference.js';

/** How far two images are the same, the best first (design, section 9). */
export const VERDICTS = [
  'reproducible',
  'compression-differs',
  'metadata-differs',
  'content-differs',
  'not-performed',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What a comparison can end with; that it was not made is for those to say who could not make it. */
export type ComparedVerdict = Exclude<Verdict, 'not-performed'>;

/** One of the two images that were compared. */
export interface SideInfo {
  /** As the user named it. */
  readonly name: string;
  /** Of its index, or of its single manifest. */
  readonly digest: Digest;
}

/** What was found about one platform. */
export interface PlatformComparison {
  /** `linux/arm/v7`; the manifest's digest where nothing says what platform it is for. */
  readonly platform: string;
  /** Digest of the manifest; undefined where the side has none. */
  readonly a: Digest | undefined;
  readonly b: Digest | undefined;
  readonly verdict: ComparedVerdict;
  readonly differences: readonly Difference[];
  /** How many more differences there are than are listed. */
  readonly omitted: number;
}

export interface ImageComparison {
  readonly a: SideInfo;
  readonly b: SideInfo;
  /** Differences of the indexes themselves; of those that count here only, so none where platforms were left out. */
  readonly index: readonly Difference[];
  /** In the order of the index. */
  readonly platforms: readonly PlatformComparison[];
  /** Platforms that one of the images has, and that were not looked at. */
  readonly unchecked: readonly string[];
}

const OF_WEIGHT: Readonly<Record<Weight, ComparedVerdict>> = {
  compression: 'compression-differs',
  metadata: 'metadata-differs',
  content: 'content-differs',
};

/** The heaviest difference decides. */
export function verdictOfDifferences(differences: readonly Difference[]): ComparedVerdict {
  return worstOf(differences.map(({ weight }) => OF_WEIGHT[weight]));
}

/** The worst platform wins, and the index counts as one more. */
export function verdictOf({ index, platforms }: ImageComparison): ComparedVerdict {
  return worstOf([verdictOfDifferences(index), ...platforms.map(({ verdict }) => verdict)]);
}

function worstOf(verdicts: readonly ComparedVerdict[]): ComparedVerdict {
  return verdicts.reduce((worst, verdict) => {
    return VERDICTS.indexOf(verdict) > VERDICTS.indexOf(worst) ? verdict : worst;
  }, 'reproducible');
}
