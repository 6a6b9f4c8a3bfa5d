import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { WrongBytesError } from '../../src/registry/base-source.js';
import type { Failure, FailureCause } from '../../src/registry/failure.js';
import { RegistryError } from '../../src/registry/skopeo.js';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import { asDamage, DamagedImageError, fetching } from '../../src/verify/damaged.js';
import { printable } from '../../src/verify/difference.js';
import { capped, type Finding } from '../../src/verify/files/binary-finding.js';
import { compressionDifference, otherCompression } from '../../src/verify/layers/compression.js';
import type { UnpackFacts } from '../../src/verify/layers/decompress.js';
import { entryText, valueText } from '../../src/verify/layers/describe-entry.js';
import { liesOf, readLayer } from '../../src/verify/layers/read-layer.js';
import { renamed, shown } from '../../src/verify/layers/tar-entry.js';
import { Interned } from '../../src/verify/layers/tar-limits.js';
import { fieldNumber, isZero, paxNumber, paxTime } from '../../src/verify/layers/tar-numbers.js';
import { unpackFiles } from '../../src/verify/layers/unpack-files.js';
import { NotPerformedError } from '../../src/verify/trust/not-performed.js';
import { readSpec, readSpecs } from '../../src/verify/trust/read-specs.js';
import { specDifference } from '../../src/verify/trust/spec-difference.js';
import { scratch } from '../support/files.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { archive, layer, PLACE, pax, raw, read } from './archives.js';

describe('what a registry says of an image', () => {
  const doing = { what: 'read a', repository: { registry: 'r', path: 'a' }, access: 'read' } as const;
  const failed = (cause: FailureCause, text: string) =>
    new RegistryError({ kind: 'final', cause, text } satisfies Failure, doing);

  it.each<[string, unknown, string]>([
    ['other bytes', new WrongBytesError('it has 3 bytes'), 'damaged'],
    ['damage', failed('damaged', 'digest mismatch'), 'damaged'],
    ['a part that is not there', failed('not-found', 'manifest unknown'), 'damaged'],
    ['what it refuses', failed('other', 'exceeded maximum allowed size of 4194304'), 'hostile'],
    ['what it cannot read', failed('other', 'json: cannot unmarshal number'), 'hostile'],
  ])('is a finding where it is %s', (_, error, cause) => {
    const damage = asDamage(PLACE, error);
    expect(damage).toBeInstanceOf(DamagedImageError);
    expect((damage as DamagedImageError).difference).toMatchObject({ cause, weight: 'content', b: undefined });
  });

  it('is no finding where the world is to blame', async () => {
    for (const error of [failed('other', 'no idea'), failed('server', '503'), new Error('x'), 'text']) {
      expect(asDamage(PLACE, error)).toBe(error);
      await expect(fetching(PLACE, () => Promise.reject(error))).rejects.toBe(error);
    }
    const input = fetching(PLACE, () => Promise.reject(new InputError('odd')));
    await expect(input).rejects.toThrow(DamagedImageError);
  });
});

describe('texts of a stranger', () => {
  it('are one printable line, and no long one', () => {
    expect(printable('a\nb\u202ec\\u{1}')).toBe('a\\u{a}b\\u{202e}c\\u{5c}u{1}');
    expect(printable('x'.repeat(300))).toBe(`${'x'.repeat(200)}… (300 characters)`);
    expect([valueText('text'), valueText('\x01\xff')]).toEqual(['"text"', '0x01ff']);
    expect([shown('\xc3\xa9'), shown('\xff')]).toEqual(['é', '\xff']);
  });

  it('are kept once, as long as there is room', () => {
    const interned = new Interned();
    expect([interned.of('a'), interned.of('a')]).toEqual(['a', 'a']);
    for (let i = 0; i < 5000; i++) expect(interned.of(`${i}`)).toBe(`${i}`);
  });
});

describe('findings beyond a number', () => {
  const finding = (more: Partial<Finding>): Finding => {
    return { what: 'x', a: '1', b: '2', cause: 'files', changesCode: false, ...more };
  };

  it('are counted on each side', () => {
    expect(capped([finding({})], 'things', 1)).toEqual([finding({})]);
    const rest = [finding({ b: undefined }), finding({ b: undefined, changesCode: true })];
    expect(capped([finding({}), ...rest], 'things', 1)).toEqual([
      finding({}),
      { what: 'things', a: '2 more', b: undefined, cause: 'files', changesCode: true },
    ]);
  });
});

describe('a layer as a whole', () => {
  const facts = (more: Partial<UnpackFacts>): UnpackFacts => {
    return {
      compression: 'none',
      packedSize: 10,
      size: 10,
      digest: digestOf('x'),
      gzip: undefined,
      members: 0,
      ...more,
    };
  };

  it('is compressed in a way that can be told, or in one that cannot', () => {
    const [none, zstd] = [facts({}), facts({ compression: 'zstd', packedSize: 5 })];
    expect(compressionDifference(none, zstd, 'layer 1')).toMatchObject({
      where: 'layer 1: compression',
      a: 'not compressed; 10 bytes',
      b: 'zstd; 5 bytes',
    });
    expect(otherCompression(zstd, zstd, 'layer 1')).toBeUndefined();
    expect(otherCompression(none, zstd, 'layer 1')).toMatchObject({ weight: 'compression' });
    expect(compressionDifference(zstd, zstd, 'layer 1').where).toContain(
      'of another implementation or level (both: zstd)',
    );
    const gzip = (members: number) => facts({ compression: 'gzip', members });
    expect(compressionDifference(gzip(1), gzip(1001), 'x')).toMatchObject({
      a: 'gzip, empty, 1 member; 10 bytes',
      b: 'gzip, empty, more than 1000 members; 10 bytes',
    });
  });

  it('lies where its media type or its diffID is of something else', () => {
    const layer = { path: '', digest: digestOf('l'), size: 1, mediaType: 'x', diffId: digestOf('x') };
    expect(liesOf(layer, facts({}), 'layer 1')).toEqual([]);
    const said = (
      mediaType: string,
      compression: UnpackFacts['compression'],
      diffId: string | undefined = digestOf('x'),
    ) => liesOf({ ...layer, mediaType, diffId }, facts({ compression }), 'layer 1').map(({ a }) => a);
    expect(said('a.tar', 'none')).toEqual([]);
    expect(said('a.tar+gzip', 'none')).toEqual(['a.tar+gzip, but what it holds is not compressed']);
    expect(said('a.tar+zstd', 'gzip')).toEqual(['a.tar+zstd, but what it holds is gzip']);
    expect(said('a.tar', 'gzip')).toEqual(['a.tar, but what it holds is gzip']);
    expect(liesOf({ ...layer, diffId: undefined }, facts({}), 'x')[0]?.a).toMatch(/^the config has no diffID for it;/);
    expect(said('', 'none', digestOf('y'))[0]).toMatch(/^the config says sha256:/);
  });

  it('is unpacked under numbers, never under its names', async () => {
    const folder = join(scratch(), 'files');
    mkdirSync(folder);
    const made = layer(
      scratch(),
      archive([raw({ name: '../evil', content: 'x' }), raw({ name: 'd/', type: '5' }), raw({ name: 'e' })]),
    );
    const found = await unpackFiles(made, PLACE, folder, undefined);
    expect(found.map(({ entry, path }) => [entry.name, path])).toEqual([
      ['../evil', join(folder, '0')],
      ['d/', undefined],
      ['e', undefined],
    ]);
    expect(readFileSync(join(folder, '0'), 'utf8')).toBe('x');
    await expect(unpackFiles(made, PLACE, join(folder, 'none'), undefined)).rejects.toThrow(/ENOENT/);
    const broken = layer(scratch(), Buffer.from('no archive'));
    await expect(unpackFiles(broken, PLACE, folder, undefined)).rejects.toThrow(DamagedImageError);
    await expect(readLayer(broken, 'layer 1', undefined)).rejects.toThrow(RunError);
  });

  it('has entries of every kind, each in words', async () => {
    const { entries } = await read(
      archive([
        raw({ name: 'f', content: 'x', mode: 0o4755 }),
        raw({ name: '.wh.x' }),
        raw({ name: 's', type: '2', link: 't' }),
        raw({ name: 'h', type: '1', link: 'f' }),
        raw({ name: 'c', type: '3', dev: '0000001\x000000002\0' }),
        raw({ name: 'p', type: '6' }),
        raw({ name: 'o', type: 'Z' }),
        pax({ 'GNU.sparse.realsize': '9' }),
        raw({ name: 'z', type: 'S', magic: 'ustar  \0' }),
      ]),
    );
    expect(entries.map(entryText)).toEqual([
      'a file of 1 bytes, mode 4755 (setuid), owner 0:0',
      'a whiteout: removes what lower layers have',
      expect.stringMatching(/^a symbolic link to /),
      expect.stringMatching(/^a hard link to /),
      'a character device 1:2, mode 0644, owner 0:0',
      'a fifo, mode 0644, owner 0:0',
      'an entry of the type "Z"',
      'a sparse file of 9 bytes, mode 0644, owner 0:0',
    ]);
    const [first, second] = entries;
    if (!first || !second) throw new Error('no entries');
    expect(entryText({ ...first, kind: 'sparse file', realSize: undefined })).toContain('of unknown bytes');
    expect(renamed(first, second)).toMatchObject({ name: '.wh.x', headerHash: undefined, size: 1 });
  });
});

describe('numbers of an archive', () => {
  const field = (text: string) => fieldNumber(Buffer.from(text.padEnd(12, '\0'), 'latin1'), 0, 12);

  it('are octal digits between blanks, or base 256', () => {
    expect(['  644 ', '\0 12', '', '8', '6 4', '77777777777'].map(field)).toEqual([
      420,
      10,
      0,
      undefined,
      6,
      8589934591,
    ]);
    expect(field('\x80\0\0\0\0\0\0\0\0\0\x01\x02')).toBe(258);
    expect(field('\xff'.repeat(12))).toBe(-1);
    expect(field(`\x80${'\xff'.repeat(11)}`)).toBeUndefined();
  });

  it('of extended headers are decimal', () => {
    expect(['1.50', '-0', '-0.0', '-1.5', '007', '1.', '.5', 'x', '1e3'].map(paxTime)).toEqual([
      ...['1.5', '0', '0', '-1.5', '7', '1', undefined, undefined, undefined],
    ]);
    expect(['1', '-1', '9'.repeat(16), '1.5', ''].map(paxNumber)).toEqual([1, -1, undefined, undefined, undefined]);
  });

  it('are all zero over many pieces, or not', () => {
    expect([
      isZero(Buffer.alloc(200_000)),
      isZero(Buffer.alloc(200_000).fill(1, 199_999)),
      isZero(Buffer.alloc(0)),
    ]).toEqual([...[true, false, true]]);
  });
});

describe('specs of several platforms', () => {
  const text = encodeSpec(EXAMPLE_SPEC);
  const of = (...texts: (string | undefined)[]) =>
    new Map(texts.map((one, i) => [`linux/${i}`, new Map(one === undefined ? [] : [[SPEC_LABEL, one]])]));
  const refused = (labels: ReturnType<typeof of>) => {
    try {
      return readSpecs(labels);
    } catch (error) {
      if (!(error instanceof NotPerformedError)) throw error;
      return error.message;
    }
  };

  it('are one, or nothing is made of them', () => {
    expect(refused(of(text, text))).toEqual(EXAMPLE_SPEC);
    expect(refused(of(undefined))).toContain('no spec: the image has no label');
    expect(refused(of(text, undefined))).toContain('is missing for linux/1; linux/0 has one');
    const other = encodeSpec({ ...EXAMPLE_SPEC, go: '1.26.9' });
    expect(refused(of(text, other))).toMatch(/go is .*1\.26\.8.* for linux\/0 and .*1\.26\.9.* for linux\/1/);
  });

  it('are no texts of any length, and no others than the decoder takes', () => {
    expect(() => readSpec('x'.repeat(70_000))).toThrow(/has 70000 bytes; at most 65536 are read/);
    expect(() => readSpec('x'.repeat(70_000), 'linux/amd64')).toThrow(/in the label for linux\/amd64/);
    expect(() => readSpec('{}')).toThrow(NotPerformedError);
    expect(() => readSpec(text.replace('1.26.8', 'x'))).toThrow(/go/);
    expect(specDifference(EXAMPLE_SPEC, EXAMPLE_SPEC)).toBeUndefined();
  });
});
