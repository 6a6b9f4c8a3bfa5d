import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { type Digest, digestOf, hexOf, sha256File } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { type ResolvedBase, resolveBase } from '../../src/registry/resolve-base.js';
import { type Platform, platformName } from '../../src/spec/platform.js';
import { distrolessLike, type Made, madeImage, madeIndex, writeMadeLayout } from '../support/base-images.js';
import { scratch } from '../support/files.js';

const AMD64: Platform = { os: 'linux', architecture: 'amd64' };
const ARM: Platform = { os: 'linux', architecture: 'arm', variant: 'v7' };

/** No registry, and no process: whoever asks for one fails the test. */
function options(signal?: AbortSignal) {
  const access = () => Promise.reject(new Error('a registry was asked'));
  return { access, tempDir: scratch(), log: silentLog, signal };
}

function resolve(path: string, tag?: string): Promise<ResolvedBase> {
  return resolveBase({ type: 'image', from: { type: 'layout', path, tag } }, options());
}

function layoutOf(...images: readonly (readonly [tag: string, image: Made])[]): string {
  return writeMadeLayout(join(scratch(), 'layout'), images);
}

const blobIn = (layout: string, digest: Digest) => join(layout, 'blobs', 'sha256', hexOf(digest));

/** What a promise is rejected with. */
async function failure(promise: Promise<unknown>): Promise<Error & { input?: string | undefined }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it did not fail');
  return error;
}

describe('a base in a folder', () => {
  test('is recorded by its digest alone, and gives the images of its platforms byte for byte', async () => {
    const made = distrolessLike();
    const base = await resolve(layoutOf(['', made]));
    expect(base.spec).toEqual({ digest: made.digest });
    expect(base.platforms.map(platformName)).toEqual([
      'linux/amd64',
      'linux/arm64',
      'linux/arm/v7',
      'linux/s390x',
      'linux/riscv64',
    ]);
    for (const [position, platform] of base.platforms.entries()) {
      const image = await base.fetch(platform);
      const [config, ...layers] = made.children[position]?.blobs ?? [];
      expect(image.platform).toEqual(platform);
      expect(image.configJson).toBe(config?.toString());
      expect(image.layers.map(({ digest, size }) => ({ digest, size }))).toEqual(
        layers.map((layer) => ({ digest: digestOf(layer), size: layer.length })),
      );
      for (const layer of image.layers) expect(`sha256:${await sha256File(layer.path)}`).toBe(layer.digest);
    }
  });

  test('may be a single image, whose config says what it is for', async () => {
    for (const format of ['oci', 'docker'] as const) {
      const made = madeImage({ os: 'linux', architecture: 'arm' }, { format });
      const base = await resolve(layoutOf(['', made]));
      expect(base.spec).toEqual({ digest: made.digest });
      expect(base.platforms).toEqual([ARM]);
      expect((await base.fetch(ARM)).configJson).toBe(made.blobs[0]?.toString());
    }
  });

  test('is found by its tag where there are several', async () => {
    const [one, two] = [distrolessLike(1), distrolessLike(2)];
    const layout = layoutOf(['1.0', one], ['2.0', two]);
    expect((await resolve(layout, '1.0')).spec).toEqual({ digest: one.digest });
    expect((await resolve(layout, '2.0')).spec).toEqual({ digest: two.digest });
  });

  test('is one image where two tags are of the same', async () => {
    const made = distrolessLike();
    expect((await resolve(layoutOf(['1.0', made], ['latest', made]))).spec).toEqual({ digest: made.digest });
  });

  test('may have its blobs behind links', async () => {
    const made = distrolessLike();
    const layout = layoutOf(['', made]);
    const link = join(scratch(), 'link');
    symlinkSync(layout, link);
    expect((await (await resolve(link)).fetch(AMD64)).platform).toEqual(AMD64);
  });

  test('gives several platforms at once, though they share layers', async () => {
    const base = await resolve(layoutOf(['', distrolessLike()]));
    const images = await Promise.all(base.platforms.map((platform) => base.fetch(platform)));
    expect(images.map(({ platform }) => platform)).toEqual(base.platforms);
    for (const { path, digest } of images.flatMap(({ layers }) => layers)) {
      expect(`sha256:${await sha256File(path)}`).toBe(digest);
    }
  });

  test('has its os.version in its config, where the index leaves it out', async () => {
    const index = { os: 'windows', architecture: 'amd64' };
    const own = { ...index, 'os.version': '10.0.17763.1', 'os.features': ['win32k'] };
    const base = await resolve(layoutOf(['', madeIndex([madeImage(index, { own })])]));
    expect(base.platforms).toEqual([index]);
    const { platform } = await base.fetch(index);
    expect(platform).toEqual({ ...index, osVersion: '10.0.17763.1', osFeatures: ['win32k'] });
  });
});

describe('one base for each platform', () => {
  const at = (platform: Platform, path: string) => ({
    platform,
    from: { type: 'layout', path, tag: undefined } as const,
  });

  test('is recorded whole and sorted, and each platform comes from its own', async () => {
    const [one, two] = [distrolessLike(1), madeImage({ os: 'linux', architecture: 'amd64' }, { seed: 7 })];
    const images = [at(ARM, layoutOf(['', one])), at(AMD64, layoutOf(['', two]))];
    const base = await resolveBase({ type: 'images', images }, options());
    expect(base.spec).toEqual([
      { platform: 'linux/amd64', digest: two.digest },
      { platform: 'linux/arm/v7', digest: one.digest },
    ]);
    expect(base.platforms).toEqual([ARM, AMD64]);
    expect((await base.fetch(AMD64)).configJson).toBe(two.blobs[0]?.toString());
    expect((await base.fetch(ARM)).configJson).toBe(one.children[2]?.blobs[0]?.toString());
    const error = await failure(base.fetch({ os: 'linux', architecture: 's390x' }));
    expect(error).toMatchObject({ name: 'InputError', input: 'base-image' });
  });

  test('must have an image for that platform', async () => {
    const single = layoutOf(['', madeImage({ os: 'linux', architecture: 'arm64', variant: 'v8' })]);
    const error = await failure(resolveBase({ type: 'images', images: [at(AMD64, single)] }, options()));
    expect(error.message).toBe(`Base image oci:${single} has none for linux/amd64. It has: linux/arm64`);
    expect(error).toMatchObject({ name: 'InputError', input: 'base-image' });
  });

  test('stands for every os.version of its platform', async () => {
    const windows = (version: string, seed: number) =>
      madeImage({ os: 'windows', architecture: 'amd64', 'os.version': version }, { seed, format: 'docker' });
    const made = madeIndex([windows('10.0.17763.1', 1), windows('10.0.20348.1', 2)], 'docker');
    const images = [at({ os: 'windows', architecture: 'amd64' }, layoutOf(['', made]))];
    const base = await resolveBase({ type: 'images', images }, options());
    expect(base.spec).toEqual([{ platform: 'windows/amd64', digest: made.digest }]);
    expect(base.platforms.map(platformName)).toEqual(['windows/amd64:10.0.17763.1', 'windows/amd64:10.0.20348.1']);
    for (const [position, platform] of base.platforms.entries()) {
      expect((await base.fetch(platform)).configJson).toBe(made.children[position]?.blobs[0]?.toString());
    }
  });
});

describe('a folder without the image that is meant', () => {
  const good = () => layoutOf(['', distrolessLike()]);
  test.each<[string, () => string, RegExp]>([
    ['is not there', () => join(scratch(), 'missing'), /there is no folder .*missing/],
    ['is a file', () => join(good(), 'index.json'), /holds no OCI image layout/],
    ['is empty', () => scratch(), /holds no OCI image layout/],
    ['lacks oci-layout', () => without(good(), 'oci-layout'), /holds no OCI image layout/],
    ['lacks index.json', () => without(good(), 'index.json'), /holds no OCI image layout/],
    ['has another layout', () => written(good(), 'oci-layout', '{"imageLayoutVersion":"2.0.0"}'), /holds no OCI image/],
    ['has a broken index.json', () => written(good(), 'index.json', '{"manifests":'), /holds no OCI image layout/],
    ['has no list', () => written(good(), 'index.json', '{"manifests":{}}'), /holds no OCI image layout/],
    ['has null', () => written(good(), 'index.json', 'null'), /holds no OCI image layout/],
    [
      'has an odd entry',
      () => written(good(), 'index.json', '{"manifests":[{"digest":"sha256:.."}]}'),
      /no valid form/,
    ],
    ['has a null entry', () => written(good(), 'index.json', '{"manifests":[null]}'), /no valid form/],
  ])('is refused where it %s, with what is accepted', async (_what, make, message) => {
    const path = make();
    const error = await failure(resolve(path));
    expect(error).toBeInstanceOf(InputError);
    expect(error.input).toBe('base-image');
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`Base image oci:${path}: `);
    expect(error.message).toContain('Accepted: oci:FOLDER or oci:FOLDER:TAG');
  });

  test('is refused with its tags where it holds several images', async () => {
    const layout = layoutOf(['b', distrolessLike(1)], ['a', distrolessLike(2)], ['', distrolessLike(3)]);
    const several = await failure(resolve(layout));
    expect(several).toMatchObject({ name: 'InputError', input: 'base-image' });
    expect(several.message).toContain('it holds 3 images, and the tags "a", "b". Accepted: ');
    const other = await failure(resolve(layout, 'c'));
    expect(other.message).toContain(`Base image oci:${layout}:c: it holds no image of that tag, and the tags "a", "b"`);
    const ambiguous = await failure(resolve(layoutOf(['a', distrolessLike(1)], ['a', distrolessLike(2)]), 'a'));
    expect(ambiguous.message).toContain('it holds 2 images of that tag');
    expect((await failure(resolve(layoutOf()))).message).toContain('it holds no image, and no tags');
  });

  test('is refused where what is there is no image', async () => {
    const schema1 = { bytes: Buffer.from('{"schemaVersion":1,"fsLayers":[]}'), blobs: [], children: [], entry: {} };
    const made = { ...schema1, mediaType: 'x/y', digest: digestOf(schema1.bytes) };
    const error = await failure(resolve(layoutOf(['', made])));
    expect(error).toMatchObject({ name: 'InputError', input: 'base-image' });
    expect(error.message).toMatch(/^Base image oci:.*: it is of docker's manifest schema 1/);
  });

  test.each([
    'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  ])('is refused where its layers are %s', async (type) => {
    const made = madeImage(AMD64 as unknown as Record<string, unknown>);
    const bytes = Buffer.from(made.bytes.toString().replaceAll(/application\/vnd\.oci\.image\.layer[^"]*/g, type));
    const base = await resolve(layoutOf(['', madeIndex([{ ...made, bytes, digest: digestOf(bytes) }])]));
    const error = await failure(base.fetch(AMD64));
    expect(error).toMatchObject({ name: 'InputError', input: 'base-image' });
    expect(error.message).toMatch(/^Base image oci:.* for linux\/amd64: .*registries do not keep such layers/);
  });
});

describe('a damaged folder', () => {
  test('fails by name, whichever blob of it is changed, shortened or missing', async () => {
    const made = distrolessLike();
    const [image] = made.children;
    if (!image) throw new Error('no image');
    for (const bytes of [made.bytes, image.bytes, ...image.blobs]) {
      for (const harm of [flip, (path: string) => truncateSync(path, 5), (path: string) => rmSync(path)]) {
        const layout = layoutOf(['', made]);
        harm(blobIn(layout, digestOf(bytes)));
        const error = await failure(resolve(layout).then((base) => base.fetch(AMD64)));
        expect(error).toBeInstanceOf(RunError);
        expect(error.message).toContain(`Base image oci:${layout}`);
        expect(error.message).toContain(digestOf(bytes));
        if (bytes !== made.bytes) expect(error.message).toContain(' for linux/amd64: ');
      }
    }
  });

  test('fails where the sizes in it are wrong, and where a blob is a folder', async () => {
    const made = distrolessLike();
    const sizes = layoutOf(['', made]);
    const index = readFileSync(join(sizes, 'index.json'), 'utf8');
    writeFileSync(join(sizes, 'index.json'), index.replace(/"size":\d+/, '"size":7'));
    expect((await failure(resolve(sizes))).message).toMatch(/has \d+ bytes; its descriptor says 7/);
    const folder = layoutOf(['', made]);
    rmSync(blobIn(folder, made.digest));
    mkdirSync(blobIn(folder, made.digest));
    expect((await failure(resolve(folder))).message).toContain(`the blob ${made.digest} is missing`);
  });

  test('leaves the other platforms as they are', async () => {
    const made = distrolessLike();
    const layout = layoutOf(['', made]);
    flip(blobIn(layout, made.children[0]?.digest ?? made.digest));
    const base = await resolve(layout);
    await expect(base.fetch(AMD64)).rejects.toThrow(RunError);
    expect((await base.fetch(ARM)).platform).toEqual(ARM);
  });

  test('fails where the config is for another system than the index says', async () => {
    const image = madeImage({ os: 'linux', architecture: 'amd64' }, { own: { os: 'linux', architecture: 'arm64' } });
    const base = await resolve(layoutOf(['', madeIndex([image])]));
    const error = await failure(base.fetch(AMD64));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toMatch(/^Base image oci:.* for linux\/amd64: its config says that it is for linux\/arm64$/);
  });
});

test('a platform that the base lacks is refused, with those that it has', async () => {
  const error = await failure(
    (await resolve(layoutOf(['', distrolessLike()]))).fetch({ os: 'linux', architecture: '386' }),
  );
  expect(error).toMatchObject({ name: 'InputError', input: 'base-image' });
  expect(error.message).toContain('It has: linux/amd64, linux/arm64, linux/arm/v7, linux/s390x, linux/riscv64');
});

test('a cancelled run stops', async () => {
  const cancel = new AbortController();
  const from = { type: 'layout', path: layoutOf(['', distrolessLike()]), tag: undefined } as const;
  const base = await resolveBase({ type: 'image', from }, options(cancel.signal));
  cancel.abort();
  expect(await failure(base.fetch(AMD64))).toBeInstanceOf(CancelledError);
});

function without(layout: string, name: string): string {
  rmSync(join(layout, name));
  return layout;
}

function written(layout: string, name: string, text: string): string {
  writeFileSync(join(layout, name), text);
  return layout;
}

/** Changes one bit in the middle. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
