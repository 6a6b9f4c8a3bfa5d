import { compareUtf8 } from '../base/files.js';

/** `1.11.3`, `v1.11.3-ttl.1`: numbers between dots, and what follows them. */
const VERSION = /^v?(\d+(?:\.\d+)*)(.*)$/;

/** What is published before a version, by the words that are usual for it. */
const BEFORE = /^[-._]?(?:dev|snapshot|nightly|alpha|a|beta|b|pre|preview|m|rc)(?:[-._]?\d.*|[-._].*)?$/i;

/** Whether a tag has a place in the order of versions; `latest`, `edge` and the like have none. */
export function isVersioned(tag: string): boolean {
  return /\d/.test(tag);
}

/** Whether a tag belongs to a digest, as signatures and SBOMs in registries have it (`sha256-….sig`). */
export function attachedTo(tag: string): string | undefined {
  const [, hex] = /^sha256-([0-9a-f]{64})(?:\.|$)/.exec(tag) ?? [];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/**
 * The order of tags by version, the oldest first. Numbers count as numbers (`1.9` is before `1.10`, `1.4` is `1.4.0`). Of
 * one version, first comes what is published before it (`-alpha.1`, `-rc.2`), then it alone, then what was made of it
 * later (`-ttl.1`, `-k0s.3`, `.2`). Tags that do not begin with a number are before all that do.
 */
export function compareVersions(a: string, b: string): number {
  const [versionA, versionB] = [VERSION.exec(a), VERSION.exec(b)];
  if (!versionA || !versionB) return Number(versionA !== null) - Number(versionB !== null) || naturally(a, b);
  const [[, numbersA = '', restA = ''], [, numbersB = '', restB = '']] = [versionA, versionB];
  return (
    compareNumbers(numbersA, numbersB) || rank(restA) - rank(restB) || naturally(restA, restB) || compareUtf8(a, b)
  );
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareDigits(left[i] ?? '0', right[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Digits of any length, as a date and a time are. */
function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  return left.length - right.length || compareUtf8(left, right);
}

function rank(rest: string): number {
  if (rest === '') return 0;
  return BEFORE.test(rest) ? -1 : 1;
}

/** Digits within the text as numbers. */
function naturally(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    const areDigits = /^\d/.test(x) && /^\d/.test(y);
    const order = areDigits ? compareDigits(x, y) : compareUtf8(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareUtf8(a, b);
}

/** Which tags stay, and which go. */
export interface KeptTags {
  readonly kept: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Keeps the newest tags by version. Tags without any digit (`latest`) are names that move, and stay beside those; tags
 * that belong to a digest stay and go with it.
 * @param keep how many
 * @param digests of the tags, where they are known
 */
export function newestTags(tags: readonly string[], keep: number, digests: ReadonlyMap<string, string>): KeptTags {
  const counted = tags.filter((tag) => isVersioned(tag) && attachedTo(tag) === undefined).sort(compareVersions);
  const gone = new Set(counted.slice(0, Math.max(0, counted.length - keep)));
  const main = tags.filter((tag) => attachedTo(tag) === undefined && !gone.has(tag));
  const reached = new Set(main.flatMap((tag) => digests.get(tag) ?? []));
  for (const tag of tags) {
    const digest = attachedTo(tag);
    if (digest !== undefined && !reached.has(digest)) gone.add(tag);
  }
  const sorted = [...tags].sort(compareVersions);
  return { kept: sorted.filter((tag) => !gone.has(tag)), removed: sorted.filter((tag) => gone.has(tag)) };
}
