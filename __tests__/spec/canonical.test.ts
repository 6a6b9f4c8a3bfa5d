import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { canonicalJson, type Json, parseCanonicalJson } from '../../src/spec/canonical.js';
import { wellFormedText } from '../support/specs.js';

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', '10', '9', '', '\u20ac', '\ufb33', '😀'),
  wellFormedText,
);

/** Any JSON whose numbers are whole. */
const anyJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, -1, Number.MAX_SAFE_INTEGER),
    fc.maxSafeInteger(),
    wellFormedText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs) as Json),
  ),
})).value;

describe('canonicalJson', () => {
  test('writes what another implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 1000 },
    );
  });

  test('is read back as the same value, and is the only text for it', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonicalJson(text, 'it'))).toBe(text);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(parseCanonicalJson(text, 'it')));
      }),
    );
  });

  test('sorts keys by UTF-16 code units, as the example of RFC 8785 (section 3.2.3) does', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '😀', '\u0080', 'ö'];
    const value = Object.fromEntries(keys.map((name, index) => [name, index]));
    expect(Object.keys(JSON.parse(canonicalJson(value))).filter((name) => name !== '1')).toEqual([
      '\r',
      '\u0080',
      'ö',
      '\u20ac',
      '😀',
      '\ufb33',
    ]);
    expect(canonicalJson(value)).toMatch(/^\{"\\r":1,"1":3,/);
  });

  test('keeps a key __proto__ and orders number-like keys as text', () => {
    const value = JSON.parse('{"9":1,"10":2,"__proto__":3}');
    expect(canonicalJson(value)).toBe('{"10":2,"9":1,"__proto__":3}');
  });

  test.each(['\ud800', '\udfff', 'a\ud83d', '\ude00\ud83d', '\ud83d\ud83d\ude00'])(
    'refuses the lone surrogate in %j, as value and as key',
    (text) => {
      expect(() => canonicalJson(text)).toThrow(InputError);
      expect(() => canonicalJson({ [text]: 1 })).toThrow(/lone surrogate/);
    },
  );

  test('takes surrogates that make a pair', () => {
    expect(canonicalJson('a😀b')).toBe('"a😀b"');
  });

  test.each([0.5, 2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    'refuses the number %s',
    (number) => {
      expect(() => canonicalJson({ n: number })).toThrow(InputError);
    },
  );

  test('takes the whole numbers up to the largest safe ones', () => {
    expect(canonicalJson([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0])).toBe(
      '[9007199254740991,-9007199254740991,0]',
    );
  });
});

describe('parseCanonicalJson', () => {
  test.each([
    ['white space', '{"a": 1}'],
    ['a line break at the end', '{"a":1}\n'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['keys in another order', '{"b":1,"a":2}'],
    ['a double key', '{"a":1,"a":1}'],
    ['an escape that is not needed', '{"a":"\\u0041"}'],
    ['an escaped slash', '{"a":"\\/"}'],
    ['an escape in capitals', '{"a":"\\u001F"}'],
    ['an escape with a short form', '{"a":"\\u000a"}'],
    ['a surrogate pair as escapes', '{"a":"\\ud83d\\ude00"}'],
    ['an exponent', '{"a":1e3}'],
    ['a decimal point', '{"a":1.0}'],
    ['minus zero', '{"a":-0}'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseCanonicalJson(text, 'the thing')).toThrow(/^the thing is not (canonical )?JSON/);
  });

  test.each(['', '{', 'nul', '{"a":1,}', "{'a':1}", '01'])('refuses %j, which is no JSON, as bad input', (text) => {
    expect(() => parseCanonicalJson(text, 'the thing')).toThrow(InputError);
  });

  test('refuses what is nested too deeply, instead of running out of stack', () => {
    const text = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(() => parseCanonicalJson(text, 'the thing')).toThrow(InputError);
  });
});
