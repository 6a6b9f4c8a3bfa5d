import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { type Digest, digestOf } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { planExtraFiles } from '../../src/image/extra-layer.js';
import { SPEC_LABEL } from '../../src/spec/build-spec.js';
import { compareImages } from '../../src/verify/compare.js';
import type { Difference } from '../../src/verify/difference.js';
import { causesOf } from '../../src/verify/report/causes.js';
import { DIFF_WORDS } from '../../src/verify/report/report.js';
import { type ImageComparison, verdictOf } from '../../src/verify/verdict.js';
import { makeBase, onDisk } from '../image/base.js';
import { scratch } from '../support/files.js';
import { blobPath } from './images.js';
import { compareLayouts, open, recompressed, SMALL_SPEC, smallLayout, tampered } from './layouts.js';

const all = ({ index, platforms }: ImageComparison): Difference[] => [
  ...index,
  ...platforms.flatMap(({ differences }) => differences),
];
const causeIds = (comparison: ImageComparison) => causesOf(comparison, DIFF_WORDS).map(({ id }) => id);
const indexOf = (layout: string) =>
  JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')).manifests[0].digest as Digest;
const childrenOf = (layout: string) =>
  (JSON.parse(readFileSync(blobPath(layout, indexOf(layout)), 'utf8')).manifests as { digest: Digest }[]).map(
    ({ digest }) => digest,
  );
const manifestOf = (layout: string, i = 0) =>
  JSON.parse(readFileSync(blobPath(layout, childrenOf(layout)[i] ?? ('' as Digest)), 'utf8'));

/** A config, manifest or index. */
interface Document {
  [key: string]: unknown;
  manifests: Record<string, unknown>[];
  config: { Labels: Record<string, string>; Entrypoint: string[]; [key: string]: unknown };
}

/** Changes members of the first image of an index, or of the index. */
const json = (change: (document: Document) => void) => (text: string) => {
  const document = JSON.parse(text) as Document;
  change(document);
  return JSON.stringify(document);
};

describe('the ladder', () => {
  it.each<[string, string, string[], (layout: string) => string]>([
    ['nothing', 'reproducible', [], (layout) => layout],
    ['another compressor', 'compression-differs', ['compressor'], recompressed],
    [
      'a label',
      'metadata-differs',
      ['labels'],
      (layout) => tampered(layout, { config: (text) => text.replace('"Apache-2.0"', '"MIT"') }),
    ],
    [
      'the time of creation',
      'metadata-differs',
      ['epoch'],
      (layout) => tampered(layout, { config: (text) => text.replace('{"created":"2026', '{"created":"2025') }),
    ],
    [
      'an annotation of the manifest',
      'metadata-differs',
      ['annotations'],
      (layout) => tampered(layout, { manifest: json((manifest) => (manifest.annotations = { a: 'b' })) }),
    ],
    [
      'an annotation of the index',
      'metadata-differs',
      ['annotations'],
      (layout) => tampered(layout, { index: json((index) => (index.annotations = { a: 'b' })) }),
    ],
    [
      'an annotation of an entry',
      'metadata-differs',
      ['annotations'],
      (layout) =>
        tampered(layout, {
          index: json((index) => Object.assign(index.manifests[0] ?? {}, { annotations: { a: 'b' } })),
        }),
    ],
    [
      'the order of the index',
      'metadata-differs',
      ['key-order'],
      (layout) => tampered(layout, { index: json((index) => index.manifests.reverse()) }),
    ],
    [
      'blanks in the index',
      'metadata-differs',
      ['key-order'],
      (layout) => tampered(layout, { index: (text) => `${text}\n` }),
    ],
    [
      'another word for the same platform',
      'metadata-differs',
      ['config-keys'],
      (layout) =>
        tampered(layout, { index: (text) => text.replace('"architecture":"arm64"', '"architecture":"aarch64"') }),
    ],
    [
      'no media type in the manifest',
      'metadata-differs',
      ['media-types'],
      (layout) => tampered(layout, { manifest: json((manifest) => delete manifest.mediaType) }),
    ],
    [
      'an indented config',
      'metadata-differs',
      ['key-order'],
      (layout) => tampered(layout, { config: (text) => JSON.stringify(JSON.parse(text), null, 2) }),
    ],
    [
      'an attestation',
      'metadata-differs',
      [],
      (layout) =>
        tampered(layout, {
          index: json(({ manifests }) =>
            manifests.push({
              ...manifests[0],
              digest: `sha256:${'7'.repeat(64)}`,
              platform: { os: 'unknown', architecture: 'unknown' },
              annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
            }),
          ),
        }),
    ],
    [
      'an entrypoint',
      'content-differs',
      ['behaviour'],
      (layout) => tampered(layout, { config: json((config) => config.config.Entrypoint.push('--x')) }),
    ],
    ['one byte in a file', 'content-differs', ['files'], (layout) => tampered(layout, { layer: flipped })],
    [
      'a platform that is missing',
      'content-differs',
      ['platforms'],
      (layout) => tampered(layout, { index: json((index) => index.manifests.pop()) }),
    ],
    [
      'a platform that is there twice',
      'content-differs',
      ['platforms'],
      (layout) =>
        tampered(layout, {
          index: json(({ manifests }) => manifests.push({ ...manifests[1], platform: manifests[0]?.platform })),
        }),
    ],
    [
      'an os.version',
      'content-differs',
      ['behaviour'],
      (layout) => tampered(layout, { config: json((config) => (config['os.version'] = '1')) }),
    ],
    [
      'a lie of the config about its layer',
      'content-differs',
      ['damaged'],
      (layout) =>
        tampered(layout, {
          config: (text) => text.replace(/"diff_ids":\["sha256:../, '"diff_ids":["sha256:zz'.replace('zz', 'ab')),
        }),
    ],
    [
      'an unknown key of the index',
      'content-differs',
      [],
      (layout) => tampered(layout, { index: json((index) => (index.more = 1)) }),
    ],
  ])('%s: %s', async (_name, verdict, causes, change) => {
    const layout = await smallLayout();
    const other = change(layout);
    for (const comparison of [await compareLayouts(layout, other), await compareLayouts(other, layout)]) {
      expect(verdictOf(comparison), JSON.stringify(all(comparison))).toBe(verdict);
      expect(causeIds(comparison)).toEqual(causes);
      expect(all(comparison).length === 0).toBe(verdict === 'reproducible');
    }
  });

  it('tells each platform for itself, and the worst one wins', async () => {
    const layout = await smallLayout();
    const comparison = await compareLayouts(layout, tampered(layout, { layer: flipped }));
    expect(comparison.platforms.map(({ platform, verdict }) => `${platform} ${verdict}`)).toEqual([
      'linux/amd64 content-differs',
      'linux/arm64 reproducible',
    ]);
    const [amd64] = comparison.platforms;
    expect(amd64?.differences).toMatchObject([{ weight: 'content', cause: 'files' }]);
    expect(amd64?.differences[0]?.where).toContain('usr/local/bin/pushgateway');
  });

  it('has nothing to say of what both have', async () => {
    const layout = await smallLayout();
    const attested = (title: string) =>
      tampered(layout, {
        config: (text) => text.replace('"Apache-2.0"', `"${title}"`),
        index: json(({ manifests }) =>
          manifests.push({
            ...manifests[1],
            digest: `sha256:${'7'.repeat(64)}`,
            platform: { os: 'unknown', architecture: 'unknown' },
          }),
        ),
      });
    const comparison = await compareLayouts(attested('MIT'), attested('X'));
    expect(comparison.index).toEqual([]);
    expect(causeIds(comparison)).toEqual(['labels']);
  });
});

describe('a broken image', () => {
  const truncated = (layout: string) => {
    const copy = tampered(layout, {});
    truncateSync(blobPath(copy, manifestOf(copy).layers[0].digest), 10);
    return copy;
  };

  it('is found also where all digests are as they should be, and the other platforms are looked at', async () => {
    const layout = await smallLayout();
    for (const [a, b, side] of [
      [layout, truncated(layout), 'b'],
      [truncated(layout), layout, 'a'],
    ] as const) {
      const comparison = await compareLayouts(a, b);
      expect(comparison.a.digest).toBe(comparison.b.digest);
      expect(verdictOf(comparison)).toBe('content-differs');
      expect(comparison.platforms.map(({ verdict }) => verdict)).toEqual(['content-differs', 'reproducible']);
      const [difference] = comparison.platforms[0]?.differences ?? [];
      expect(difference?.cause).toBe('damaged');
      expect(difference?.[side]).toBeDefined();
      expect(difference?.[side === 'a' ? 'b' : 'a']).toBeUndefined();
    }
  });

  it('is not looked for where only the digests were asked for', async () => {
    const layout = await smallLayout();
    expect(verdictOf(await compareLayouts(layout, truncated(layout), { readAll: false }))).toBe('reproducible');
  });

  it('may lack its config or its manifest', async () => {
    const layout = await smallLayout();
    const withoutConfig = tampered(layout, {});
    rmSync(blobPath(withoutConfig, manifestOf(layout).config.digest));
    expect(causeIds(await compareLayouts(layout, withoutConfig))).toEqual(['damaged']);
    const withoutManifest = tampered(layout, {});
    rmSync(blobPath(withoutManifest, childrenOf(layout)[1] as Digest));
    const comparison = await compareLayouts(withoutManifest, layout);
    expect(comparison.platforms.map(({ verdict }) => verdict)).toEqual(['reproducible', 'content-differs']);
  });

  it('is still compared as far as it can be read', async () => {
    const layout = await smallLayout();
    const other = tampered(layout, { config: json((config) => (config.config.User = '0')) });
    truncateSync(blobPath(other, manifestOf(other).layers[0].digest), 10);
    expect(causeIds(await compareLayouts(layout, other))).toEqual(['damaged', 'behaviour']);
  });
});

describe('a part of the platforms', () => {
  const amd64 = { os: 'linux', architecture: 'amd64' };
  const arm64 = { os: 'linux', architecture: 'arm64' };

  it('is compared by the digests of its images, and the rest is said to be unchecked', async () => {
    const layout = await smallLayout();
    const other = tampered(layout, { layer: flipped, index: json((index) => (index.annotations = { a: 'b' })) });
    const good = await compareLayouts(layout, other, { platforms: [arm64] });
    expect(verdictOf(good)).toBe('reproducible');
    expect(good).toMatchObject({ index: [], unchecked: ['linux/amd64'], platforms: [{ platform: 'linux/arm64' }] });
    const bad = await compareLayouts(layout, other, { platforms: [amd64] });
    expect(verdictOf(bad)).toBe('content-differs');
  });

  it('is no part where it is all of them: then the indexes are compared, too', async () => {
    const layout = await smallLayout();
    const other = tampered(layout, { index: json((index) => (index.annotations = { a: 'b' })) });
    const comparison = await compareLayouts(layout, other, { platforms: [amd64, arm64] });
    expect(verdictOf(comparison)).toBe('metadata-differs');
    expect(comparison.unchecked).toEqual([]);
  });

  it('is what one of two indexes lacks, where it was not asked for', async () => {
    const [three, one] = [await smallLayout(), await smallLayout({ architectures: ['arm64'] })];
    const comparison = await compareLayouts(three, one, { platforms: [arm64] });
    expect(verdictOf(comparison)).toBe('reproducible');
    expect(comparison.unchecked).toEqual(['linux/amd64']);
    expect(verdictOf(await compareLayouts(three, one))).toBe('content-differs');
  });

  it('does not hide an index within the index, in which engines may find another image for it', async () => {
    const layout = await smallLayout();
    const other = tampered(layout, {
      index: json(({ manifests }) =>
        manifests.push({ ...manifests[0], mediaType: 'application/vnd.oci.image.index.v1+json', platform: undefined }),
      ),
    });
    const comparison = await compareLayouts(layout, other, { platforms: [amd64] });
    expect(verdictOf(comparison)).toBe('content-differs');
    expect(causeIds(comparison)).toEqual(['hostile']);
  });

  it('must be there', async () => {
    const layout = await smallLayout();
    const error = await compareLayouts(layout, layout, { platforms: [{ os: 'linux', architecture: 's390x' }] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).input).toBe('platforms');
    expect((error as InputError).message).toContain('linux/s390x. There is: linux/amd64, linux/arm64');
  });

  it('is that of a single manifest', async () => {
    const layout = await smallLayout();
    const single = tampered(layout, {});
    const [digest] = childrenOf(layout);
    const size = readFileSync(blobPath(layout, digest as Digest)).length;
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    writeFileSync(
      join(single, 'index.json'),
      JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, digest, size }] }),
    );
    for (const [a, b] of [
      [layout, single],
      [single, layout],
    ] as const) {
      const comparison = await compareLayouts(a, b);
      expect(verdictOf(comparison)).toBe('reproducible');
      expect(comparison).toMatchObject({ unchecked: ['linux/arm64'], platforms: [{ platform: 'linux/amd64' }] });
    }
    expect(verdictOf(await compareLayouts(single, single))).toBe('reproducible');
    expect(verdictOf(await compareLayouts(tampered(layout, { layer: flipped }), single))).toBe('content-differs');
  });
});

describe('the base', () => {
  const baseOf = (content: string, folder: string) => onDisk(makeBase({ layers: [[content, 'gzip']] }), folder);
  const specOn = (letter: string) => {
    return { ...SMALL_SPEC, base: { repository: 'gcr.io/d/static', digest: `sha256:${letter.repeat(64)}` } as const };
  };
  const on = async (letter: string, more: { binary?: string; isScratch?: boolean } = {}) => {
    const { isScratch, ...options } = more;
    const spec = isScratch ? SMALL_SPEC : specOn(letter);
    const base = isScratch ? undefined : baseOf(letter, scratch());
    return smallLayout({ spec, architectures: ['amd64'], base, ...options });
  };

  it('is the cause of what differs in its layers, and of nothing else', async () => {
    const comparison = await compareLayouts(await on('a'), await on('b', { binary: 'another' }));
    expect(causeIds(comparison)).toEqual(['base', 'files']);
    const [base, files] = causesOf(comparison, DIFF_WORDS);
    expect(base).toMatchObject({
      weight: 'content',
      sentence: expect.stringMatching(
        /^A stands on gcr\.io\/d\/static@sha256:a{64}, B on gcr\.io\/d\/static@sha256:b{64}\.$/,
      ),
      fix: expect.stringContaining('Make B with --base-image gcr.io/d/static@sha256:aaaa'),
    });
    expect(files?.sentence).toContain('usr/local/bin/pushgateway');
    expect(files?.sentence).not.toContain('etc/layer-0');
  });

  it('is no cause of how its layers are compressed', async () => {
    const onSame = (letter: string) => {
      return smallLayout({ spec: specOn(letter), architectures: ['amd64'], base: baseOf('same', scratch()) });
    };
    const comparison = await compareLayouts(await onSame('a'), recompressed(await onSame('b')));
    const ofLayers = all(comparison).filter(({ where }) => where.startsWith('base: layer'));
    expect(ofLayers.length).toBeGreaterThan(0);
    for (const { cause, weight } of ofLayers) expect([cause, weight]).toEqual(['compressor', 'compression']);
  });

  it('is looked for where both specs tell how many layers it has, and not where one cannot be read', async () => {
    const illegible = tampered(await on('b'), {
      config: json((config) => (config.config.Labels[SPEC_LABEL] = '{')),
    });
    const places = all(await compareLayouts(await on('a'), illegible)).map(({ where }) => where);
    expect(places.join('\n')).not.toMatch(/^(base|above the base): /m);
    expect(places.join('\n')).toMatch(/etc\/layer-0/);
  });

  it('may be none on one side', async () => {
    const comparison = await compareLayouts(await on('a'), await on('', { isScratch: true }));
    const [base] = causesOf(comparison, DIFF_WORDS);
    expect(base?.sentence).toMatch(/^A stands on gcr\.io\/d\/static@sha256:a{64}, B on scratch\.$/);
    expect(causeIds(comparison)).not.toContain('files');
  });

  it('is told from extra files', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'x'), 'x');
    const extra = await planExtraFiles([{ type: 'copy', source: 'x', target: '/etc/x', mode: undefined }], folder);
    const spec = { ...specOn('a'), files: `sha256:${'e'.repeat(64)}` as const };
    const withFiles = await smallLayout({ spec, architectures: ['amd64'], base: baseOf('a', scratch()), extra });
    const comparison = await compareLayouts(await on('a'), withFiles);
    expect(causeIds(comparison)).toContain('files');
    expect(causeIds(comparison)).not.toContain('base');
  });
});

describe('what is kept', () => {
  it('is the heaviest, one of each cause, and as much as one may read', async () => {
    const layout = await smallLayout();
    const labels = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`label-${i}`, 'x']));
    const other = tampered(layout, {
      config: json((config) => {
        Object.assign(config.config.Labels, labels);
        config.created = '2020-01-01T00:00:00Z';
        config.config.User = '0';
      }),
    });
    const [platform] = (await compareLayouts(layout, other)).platforms;
    expect(platform?.differences).toHaveLength(1000);
    expect(platform?.omitted).toBe(4002);
    expect(platform?.differences[0]).toMatchObject({ weight: 'content', cause: 'behaviour' });
    expect(platform?.differences.some(({ cause }) => cause === 'epoch')).toBe(true);
  });

  it('can be shown on a terminal, whatever an image is called and holds', async () => {
    const layout = await smallLayout();
    const other = tampered(layout, {
      config: json((config) => (config.config.Labels['\u001b[31m\u202e\n::error::'] = '\u001b')),
    });
    for (const { where, a, b } of all(await compareLayouts(layout, other))) {
      expect(`${where}${a}${b}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it('ends when it is told to', async () => {
    const layout = await smallLayout();
    const [a, b] = [await open(layout), await open(tampered(layout, { layer: flipped }))];
    const signal = AbortSignal.abort(new Error('told to'));
    await expect(compareImages(a, b, { tempDir: scratch(), log: silentLog, signal })).rejects.toThrow('told to');
  });
});

/** Another letter in the binary's stead. */
function flipped(archive: Buffer): Buffer {
  const at = archive.indexOf('the program');
  expect(at).toBeGreaterThan(0);
  archive[at] = 'T'.charCodeAt(0);
  expect(digestOf(archive)).toBeDefined();
  return archive;
}
