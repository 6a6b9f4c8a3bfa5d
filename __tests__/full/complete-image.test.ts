import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Digest, hexOf } from '../../src/base/hash.js';
import type { AssembledIndex } from '../../src/image/build-image.js';
import { tagsOf } from '../support/complete-image.js';
import { startFaultProxy } from '../support/fault-proxy.js';
import { reset } from '../support/faults.js';
import { scratch } from '../support/files.js';
import { startLenientRegistry } from '../support/lenient-registry.js';
import { plainPush } from '../support/plain-push.js';
import { startRegistry } from '../support/servers.js';
import { smallImages } from '../support/small-images.js';

const PATH = 'a/b';

/** A registry that holds a whole image as `1.0`, its storage, and what the check of it says. */
async function registryWithImage() {
  const folder = scratch();
  const registry = `http://127.0.0.1:${await startRegistry(folder)}`;
  const image = await smallImages(join(folder, 'image'), 3);
  await plainPush(registry, PATH, '1.0', join(folder, 'image/layout'));
  const storage = join(folder, 'registry/docker/registry/v2');
  const dataOf = (digest: Digest) => join(storage, 'blobs/sha256', hexOf(digest).slice(0, 2), hexOf(digest), 'data');
  const flaws = async () => (await tagsOf(registry, PATH)).get('1.0')?.flaws.join('\n');
  return { storage, image, dataOf, flaws };
}

/** Of the second of the two platforms. */
function partsOf({ images }: AssembledIndex): { child: Digest; config: Digest; layer: Digest } {
  const [, image] = images;
  const [layer] = image?.layers ?? [];
  if (!image || !layer) throw new Error('there are two platforms, with a layer each');
  return { child: image.digest, config: image.configDigest, layer: layer.digest };
}

function changeByte(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('the check for whole images', () => {
  it('finds nothing wrong with one, and the digest of its index', async () => {
    const folder = scratch();
    const registry = `http://127.0.0.1:${await startRegistry(folder)}`;
    expect(await tagsOf(registry, PATH)).toEqual(new Map());
    const { index } = await smallImages(join(folder, 'image'), 3);
    for (const tag of ['1.0', 'latest']) await plainPush(registry, PATH, tag, join(folder, 'image/layout'));
    const whole = { digest: index.digest, flaws: [] };
    expect(await tagsOf(registry, PATH)).toEqual(new Map(['1.0', 'latest'].map((tag) => [tag, whole])));
  });

  it.each(['layer', 'config'] as const)('finds that a %s is gone', async (part) => {
    const { image, dataOf, flaws } = await registryWithImage();
    expect(await flaws()).toBe('');
    rmSync(dataOf(partsOf(image)[part]));
    expect(await flaws()).toBe(`the blob ${partsOf(image)[part]} is not there: 404`);
  });

  it('finds that a manifest is gone', async () => {
    const { image, storage, flaws } = await registryWithImage();
    const { child } = partsOf(image);
    rmSync(join(storage, 'repositories', PATH, '_manifests/revisions/sha256', hexOf(child)), { recursive: true });
    expect(await flaws()).toBe(`the manifest ${child} is not there: 404`);
  });

  it('finds that the index is gone', async () => {
    const { image, storage, flaws } = await registryWithImage();
    const { digest } = image.index;
    rmSync(join(storage, 'repositories', PATH, '_manifests/revisions/sha256', hexOf(digest)), { recursive: true });
    expect(await flaws()).toBe('the manifest 1.0 is not there: 404');
  });

  it.each(['layer', 'config'] as const)('finds another byte in a %s', async (part) => {
    const { image, dataOf, flaws } = await registryWithImage();
    changeByte(dataOf(partsOf(image)[part]));
    expect(await flaws()).toMatch(
      new RegExp(`^the blob ${partsOf(image)[part]} has other bytes: sha256:[0-9a-f]{64}$`),
    );
  });

  it('finds that a layer is shorter', async () => {
    const { image, dataOf, flaws } = await registryWithImage();
    const { layer } = partsOf(image);
    const bytes = readFileSync(dataOf(layer));
    writeFileSync(dataOf(layer), bytes.subarray(0, bytes.length - 1));
    expect(await flaws()).toBe(`the blob ${layer} has ${bytes.length - 1} bytes, not ${bytes.length}`);
  });

  it('finds another byte in a manifest', async () => {
    const { image, dataOf, flaws } = await registryWithImage();
    changeByte(dataOf(partsOf(image).child));
    expect(await flaws()).toContain(`the manifest ${partsOf(image).child} `);
  });
});

describe('a pusher that sets the tag first', () => {
  it.each([
    ['upload-end', 2],
    ['child-write', 1],
  ] as const)('is caught where the line breaks at %s %i; one that sets it last is not', async (kind, skip) => {
    const layoutDir = join(scratch(), 'image/layout');
    const { index } = await smallImages(join(layoutDir, '..'), 3);
    for (const order of ['tag-first', 'tag-last'] as const) {
      const registry = await startLenientRegistry();
      const proxy = await startFaultProxy(registry.url, { rules: [{ on: kind, skip, fault: reset }] });
      await expect(plainPush(`http://${proxy.host}`, PATH, '1.0', layoutDir, order)).rejects.toThrow('fetch failed');
      const tags = await tagsOf(registry.url, PATH);
      if (order === 'tag-last') expect(tags).toEqual(new Map());
      else {
        expect(tags.get('1.0')?.digest).toBe(index.digest);
        expect(tags.get('1.0')?.flaws).toContainEqual(expect.stringContaining('is not there: 404'));
      }
      await proxy.close();
      await registry.close();
    }
  });

  it("is refused by Debian's registry", async () => {
    const folder = scratch();
    const registry = `http://127.0.0.1:${await startRegistry(folder)}`;
    await smallImages(join(folder, 'image'), 3);
    await expect(plainPush(registry, PATH, '1.0', join(folder, 'image/layout'), 'tag-first')).rejects.toThrow('400');
    expect(await tagsOf(registry, PATH)).toEqual(new Map());
  });
});
