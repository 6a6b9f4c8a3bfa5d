import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineName } from '../../src/image/deflate-engine.js';
import { nodeIsReference } from '../../src/image/deflate-guard.js';
import { crc32, crc32Table, GzipStream } from '../../src/image/gzip.js';
import { randomFrom } from '../support/random.js';
import { python, sampleBytes } from './helpers.js';

async function gzip(engine: EngineName, chunks: Uint8Array[]): Promise<Buffer> {
  const stream = new GzipStream(engine);
  const out: Uint8Array[] = [GzipStream.header()];
  for (const chunk of chunks) {
    const copy = Buffer.from(chunk);
    out.push(...(await stream.push(copy)));
    // The stream may not look at a chunk again once it has taken it.
    copy.fill(0xee);
  }
  out.push(...(await stream.end()));
  return Buffer.concat(out);
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
}

/** A text of so many words, in which the levels of zlib find other repetitions. */
function words(count: number): Buffer {
  const random = randomFrom(7);
  const all = 'metric job instance grouping pushgateway expires family help type gauge counter labels'.split(' ');
  return Buffer.from(Array.from({ length: count }, () => all[Math.floor(random() * all.length)]).join(' '));
}

/** What the document says, done with Python's zlib; at another level where one is given. */
const REFERENCE = `import sys,zlib,struct
d=sys.stdin.buffer.read()
c=zlib.compressobj(int((sys.argv+['6'])[1]),zlib.DEFLATED,-15,8,zlib.Z_DEFAULT_STRATEGY)
sys.stdout.buffer.write(bytes.fromhex('1f8b0800000000000003')+c.compress(d)+c.flush()+struct.pack('<II',zlib.crc32(d),len(d)&0xffffffff))`;

describe('gzip', () => {
  it.each([0, 1, 3, 511, 65_536, 1_500_000])("makes the bytes of Python's zlib from %d bytes", async (size) => {
    const bytes = sampleBytes(size, size + 1);
    const expected = python(REFERENCE, bytes);
    expect((await gzip('pako', [bytes])).equals(expected)).toBe(true);
    expect(gunzipSync(expected).equals(bytes)).toBe(true);
  });

  it('is of level 6: other levels make other bytes of a text', async () => {
    const bytes = words(30_000);
    const levels = ['4', '5', '6', '7', '8'].map((level) => python(REFERENCE, bytes, level).toString('hex'));
    expect(new Set(levels).size).toBe(levels.length);
    expect(levels.indexOf((await gzip('pako', [bytes])).toString('hex'))).toBe(2);
  });

  it('does not depend on how its input is cut, with either engine', async () => {
    const bytes = sampleBytes(400_000, 5);
    for (const engine of ['pako', 'node'] as const) {
      const whole = await gzip(engine, [bytes]);
      // Node's own bytes are the reference ones only where the guard says so, but they hold the input anywhere.
      if (engine === 'pako' || nodeIsReference()) expect(whole.equals(python(REFERENCE, bytes))).toBe(true);
      expect(gunzipSync(whole).equals(bytes)).toBe(true);
      if (engine === 'node' && !nodeIsReference()) continue;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 8 }), async (sizes) => {
          expect((await gzip(engine, cut(bytes, sizes))).equals(whole)).toBe(true);
        }),
        { numRuns: 20 },
      );
    }
  }, 60_000);

  it('knows CRC-32, in JavaScript too, whole and continued', () => {
    expect(crc32Table(Buffer.from('123456789'))).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(crc32Table(b, crc32Table(a))).toBe(crc32(Buffer.concat([a, b])));
      }),
    );
  });
});
