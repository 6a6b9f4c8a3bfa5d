import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { blobStore } from '../../src/store/blob-store.js';
import { pruneStore } from '../../src/store/store.js';
import { scratch, snapshot } from '../support/files.js';
import { writeFiles } from '../support/repository.js';

const DAY = 24 * 3600;
const BLOB = 'a layer';
const DIGEST = digestOf(BLOB);

/** A file that holds the text. */
function fileOf(text: string): string {
  return join(writeFiles(scratch(), { blob: text }), 'blob');
}

const placeOf = (root: string, text: string) => join(root, 'blobs', 'sha256', hexOf(digestOf(text)));

function age(path: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(path, then, then);
}

test('what was kept comes back by its digest, and is laid out as in an OCI layout', async () => {
  const root = scratch();
  const blobs = blobStore(root);
  expect(await blobs.get(DIGEST)).toBeUndefined();
  await blobs.put(DIGEST, fileOf(BLOB));
  expect(await blobs.get(DIGEST)).toBe(placeOf(root, BLOB));
  expect(readFileSync(placeOf(root, BLOB), 'utf8')).toBe(BLOB);
  expect(await blobs.get(digestOf('other'))).toBeUndefined();
  expect(readdirSync(join(root, 'blobs', 'sha256'))).toEqual([hexOf(DIGEST)]);
});

test('one of which any bit was changed is as if it were not there, and a new one takes its place', async () => {
  const root = scratch();
  const blobs = blobStore(root);
  await blobs.put(DIGEST, fileOf(BLOB));
  const path = placeOf(root, BLOB);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: BLOB.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
      const damaged = Buffer.from(BLOB);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      writeFileSync(path, damaged);
      expect(await blobs.get(DIGEST)).toBeUndefined();
    }),
  );
  for (const text of ['', BLOB.slice(1), `${BLOB}\n`]) {
    writeFileSync(path, text);
    expect(await blobs.get(DIGEST)).toBeUndefined();
    await blobs.put(DIGEST, fileOf(BLOB));
    expect(await blobs.get(DIGEST)).toBe(path);
  }
});

test('a copy that fails leaves nothing behind', async () => {
  const root = scratch();
  await expect(blobStore(root).put(DIGEST, join(root, 'missing'))).rejects.toThrow('ENOENT');
  expect(await snapshot(root)).toEqual({ blobs: '/', 'blobs/sha256': '/' });
});

test('many runs can keep the same one at once, and it is whole at every moment after the first', async () => {
  const root = scratch();
  const blobs = blobStore(root);
  const text = 'x'.repeat(500_000);
  const file = fileOf(text);
  await blobs.put(digestOf(text), file);
  const writers = Array.from({ length: 10 }, () => blobs.put(digestOf(text), file));
  const readers = Array.from({ length: 20 }, () => blobs.get(digestOf(text)));
  expect(await Promise.all(readers)).toEqual(Array.from({ length: 20 }, () => placeOf(root, text)));
  await Promise.all(writers);
  expect(readdirSync(join(root, 'blobs', 'sha256'))).toEqual([hexOf(digestOf(text))]);
});

test('one that no run has used for a month is removed, and what a killed run left half-made after a day', async () => {
  const root = scratch();
  const blobs = blobStore(root);
  for (const text of ['old', 'used', 'new']) await blobs.put(digestOf(text), fileOf(text));
  age(placeOf(root, 'old'), 31 * DAY);
  age(placeOf(root, 'used'), 31 * DAY);
  await blobs.get(digestOf('used'));
  age(placeOf(root, 'new'), 29 * DAY);
  const half = (days: number) => join(root, 'blobs', 'sha256', `.half.tmp-${days}-abc`);
  for (const days of [0, 2]) {
    writeFileSync(half(days), 'x');
    age(half(days), days * DAY);
  }
  await pruneStore(root);
  expect(existsSync(placeOf(root, 'old'))).toBe(false);
  expect(existsSync(placeOf(root, 'used'))).toBe(true);
  expect(existsSync(placeOf(root, 'new'))).toBe(true);
  expect([existsSync(half(0)), existsSync(half(2))]).toEqual([true, false]);
  expect(Date.now() - statSync(placeOf(root, 'used')).mtimeMs).toBeLessThan(DAY * 1000);
});
