import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { Compressor } from '../../src/image/compress.js';
import { type LayerStore, type StoredLayer, writeLayer } from '../../src/image/layer.js';
import type { TarEntry } from '../../src/image/tar-plan.js';
import { MAX_EPOCH } from '../../src/spec/grammar.js';
import { sampleBytes, scratch } from './helpers.js';

const compressor = new Compressor({ engine: 'pako' });

class FolderStore implements LayerStore {
  readonly kept = new Map<string, StoredLayer>();
  readonly calls: string[] = [];
  readonly folder = scratch();

  async get(diffId: string, profile: number): Promise<StoredLayer | undefined> {
    this.calls.push('get');
    return this.kept.get(`${profile} ${diffId}`);
  }

  async put(diffId: string, path: string, digest: `sha256:${string}`, size: number, profile: number): Promise<void> {
    this.calls.push('put');
    const copy = join(this.folder, hexOf(digest));
    copyFileSync(path, copy);
    this.kept.set(`${profile} ${diffId}`, { path: copy, digest, size });
  }
}

const entries = (content: Uint8Array = sampleBytes(50_000)): TarEntry[] => [
  { path: 'usr/local/bin/pushgateway', type: 'file', mode: 0o755, content },
];

function write(list: TarEntry[], store?: LayerStore, epochSeconds = 7) {
  const blobsDir = join(scratch(), 'blobs');
  mkdirSync(blobsDir);
  return writeLayer(list, { epochSeconds, blobsDir, compressor, store }).then((layer) => ({ layer, blobsDir }));
}

describe('writeLayer', () => {
  it('names the blob by its digest and leaves nothing else', async () => {
    const { layer, blobsDir } = await write(entries());
    expect(readdirSync(blobsDir)).toEqual([hexOf(layer.digest)]);
    expect(digestOf(readFileSync(join(blobsDir, hexOf(layer.digest))))).toBe(layer.digest);
    expect(layer.stored).toBe(false);
  });

  it('compresses a layer once, and copies it from the store after that', async () => {
    const store = new FolderStore();
    const first = await write(entries(), store);
    const second = await write(entries(), store);
    expect(store.calls).toEqual(['get', 'put', 'get']);
    expect(second.layer).toEqual({ ...first.layer, stored: true });
    expect(readdirSync(second.blobsDir)).toEqual([hexOf(first.layer.digest)]);
    // A copy: who edits the layout does not edit the store.
    writeFileSync(join(second.blobsDir, hexOf(first.layer.digest)), 'edited');
    expect((await write(entries(), store)).layer.stored).toBe(true);
  });

  it.each([
    ['cut off', (path: string, bytes: Buffer) => writeFileSync(path, bytes.subarray(0, -1))],
    [
      'changed in one bit',
      (path: string, bytes: Buffer) => writeFileSync(path, bytes.fill((bytes[99] ?? 0) ^ 1, 99, 100)),
    ],
    ['gone', (path: string) => rmSync(path)],
    [
      'a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('compresses anew where what is stored is %s', async (_what, damage) => {
    const store = new FolderStore();
    const first = await write(entries(), store);
    const [kept] = [...store.kept.values()];
    if (!kept) throw new Error('nothing was kept');
    damage(kept.path, readFileSync(kept.path));
    store.put = async () => {};
    const second = await write(entries(), store);
    expect(second.layer).toEqual(first.layer);
    expect(readdirSync(second.blobsDir)).toEqual([hexOf(first.layer.digest)]);
    expect(digestOf(readFileSync(join(second.blobsDir, hexOf(first.layer.digest))))).toBe(first.layer.digest);
  });

  it('asks the store by content, mode and time', async () => {
    const store = new FolderStore();
    await write(entries(), store);
    await write(entries(sampleBytes(50_001)), store);
    await write(entries(), store, 8);
    await write(
      [{ path: 'usr/local/bin/pushgateway', type: 'file', mode: 0o700, content: sampleBytes(50_000) }],
      store,
    );
    expect(store.kept.size).toBe(4);
    expect([...store.kept.keys()].every((key) => key.startsWith('1 sha256:'))).toBe(true);
  });

  it('is not kept under the digest of what a file held before it changed', async () => {
    const store = new FolderStore();
    const file = join(scratch(), 'binary');
    writeFileSync(file, 'before');
    const changing: LayerStore = {
      // Between the hashing and the compression.
      get: async (diffId, profile) => {
        writeFileSync(file, 'behind');
        return store.get(diffId, profile);
      },
      put: (...args) => store.put(...args),
    };
    const list: TarEntry[] = [{ path: 'a', type: 'file', mode: 0o644, content: { file } }];
    await expect(write(list, changing)).rejects.toThrow(/changed while it was read/);
    expect(store.kept.size).toBe(0);
  });

  it.each([-1, 0.5, Number.NaN, MAX_EPOCH + 1])('refuses the time %d', async (seconds) => {
    const writing = write(entries(), undefined, seconds);
    await expect(writing).rejects.toThrow(InputError);
    // Said of the time, before any header is written with it.
    await expect(writing).rejects.toThrow(/is not a whole number of seconds from 0 to/);
  });
});
