import { InputError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';

/**
 * Compact JSON written from ordered pairs, so that the writer decides the order of keys and nothing else does: a
 * JavaScript object moves keys such as `10` before `9` and loses `__proto__`.
 *
 * Strings are escaped as RFC 8785 (and `JSON.stringify`) does: `"`, `\` and U+0000 to U+001F only, with the short forms
 * `\b \t \n \f \r` and `\u00xx` in lower case; everything else, `<` and U+2028 included, is raw UTF-8. Go's encoder
 * differs (`\u2028`, `\u003c`), but Go tools copy configs and manifests as they are; the one document that buildah and
 * podman write again is the index, and its strings hold only letters that all writers leave alone (`platform.ts`).
 */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject | RawJson;

/** An object: its pairs in the order in which they are written; a pair whose value is undefined is left out. */
export interface JsonObject {
  readonly pairs: readonly (readonly [key: string | RawText, value: Json | undefined])[];
}

/** JSON text that is copied as it is, byte by byte; for parts of a base image's config. */
export interface RawJson {
  readonly raw: string;
}

/** A text out of a base image's config: copied as it stands there, quotes and escapes included. */
export interface RawText extends RawJson {
  /** What the JSON text says; by this it is compared and sorted. */
  readonly text: string;
}

/** An object of the given pairs, in this order. */
export function object(...pairs: JsonObject['pairs']): JsonObject {
  return { pairs };
}

/** A map, whose order means nothing: its pairs sorted by the UTF-8 bytes of their keys. */
export function sortedMap(pairs: JsonObject['pairs']): JsonObject {
  return { pairs: [...pairs].sort(([a], [b]) => compareUtf8(textOf(a), textOf(b))) };
}

/** What a text says, wherever it is from. */
export function textOf(text: string | RawText): string {
  return typeof text === 'string' ? text : text.text;
}

/**
 * The compact JSON text: no blank, no line end.
 * @throws InputError for a lone surrogate (it has no UTF-8 form) or a key that is there twice
 */
export function writeJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number') return writeInteger(value);
  if ('raw' in value) return value.raw;
  if ('pairs' in value) return writePairs(value.pairs);
  return `[${value.map(writeJson).join(',')}]`;
}

function writePairs(pairs: JsonObject['pairs']): string {
  const seen = new Set<string>();
  const members: string[] = [];
  for (const [key, value] of pairs) {
    if (value === undefined) continue;
    const text = textOf(key);
    if (seen.has(text)) throw new InputError(`The key ${JSON.stringify(text)} is given twice.`);
    seen.add(text);
    members.push(`${writeJson(key)}:${writeJson(value)}`);
  }
  return `{${members.join(',')}}`;
}

function writeString(text: string): string {
  if (!isWellFormed(text)) {
    throw new InputError(`The text ${JSON.stringify(text)} holds half of a surrogate pair, which is no character.`);
  }
  return JSON.stringify(text);
}

/** `String.prototype.isWellFormed`, which the library of ES2023 does not list. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function writeInteger(value: number): string {
  // Fractions and exponents have many spellings; nothing here needs one.
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not an integer that JSON holds exactly`);
  return String(value);
}
