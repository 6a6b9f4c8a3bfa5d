import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { DamagedImageError } from '../../src/verify/damaged.js';
import { LayerArchive, UNPACK_LIMITS, type UnpackLimits } from '../../src/verify/layers/decompress.js';
import { describeGzipHeader } from '../../src/verify/layers/gzip-header.js';
import { sampleBytes } from '../image/helpers.js';
import { scratch } from '../support/files.js';
import { PLACE, unpack } from './archives.js';

const SAMPLE = sampleBytes(300_000);

function file(bytes: Uint8Array): string {
  const path = join(scratch(), 'blob');
  writeFileSync(path, bytes);
  return path;
}

async function failure(bytes: Uint8Array, limits?: UnpackLimits): Promise<string> {
  const error: unknown = await unpack(file(bytes), limits).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(DamagedImageError);
  const { difference } = error as DamagedImageError;
  expect(difference).toMatchObject({ level: 'layer', weight: 'content', where: 'layer 1' });
  return `${difference.cause}: ${difference.a}`;
}

/** A file of zeros, compressed on the way by GNU gzip. */
function bomb(mebibytes: number): string {
  const path = join(scratch(), 'bomb');
  execFileSync('sh', ['-c', 'head -c "$1" /dev/zero | gzip -9 > "$2"', 'sh', String(mebibytes * 2 ** 20), path]);
  return path;
}

describe('unpacking a layer', () => {
  it.each([
    ['gzip -1', () => execFileSync('gzip', ['-1', '-n'], { input: SAMPLE }), 'XFL 4 (level 1), OS 3'],
    ['gzip -6', () => execFileSync('gzip', ['-n'], { input: SAMPLE }), 'XFL 0 (levels 2 to 8, or not told), OS 3'],
    ['gzip -9', () => execFileSync('gzip', ['-9', '-n'], { input: SAMPLE }), 'XFL 2 (level 9), OS 3'],
    ['Node', () => gzipSync(SAMPLE), 'XFL 0'],
  ])('takes what %s wrote, and reads its header', async (_, pack, expected) => {
    const packed = pack();
    const { bytes, facts } = await unpack(file(packed));
    expect(bytes.equals(SAMPLE)).toBe(true);
    expect(facts).toMatchObject({
      compression: 'gzip',
      packedSize: packed.length,
      size: SAMPLE.length,
      digest: digestOf(SAMPLE),
      members: 1,
    });
    if (!facts?.gzip) throw new Error('no header');
    expect(describeGzipHeader(facts.gzip)).toContain(expected);
    expect(describeGzipHeader(facts.gzip)).toContain('no time, no name');
  });

  it('reads every field that a gzip header can have', async () => {
    const script = `
import gzip, sys
data = sys.stdin.buffer.read()
out = bytearray(gzip.compress(data, 6, mtime=86400))
out[3] = 2 | 4 | 8 | 16
sys.stdout.buffer.write(bytes(out[:10]) + b'\\x05\\x00extra' + b'n\\xe4me\\0' + b'says\\0' + b'cc' + bytes(out[10:]))`;
    const packed = execFileSync('python3', ['-c', script], { input: SAMPLE });
    const { bytes, facts } = await unpack(file(packed));
    expect(bytes.equals(SAMPLE)).toBe(true);
    expect(facts?.gzip).toMatchObject({ mtime: 86400, extra: 5, name: 'n\xe4me', comment: 'says', hasChecksum: true });
    if (!facts?.gzip) throw new Error('no header');
    expect(describeGzipHeader(facts.gzip)).toMatch(
      /time 1970-01-02T00:00:00.000Z, name "näme", comment "says", extra field/,
    );
  });

  it('takes many members, empty ones too, and says how many', async () => {
    const members = [gzipSync('a'), gzipSync(''), gzipSync(SAMPLE), gzipSync('b')];
    const { bytes, facts } = await unpack(file(Buffer.concat(members)));
    expect(bytes.equals(Buffer.concat([Buffer.from('a'), SAMPLE, Buffer.from('b')]))).toBe(true);
    expect(facts?.members).toBe(4);
  });

  it('takes more members than it tells apart, and is as strict with those', async () => {
    const members = (count: number) => Array.from({ length: count }, (_, i) => gzipSync(`${i};`));
    for (const count of [999, 1000, 1001, 20_000]) {
      const many = Buffer.concat(members(count));
      const { bytes, facts } = await unpack(file(many));
      expect(bytes.equals(gunzipSync(many))).toBe(true);
      expect(facts?.members).toBe(Math.min(count, 1001));
    }
    const many = Buffer.concat(members(3000));
    const last = gzipSync('2999;').length;
    for (const bad of [
      Buffer.concat([many, Buffer.alloc(7)]),
      Buffer.concat([many, Buffer.from('garbage')]),
      many.subarray(0, -3),
      many.subarray(0, 3 - last),
      patched(many, many.length - 8),
      patched(many, many.length - 2),
    ]) {
      expect(await failure(bad)).toMatch(/^damaged: /);
    }
  });

  it('takes an archive that is not compressed, and a file that is empty', async () => {
    const { bytes, facts } = await unpack(file(SAMPLE));
    expect(bytes.equals(SAMPLE)).toBe(true);
    expect(facts).toMatchObject({ compression: 'none', members: 0, digest: digestOf(SAMPLE) });
    expect((await unpack(file(Buffer.alloc(0)))).facts).toMatchObject({ size: 0, compression: 'none' });
  });

  it('takes zstd where this Node has it, and says so where it has not', async () => {
    const once = execFileSync('zstd', ['-q', '-c'], { input: SAMPLE });
    const packed = Buffer.concat([once, execFileSync('zstd', ['-q', '-c'], { input: 'more' })]);
    if ('createZstdDecompress' in zlib) {
      const { bytes, facts } = await unpack(file(packed));
      expect(bytes.equals(Buffer.concat([SAMPLE, Buffer.from('more')]))).toBe(true);
      expect(facts).toMatchObject({ compression: 'zstd' });
    } else {
      expect(await failure(packed)).toContain(`cannot be unpacked by this Node.js (${process.version})`);
    }
  });

  const packed = gzipSync(SAMPLE);
  it.each([
    ['cut in its header', packed.subarray(0, 7), /^damaged: its gzip header ends too early/],
    ['cut in its stream', packed.subarray(0, 5000), /^damaged: its gzip stream cannot be unpacked \(unexpected end/],
    ['cut in its trailer', packed.subarray(0, -3), /^damaged: its gzip stream ends too early/],
    ['of another checksum', patched(packed, packed.length - 8), /^damaged: its gzip checksum/],
    ['of another length', patched(packed, packed.length - 1), /^damaged: its gzip stream names another length/],
    ['of another method', patched(packed, 2), /^damaged: its gzip header names the compression method 9/],
    ['with reserved flags', patched(packed, 3, 0x80), /^damaged: its gzip header has reserved flags/],
    ['with a header without end', headerOnly(), /^damaged: its gzip header ends too early, or is longer/],
    ['with a hole in its stream', patched(packed, 15, 255), /^damaged: its gzip/],
    ['with zeros after it', Buffer.concat([packed, Buffer.alloc(20)]), /^damaged: 20 bytes follow its gzip stream/],
    ['with garbage after it', Buffer.concat([packed, Buffer.from('x')]), /^damaged: 1 bytes follow its gzip stream/],
    ['with half a member after it', Buffer.concat([packed, packed.subarray(0, 9)]), /^damaged: 9 bytes follow/],
  ])('tells a stream that is %s', async (_, bytes, expected) => {
    expect(await failure(bytes)).toMatch(expected);
  });

  it('stops a bomb, having read little of it', async () => {
    const path = bomb(300);
    let size = 0;
    const layer = new LayerArchive(path, PLACE);
    await expect(async () => {
      for await (const chunk of layer.chunks()) size += chunk.length;
    }).rejects.toMatchObject({
      difference: { cause: 'hostile', a: expect.stringContaining('over 200 times what went in') },
    });
    expect(size).toBe(UNPACK_LIMITS.free);
    expect(layer.facts).toBeUndefined();
  });

  it('has room for what is large and no bomb, and an end to that, too', async () => {
    expect(UNPACK_LIMITS).toEqual({ total: 8 * 2 ** 30, free: 64 * 2 ** 20, ratio: 200 });
    const { facts } = await unpack(bomb(64));
    expect(facts?.size).toBe(64 * 2 ** 20);
    const limits = { total: 200_000, free: 1000, ratio: 1000 };
    expect(await failure(gzipSync(SAMPLE), limits)).toMatch(
      /^hostile: .* more than 200000, more than any layer may hold/,
    );
    expect(await failure(SAMPLE, limits)).toMatch(/^hostile: its 300000 bytes unpack to more than 200000/);
  });

  it('ends when it is cancelled, and leaves no file open', async () => {
    const controller = new AbortController();
    const layer = new LayerArchive(file(gzipSync(SAMPLE)), PLACE, { signal: controller.signal });
    await expect(async () => {
      for await (const _ of layer.chunks()) controller.abort();
    }).rejects.toBeInstanceOf(CancelledError);
  });

  it('never throws anything but DamagedImageError, and agrees with zlib, whatever a stream is made into', async () => {
    const folder = scratch();
    const path = join(folder, 'mutated');
    const small = sampleBytes(4000);
    const members = [gzipSync(small), Buffer.concat([gzipSync(small), gzipSync('b', { level: 1 })]), raw(small)];
    let [same, damaged] = [0, 0];
    const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.array(edit, { maxLength: 3 }),
        fc.double({ min: 0.5, max: 1 }),
        async (which, edits, end) => {
          const whole = members[which] ?? Buffer.alloc(0);
          const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.length * (Number.isNaN(end) ? 1 : end))));
          for (const [at, value] of edits) bytes[Math.floor(at * (bytes.length - 1))] = value;
          writeFileSync(path, bytes);
          try {
            const { bytes: out, facts } = await unpack(path);
            if (facts?.compression === 'gzip') expect(out.equals(gunzipSync(bytes))).toBe(true);
            same++;
          } catch (error) {
            expect(error).toBeInstanceOf(DamagedImageError);
            damaged++;
          }
        },
      ),
      { numRuns: 800, seed: 3 },
    );
    expect(same).toBeGreaterThan(20);
    expect(damaged).toBeGreaterThan(200);
  });
});

function patched(bytes: Buffer, at: number, value?: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value ?? (copy[at] ?? 0) ^ 1;
  return copy;
}

/** A header whose name never ends. */
function headerOnly(): Buffer {
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]), Buffer.alloc(200_000, 'n')]);
}

/** A member of stored blocks. */
function raw(bytes: Buffer): Buffer {
  const trailer = gzipSync(bytes).subarray(-8);
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  return Buffer.concat([header, deflateRawSync(bytes, { level: 0 }), trailer]);
}
