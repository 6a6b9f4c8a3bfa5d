import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { readBaseDocument } from '../../src/registry/base-index.js';
import { platformName } from '../../src/spec/platform.js';
import { distrolessLike, madeAttestation, madeImage, madeIndex, TYPES } from '../support/base-images.js';

const AMD64 = { os: 'linux', architecture: 'amd64' };
/** Of entries that are passed over for what they are, not for being a second one of a platform. */
const ARM64 = { os: 'linux', architecture: 'arm64' };
const read = (value: unknown) => readBaseDocument(Buffer.from(JSON.stringify(value)));
const image = (seed: number, more: object = {}) => ({
  mediaType: TYPES.oci.manifest,
  digest: digestOf(`${seed}`),
  size: seed,
  platform: AMD64,
  ...more,
});
const index = (...manifests: unknown[]) => ({ schemaVersion: 2, mediaType: TYPES.oci.index, manifests });

function namesIn(bytes: Uint8Array): string[] {
  const document = readBaseDocument(bytes);
  return document.type === 'index' ? document.entries.map(({ platform }) => platformName(platform)) : ['manifest'];
}

describe('an index', () => {
  test('gives its images in its order, canonical, and passes over attestations', () => {
    const base = distrolessLike();
    expect(base.children).toHaveLength(7);
    expect(namesIn(base.bytes)).toEqual(['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/s390x', 'linux/riscv64']);
    const document = readBaseDocument(base.bytes);
    const [first] = base.children;
    expect(document.type === 'index' && document.entries[0]).toEqual({
      platform: AMD64,
      digest: first?.digest,
      size: first?.bytes.length,
    });
  });

  test("may be docker's manifest list, or lack its media type", () => {
    const windows = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.17763.1', 'os.features': ['win32k'] };
    const list = madeIndex([madeImage(windows, { format: 'docker' })], 'docker');
    expect(readBaseDocument(list.bytes)).toMatchObject({
      entries: [
        { platform: { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.1', osFeatures: ['win32k'] } },
      ],
    });
    expect(read({ schemaVersion: 2, manifests: [image(1)] })).toMatchObject({ type: 'index', entries: [{ size: 1 }] });
  });

  test.each([
    [
      'an attestation by its annotation',
      image(2, { platform: ARM64, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
    ],
    ['an unknown platform', image(2, { platform: { os: 'unknown', architecture: 'unknown' } })],
    ['an artifact', image(2, { platform: ARM64, artifactType: 'application/vnd.example.sbom' })],
    ['an artifact manifest', image(2, { platform: ARM64, mediaType: 'application/vnd.oci.artifact.manifest.v1+json' })],
    ['a nested index', image(2, { platform: ARM64, mediaType: TYPES.oci.index })],
    ['no platform', image(2, { platform: undefined })],
    ['a platform of odd letters', image(2, { platform: { os: 'li<nux', architecture: 'amd64' } })],
    ['a platform without architecture', image(2, { platform: { os: 'linux' } })],
    ['a double', image(2, { platform: { os: 'linux', architecture: 'x86_64', variant: 'v1' } })],
    ['nothing', null],
    ['a text', 'linux/amd64'],
  ])('passes over an entry with %s', (_what, entry) => {
    const only = { platform: AMD64, digest: digestOf('1'), size: 1 };
    expect(read(index(image(1), entry))).toEqual({ type: 'index', entries: [only] });
  });

  test('takes the first of two entries for one platform', () => {
    const zstd = { annotations: { 'io.github.containers.compression.zstd': 'true' } };
    expect(read(index(image(1), image(2, zstd)))).toMatchObject({ entries: [{ size: 1 }] });
    expect(read(index(image(2, zstd), image(1)))).toMatchObject({ entries: [{ size: 2 }] });
  });

  test('may have several images of one platform for as many versions of Windows', () => {
    const windows = (osVersion: string) => ({
      platform: { os: 'windows', architecture: 'amd64', 'os.version': osVersion },
    });
    const bytes = Buffer.from(JSON.stringify(index(image(1, windows('10.0.2')), image(2, windows('10.0.1')))));
    expect(namesIn(bytes)).toEqual(['windows/amd64:10.0.2', 'windows/amd64:10.0.1']);
  });
});

test("a manifest is one of OCI or of docker's schema 2, perhaps without its media type", () => {
  for (const format of ['oci', 'docker'] as const) {
    const { bytes } = madeImage(AMD64, { format });
    expect(readBaseDocument(bytes)).toEqual({ type: 'manifest' });
    const { mediaType: _, ...rest } = JSON.parse(bytes.toString());
    expect(read(rest)).toEqual({ type: 'manifest' });
  }
});

describe('what is no base image', () => {
  const noImage = /neither an image nor an index of images/;
  test.each<[string, unknown, RegExp]>([
    ["docker's schema 1", { schemaVersion: 1, name: 'a', fsLayers: [], history: [] }, /docker's manifest schema 1/],
    ['both image and index', { ...index(image(1)), config: {}, layers: [] }, noImage],
    ['an index that also has layers', { ...index(image(1)), layers: [] }, noImage],
    ['an empty object', {}, noImage],
    ['no schema version', { manifests: [image(1)] }, noImage],
    ['a list', [], /is not JSON/],
    ['null', null, /is not JSON/],
    ['an index that says it is an image', { ...index(image(1)), mediaType: TYPES.oci.manifest }, /has the media type/],
    ['an artifact manifest', { schemaVersion: 2, mediaType: 'a/b', config: {} }, /has the media type "a\/b"/],
    ['an empty index', index(), /without an image for any platform/],
    ['an index of attestations', index(madeAttestation(madeImage(AMD64)).entry), /without an image for any platform/],
    ['a digest of another kind', index(image(1, { digest: `sha512:${'0'.repeat(128)}` })), /digest or size/],
    ['a digest that leads elsewhere', index(image(1, { digest: 'sha256:../../../etc/passwd' })), /digest or size/],
    ['a size below zero', index(image(-1)), /digest or size/],
    ['a size that is no number', index(image(1, { size: '1' })), /digest or size/],
  ])('is refused: %s', (_what, value, message) => {
    expect(() => read(value)).toThrow(message);
    expect(() => read(value)).toThrow(InputError);
  });

  test.each(['', '{', 'not found', '\ufeff{}'])('is refused: the text %j', (text) => {
    expect(() => readBaseDocument(Buffer.from(text))).toThrow(/is not JSON|neither an image/);
  });

  test('is refused: bytes that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(() => readBaseDocument(bytes)).toThrow(/is not JSON/);
  });

  test('ends in words, whatever it is', () => {
    const anything = fc.oneof(
      fc.json(),
      fc.jsonValue().map((manifests) => JSON.stringify({ schemaVersion: 2, manifests })),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(() => readBaseDocument(Buffer.from(text))).toThrow(InputError);
      }),
      { numRuns: 500 },
    );
  });
});
