import { deflateRawSync } from 'node:zlib';
import { deflateRaw } from 'pako';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { DEFLATE_CORPUS } from '../../src/image/deflate-corpus.js';
import { chooseEngine, firstDifference, nodeIsReference } from '../../src/image/deflate-guard.js';
import { python } from './helpers.js';

describe('the guard of the deflate engines', () => {
  it.each(DEFLATE_CORPUS)("has the answer of Python's zlib for $name", ({ make, answer }) => {
    const program = `import sys,zlib,hashlib
c=zlib.compressobj(6,zlib.DEFLATED,-15,8,zlib.Z_DEFAULT_STRATEGY)
print(hashlib.sha256(c.compress(sys.stdin.buffer.read())+c.flush()).hexdigest(),end='')`;
    expect(python(program, make()).toString()).toBe(answer);
  });

  it('passes pako with the reference hash', () => {
    expect(firstDifference((input) => deflateRaw(input, { level: 6, legacyHash: true }))).toBeUndefined();
  });

  it("fails pako with Chromium's hash, other levels and other memory", () => {
    expect(firstDifference((input) => deflateRaw(input, { level: 6 }))).toBe('short');
    expect(firstDifference((input) => deflateRaw(input, { level: 5, legacyHash: true }))).toEqual(expect.any(String));
    expect(firstDifference((input) => deflateRaw(input, { level: 7, legacyHash: true }))).toEqual(expect.any(String));
    expect(firstDifference((input) => deflateRaw(input, { memLevel: 9, legacyHash: true }))).toEqual(
      expect.any(String),
    );
    expect(firstDifference((input) => deflateRaw(input, { windowBits: 14, legacyHash: true }))).toEqual(
      expect.any(String),
    );
  });

  it('asks for every sample: no two of them are the same', () => {
    expect(new Set(DEFLATE_CORPUS.map(({ make }) => sha256Hex(make()))).size).toBe(DEFLATE_CORPUS.length);
    expect(new Set(DEFLATE_CORPUS.map(({ answer }) => answer)).size).toBe(DEFLATE_CORPUS.length);
  });

  it('says of this Node what comparing it with Python says, and the engine follows', () => {
    const agrees = DEFLATE_CORPUS.every(
      ({ make, answer }) => sha256Hex(deflateRawSync(make(), { level: 6, memLevel: 8 })) === answer,
    );
    expect(nodeIsReference()).toBe(agrees);
    expect(chooseEngine('auto')).toBe(agrees ? 'node' : 'pako');
    expect(chooseEngine('pako')).toBe('pako');
    if (agrees) expect(chooseEngine('node')).toBe('node');
    else expect(() => chooseEngine('node')).toThrow(RunError);
  });
});
