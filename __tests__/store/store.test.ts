import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf, sha256Hex } from '../../src/base/hash.js';
import { binaryStore } from '../../src/store/binary-store.js';
import { makeStoreFolder } from '../../src/store/ready-store.js';
import { emptyStore, openStore, pruneStore } from '../../src/store/store.js';
import { scratch, snapshot } from '../support/files.js';
import { writeFiles } from '../support/repository.js';

const KEY = digestOf('key');
const AMD64 = { os: 'linux', architecture: 'amd64' };
const ARM = { os: 'linux', architecture: 'arm', variant: 'v7' };
const DAY = 24 * 3600;

const buildInfo = { goVersion: 'go1.26.8', main: { path: 'm', version: '', sum: '' }, deps: [], settings: [] };
const docs = [{ path: 'LICENSE', content: Buffer.from([0, 255, 10]) }];

function binaryOf(content: string) {
  return { path: join(writeFiles(scratch(), { binary: content }), 'binary'), docs, buildInfo };
}

function age(path: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(path, then, then);
}

describe('the store of binaries', () => {
  test('gives back what was kept, an executable, by its key and platform alone', async () => {
    const store = binaryStore(scratch());
    await store.put(KEY, AMD64, binaryOf('amd64'));
    await store.put(KEY, ARM, binaryOf('arm'));
    const found = await store.get(KEY, AMD64);
    expect(found).toMatchObject({ sha256: sha256Hex('amd64'), docs, buildInfo });
    expect(readFileSync(found?.path ?? '', 'utf8')).toBe('amd64');
    expect(statSync(found?.path ?? '').mode & 0o777).toBe(0o755);
    expect((await store.get(KEY, ARM))?.sha256).toBe(sha256Hex('arm'));
    expect(await store.get(digestOf('other'), AMD64)).toBeUndefined();
    expect(await store.get(KEY, { os: 'linux', architecture: 'arm', variant: 'v6' })).toBeUndefined();
  });

  test('does not give an entry of which any one bit was changed, and takes a new one in its place', async () => {
    const root = scratch();
    const store = binaryStore(root);
    await store.put(KEY, AMD64, binaryOf('the binary'));
    const entry = await store.get(KEY, AMD64);
    const folder = join(entry?.path ?? '', '..');
    const files = await readdir(folder);
    expect(files).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat({ max: 7 }), async (name, at, bit) => {
        const path = join(folder, name);
        const whole = readFileSync(path);
        const damaged = Buffer.from(whole);
        const place = at % whole.length;
        damaged[place] = (damaged[place] ?? 0) ^ (1 << bit);
        writeFileSync(path, damaged);
        expect(await store.get(KEY, AMD64)).toBeUndefined();
        writeFileSync(path, whole);
        expect(await store.get(KEY, AMD64)).toEqual(entry);
      }),
      { numRuns: 200 },
    );
    for (const name of files) {
      writeFileSync(join(folder, name), readFileSync(join(folder, name)).subarray(0, -1));
      expect(await store.get(KEY, AMD64)).toBeUndefined();
      await store.put(KEY, AMD64, binaryOf('the binary'));
      expect(await store.get(KEY, AMD64)).toEqual(entry);
    }
  });

  test('takes the same binary from many runs at once, and has it whole at every moment after the first', async () => {
    const root = scratch();
    const store = binaryStore(root);
    const binary = binaryOf('x'.repeat(500_000));
    await store.put(KEY, AMD64, binary);
    const readers = Array.from({ length: 20 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 3));
      expect((await store.get(KEY, AMD64))?.sha256).toBe(sha256Hex('x'.repeat(500_000)));
    });
    await Promise.all([...Array.from({ length: 20 }, () => store.put(KEY, AMD64, binary)), ...readers]);
    expect(Object.keys(await snapshot(root)).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('takes it from many runs at once where a damaged one stands', async () => {
    const store = binaryStore(scratch());
    const binary = binaryOf('x'.repeat(100_000));
    await store.put(KEY, AMD64, binary);
    writeFileSync((await store.get(KEY, AMD64))?.path ?? '', 'damaged');
    await Promise.all(Array.from({ length: 20 }, () => store.put(KEY, AMD64, binary)));
    expect((await store.get(KEY, AMD64))?.sha256).toBe(sha256Hex('x'.repeat(100_000)));
  });
});

describe('what was not used for a month', () => {
  test('is removed, and what was used is not', async () => {
    const root = scratch();
    const store = binaryStore(root);
    const [old, used, young] = [digestOf('old'), digestOf('used'), digestOf('young')];
    for (const key of [old, used, young]) await store.put(key, AMD64, binaryOf('x'));
    for (const key of [old, used]) age(join(root, 'binaries', key.slice(7)), 31 * DAY);
    age(join(root, 'binaries', young.slice(7)), 29 * DAY);
    await store.get(used, AMD64); // which marks it as used now
    await pruneStore(root);
    expect(await store.get(old, AMD64)).toBeUndefined();
    expect(await store.get(used, AMD64)).toMatchObject({ sha256: sha256Hex('x') });
    expect(await store.get(young, AMD64)).toMatchObject({ sha256: sha256Hex('x') });
  });

  test('of layers goes by their records, so a blob stays as long as its record is used', async () => {
    const root = scratch();
    const { layers } = openStore(root);
    const blob = join(writeFiles(scratch(), { blob: 'layer' }), 'blob');
    const [old, used] = [digestOf('1'), digestOf('2')];
    for (const diffId of [old, used]) await layers.put(diffId, blob, digestOf('layer'), 5, 1);
    for (const name of await readdir(join(root, 'layers'))) age(join(root, 'layers', name), 31 * DAY);
    writeFiles(root, { 'layers/.x.tar.gz.tmp-1-aa': 'half' });
    age(join(root, 'layers', '.x.tar.gz.tmp-1-aa'), 31 * DAY);
    const found = await layers.get(used, 1);
    await pruneStore(root);
    expect(readFileSync(found?.path ?? '', 'utf8')).toBe('layer');
    expect(await layers.get(old, 1)).toBeUndefined();
    expect(await readdir(join(root, 'layers'))).toHaveLength(2);
  });

  test('is not waited for by what killed runs left half-made, even in an entry that stays in use', async () => {
    const root = scratch();
    const store = binaryStore(root);
    await store.put(KEY, AMD64, binaryOf('x'));
    const entry = join(root, 'binaries', KEY.slice(7));
    const halves = ['.linux-arm64.tmp-1-aa', '.linux-arm.tmp-2-bb'];
    writeFiles(entry, { [`${halves[0]}/pushgateway`]: 'half', [`${halves[1]}/pushgateway`]: 'half' });
    age(join(entry, halves[0] ?? ''), 2 * DAY);
    await pruneStore(root);
    expect((await readdir(entry)).sort()).toEqual([halves[1], 'linux-amd64'].sort());
    expect(await store.get(KEY, AMD64)).toMatchObject({ sha256: sha256Hex('x') });
  });

  test('is nothing in a store that is not there yet, and facts and toolchains stay', async () => {
    await pruneStore(join(scratch(), 'nothing'));
    const root = writeFiles(scratch(), { 'facts/a.json': '1', 'go/1.26.8/x': '' });
    for (const name of ['facts/a.json', 'facts', 'go/1.26.8', 'go']) age(join(root, name), 400 * DAY);
    await pruneStore(root);
    expect(existsSync(join(root, 'facts', 'a.json')) && existsSync(join(root, 'go', '1.26.8', 'x'))).toBe(true);
  });
});

describe('layers', () => {
  test('come back by diffID and profile, and another profile has its own', async () => {
    const { layers } = openStore(scratch());
    const blob = join(writeFiles(scratch(), { blob: 'layer' }), 'blob');
    await layers.put(KEY, blob, digestOf('layer'), 5, 1);
    expect(await layers.get(KEY, 1)).toMatchObject({ digest: digestOf('layer'), size: 5 });
    expect(await layers.get(KEY, 2)).toBeUndefined();
    expect(await layers.get(digestOf('other'), 1)).toBeUndefined();
  });

  test.each(['', '{', 'null', '[]x'])('with the record %j are as if they were not there', async (record) => {
    const root = scratch();
    const { layers } = openStore(root);
    const blob = join(writeFiles(scratch(), { blob: 'layer' }), 'blob');
    await layers.put(KEY, blob, digestOf('layer'), 5, 1);
    const file = (await readdir(join(root, 'layers'))).find((name) => name.endsWith('.json')) ?? '';
    writeFileSync(join(root, 'layers', file), record);
    expect(await layers.get(KEY, 1)).toBeUndefined();
  });
});

describe('facts', () => {
  test('come back, and a damaged one is as if it were not there', async () => {
    const root = scratch();
    const { facts, knownVersions } = openStore(root);
    await facts.put('a', { x: [1] });
    await knownVersions.put('1.10.0', { sum: 'h1:x', time: 5 });
    const again = openStore(root);
    expect(await again.facts.get('a')).toEqual({ x: [1] });
    expect(await again.knownVersions.get('1.10.0')).toEqual({ sum: 'h1:x', time: 5 });
    for (const text of ['', '{"sum":', 'null', '{"sum":1,"time":"x"}', '[]']) {
      writeFileSync(join(root, 'facts', 'upstream-1.10.0.json'), text);
      expect(await again.knownVersions.get('1.10.0')).toBeUndefined();
    }
  });

  test('are forgotten by a store that shall remember nothing', async () => {
    const root = scratch();
    const { facts, layers, knownVersions } = emptyStore(root);
    await facts.put('a', 1);
    await knownVersions.put('1.10.0', { sum: 'h1:x', time: 5 });
    await layers.put(KEY, '/nowhere', KEY, 1, 1);
    expect(await facts.get('a')).toBeUndefined();
    expect(await knownVersions.get('1.10.0')).toBeUndefined();
    expect(await layers.get(KEY, 1)).toBeUndefined();
    expect(await snapshot(root)).toEqual({});
  });
});

test('the folder of a store is private and tells backup programs to leave it out', async () => {
  const root = join(scratch(), 'a', 'store');
  await makeStoreFolder(root);
  await makeStoreFolder(root);
  expect(statSync(root).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(root, 'CACHEDIR.TAG'), 'utf8')).toMatch(/^Signature: 8a477f597d28d172789f06886806bc55\n/);
});
