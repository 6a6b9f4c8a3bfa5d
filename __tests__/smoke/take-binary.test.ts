import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CancelledError, messageOf } from '../../src/base/errors.js';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';
import { assembleImages } from '../../src/image/build-image.js';
import { readLayoutImage } from '../../src/smoke/layout-image.js';
import { takeBinary } from '../../src/smoke/take-binary.js';
import { sampleBytes } from '../image/helpers.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';

const PLATFORM = { os: 'linux', architecture: 'amd64' };
const PATH = 'usr/local/bin/pushgateway';
const GZIP = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** What GNU tar shall put into a layer: path → content, `-> TARGET` for a link, `=> TARGET` for a hard link. */
type Files = Readonly<Record<string, string>>;

/** A layer's archive by GNU tar, which writes names as `./usr/…`, and owners and times as it finds them. */
async function archive(files: Files): Promise<Buffer> {
  const folder = scratch();
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    const [, kind, target = ''] = /^([-=])> (.*)$/.exec(content) ?? [];
    if (kind === undefined) writeFileSync(file, content);
    else await mustExec('ln', [kind === '-' ? '-s' : '-P', kind === '-' ? target : join(folder, target), file]);
  }
  const tar = join(scratch(), 'layer.tar');
  await mustExec('tar', ['-C', folder, '--sort=name', '-cf', tar, '.']);
  return readFileSync(tar);
}

interface Odd {
  /** In the layer's descriptor. */
  readonly mediaType?: string;
  readonly diffId?: Digest;
  /** In place of the compressed archive. */
  readonly bytes?: Buffer;
}

/** A layout of one image; layers are the lowest first. Its folder and the manifest's digest. */
async function layout(layers: readonly (Files & { readonly odd?: never })[] | readonly [Files, Odd][]) {
  const folder = scratch();
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (bytes: Buffer) => {
    const digest = digestOf(bytes);
    writeFileSync(join(blobs, hexOf(digest)), bytes);
    return { digest, size: bytes.length };
  };
  const descriptors: object[] = [];
  const diffIds: Digest[] = [];
  for (const layer of layers) {
    const [files, odd] = Array.isArray(layer) ? (layer as [Files, Odd]) : [layer as Files, {} as Odd];
    const tar = await archive(files);
    diffIds.push(odd.diffId ?? digestOf(tar));
    descriptors.push({ mediaType: odd.mediaType ?? GZIP, ...put(odd.bytes ?? gzipSync(tar)) });
  }
  const config = put(
    Buffer.from(
      JSON.stringify({
        ...PLATFORM,
        config: { Entrypoint: [`/${PATH}`] },
        rootfs: { type: 'layers', diff_ids: diffIds },
      }),
    ),
  );
  return { folder, ...put(Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers: descriptors }))) };
}

/** The program that is taken out of the layers, or the message of the failure. */
async function taken(...layers: Parameters<typeof layout>[0]): Promise<string> {
  const { folder, digest } = await layout(layers as Parameters<typeof layout>[0]);
  const to = join(scratch(), 'program');
  try {
    await takeBinary(await readLayoutImage(folder, PLATFORM, digest), to, 'linux/amd64');
  } catch (error) {
    expect(() => statSync(to)).toThrow('ENOENT');
    return messageOf(error);
  }
  expect(statSync(to).mode & 0o777).toBe(0o755);
  return readFileSync(to, 'utf8');
}

describe('takeBinary', () => {
  it('takes the program of an image that this project makes', async () => {
    const folder = scratch();
    const binaryPath = join(folder, 'binary');
    writeFileSync(binaryPath, sampleBytes(3_000_000));
    const docs = [{ path: 'LICENSE', content: Buffer.from('licence') }];
    const platforms = [{ platform: PLATFORM, binaryPath, docs, labels: [] }];
    const layoutDir = join(folder, 'layout');
    const { images } = await assembleImages({ platforms, epochSeconds: 1, layoutDir });
    const to = join(folder, 'taken');
    const image = await readLayoutImage(layoutDir, PLATFORM, images[0]?.digest as Digest);
    expect(image).toMatchObject({ configDigest: images[0]?.configDigest, entrypoint: [`/${PATH}`] });
    await takeBinary(image, to, 'linux/amd64');
    expect(readFileSync(to).equals(readFileSync(binaryPath))).toBe(true);
    await expect(takeBinary(image, join(folder, 'no'), 'linux/amd64', AbortSignal.abort())).rejects.toThrow(
      CancelledError,
    );
    expect(() => statSync(join(folder, 'no'))).toThrow('ENOENT');
  });

  it('takes it out of the uppermost layer that has it', async () => {
    expect(await taken({ [PATH]: 'base' }, { [PATH]: 'ours' }, { 'etc/x.conf': 'x' })).toBe('ours');
    expect(await taken({ [PATH]: 'ours' }, { [PATH]: 'above' })).toBe('above');
    // A whiteout hides what is below its layer, not what is beside it.
    expect(await taken({ [PATH]: 'base' }, { 'usr/local/.wh..wh..opq': '', [PATH]: 'ours' })).toBe('ours');
  });

  it('reads layers that are not compressed', async () => {
    const tar = await archive({ [PATH]: 'plain' });
    const mediaType = 'application/vnd.oci.image.layer.v1.tar';
    expect(await taken([{ [PATH]: 'plain' }, { bytes: tar, mediaType, diffId: digestOf(tar) }])).toBe('plain');
  });

  it.each([
    [{ 'usr/local/bin/.wh.pushgateway': '' }, 'removed by usr/local/bin/.wh.pushgateway'],
    [{ 'usr/.wh.local': '' }, 'removed by usr/.wh.local'],
    [{ 'usr/local/.wh..wh..opq': '' }, 'removed by usr/local/.wh..wh..opq'],
    [{ 'usr/local': '-> /opt' }, 'below usr/local, which is a SymbolicLink'],
    [{ [PATH]: '-> /bin/sh' }, 'a SymbolicLink to /bin/sh'],
    [{ a: 'x', [PATH]: '=> a' }, 'a Link to'],
    [{ [`${PATH}/x`]: 'x' }, 'a Directory'],
  ])('refuses a program that %j hides', async (files, words) => {
    const message = await taken({ [PATH]: 'base' }, files as Files);
    expect(message).toContain(`/${PATH} is no regular file in the layer sha256:`);
    expect(message).toContain(words);
  });

  it('refuses layers without the program', async () => {
    expect(await taken({ 'usr/local/bin/other': 'x' }, { 'usr/local/.wh.bin2': '' })).toBe(
      `The smoke test of linux/amd64 failed: none of the image's 2 layers has its entrypoint /${PATH}.`,
    );
  });

  it('refuses layers that are not what they should be', async () => {
    const tar = await archive({ [PATH]: 'x'.repeat(100_000) });
    const files = { [PATH]: 'x' };
    const zstd = 'application/vnd.oci.image.layer.v1.tar+zstd';
    expect(await taken([files, { mediaType: zstd }])).toContain('compressed in a way that is not known here');
    expect(await taken([files, { diffId: digestOf('other') }])).toContain(`and ${digestOf('other')} in the config`);
    expect(await taken([files, { bytes: gzipSync(tar).subarray(0, 150) }])).toContain('cannot be read: unexpected end');
    expect(await taken([files, { bytes: Buffer.from('no gzip') }])).toContain('cannot be read: incorrect header check');
    expect(await taken([files, { bytes: gzipSync(sampleBytes(5000)) }])).toContain('cannot be read');
  });
});

describe('readLayoutImage', () => {
  const refusal = (folder: string, digest: Digest, platform = PLATFORM) =>
    readLayoutImage(folder, platform, digest).then(() => undefined, messageOf);

  it.each(['manifest', 'config', 'layer'])('finds one changed byte in the %s, and that it is missing', async (what) => {
    const { folder, digest } = await layout([{ [PATH]: 'program' }]);
    const blob = (name: string) => join(folder, 'blobs', 'sha256', hexOf(name as Digest));
    const manifest = JSON.parse(readFileSync(blob(digest), 'utf8'));
    const name: Digest = { manifest: digest, config: manifest.config.digest, layer: manifest.layers[0].digest }[what];
    const bytes = readFileSync(blob(name));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(blob(name), bytes);
    expect(await refusal(folder, digest)).toBe(
      `The smoke test of linux/amd64 failed: the image in ${folder} has a damaged ${what}: its bytes are not those of ${name}.`,
    );
    rmSync(blob(name));
    expect(await refusal(folder, digest)).toContain(`lacks its ${what} ${name}`);
    if (what === 'manifest') return;
    writeFileSync(blob(name), Buffer.concat([bytes, Buffer.from('x')]));
    expect(await refusal(folder, digest)).toContain(`has a ${what} of ${bytes.length + 1} bytes where ${name} should`);
  });

  it('refuses the image of another platform', async () => {
    const { folder, digest } = await layout([{ [PATH]: 'program' }]);
    expect(await refusal(folder, digest, { os: 'linux', architecture: 'arm64' })).toContain(
      'has a config for linux/amd64',
    );
  });

  it('refuses manifests and configs that say nothing', async () => {
    const { folder } = await layout([{ [PATH]: 'program' }]);
    const put = (value: unknown) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      writeFileSync(join(folder, 'blobs', 'sha256', hexOf(digestOf(text))), text);
      return digestOf(text);
    };
    const of = (config: unknown, layers: unknown[] = []) => put({ config: { digest: put(config) }, layers });
    expect(await refusal(folder, put('[]x'))).toContain('that is no JSON object');
    expect(await refusal(folder, put({}))).toContain('has a config without a proper digest');
    expect(await refusal(folder, put({ config: { digest: 'sha256:../x' } }))).toContain('without a proper digest');
    expect(await refusal(folder, of(PLATFORM))).toContain('names no program with an absolute path');
    const config = { ...PLATFORM, config: { Entrypoint: [`/${PATH}`] }, rootfs: { diff_ids: [] } };
    expect(await refusal(folder, of(config, [{}]))).toContain('has 1 layers, and 0 diff IDs');
  });
});
