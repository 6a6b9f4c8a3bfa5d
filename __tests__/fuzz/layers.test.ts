import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { paxText } from '../../src/image/tar-pax.js';
import { parseGzipHeader } from '../../src/verify/layers/gzip-header.js';
import { readLayer } from '../../src/verify/layers/read-layer.js';
import { fieldNumber, paxTime } from '../../src/verify/layers/tar-numbers.js';
import { parseRecords } from '../../src/verify/layers/tar-records.js';
import { archive, gnuLong, pax, raw, read, unpack } from '../verify/archives.js';
import { fuzz, fuzzFolder } from './fuzz.js';
import { bytes, CHANGES, changeBytes, texts } from './generators.js';

const SAMPLES = [
  archive([
    raw({ name: 'a/', type: '5', mode: 0o755 }),
    raw({ name: 'a/b', content: 'content' }),
    raw({ name: 'a/c', type: '2', link: 'b' }),
    raw({ name: 'a/d', type: '1', link: 'a/b' }),
  ]),
  archive([
    pax({ path: 'long', 'SCHILY.xattr.user.a': 'b', mtime: '1.5', size: '3' }),
    raw({ name: 'x', size: 3, content: 'abc' }),
  ]),
  archive([gnuLong('L', 'n'.repeat(150)), gnuLong('K', 'k'.repeat(150)), raw({ name: 'x', type: '2' })]),
  archive([pax({ 'GNU.sparse.size': '9' }, 'g'), raw({ name: 's', type: 'S', content: 'x'.repeat(512) })]),
];

/** Archives with changes, most of them with the right sums in their headers again. */
const tars = fc.tuple(bytes(SAMPLES), fc.nat(3)).map(([data, which]) => {
  if (which === 0) return data;
  const sealed = Buffer.from(data);
  for (let at = 0; at + 512 <= sealed.length; at += 512) {
    if (sealed.toString('latin1', at + 257, at + 262) === 'ustar') seal(sealed.subarray(at, at + 512));
  }
  return sealed;
});

function seal(header: Buffer): void {
  header.fill(' ', 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
}

const file = join(fuzzFolder(), 'layer');
const write = (data: Uint8Array) => {
  writeFileSync(file, data);
  return file;
};
const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 3 });

/** Streams of several members, and changes of their bytes. */
const streams = (pack: (data: Uint8Array) => Buffer) =>
  fc.tuple(pieces, CHANGES).map(([parts, changes]) => ({
    plain: Buffer.concat(parts),
    packed: changeBytes(Buffer.concat(parts.map(pack)), changes),
    isWhole: changes.length === 0,
  }));

describe('verify/layers', () => {
  fuzz('tar archive', {
    input: tars,
    parse: (data) => read(data),
    check: ({ entries, end }, data) => {
      expect(end.size).toBe(data.length);
      for (const { path, size } of entries)
        expect([path.startsWith('/'), size > data.length]).toEqual([false, size > data.length]);
    },
  });

  fuzz('layer', {
    input: fc.tuple(tars, fc.nat(2), CHANGES),
    parse: ([data, which, changes]) => {
      const packed = which === 0 ? data : zlib.gzipSync(data, { level: 1 });
      const path = write(which === 2 ? changeBytes(packed, changes) : packed);
      return readLayer({ path, digest: 'sha256:0', size: 0, mediaType: '', diffId: undefined }, 'layer 1', undefined);
    },
    check: ({ facts, end }) => expect(facts.size).toBe(end.size),
  });

  fuzz('gzip stream', {
    input: streams((data) => zlib.gzipSync(data, { level: 1 })),
    parse: ({ packed }) => unpack(write(packed)),
    check: ({ bytes: found, facts }, { plain, isWhole }) => {
      if (!isWhole) return;
      expect(found.equals(plain)).toBe(true);
      expect(facts?.compression).toBe('gzip');
    },
  });

  const { zstdCompressSync } = zlib as { zstdCompressSync?: (data: Uint8Array) => Buffer };
  // Node 20 and 22.14 have no zstd: there every layer of that kind is refused.
  if (zstdCompressSync) {
    fuzz('zstd stream', {
      input: streams(zstdCompressSync),
      parse: ({ packed }) => unpack(write(packed)),
      check: ({ bytes: found }, { plain, isWhole }) => {
        if (isWhole) expect(found.equals(plain)).toBe(true);
      },
    });
  }

  const header = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0x1e, 1, 2, 3, 4, 2, 3, 2, 0, 9, 9]),
    Buffer.from('name\0comment\0..'),
  ]);
  fuzz('gzip header', {
    input: bytes([header, zlib.gzipSync('x')]),
    parse: (data) => {
      const found = parseGzipHeader(data);
      return typeof found === 'string' ? undefined : found;
    },
    check: ({ length }, data) => expect(length <= data.length && length >= 10).toBe(true),
  });

  const record = fc.tuple(fc.stringMatching(/^[a-zA-Z.]{1,20}$/), fc.stringMatching(/^[ -~]{0,30}$/));
  fuzz('records of an extended header', {
    input: fc.tuple(fc.uniqueArray(record, { maxLength: 3, selector: ([key]) => key }), CHANGES),
    parse: ([records, changes]) => parseRecords(changeBytes(Buffer.from(paxText(records)), changes)),
    check: (found, [records, changes]) => {
      if (changes.length === 0) expect([...found]).toEqual(records);
    },
  });

  fuzz('numbers of a header', {
    input: fc.tuple(
      fc.uint8Array({ minLength: 12, maxLength: 12 }),
      texts(['00000000644\0', '0000755 \0', '1700000000.5', '-1.50']),
    ),
    parse: ([data, text]) => {
      const octal = fieldNumber(Buffer.from(text.padEnd(12, '\0').slice(0, 12), 'latin1'), 0, 12);
      return octal ?? fieldNumber(Buffer.from(data), 0, 12) ?? (paxTime(text) === undefined ? undefined : 0);
    },
    check: (number, [, text]) => {
      expect(Number.isSafeInteger(number)).toBe(true);
      const time = paxTime(text);
      if (time !== undefined) expect(paxTime(time)).toBe(time);
    },
  });
});
