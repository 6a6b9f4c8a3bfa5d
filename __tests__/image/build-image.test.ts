import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { listTree } from '../../src/base/files.js';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { writeArchive } from '../../src/image/archive.js';
import { type AssembleOptions, assembleImages } from '../../src/image/build-image.js';
import { nodeIsReference } from '../../src/image/deflate-guard.js';
import { hashTar } from '../../src/image/hash-tar.js';
import { binaryEntries } from '../../src/image/image-layers.js';
import { tarHeader } from '../../src/image/tar-header.js';
import { planTar } from '../../src/image/tar-plan.js';
import type { Platform } from '../../src/spec/platform.js';
import { EPOCH, EXAMPLE_DIGESTS, example } from './example.js';
import { BASE_CONFIG, BASE_LAYER, exampleOnBase } from './example-base.js';
import { python, ROOT, sampleBytes, scratch } from './helpers.js';

const PLATFORMS: Platform[] = [
  { os: 'linux', architecture: 'arm64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
  { os: 'linux', architecture: 'amd64' },
];

function three(folder: string, changes: Partial<AssembleOptions> = {}): AssembleOptions {
  const platforms = PLATFORMS.map((platform, i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes(200_000 + i, i + 1));
    const docs = [{ path: 'LICENSE', content: Buffer.from('licence') }];
    return { platform, binaryPath, docs, labels: [['b', '2'] as const, ['a', '1'] as const] };
  });
  return { platforms, epochSeconds: EPOCH, layoutDir: join(folder, 'layout'), ...changes };
}

/** Every file of a layout with its digest. */
async function contents(layout: string): Promise<string[]> {
  return (await listTree(layout)).map(({ path }) => `${path} ${digestOf(readFileSync(join(layout, path)))}`);
}

describe('assembleImages', () => {
  it('makes the digests of the worked example, which never change', async () => {
    const { index, images } = await assembleImages(example(scratch()));
    const [image] = images;
    expect({
      diffId: image?.layers[0]?.diffId,
      layer: image?.layers[0]?.digest,
      config: image?.configDigest,
      manifest: image?.digest,
      index: index.digest,
    }).toEqual(EXAMPLE_DIGESTS);
  });

  it('writes the JSON that the document shows', async () => {
    const folder = scratch();
    const { index, images } = await assembleImages(example(folder));
    const document = readFileSync(join(ROOT, 'docs/image-format.md'), 'utf8');
    const texts = [
      images[0]?.configJson,
      images[0]?.manifestJson,
      Buffer.from(index.bytes).toString(),
      readFileSync(join(folder, 'example-layout/index.json'), 'utf8'),
      readFileSync(join(folder, 'example-layout/oci-layout'), 'utf8'),
      readFileSync(join(folder, 'example-layout/blobs/sha256', hexOf(EXAMPLE_DIGESTS.layer))).toString('hex'),
      ...Object.values(EXAMPLE_DIGESTS),
    ];
    for (const text of texts) expect(document.split('\n')).toContain(`    ${text}`);
    const archive = await writeArchive(join(folder, 'example-layout'), join(folder, 'a.tar'), EPOCH);
    expect(document).toContain(`has ${archive.size} bytes, with the SHA-256 \`${hexOf(archive.digest)}\``);
  });

  it('makes what the document shows on a base with extra files', async () => {
    const folder = scratch();
    const { index, images } = await assembleImages(await exampleOnBase(folder));
    const document = readFileSync(join(ROOT, 'docs/image-format.md'), 'utf8').split('\n');
    const [image] = images;
    const extra = image?.layers[2];
    const bytes = readFileSync(join(folder, 'example-layout/blobs/sha256', hexOf(extra?.digest ?? index.digest)));
    const texts = [BASE_LAYER, BASE_CONFIG, extra?.diffId, bytes.toString('hex'), extra?.digest];
    const results = [image?.configJson, image?.configDigest, image?.manifestJson, image?.digest];
    for (const text of [...texts, ...results, Buffer.from(index.bytes).toString(), index.digest])
      expect(document).toContain(`    ${text}`);
    expect(image?.layers[1]?.digest).toBe(EXAMPLE_DIGESTS.layer);
  });

  it('makes the Windows layer that the document shows', async () => {
    const [input] = example(scratch()).platforms;
    if (!input) throw new Error('no platform');
    const entries = binaryEntries({ ...input, platform: { os: 'windows', architecture: 'amd64' } });
    const { diffId, uncompressedSize } = await hashTar(planTar(entries), EPOCH);
    const document = readFileSync(join(ROOT, 'docs/image-format.md'), 'utf8');
    expect(document).toContain(`the archive has ${uncompressedSize} bytes`);
    const binary = entries.find(({ path }) => path.endsWith('.exe'));
    if (!binary) throw new Error('no binary');
    const headers = Buffer.from(tarHeader(binary, 11, EPOCH)).toString('latin1');
    const part = (at: number) =>
      headers
        .slice(at, at + 512)
        .replace(/\0+$/, '')
        .replaceAll('\0', '\u00b7');
    const lines = [diffId, part(0), ...part(512).trimEnd().split('\n'), part(1024)];
    for (const line of lines) expect(document.split('\n')).toContain(`    ${line}`);
    expect(headers).toHaveLength(1536);
  });

  it('does not depend on the order of platforms, labels and documents, on threads, or on the engine', async () => {
    const folder = scratch();
    const first = await assembleImages(three(folder));
    const engines = nodeIsReference() ? (['pako', 'node'] as const) : (['pako'] as const);
    for (const engine of engines) {
      const other = scratch();
      const options = three(other, { engine, concurrency: 1 });
      const platforms = [...options.platforms].reverse().map((p) => ({ ...p, labels: [...p.labels].reverse() }));
      expect((await assembleImages({ ...options, platforms })).index.digest).toBe(first.index.digest);
      expect(await contents(join(other, 'layout'))).toEqual(await contents(join(folder, 'layout')));
    }
  });

  it('gives a platform the same manifest alone as among others', async () => {
    const together = await assembleImages(three(scratch()));
    const options = three(scratch());
    const alone = await assembleImages({ ...options, platforms: options.platforms.slice(1, 2) });
    expect(alone.images[0]?.digest).toBe(together.images.find(({ platform }) => platform.variant === 'v7')?.digest);
  });

  it('lists platforms by os, architecture and variant, and tells of each as it is done', async () => {
    const done: string[] = [];
    let told = 0;
    const onImage: AssembleOptions['onImage'] = ({ platform }) => done.push(platform.architecture);
    const onProgress = (_platform: Platform, bytes: number) => {
      told = Math.max(told, bytes);
    };
    const { images } = await assembleImages(three(scratch(), { onImage, onProgress }));
    expect(images.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm', 'arm64']);
    expect(done.sort()).toEqual(['amd64', 'arm', 'arm64']);
    expect(told).toBeGreaterThan(200_000);
  });

  it('changes its digest with every input', async () => {
    const base = three(scratch());
    const change = (p: (typeof base.platforms)[number], part: object) => [
      { ...p, ...part },
      ...base.platforms.slice(1),
    ];
    const [first] = base.platforms;
    if (!first) throw new Error('no platform');
    const variants: Partial<AssembleOptions>[] = [
      {},
      { epochSeconds: EPOCH + 1 },
      { platforms: base.platforms.slice(1) },
      { platforms: change(first, { labels: [['b', '2']] }) },
      { platforms: change(first, { docs: [] }) },
      { platforms: change(first, { platform: { ...first.platform, variant: 'v8' } }) },
      { platforms: change(first, { binaryPath: base.platforms[1]?.binaryPath }) },
    ];
    const digests = new Set<string>();
    for (const variant of variants) {
      digests.add((await assembleImages({ ...base, ...variant, layoutDir: join(scratch(), 'l') })).index.digest);
    }
    expect(digests.size).toBe(variants.length);
  });

  it('refuses bad input before it writes anything', async () => {
    const options = three(scratch());
    const [first] = options.platforms;
    if (!first) throw new Error('no platform');
    const bad: AssembleOptions['platforms'][] = [
      [],
      [first, first],
      [{ ...first, platform: { os: 'linux', architecture: 'a<b' } }],
      [{ ...first, docs: [{ path: '../../../bin/sh', content: Buffer.alloc(0) }] }],
      [{ ...first, docs: [{ path: 'naïve', content: Buffer.alloc(0) }] }],
      [{ ...first, labels: [['a', '\ud800']] }],
      [
        {
          ...first,
          labels: [
            ['a', '1'],
            ['a', '2'],
          ],
        },
      ],
    ];
    for (const platforms of bad) {
      await expect(assembleImages({ ...options, platforms })).rejects.toThrow(InputError);
    }
    await expect(assembleImages({ ...options, epochSeconds: 2 ** 33 })).rejects.toThrow(InputError);
    expect(existsSync(options.layoutDir)).toBe(false);
  });

  it('tells the first failure when all layers have stopped, and leaves no half-written blob', async () => {
    const folder = scratch();
    const options = three(folder);
    symlinkSync('binary-0', join(folder, 'link'));
    const [first, ...others] = options.platforms;
    if (!first) throw new Error('no platform');
    const platforms = [...others, { ...first, binaryPath: join(folder, 'link') }];
    await expect(assembleImages({ ...options, platforms })).rejects.toThrow(/link is not a regular file/);
    expect(existsSync(join(options.layoutDir, 'index.json'))).toBe(false);
    expect(readdirSync(join(options.layoutDir, 'blobs/sha256')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('stops when cancelled, before and on the way', async () => {
    const before = three(scratch(), { signal: AbortSignal.abort() });
    await expect(assembleImages(before)).rejects.toThrow(CancelledError);
    const abort = new AbortController();
    const options = three(scratch(), { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(assembleImages(options)).rejects.toThrow(CancelledError);
    expect(readdirSync(join(options.layoutDir, 'blobs/sha256'))).toEqual([]);
  });

  it('refuses a folder that holds something', async () => {
    const options = three(scratch());
    mkdirSync(options.layoutDir);
    writeFileSync(join(options.layoutDir, 'mine'), '');
    await expect(assembleImages(options)).rejects.toThrow(RunError);
    expect(readdirSync(options.layoutDir)).toEqual(['mine']);
  });
});

describe('writeArchive', () => {
  it('holds the layout, the same bytes each time', async () => {
    const folder = scratch();
    await assembleImages(three(folder));
    const layout = join(folder, 'layout');
    const archive = await writeArchive(layout, join(folder, 'a.tar'), EPOCH);
    const again = await writeArchive(layout, join(folder, 'b.tar'), EPOCH);
    const bytes = readFileSync(join(folder, 'a.tar'));
    expect(archive).toEqual({ digest: digestOf(bytes), size: bytes.length });
    expect(again).toEqual(archive);
    const listed = python(
      `import sys,tarfile,io,json,hashlib
t=tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()),mode='r:')
assert {m.mtime for m in t} == {${EPOCH}}
print(json.dumps([m.name+' sha256:'+hashlib.sha256(t.extractfile(m).read()).hexdigest() for m in t if m.isreg()]))`,
      bytes,
    );
    expect(JSON.parse(listed.toString())).toEqual(await contents(layout));
  });
});
