import { InputError } from '../base/errors.js';
import { comparePlatforms, type Platform, platformName, targetOf } from '../spec/platform.js';
import type { EntryPair } from './documents/index-document.js';
import type { ImageEntry, OpenedImage } from './open/opened-image.js';

/** What is compared, and what is left out. */
export interface ChosenPairs {
  /** In the order of platforms. */
  readonly pairs: readonly EntryPair[];
  /** Names of platforms that were left out. */
  readonly unchecked: readonly string[];
}

/**
 * Finds for each platform of one image that of the other, and chooses those to compare: the wanted ones; where one image
 * is a single manifest, its platform; else all.
 * @throws InputError('platforms') where a wanted platform is in neither image
 */
export function choosePairs(a: OpenedImage, b: OpenedImage, wanted?: readonly Platform[]): ChosenPairs {
  // Two single manifests are compared whatever they are for.
  const all = a.isIndex || b.isIndex ? pairEntries(a.entries, b.entries) : [{ a: a.entries[0], b: b.entries[0] }];
  const sorted = all.sort(comparePairs);
  if (wanted) checkWanted(wanted, sorted);
  const isChosen = (pair: EntryPair) => {
    if (wanted) return wanted.some((platform) => isFor(pair, platform));
    return (a.isIndex || pair.a !== undefined) && (b.isIndex || pair.b !== undefined || pair.a === undefined);
  };
  const left = sorted.filter((pair) => !isChosen(pair));
  return { pairs: sorted.filter(isChosen), unchecked: left.map(nameOf) };
}

/** What a pair is called. */
export function nameOf({ a, b }: EntryPair): string {
  return ((a ?? b) as ImageEntry).name;
}

/**
 * By the platform; where an image has one twice, the first with the first. What is left on both sides for one operating
 * system and architecture differs in its `os.version` only, and is a pair where there is no doubt.
 */
function pairEntries(a: readonly ImageEntry[], b: readonly ImageEntry[]): EntryPair[] {
  const rest = [...b];
  const take = (fits: (other: ImageEntry) => boolean) => {
    const at = rest.findIndex(fits);
    return at < 0 ? undefined : rest.splice(at, 1)[0];
  };
  const exact = a.map((entry) => ({ a: entry, b: take(({ name }) => name === entry.name) }));
  const lone = exact.filter((pair) => !pair.b);
  const pairs = exact.map((pair): EntryPair => {
    const target = targetName(pair.a);
    const isAlone = (entries: readonly ImageEntry[]) =>
      entries.filter((entry) => targetName(entry) === target).length === 1;
    if (pair.b || target === undefined || !isAlone(lone.map((other) => other.a)) || !isAlone(rest)) return pair;
    return { a: pair.a, b: take((other) => targetName(other) === target) };
  });
  return [...pairs, ...rest.map((entry) => ({ a: undefined, b: entry }))];
}

function targetName({ platform }: ImageEntry): string | undefined {
  return platform && platformName(targetOf(platform));
}

function isFor({ a, b }: EntryPair, wanted: Platform): boolean {
  const name = platformName(wanted);
  return [a, b].some((entry) => entry !== undefined && (entry.name === name || targetName(entry) === name));
}

function checkWanted(wanted: readonly Platform[], pairs: readonly EntryPair[]): void {
  const missing = wanted.filter((platform) => !pairs.some((pair) => isFor(pair, platform)));
  if (missing.length === 0) return;
  const there = pairs.map(nameOf).slice(0, 50).join(', ');
  throw new InputError(
    `there is no image for ${missing.map(platformName).join(', ')}. There is: ${there}`,
    'platforms',
  );
}

function comparePairs(a: EntryPair, b: EntryPair): number {
  const [platform, other] = [a, b].map((pair) => (pair.a ?? pair.b)?.platform);
  if (platform && other) return comparePlatforms(platform, other);
  return platform ? -1 : other ? 1 : 0;
}
