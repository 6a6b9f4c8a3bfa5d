import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { object, sortedMap, writeJson } from '../../src/image/json.js';
import { python } from './helpers.js';

describe('writeJson', () => {
  it('keeps pairs in their places, whatever the keys', () => {
    const pairs = [
      ['10', 1],
      ['9', 2],
      ['__proto__', 3],
      ['a', undefined],
      ['', null],
    ] as const;
    expect(writeJson(object(...pairs))).toBe('{"10":1,"9":2,"__proto__":3,"":null}');
  });

  it('escapes quotes, backslashes and control letters, and nothing else', () => {
    expect(writeJson('"\\/<>&\u2028\u2029\u007f😀é')).toBe('"\\"\\\\/<>&\u2028\u2029\u007f😀é"');
    expect(writeJson('\b\t\n\f\r\u0000\u001f\u000b')).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f\\u000b"');
  });

  it('copies raw text as it is', () => {
    expect(writeJson(object(['Env', [{ raw: '"\\u003c"' }, '<']]))).toBe('{"Env":["\\u003c","<"]}');
  });

  it('refuses lone surrogates in values and keys, and keys given twice', () => {
    for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800', '\ud800\ud800\udc00']) {
      expect(() => writeJson(text)).toThrow(InputError);
      expect(() => writeJson(object([text, 1]))).toThrow(InputError);
    }
    expect(() => writeJson(object(['a', 1], ['a', 2]))).toThrow(/twice/);
  });

  it('refuses numbers that have more than one spelling', () => {
    for (const number of [1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => writeJson(number)).toThrow();
  });

  it('is read back as what was written, by JSON.parse and the same bytes by Python', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const samples = fc.sample(fc.array(fc.tuple(text, text), { maxLength: 5 }), { numRuns: 300, seed: 3 });
    const maps = samples.map((pairs) => [...new Map(pairs)]);
    const lines = maps.map((pairs) => writeJson(sortedMap(pairs)));
    for (const [i, pairs] of maps.entries()) {
      expect(new Map(Object.entries(JSON.parse(lines[i] ?? '')))).toEqual(new Map(pairs));
    }
    const written = python(
      `import json,sys
for pairs in json.loads(sys.stdin.buffer.read()):
    m = dict(sorted(pairs, key=lambda p: p[0].encode()))
    sys.stdout.buffer.write((json.dumps(m, ensure_ascii=False, separators=(',', ':')) + '\\n').encode())`,
      JSON.stringify(maps),
    );
    // Compared as whole texts: a raw U+2028 is no line end here.
    expect(written.toString('utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('sorts maps by UTF-8 bytes, not by UTF-16 units', () => {
    expect(
      writeJson(
        sortedMap([
          ['\u{1f600}', 1],
          ['\uff5e', 2],
          ['b', 3],
          ['B', 4],
        ]),
      ),
    ).toBe('{"B":4,"b":3,"\uff5e":2,"\u{1f600}":1}');
  });
});
