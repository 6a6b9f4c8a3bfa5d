import { rfc3339 } from '../../base/time.js';
import type { Difference } from '../difference.js';

/** What the two images are called in sentences: `the published image` and `the rebuild`, or `A` and `B`. */
export interface Words {
  readonly a: string;
  readonly b: string;
}

/** What is known of one cause: all its differences, of all platforms, at least one. */
export interface Facts {
  readonly differences: readonly Difference[];
  readonly words: Words;
}

/** Longest value in a sentence; the report's tables have the rest. */
const MAX_VALUE = 90;

/** Facts that one sentence names. */
const MAX_FACTS = 3;

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function short(text: string): string {
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}…`;
}

/** The image that has something, where the other has nothing. */
export function ownerOf({ a }: Difference, words: Words): string {
  return a === undefined ? words.b : words.a;
}

/** What that image has. */
export function onlyValue({ a, b }: Difference): string {
  return short(a ?? b ?? '');
}

/** `User is "0" in A, "65534" in B`, or `only A has User ("0")`. */
export function stated(difference: Difference, words: Words, name = short(difference.where)): string {
  const { a, b } = difference;
  if (a !== undefined && b !== undefined) return `${name} is ${short(a)} in ${words.a}, ${short(b)} in ${words.b}`;
  return `only ${ownerOf(difference, words)} has ${name}${onlyValue(difference) === '' ? '' : ` (${onlyValue(difference)})`}`;
}

/** The first few of the clauses, each once, and how many more there are. */
export function listed(clauses: readonly string[]): string {
  const unique = [...new Set(clauses)];
  const rest = unique.length - MAX_FACTS;
  return [...unique.slice(0, MAX_FACTS), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

/** All that is known in one sentence, after words of its own: names from an image do not begin it. */
export function allStated(
  lead: string,
  { differences, words }: Facts,
  nameOf = ({ where }: Difference) => short(where),
): string {
  return `${lead}: ${listed(differences.map((difference) => stated(difference, words, nameOf(difference))))}.`;
}

/** The one of the differences that tells most: the first that has both values. */
export function bestOf(differences: readonly Difference[], ...wheres: readonly string[]): Difference | undefined {
  const isWhole = ({ a, b }: Difference) => a !== undefined && b !== undefined;
  for (const where of wheres) {
    const found = differences.find((difference) => difference.where === where);
    if (found) return found;
  }
  return differences.find(isWhole) ?? differences[0];
}

/** The last part of a place: `module golang.org/x/net` of `usr/local/bin/pushgateway: module golang.org/x/net`. */
export function lastPart(where: string): string {
  return where.slice(where.lastIndexOf(': ') + 1).trim();
}

/** The form of a time in upstream's own builds (.promu.yml), `20260527-15:09:50`. */
const PROMU = /^(\d{4})(\d\d)(\d\d)-(\d\d:\d\d:\d\d)$/;

/** A time as seconds since 1970; undefined where the text is none. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bare = text.replaceAll('"', '').replace(PROMU, '$1-$2-$3T$4Z');
  if (/^\d{1,10}$/.test(bare)) return Number(bare);
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(bare)) return undefined;
  const milliseconds = Date.parse(bare);
  return milliseconds >= 0 ? Math.floor(milliseconds / 1000) : undefined;
}

/** `2026-05-27T15:09:50Z`, whatever form the time is in; as it is where it is none. */
export function timeOf(text: string | undefined): string {
  const seconds = secondsOf(text);
  return seconds === undefined || seconds >= 2 ** 33 ? (text ?? 'none') : rfc3339(seconds);
}
