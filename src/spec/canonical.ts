import { InputError } from '../base/errors.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Deepest nest that is written or read; ours has four levels. Text of a stranger must not use up the stack. */
const MAX_DEPTH = 64;

/**
 * Canonical JSON by RFC 8785: no white space, keys sorted by UTF-16 code units, strings and numbers as ECMAScript writes
 * them. Numbers are limited to safe integers, since no field of ours holds another.
 * @throws InputError for a lone surrogate (it has no UTF-8 form), a number that is no safe integer, or too deep a nest
 */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

function write(value: Json, depth: number): string {
  if (depth > MAX_DEPTH) throw new InputError(`JSON is nested over ${MAX_DEPTH} levels deep`);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new InputError(`${value} is not a whole number within ±(2^53 − 1)`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return canonicalString(value);
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  const members = Object.keys(value)
    .sort() // by UTF-16 code units, which is what RFC 8785 asks for
    .map((key) => `${canonicalString(key)}:${write(value[key] as Json, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/**
 * Reads JSON that must be canonical to the byte. Double keys, other orders, other escapes and white space are all
 * refused, because none of them comes back out of `canonicalJson`.
 * @throws InputError naming `what`
 */
export function parseCanonicalJson(text: string, what: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new InputError(`${what} is not JSON`);
  }
  if (canonicalJson(value) !== text) {
    throw new InputError(`${what} is not canonical JSON (RFC 8785): keys sorted, none twice, no white space`);
  }
  return value;
}

function canonicalString(text: string): string {
  if (LONE_SURROGATE.test(text))
    throw new InputError(`${JSON.stringify(text)} has a lone surrogate, which has no UTF-8 form`);
  return JSON.stringify(text);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
