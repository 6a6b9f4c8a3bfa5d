import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { contrast } from '../../src/verify/documents/contrast.js';
import {
  jsonDifferences,
  readJson,
  readJsonText,
  saysTheSame,
  shownBoth,
} from '../../src/verify/documents/json-diff.js';
import { spellingDifference } from '../../src/verify/documents/json-spelling.js';
import { randomFrom } from '../support/random.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

/** Writes the same value in another way: keys in another order, blanks, letters escaped. */
function rewritten(value: Json, random: () => number): string {
  const blank = () => ['', ' ', '\n\t'][Math.floor(random() * 3)] ?? '';
  const text = (letters: string) => {
    const escaped = JSON.stringify(letters);
    return random() < 0.5 ? escaped : escaped.replaceAll(/(?<!\\)[a-z](?![^"]*\\u)/g, asEscape);
  };
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${blank()}${value.map((item) => rewritten(item, random)).join(`${blank()},`)}]`;
  const members = Object.entries(value).map(([key, member]) => `${text(key)}${blank()}:${rewritten(member, random)}`);
  return `{${members.sort(() => random() - 0.5).join(`,${blank()}`)}${blank()}}`;
}

function asEscape(letter: string, offset: number, whole: string): string {
  // A letter after a backslash belongs to an escape already.
  return whole[offset - 1] === '\\' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const paths = (a: string, b: string) =>
  [...jsonDifferences(readJsonText(a), readJsonText(b))].map(({ path, ...both }) => {
    const { a: one, b: other } = shownBoth(both.a, both.b);
    return `${path}: ${one} | ${other}`;
  });

describe('jsonDifferences', () => {
  it('finds nothing where the same is written otherwise, and the spelling is told where the bytes differ', () => {
    fc.assert(
      fc.property(anyJson, fc.integer(), (value, seed) => {
        const [a, b] = [JSON.stringify(value), rewritten(value, randomFrom(seed))];
        const [one, other] = [readJsonText(a), readJsonText(b)];
        expect(saysTheSame(one, other)).toBe(true);
        const found = spellingDifference(one, other, 'config', 'it');
        expect(found === undefined).toBe(a === b);
        if (found) expect(found.a).not.toBe(found.b);
      }),
      { numRuns: 500 },
    );
  });

  it('finds something wherever two values differ, and shows it differently on both sides', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (value, other) => {
        const [a, b] = [JSON.stringify(value), JSON.stringify(other)];
        fc.pre(a !== b);
        const isSame = isSameValue(JSON.parse(a), JSON.parse(b));
        const found = [...jsonDifferences(readJsonText(a), readJsonText(b))];
        expect(found.length === 0).toBe(isSame);
        for (const { a, b } of found) {
          const shown = shownBoth(a, b);
          expect(shown.a).not.toBe(shown.b);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('names the place', () => {
    expect(paths('{"a":{"b c":[1,{"d":2}]},"e":1}', '{"a":{"b c":[1,{"d":3}]},"f":null}')).toEqual([
      'a["b c"][1].d: 2 | 3',
      'e: 1 | undefined',
      'f: undefined | null',
    ]);
  });

  it('shows lists of another length whole', () => {
    expect(paths('{"a":["x","y"]}', '{"a":["y"]}')).toEqual(['a: ["x","y"] | ["y"]']);
  });

  it('takes numbers for the same only where they are spelled alike, since readers do not agree on others', () => {
    expect(paths('[9007199254740993]', '[9007199254740992]')).toEqual(['[0]: 9007199254740993 | 9007199254740992']);
    expect(paths('[1.0]', '[1]')).toHaveLength(1);
    expect(paths('[1]', '[ 1 ]')).toEqual([]);
  });

  it('tells keys apart that JavaScript treats in its own way', () => {
    expect(paths('{"__proto__":1,"10":2}', '{"__proto__":2,"9":2}')).toEqual([
      '__proto__: 1 | 2',
      '["10"]: 2 | undefined',
      '["9"]: undefined | 2',
    ]);
  });

  it.each([
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a byte order mark', Buffer.from('\ufeff{}')],
    ['a key twice', Buffer.from('{"a":1,"a":2}')],
    ['two documents', Buffer.from('{}{}')],
    ['a comment', Buffer.from('{}//')],
    ['a deep nest', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
    ['a large document', Buffer.from(`"${'a'.repeat(4 * 1024 * 1024)}"`)],
  ])('reads strictly: %s', (_name, bytes) => {
    expect(() => readJson(bytes)).toThrow(InputError);
  });
});

describe('spellingDifference', () => {
  const found = (a: string, b: string) => spellingDifference(readJsonText(a), readJsonText(b), 'config', 'config');

  it('names the first place where keys stand in another order, also where values differ, too', () => {
    const difference = found('{"a":{"x":1,"y":2,"z":0},"b":1}', '{"a":{"y":2,"x":1},"b":2}');
    const where = 'config.a: order of keys';
    expect(difference).toEqual({
      level: 'config',
      weight: 'metadata',
      cause: 'key-order',
      where,
      a: 'x, y',
      b: 'y, x',
    });
  });

  it('tells escapes and blanks', () => {
    expect(found('["\\u0061"]', '["a"]')).toMatchObject({ where: 'config[0]', a: '"\\u0061"', b: '"a"' });
    expect(found('{"\\u0061":1}', '{"a":1}')).toMatchObject({ where: 'config: keys' });
    expect(found('{"a": 1}\n', '{"a":1}')).toMatchObject({ a: '2', b: '0', where: expect.stringContaining('blanks') });
    expect(found('{"a": 1}', '{"a" :1}')).toMatchObject({ a: '{"a": 1}', b: '{"a" :1}' });
  });
});

describe('contrast', () => {
  it('shows where long texts differ, and short ones whole', () => {
    expect(contrast('ab', 'ac')).toEqual({ a: 'ab', b: 'ac' });
    const long = 'x'.repeat(3000);
    const { a, b } = contrast(`${long}1${long}`, `${long}2`);
    expect(a).toMatch(/^…x{40}1x{119}… \(from letter 2961 of 6001\)$/);
    expect(b).toMatch(/^…x{40}2 \(from letter 2961 of 3001\)$/);
  });

  it('gives one printable line for any two texts, and never the same for two that differ', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, text, fc.string({ maxLength: 300 }), (a, b, shared) => {
        fc.pre(a !== b);
        const shown = contrast(shared + a, shared + b);
        expect(shown.a).not.toBe(shown.b);
        for (const line of [shown.a, shown.b]) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(line.length).toBeLessThan(300);
        }
      }),
    );
  });
});

function isSameValue(a: Json, b: Json): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  if (left.length !== right.size) return false;
  return left.every(([key, value]) => right.has(key) && isSameValue(value, right.get(key) as Json));
}
