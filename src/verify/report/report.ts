import type { Digest } from '../../base/hash.js';
import type { Difference } from '../difference.js';
import { type ImageComparison, type Verdict, verdictOf, verdictOfDifferences } from '../verdict.js';
import { type Cause, causesOf, type Words } from './causes.js';
import { oneLine } from './escape.js';

export { checkedOf, meaningOf } from './report-words.js';

/** The newest form of the JSON; another number is another schema. */
const SCHEMA_VERSION = 1;

/**
 * All that a verification or a comparison has to tell, in the form of its JSON (docs/verify-report.schema.json). It holds
 * no time and no name of the machine, so that the same images give the same report.
 */
export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** Name and version of the program. */
  readonly tool: string;
  readonly verdict: Verdict;
  /** Why nothing was compared; null where it was. */
  readonly reason: Reason | null;
  /** The image, or the first of two, as the user named it. */
  readonly image: string;
  /** Of its index or single manifest; null where it could not be read. */
  readonly digest: Digest | null;
  /** What it was compared with: `the rebuild`, or the name of the second image. */
  readonly comparedWith: string;
  /** The digest of that; null where there is none. */
  readonly rebuiltDigest: Digest | null;
  /** Of the spec that was rebuilt from; null for two images that are only compared. */
  readonly specDigest: Digest | null;
  readonly checked: { readonly platforms: number; readonly of: number };
  readonly platforms: readonly PlatformReport[];
  /** Names of platforms that were not looked at. */
  readonly unchecked: readonly string[];
  /** Differences of the indexes themselves. */
  readonly index: readonly Difference[];
  readonly causes: readonly Cause[];
  /** The command line that does the same again. */
  readonly command: string;
  /** What sentences call the two images. */
  readonly words: Words;
}

export interface PlatformReport {
  readonly platform: string;
  readonly digest: Digest | null;
  readonly rebuiltDigest: Digest | null;
  readonly verdict: Exclude<Verdict, 'not-performed'>;
  readonly differences: readonly Difference[];
  /** How many more there are than are listed. */
  readonly omitted: number;
}

/** Why nothing was compared. */
export interface Reason {
  /** As `untrusted-spec`. */
  readonly kind: string;
  /** The field of the spec that is to blame; null where no single one is. */
  readonly field: string | null;
  readonly message: string;
}

/** What a report says beside its comparison. */
export interface ReportFrame {
  /** Name and version of the program. */
  readonly tool: string;
  readonly command: string;
  readonly specDigest?: Digest | undefined;
}

/** What the two images are called where one was rebuilt. */
export const REBUILD_WORDS: Words = { a: 'the published image', b: 'the rebuild' };

/** What they are called where any two are compared. */
export const DIFF_WORDS: Words = { a: 'A', b: 'B' };

/** The report of a comparison that was made. */
export function comparisonReport(comparison: ImageComparison, words: Words, frame: ReportFrame): Report {
  const { a, b, index, platforms, unchecked } = comparison;
  return {
    ...framed(frame, words),
    verdict: verdictOf(comparison),
    reason: null,
    image: a.name,
    digest: a.digest,
    comparedWith: words === REBUILD_WORDS ? words.b : b.name,
    rebuiltDigest: b.digest,
    checked: { platforms: platforms.length, of: platforms.length + unchecked.length },
    platforms: platforms.map(({ a, b, ...rest }) => ({ ...rest, digest: a ?? null, rebuiltDigest: b ?? null })),
    unchecked,
    index,
    causes: causesOf(comparison, words),
  };
}

/** The report of an image that was not rebuilt. */
export function notPerformedReport(
  image: { readonly name: string; readonly digest?: Digest | undefined; readonly platforms: readonly string[] },
  reason: { readonly kind: string; readonly field?: string | undefined; readonly message: string },
  frame: ReportFrame,
): Report {
  return {
    ...framed(frame, REBUILD_WORDS),
    verdict: 'not-performed',
    reason: { kind: reason.kind, field: reason.field ?? null, message: oneLine(reason.message) },
    image: oneLine(image.name),
    digest: image.digest ?? null,
    comparedWith: REBUILD_WORDS.b,
    rebuiltDigest: null,
    checked: { platforms: 0, of: image.platforms.length },
    platforms: [],
    unchecked: image.platforms.map(oneLine),
    index: [],
    causes: [],
  };
}

/** One of two images; the digest of one whose index cannot be read is not known. */
export interface ReportSide {
  readonly name: string;
  readonly digest?: Digest | undefined;
}

/**
 * The report where an image is broken before anything can be compared: what is wrong with it is the difference.
 * @param platforms that are not compared now
 */
export function brokenReport(
  a: ReportSide,
  b: ReportSide,
  platforms: readonly string[],
  index: readonly Difference[],
  words: Words,
  frame: ReportFrame,
): Report {
  return {
    ...framed(frame, words),
    verdict: verdictOfDifferences(index),
    reason: null,
    image: oneLine(a.name),
    digest: a.digest ?? null,
    comparedWith: oneLine(b.name),
    rebuiltDigest: b.digest ?? null,
    checked: { platforms: 0, of: platforms.length },
    platforms: [],
    unchecked: platforms.map(oneLine),
    index,
    causes: causesOf({ index, platforms: [] }, words),
  };
}

function framed({ tool, command, specDigest }: ReportFrame, words: Words) {
  return { schemaVersion: SCHEMA_VERSION, tool, specDigest: specDigest ?? null, command, words } as const;
}

/** The report as JSON with a line break at its end. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
