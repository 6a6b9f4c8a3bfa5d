import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';
import { type AssembleOptions, assembleImages } from '../../src/image/build-image.js';
import { extraLayerDiffId, planExtraFiles } from '../../src/image/extra-layer.js';
import { makeBase, onDisk } from './base.js';
import { sampleBytes, scratch } from './helpers.js';

const EPOCH = 1779894590;

/** Images for these platforms on bases that have one layer in common and one of their own, with one extra file. */
async function onBases(folder: string, list: readonly Record<string, unknown>[]): Promise<AssembleOptions> {
  writeFileSync(join(folder, 'extra'), 'extra');
  const platforms = list.map((platform, i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes(20_000, i + 1));
    const base = onDisk(
      makeBase({
        platform,
        layers: [
          ['shared', 'gzip'],
          [`own ${i}`, 'gzip'],
        ],
      }),
      folder,
    );
    return { platform: base.platform, binaryPath, docs: [], labels: [], base };
  });
  const extra = await planExtraFiles([{ type: 'copy', source: 'extra', target: '/etc/x', mode: undefined }], folder);
  const extraDiffId = await extraLayerDiffId(extra, EPOCH);
  return { platforms, extra, extraDiffId, epochSeconds: EPOCH, layoutDir: join(folder, 'layout') };
}

const AMD64 = { os: 'linux', architecture: 'amd64' };
const ARM64 = { os: 'linux', architecture: 'arm64', variant: 'v8' };
const WINDOWS = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2700' };
const OTHER_WINDOWS = { ...WINDOWS, 'os.version': '10.0.26100.1' };

describe('an image on a base', () => {
  it("has the base's layers byte for byte, then ours, then the extra files', each blob once in the layout", async () => {
    const folder = scratch();
    const options = await onBases(folder, [AMD64, ARM64]);
    const { index, images } = await assembleImages(options);
    const blobs = readdirSync(join(folder, 'layout/blobs/sha256'));
    // The index; of each image its manifest, config, base layer and binary; what they share is there once.
    expect(blobs.length).toBe(1 + 2 * 4 + 2);
    expect(new Set(blobs).has(hexOf(index.digest))).toBe(true);
    for (const name of blobs)
      expect(digestOf(readFileSync(join(folder, 'layout/blobs/sha256', name)))).toBe(`sha256:${name}`);
    for (const [i, image] of images.entries()) {
      const base = options.platforms[i]?.base;
      expect(image.layers.slice(0, 2).map(({ digest }) => digest)).toEqual(base?.layers.map(({ digest }) => digest));
      const manifest = JSON.parse(image.manifestJson);
      expect(manifest.layers.map(({ digest }: { digest: Digest }) => digest)).toEqual(
        image.layers.map(({ digest }) => digest),
      );
      const diffIds = image.layers.map(({ digest }) =>
        digestOf(gunzipSync(readFileSync(join(folder, 'layout/blobs/sha256', hexOf(digest))))),
      );
      expect(JSON.parse(image.configJson).rootfs.diff_ids).toEqual(diffIds);
      expect(JSON.parse(image.configJson).history).toHaveLength(4);
      expect(diffIds.at(-1)).toBe(options.extraDiffId);
    }
  });

  it('may stand on a base that has one layer twice', async () => {
    const folder = scratch();
    const options = await onBases(folder, [AMD64]);
    const [first] = options.platforms;
    if (!first) throw new Error('no platform');
    const base = onDisk(
      makeBase({
        layers: [
          ['a', 'gzip'],
          ['b', 'gzip'],
          ['a', 'gzip'],
        ].map(([text = '']) => [text, 'gzip'] as const),
      }),
      folder,
    );
    const twice = {
      ...base,
      layers: [base.layers[1], base.layers[1], base.layers[0]].filter((layer) => layer !== undefined),
    };
    const { images } = await assembleImages({ ...options, platforms: [{ ...first, base: twice }] });
    expect(images[0]?.layers.map(({ digest }) => digest).slice(0, 3)).toEqual(twice.layers.map(({ digest }) => digest));
  });

  it.each([
    ['is cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, -1))],
    ['is longer', (path: string) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(1)]))],
    ['has other bytes', (path: string) => writeFileSync(path, readFileSync(path).fill(0, 20, 21))],
    ['is gone', (path: string) => rmSync(path)],
  ])('is refused where a layer of the base %s on disk, and leaves no half-written blob', async (_what, damage) => {
    const folder = scratch();
    const options = await onBases(folder, [AMD64, ARM64]);
    damage(options.platforms[1]?.base?.layers[1]?.path ?? '');
    const error = await assembleImages(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunError);
    expect((error as Error).message).toContain(options.platforms[1]?.base?.layers[1]?.digest);
    expect(existsSync(join(folder, 'layout/index.json'))).toBe(false);
    expect(readdirSync(join(folder, 'layout/blobs/sha256')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('stops copying when cancelled', async () => {
    const folder = scratch();
    const abort = new AbortController();
    const options = await onBases(folder, [AMD64, ARM64]);
    const onProgress = () => abort.abort();
    await expect(assembleImages({ ...options, signal: abort.signal, onProgress })).rejects.toThrow(CancelledError);
    expect(existsSync(join(folder, 'layout/index.json'))).toBe(false);
  });

  it('is refused on a base of another platform, and on Windows without one, before anything is written', async () => {
    const options = await onBases(scratch(), [AMD64, WINDOWS]);
    const [linux, windows] = options.platforms;
    if (!linux || !windows) throw new Error('no platforms');
    const refused = [
      [{ ...linux, base: windows.base }],
      [{ ...linux, platform: { os: 'linux', architecture: 'arm64' } }],
      [{ ...windows, platform: { ...windows.platform, osVersion: '10.0.1.1' } }],
      [{ ...windows, base: undefined }],
      [linux, { ...windows, base: undefined }],
    ];
    for (const platforms of refused) {
      const error = await assembleImages({ ...options, platforms }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).input).toBe('base-image');
    }
    expect(existsSync(options.layoutDir)).toBe(false);
  });

  it('is refused where an extra file is not what the spec says any more', async () => {
    const folder = scratch();
    const options = await onBases(folder, [AMD64]);
    writeFileSync(join(folder, 'extra'), 'other');
    await expect(assembleImages(options)).rejects.toThrow(/extra file changed/);
  });
});

describe('an image for Windows', () => {
  it('stands in the index once for each os.version of its base, sorted, with a layer of its own form', async () => {
    const folder = scratch();
    const options = await onBases(folder, [OTHER_WINDOWS, AMD64, WINDOWS]);
    // The version is the base's to say.
    const platforms = options.platforms.map((one) => ({
      ...one,
      platform: { os: one.platform.os, architecture: 'amd64' },
    }));
    const { index, images } = await assembleImages({ ...options, platforms });
    const { manifests } = JSON.parse(Buffer.from(index.bytes).toString());
    expect(manifests.map(({ platform }: { platform: object }) => platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'amd64', os: 'windows', 'os.version': '10.0.20348.2700' },
      { architecture: 'amd64', os: 'windows', 'os.version': '10.0.26100.1' },
    ]);
    const [linux, ...windows] = images;
    expect(new Set(windows.map(({ layers }) => layers.at(-1)?.digest)).size).toBe(1);
    expect(linux?.layers.at(-1)?.digest).not.toBe(windows[0]?.layers.at(-1)?.digest);
    expect(JSON.parse(windows[0]?.configJson ?? '')['os.version']).toBe('10.0.20348.2700');
  });

  it('is refused with extra files that Windows cannot hold', async () => {
    const folder = scratch();
    const options = await onBases(folder, [AMD64, WINDOWS]);
    const extra = await planExtraFiles([{ type: 'link', target: '/a', to: 'b' }], folder);
    const error = await assembleImages({ ...options, extra, extraDiffId: undefined }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'InputError', input: 'extra-files' });
    expect(existsSync(options.layoutDir)).toBe(false);
  });
});
