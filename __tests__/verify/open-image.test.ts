import { readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { type Digest, digestOf, sha256File } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { parseReference } from '../../src/spec/reference.js';
import { readDocument } from '../../src/verify/open/document.js';
import { openImage } from '../../src/verify/open/open-image.js';
import { readIndex } from '../../src/verify/open/read-index.js';
import { madeAttestation, madeImage, madeIndex, TYPES, writeMadeLayout } from '../support/base-images.js';
import { scratch } from '../support/files.js';
import { smallImages } from '../support/small-images.js';
import {
  blobPath,
  CONFIG,
  damageOf,
  failure,
  imageOf,
  indexOf,
  type Json,
  layoutOf,
  madeOf,
  openHere,
  openMade,
} from './images.js';

/** Reads the first image, and its layers. */
async function readFirst(opening: Promise<Awaited<ReturnType<typeof openHere>>>) {
  const image = await opening;
  const [entry] = image.entries;
  if (!entry) throw new Error('no entry');
  const read = await image.read(entry);
  return { image, read, files: await image.layerFiles(entry, read.layers) };
}

describe('an image that is whole', () => {
  test('is read byte for byte, with its labels and layers', async () => {
    const folder = scratch();
    const made = await smallImages(folder, 1);
    const image = await openHere({ type: 'layout', path: join(folder, 'layout'), tag: undefined });
    expect(image).toMatchObject({ digest: made.index.digest, mediaType: TYPES.oci.index, isIndex: true, oddities: [] });
    expect(digestOf(image.bytes)).toBe(image.digest);
    expect(image.entries.map(({ name }) => name)).toEqual(['linux/amd64', 'linux/arm64']);
    for (const entry of image.entries) {
      expect(JSON.parse(entry.raw)).toMatchObject({ digest: entry.digest, size: entry.size });
      const read = await image.read(entry);
      expect(digestOf(read.manifest)).toBe(entry.digest);
      expect(digestOf(read.config)).toBe(read.configInfo.digest);
      expect(read.platform).toEqual(entry.platform);
      const { rootfs } = JSON.parse(read.config.toString());
      expect(read.layers.map(({ diffId }) => diffId)).toEqual(rootfs.diff_ids);
      const files = await image.layerFiles(entry, read.layers);
      expect(files.size).toBe(1);
      for (const [digest, path] of files) expect(`sha256:${await sha256File(path)}`).toBe(digest);
    }
  });

  test('may be a single manifest, of OCI or docker, whose config says what it is for', async () => {
    for (const format of ['oci', 'docker'] as const) {
      const made = madeImage({ os: 'linux', architecture: 'arm' }, { format });
      const { image, read, files } = await readFirst(openMade(made));
      expect(image).toMatchObject({ digest: made.digest, mediaType: TYPES[format].manifest, isIndex: false });
      expect(image.entries).toEqual([
        {
          platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
          ...{
            name: 'linux/arm/v7',
            digest: made.digest,
            size: made.bytes.length,
            mediaType: TYPES[format].manifest,
            raw: '',
          },
        },
      ]);
      expect(read.config).toEqual(made.blobs[0]);
      expect([...files.keys()]).toEqual(made.blobs.slice(1).map(digestOf));
    }
  });

  test('may be a single manifest whose config says no platform: then it is named by its digest', async () => {
    const { image, read } = await readFirst(
      openMade(imageOf({ config: JSON.stringify({ ...CONFIG, os: 'unknown' }) })),
    );
    expect(image.entries).toMatchObject([{ platform: undefined, name: image.digest }]);
    expect(read.platform).toBeUndefined();
  });

  test('is told to the log, with no more names than a line holds', async () => {
    const lines: string[] = [];
    const log = { ...silentLog, info: (line: string) => void lines.push(line) };
    const images = Array.from({ length: 23 }, (_, i) => imageOf({ layers: [Buffer.from(`${i}`)] }));
    const index = indexOf(images, ({ manifests }) => {
      for (const [i, entry] of manifests.entries()) entry.platform = { os: 'linux', architecture: `a${i}` };
    });
    const location = { type: 'layout', path: layoutOf(index), tag: undefined } as const;
    const access = () => Promise.reject(new Error('a registry was asked'));
    const { entries } = await openImage(location, { access, tempDir: scratch(), log });
    expect(entries).toHaveLength(23);
    expect(lines).toEqual([expect.stringMatching(/: sha256:\w{64} \(linux\/a0, .*, linux\/a19 and 3 more\)$/)]);
  });

  test('gives its labels as they stand, and none where there are none', async () => {
    const labels = { b: '', a: '"\u2028', __proto__x: '1' };
    const config = JSON.stringify({ ...CONFIG, config: { Labels: labels } });
    expect([...(await readFirst(openMade(imageOf({ config })))).read.labels]).toEqual(Object.entries(labels));
    for (const none of [{}, { config: null }, { config: {} }, { config: { Labels: null } }]) {
      const { config: _config, ...bare } = CONFIG;
      const { read } = await readFirst(openMade(imageOf({ config: JSON.stringify({ ...bare, ...none }) })));
      expect(read.labels.size).toBe(0);
    }
  });

  test('has no diffId for layers that its config does not know', async () => {
    const { read } = await readFirst(openMade(imageOf({ layers: [Buffer.from('1'), Buffer.from('2')] })));
    expect(read.layers.map(({ diffId }) => diffId)).toEqual([CONFIG.rootfs.diff_ids[0], undefined]);
  });

  test('may have no layers, and nothing is fetched for none', async () => {
    const { read, files } = await readFirst(openMade(imageOf({ layers: [] })));
    expect([read.layers, files.size]).toEqual([[], 0]);
  });

  test('has layers that are asked for without its manifest having been read', async () => {
    const made = imageOf({});
    const image = await openMade(indexOf([made]));
    const [entry] = image.entries;
    const layer = Buffer.from('layer');
    const info = { mediaType: TYPES.oci.layer, digest: digestOf(layer), size: layer.length, diffId: undefined };
    if (!entry) throw new Error('no entry');
    const files = await image.layerFiles(entry, [info, info]);
    expect([...files.values()].map((path) => readFileSync(path, 'utf8'))).toEqual(['layer']);
  });

  test('is found by its tag', async () => {
    const [one, two] = [imageOf({}), imageOf({ layers: [] })];
    const path = writeMadeLayout(join(scratch(), 'layout'), [
      ['1', one],
      ['2', two],
    ]);
    expect((await openHere({ type: 'layout', path, tag: '2' })).digest).toBe(two.digest);
  });
});

describe('what is odd about an index', () => {
  const image = imageOf({});
  const other = imageOf({ layers: [] });
  const odd = async (opening: ReturnType<typeof openMade>) => {
    const { entries, oddities } = await opening;
    for (const { level, b } of oddities) expect([level, b]).toEqual(['index', undefined]);
    const said = oddities.map(({ where, weight, a, cause }) => `${where} ${weight} ${cause}: ${a}`);
    return { names: entries.map(({ name }) => name), said };
  };

  test('a platform that is there twice, in whichever words', async () => {
    const index = indexOf([image, other, image], ({ manifests }) => {
      manifests[1] = { ...manifests[1], platform: { os: 'Linux', architecture: 'x86_64' } };
    });
    expect(await odd(openMade(index))).toEqual({
      names: ['linux/amd64', 'linux/amd64', 'linux/s390x'],
      said: [
        `manifests[1] content platforms: linux/amd64 is there before, as ${image.digest}; this is ${other.digest}`,
      ],
    });
  });

  test('an index that names itself', () => {
    const index = indexOf([image, other]);
    const place = { image: 'x', level: 'index', where: 'index' } as const;
    const { entries, oddities } = readDocument(index.bytes, place, (root) => readIndex(root, other.digest, place));
    expect(entries.map(({ digest }) => digest)).toEqual([image.digest]);
    expect(oddities).toMatchObject([{ weight: 'content', cause: 'hostile', a: `the index itself, ${other.digest}` }]);
  });

  test('entries without a platform, or with none that can be read', async () => {
    const index = indexOf([image, other], ({ manifests }) => {
      delete manifests[0]?.platform;
      manifests[1] = { ...manifests[1], platform: { os: 'linux\u202e', architecture: 'amd64' } };
    });
    const { names, said } = await odd(openMade(index));
    expect(names).toEqual([image.digest, other.digest]);
    expect(said).toEqual([
      `manifests[0] content platforms: no platform that can be read: ${image.digest}`,
      'manifests[1] content platforms: no platform that can be read: {"os":"linux\\u{202e}","architecture":"amd64"}',
    ]);
  });

  test('a nested index, and what is of no known kind', async () => {
    const nested = madeIndex([madeImage({ os: 'linux', architecture: 'arm64' })]);
    const index = indexOf([image, nested, other], ({ manifests }) => {
      manifests[2] = { ...manifests[2], mediaType: 'text/html' };
    });
    expect(await odd(openMade(index))).toEqual({
      names: ['linux/amd64'],
      said: [
        `manifests[1] content hostile: an index of its own, ${nested.digest}`,
        `manifests[2] content media-types: the media type "text/html", which is none of an image: ${other.digest}`,
      ],
    });
  });

  test('attestations and artifacts are lighter', async () => {
    const made = madeImage({ os: 'linux', architecture: 'amd64' });
    const artifact = { ...other, entry: { artifactType: 'application/vnd.x' } };
    const { names, said } = await odd(openMade(madeIndex([made, madeAttestation(made), artifact])));
    expect(names).toEqual(['linux/amd64']);
    expect(said.map((line) => line.replace(/, sha256:.*/, ''))).toEqual([
      'manifests[1] metadata undefined: an attestation (attestation-manifest)',
      'manifests[2] metadata undefined: an artifact (application/vnd.x)',
    ]);
  });

  test('an image stays one that says it is an attestation or an artifact, since engines would run it', async () => {
    const index = indexOf([image, other], ({ manifests }) => {
      manifests[0] = { ...manifests[0], annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } };
      manifests[1] = { ...manifests[1], artifactType: 'application/vnd.x' };
    });
    expect(await odd(openMade(index))).toEqual({ names: ['linux/amd64', 'linux/arm64'], said: [] });
  });
});

/** What is done to a good image of an index, and what is found. */
type Damage = readonly [what: string, image: () => ReturnType<typeof madeOf>, found: string | RegExp];

const child = (change: Parameters<typeof imageOf>[0]) => () => indexOf([imageOf(change)]);
const withManifest = (change: (manifest: Json) => void) => child({ change });
const withIndex = (change: Parameters<typeof indexOf>[1]) => () => indexOf([imageOf({})], change);
const first = (index: { manifests: Json[] }) => index.manifests[0] ?? {};
const layer = (manifest: Json) => (manifest.layers as Json[])[0] ?? {};
const text = (manifest: string) => manifest;
const HUGE = 2 ** 53 - 1;

const DAMAGES: readonly Damage[] = [
  [
    'an index that is no JSON',
    () => madeOf('{"schemaVersion":2', TYPES.oci.index),
    /^index document: .*not JSON.*\(damaged\)$/,
  ],
  [
    'an index that is no UTF-8',
    () => madeOf(Buffer.from('7b22ff223a317d', 'hex'), TYPES.oci.index),
    'index document: it is not UTF-8 (damaged)',
  ],
  [
    'an index behind a byte order mark',
    () => madeOf('\uFEFF{}', TYPES.oci.index),
    /^index document: .*not JSON.*\(damaged\)$/,
  ],
  ['a list', () => madeOf('[]', TYPES.oci.index), 'index document: Document is a list, not an object (damaged)'],
  ['null', () => madeOf('null', TYPES.oci.index), /is an object|null/],
  ['nothing at all', () => madeOf('', TYPES.oci.index), /\(damaged\)$/],
  ['neither image nor index', () => madeOf('{"schemaVersion":2}', ''), /neither an image nor an index.*\(damaged\)$/],
  ["docker's schema 1", () => madeOf('{"schemaVersion":1,"fsLayers":[]}', ''), /schema 1.*\(damaged\)$/],
  ['no schema version', () => madeOf('{"manifests":[]}', ''), /has no "schemaVersion" \(damaged\)$/],
  ['another schema version', () => madeOf('{"schemaVersion":3,"manifests":[]}', ''), /schema version 3.*\(damaged\)$/],
  [
    'an index that is a manifest, too',
    withIndex((index) => Object.assign(index, { config: {}, layers: [] })),
    /read as an index and as the manifest.*\(hostile\)$/,
  ],
  [
    'an index of two schemas',
    withIndex((index) => Object.assign(index, { fsLayers: [] })),
    /of two schemas \(hostile\)$/,
  ],
  [
    'an index that says it is a manifest',
    withIndex((index) => Object.assign(index, { mediaType: TYPES.oci.manifest })),
    /is an index, and says .*manifest\.v1\+json \(hostile\)$/,
  ],
  [
    'an index of a strange type',
    withIndex((index) => Object.assign(index, { mediaType: 'a/b' })),
    /has the media type "a\/b" \(damaged\)$/,
  ],
  [
    'a key twice',
    () => madeOf('{"schemaVersion":2,"manifests":[],"manifests":[]}', ''),
    /"?manifests"? is there twice.*\(hostile\)$/,
  ],
  [
    'a key in another case',
    withIndex((index) => Object.assign(index, { Manifests: [] })),
    /"Manifests", which some programs read as manifests.*\(hostile\)$/,
  ],
  [
    'a key with the long s',
    withIndex((index) => Object.assign(index, { 'manife\u017fts': [] })),
    /some programs read as manifests.*\(hostile\)$/,
  ],
  [
    'a deep nest',
    () => madeOf(`{"schemaVersion":2,"a":${'['.repeat(100)}${']'.repeat(100)}}`, ''),
    /nested over 64 levels.*\(hostile\)$/,
  ],
  ['half a surrogate pair', () => madeOf('{"schemaVersion":2,"a":"\\ud800"}', ''), /surrogate.*\(hostile\)$/],
  [
    'too many entries',
    withIndex((index) => {
      index.manifests = Array(1001).fill(first(index));
    }),
    'index index: it has 1001 entries; at most 1000 are read (hostile)',
  ],
  [
    'no entry',
    withIndex((index) => {
      index.manifests = [];
    }),
    'index index: it has no image for any platform (hostile)',
  ],
  [
    'manifests that are no list',
    withIndex((index) => Object.assign(index, { manifests: {} })),
    /Index\.manifests is an object, not a list \(damaged\)$/,
  ],
  ['an entry that is null', withIndex((index) => Object.assign(index, { manifests: [null] })), /\(damaged\)$/],
  [
    'an entry of another digest algorithm',
    withIndex((index) => Object.assign(first(index), { digest: `sha512:${'0'.repeat(128)}` })),
    /not a sha256 digest \(damaged\)$/,
  ],
  [
    'an entry whose digest is a path',
    withIndex((index) => Object.assign(first(index), { digest: 'sha256:../../../etc/passwd' })),
    /not a sha256 digest \(damaged\)$/,
  ],
  ['an entry without size', withIndex((index) => void delete first(index).size), /has no "size" \(damaged\)$/],
  [
    'an entry of a negative size',
    withIndex((index) => Object.assign(first(index), { size: -1 })),
    /not a whole number \(damaged\)$/,
  ],
  [
    'only nested indexes',
    () => indexOf([madeIndex([madeImage({ os: 'linux', architecture: 'amd64' })])]),
    /no image for any platform; manifests\[0\]: an index of its own, .*\(hostile\)$/,
  ],
  [
    'only attestations',
    () => madeIndex([madeAttestation(madeImage({}))]),
    'index index: it has no image for any platform (hostile)',
  ],

  [
    'an entry of a huge size',
    withIndex((index) => Object.assign(first(index), { size: HUGE })),
    `manifest manifest: ${HUGE} bytes; at most 4194304 are read (hostile)`,
  ],
  [
    'an entry whose size lies',
    withIndex((index) => Object.assign(first(index), { size: 7 })),
    /^manifest manifest: .* bytes; its descriptor says 7 \(damaged\)$/,
  ],
  [
    'an entry that is not there',
    withIndex((index) => Object.assign(first(index), { digest: digestOf('x') })),
    /^manifest manifest: the blob sha256:\w+ is missing \(damaged\)$/,
  ],
  [
    'an entry that is an index',
    () => indexOf([{ ...madeIndex([madeImage({})]), mediaType: TYPES.oci.manifest }]),
    'manifest manifest: it is an index of several images, not the manifest of one (hostile)',
  ],
  [
    'a manifest that is an index, too',
    withManifest((manifest) => {
      manifest.manifests = [];
    }),
    /^manifest manifest: it can be read.*\(hostile\)$/,
  ],
  ['a manifest that is no JSON', child({ manifest: text('<html>') }), /^manifest manifest: .*not JSON.*\(damaged\)$/],
  [
    'a manifest with a key twice',
    child({ manifest: '{"schemaVersion":2,"layers":[],"layers":[]}' }),
    /twice.*\(hostile\)$/,
  ],
  [
    'layers in another case',
    withManifest((manifest) => {
      manifest.Layers = [];
    }),
    /"Layers", which some programs read as layers.*\(hostile\)$/,
  ],
  [
    'a descriptor with a key in another case',
    withManifest((manifest) => {
      layer(manifest).Digest = digestOf('x');
    }),
    /manifest\.layers\[0\] has "Digest".*\(hostile\)$/,
  ],
  ['no config', withManifest((manifest) => void delete manifest.config), /has no "config" \(damaged\)$/],
  [
    'a config that is no image’s',
    withManifest((manifest) => Object.assign(manifest.config as Json, { mediaType: 'a/b' })),
    /no container image \(damaged\)$/,
  ],
  [
    'a config of 1 GB',
    withManifest((manifest) => Object.assign(manifest.config as Json, { size: 1e9 })),
    'config config: 1000000000 bytes; at most 4194304 are read (hostile)',
  ],
  [
    'a config whose size lies',
    withManifest((manifest) => Object.assign(manifest.config as Json, { size: 1 })),
    /^config config: .*descriptor says 1 \(damaged\)$/,
  ],
  [
    'a config that is fetched from elsewhere',
    withManifest((manifest) => Object.assign(manifest.config as Json, { urls: ['http://169.254.169.254/'] })),
    /fetched from elsewhere: http:\/\/169\.254\.169\.254\/ \(hostile\)$/,
  ],
  [
    'a layer that is fetched from elsewhere',
    withManifest((manifest) => Object.assign(layer(manifest), { urls: ['file:///etc/passwd'] })),
    /layers\[0\] is to be fetched from elsewhere: file.*\(hostile\)$/,
  ],
  [
    'a layer over 8 GiB',
    withManifest((manifest) => Object.assign(layer(manifest), { size: 8 * 1024 ** 3 + 1 })),
    'layer layer 1: 8589934593 bytes; at most 8589934592 are read (hostile)',
  ],
  [
    'layers over 16 GiB',
    withManifest((manifest) => {
      manifest.layers = [1, 2, 3].map((i) => ({
        ...layer(manifest),
        digest: digestOf(String(i)),
        size: 8 * 1024 ** 3,
      }));
    }),
    /its layers: 25769803776 bytes.*\(hostile\)$/,
  ],
  [
    '129 layers',
    withManifest((manifest) => {
      manifest.layers = Array(129).fill(layer(manifest));
    }),
    'manifest manifest: it has 129 layers; at most 128 are read (hostile)',
  ],
  [
    'a layer of two sizes',
    withManifest((manifest) => {
      manifest.layers = [layer(manifest), { ...layer(manifest), size: 6 }];
    }),
    /^layer layer 2: sha256:\w+ has two sizes, 5 and 6 \(hostile\)$/,
  ],
  [
    'a layer whose digest is no digest',
    withManifest((manifest) => Object.assign(layer(manifest), { digest: 'sha256:ABC' })),
    /not a sha256 digest \(damaged\)$/,
  ],
  [
    'a layer whose size lies',
    withManifest((manifest) => Object.assign(layer(manifest), { size: 4 })),
    /^layer layer 1: .* has 5 bytes; its descriptor says 4 \(damaged\)$/,
  ],
  [
    'a layer that is not there',
    withManifest((manifest) => {
      manifest.layers = [layer(manifest), { ...layer(manifest), digest: digestOf('x') }];
    }),
    /^layer layer 2: the blob sha256:\w+ is missing \(damaged\)$/,
  ],

  ['a config that is no JSON', child({ config: '{' }), /^config config: .*not JSON.*\(damaged\)$/],
  [
    'a config that is no UTF-8',
    child({ config: Buffer.from([0x22, 0xff, 0x22]) }),
    'config config: it is not UTF-8 (damaged)',
  ],
  [
    'a config with a label twice',
    child({ config: '{"config":{"Labels":{"a":"b","a":"c"}}}' }),
    /^config config: .*twice.*\(hostile\)$/,
  ],
  [
    'a config with labels in another case',
    child({ config: '{"config":{"labels":{}}}' }),
    /"labels", which some programs read as Labels.*\(hostile\)$/,
  ],
  [
    'a config with a config in another case',
    child({ config: '{"config":{},"Config":{"Entrypoint":["/x"]}}' }),
    /"Config", which some programs read as config.*\(hostile\)$/,
  ],
  [
    'a label that is no text',
    child({ config: '{"config":{"Labels":{"a":1}}}' }),
    /Labels\.a is a number, not a text \(damaged\)$/,
  ],
  ['labels that are a list', child({ config: '{"config":{"Labels":[]}}' }), /is a list, not an object \(damaged\)$/],
  ['a diffId that is no text', child({ config: '{"rootfs":{"diff_ids":[1]}}' }), /not a text \(damaged\)$/],
  ['an os that is no text', child({ config: '{"os":1}' }), /not a text \(damaged\)$/],
];

describe('an image in a registry that cannot be asked', () => {
  test('is no finding: what the registry said is thrown as it is', async () => {
    const said = new RunError('the registry does not answer');
    const location = { type: 'registry', reference: parseReference('localhost:1/a:1') } as const;
    const options = { tempDir: scratch(), log: silentLog, access: () => Promise.reject(said) };
    await expect(openImage(location, options)).rejects.toBe(said);
  });
});

describe('an image that is broken is a finding', () => {
  test.each(DAMAGES)('%s', async (_what, make, found) => {
    expect(await damageOf(readFirst(openMade(make())))).toMatch(found);
  });

  test('a single manifest whose config is broken is opened, and found broken when it is read', async () => {
    const image = await openMade(imageOf({ config: '{' }));
    expect(image.entries.map(({ platform, name }) => [platform, name])).toEqual([[undefined, image.digest]]);
    const [entry] = image.entries;
    expect(await damageOf(image.read(entry as NonNullable<typeof entry>))).toMatch(/^config config/);
  });

  test('a config with labels of 5 MB is not read, and one of 3 MB is', async () => {
    const labelled = (size: number) => ({ ...CONFIG, config: { Labels: { a: 'x'.repeat(size) } } });
    const big = indexOf([imageOf({ config: JSON.stringify(labelled(5e6)) })]);
    expect(await damageOf(readFirst(openMade(big)))).toMatch(
      /^config config: 5\d+ bytes; at most 4194304.*\(hostile\)$/,
    );
    const { read } = await readFirst(openMade(imageOf({ config: JSON.stringify(labelled(3e6)) })));
    expect(read.labels.get('a')).toHaveLength(3e6);
  });

  describe('by what lies on disk', () => {
    const made = indexOf([imageOf({})]);
    const manifest = made.children[0]?.digest as Digest;
    const [config, blob] = (made.children[0]?.blobs ?? []).map(digestOf) as [Digest, Digest];
    const cases: readonly (readonly [string, Digest])[] = [
      ['index index', made.digest],
      ['manifest manifest', manifest],
      ['config config', config],
      ['layer layer 1', blob],
    ];
    const changes: readonly (readonly [string, (path: string) => void, RegExp])[] = [
      ['missing', (path) => rmSync(path), /the blob sha256:\w+ is missing \(damaged\)$/],
      ['truncated', (path) => truncateSync(path, 3), /has 3 bytes; its descriptor says \d+ \(damaged\)$/],
      ['longer', (path) => writeFileSync(path, `${readFileSync(path)} `), /its descriptor says \d+ \(damaged\)$/],
      [
        'another',
        (path) =>
          writeFileSync(
            path,
            readFileSync(path).map((byte) => byte ^ 1),
          ),
        /has the digest sha256:\w+ \(damaged\)$/,
      ],
      [
        'a folder',
        (path) => {
          rmSync(path);
          symlinkSync('/', path);
        },
        /is missing \(damaged\)$/,
      ],
    ];
    test.each(
      cases.flatMap(([where, digest]) =>
        changes.map(([what, change, found]) => ({ where, digest, what, change, found })),
      ),
    )('the blob of the $where: $what', async ({ where, digest, change, found }) => {
      const layout = layoutOf(made);
      change(blobPath(layout, digest));
      const damage = await damageOf(readFirst(openHere({ type: 'layout', path: layout, tag: undefined })));
      expect(damage).toMatch(found);
      expect(damage.startsWith(`${where}: `), damage).toBe(true);
    });
  });

  test('what it says is printable and short', async () => {
    const digest = `\u001b[31m\u202e${'x'.repeat(100_000)}`;
    const error = (await failure(
      openMade(indexOf([imageOf({})], (index) => void Object.assign(first(index), { digest }))),
    )) as Error;
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(error.message.length).toBeLessThan(600);
  });
});

describe('what the user may have mistaken is no finding', () => {
  const open = (path: string, tag?: string) => failure(openHere({ type: 'layout', path, tag }));

  test('no folder, no layout, no such tag, several images', async () => {
    const folder = scratch();
    const two = writeMadeLayout(join(folder, 'two'), [
      ['1', imageOf({})],
      ['2', imageOf({ layers: [] })],
    ]);
    const cases = [
      [await open(join(folder, 'none')), 'there is no folder'],
      [await open(folder), 'holds no OCI image layout'],
      [await open(two), 'it holds 2 images, and the tags "1", "2"'],
      [await open(two, '3'), 'it holds no image of that tag'],
    ] as const;
    for (const [error, message] of cases) {
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ input: 'image', message: expect.stringContaining(message) });
    }
  });

  test('an index.json that cannot be read', async () => {
    const layout = layoutOf(imageOf({}));
    for (const bad of [
      '{',
      '[]',
      'null',
      '{"manifests":[null]}',
      '{"manifests":[{"digest":"sha256:../x","size":1}]}',
      '['.repeat(3e6),
    ]) {
      writeFileSync(join(layout, 'index.json'), bad);
      expect(await open(layout), bad.slice(0, 50)).toBeInstanceOf(InputError);
    }
  });

  test('many tags are not all listed', async () => {
    const image = imageOf({});
    const layout = layoutOf(image);
    const entry = (i: number) => ({
      digest: digestOf(String(i)),
      size: 1,
      annotations: { 'org.opencontainers.image.ref.name': `t${i}` },
    });
    writeFileSync(
      join(layout, 'index.json'),
      JSON.stringify({ manifests: Array.from({ length: 5000 }, (_, i) => entry(i)) }),
    );
    expect(String(await open(layout))).toMatch(/"t0".* and 4980 more/);
  });

  test('cancelling ends it', async () => {
    const signal = AbortSignal.abort();
    const path = layoutOf(imageOf({}));
    expect(await failure(openHere({ type: 'layout', path, tag: undefined }, signal))).toBeInstanceOf(CancelledError);

    const cancel = new AbortController();
    const image = await openHere({ type: 'layout', path, tag: undefined }, cancel.signal);
    const [entry] = image.entries;
    if (!entry) throw new Error('no entry');
    const { layers } = await image.read(entry);
    cancel.abort();
    expect(await failure(image.layerFiles(entry, layers))).toBeInstanceOf(CancelledError);
  });
});
