import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { type Digest, digestOf } from '../../src/base/hash.js';
import type { Difference } from '../../src/verify/difference.js';
import { compareLayers, type LayerFile } from '../../src/verify/layers/layers.js';
import { scratch } from '../support/files.js';
import { archive, gnuTar, layer, pax, type RawEntry, raw } from './archives.js';

let folder: string;
let tempDir: string;
/** What compareFiles was asked, with the contents that it found. */
let asked: { where: string; a: string; b: string }[];

beforeEach(() => {
  folder = scratch();
  tempDir = scratch();
  asked = [];
});

const options = () => ({
  tempDir,
  async compareFiles(where: string, a: string, b: string): Promise<Difference[]> {
    asked.push({ where, a: readFileSync(a, 'latin1'), b: readFileSync(b, 'latin1') });
    return [{ level: 'file', weight: 'content', where, a: 'A', b: 'B', cause: 'version' }];
  },
});

/** Differences of two stacks of archives. */
async function compare(a: readonly (Buffer | LayerFile)[], b: readonly (Buffer | LayerFile)[]): Promise<Difference[]> {
  const made = (stack: readonly (Buffer | LayerFile)[]) =>
    stack.map((item) => (Buffer.isBuffer(item) ? layer(folder, item) : item));
  const found = await compareLayers(made(a), made(b), options());
  expect(readdirSync(tempDir)).toEqual([]);
  return found;
}

const one = (a: (RawEntry | Buffer)[], b: (RawEntry | Buffer)[]) => compare([archive(a)], [archive(b)]);

const dir = (name: string, more: Partial<RawEntry> = {}): RawEntry => ({
  name: `${name}/`,
  type: '5',
  mode: 0o755,
  ...more,
});
const BASE: RawEntry[] = [
  dir('usr'),
  dir('usr/bin'),
  { name: 'usr/bin/x', mode: 0o755, content: 'program' },
  { name: 'usr/bin/y', type: '2', mode: 0o777, link: 'x' },
];

/** The base with one entry put otherwise. */
function changed(name: string, more: Partial<RawEntry>): RawEntry[] {
  return BASE.map((entry) => (entry.name === name ? { ...entry, ...more } : entry));
}

describe('layers of one digest', () => {
  it('are not read', async () => {
    const same: LayerFile = { ...layer(folder, archive(BASE)), path: '' };
    expect(await compare([same], [same])).toEqual([]);
  });

  it('cannot have two diffIDs', async () => {
    const same = layer(folder, archive(BASE));
    expect(await compare([same], [{ ...same, diffId: digestOf('other') }])).toMatchObject([
      { weight: 'content', where: 'layer 1: diffID', cause: 'damaged' },
    ]);
  });
});

describe('compression', () => {
  const tar = archive([...BASE, { name: 'big', content: Buffer.from('abcdefgh'.repeat(9999)) }]);
  const packed = (level: string) => execFileSync('gzip', [level, '-n'], { input: tar });

  it('is the cause where the archives are the same: level, OS, time, name and members are told', async () => {
    const python = `import gzip, sys
out = gzip.GzipFile('layer.tar', 'wb', 6, sys.stdout.buffer, 86400)
out.write(sys.stdin.buffer.read()); out.close()`;
    const named = execFileSync('python3', ['-c', python], { input: tar });
    const two = Buffer.concat([gzipSync(tar.subarray(0, 1024)), gzipSync(tar.subarray(1024))]);
    const go = execFileSync('gzip', ['-n'], { input: tar });
    go[9] = 255; // as Go's compress/gzip has it
    const from = layer(folder, tar, { packed: packed('-1') });
    for (const [bytes, a, b] of [
      [packed('-9'), 'XFL 4 (level 1)', 'XFL 2 (level 9)'],
      [named, 'no time, no name', 'time 1970-01-02T00:00:00.000Z, name "layer'],
      [two, '1 member', '2 members'],
      [go, 'OS 3 (Unix', 'OS 255 (unknown'],
      [tar, 'gzip', 'not compressed'],
    ] as const) {
      const mediaType = `application/vnd.oci.image.layer.v1.tar${bytes === tar ? '' : '+gzip'}`;
      const found = await compare([from], [layer(folder, tar, { packed: bytes, mediaType })]);
      expect(found).toMatchObject([
        { level: 'layer', weight: 'compression', where: 'layer 1: compression', cause: 'compressor' },
      ]);
      expect(found[0]?.a).toContain(a);
      expect(found[0]?.b).toContain(b);
      expect(found[0]?.a).toContain(`${from.size} bytes`);
    }
  });

  it('is told by the sizes where the headers do not tell it', async () => {
    const [a, b] = [packed('-3'), packed('-8')];
    expect(await compare([layer(folder, tar, { packed: a })], [layer(folder, tar, { packed: b })])).toMatchObject(
      [
        {
          weight: 'compression',
          where: /^layer 1: compressed stream/ as never,
          a: `${a.length} bytes`,
          b: `${b.length} bytes`,
        },
      ].map((difference) => ({ ...difference, where: expect.stringMatching(difference.where) })),
    );
  });

  it('is told beside what else differs', async () => {
    const found = await compare(
      [layer(folder, archive(BASE), { packed: execFileSync('gzip', ['-9', '-n'], { input: archive(BASE) }) })],
      [archive(changed('usr/bin/x', { mtime: 7 }))],
    );
    expect(found.map(({ weight, cause }) => [weight, cause])).toEqual([
      ['compression', 'compressor'],
      ['metadata', 'epoch'],
    ]);
  });

  it('is told where zstd and gzip hold the same, or that this Node cannot say', async () => {
    const zstd = execFileSync('zstd', ['-q', '-c'], { input: tar });
    const mediaType = 'application/vnd.oci.image.layer.v1.tar+zstd';
    const found = await compare([tar], [layer(folder, tar, { packed: zstd, mediaType })]);
    expect(found).toHaveLength(1);
    expect(found[0]?.cause).toBe('compressor');
    expect(found[0]?.b).toMatch(/^zstd; |cannot be unpacked by this Node.js/);
    expect(found[0]?.weight).toBe(found[0]?.b?.startsWith('zstd') ? 'compression' : 'content');
  });

  it('is found by the bytes, and a media type that names another is told', async () => {
    const plain = layer(folder, tar, { packed: tar });
    expect(await compare([tar], [plain])).toMatchObject([
      {
        weight: 'metadata',
        where: 'layer 1: media type',
        cause: 'media-types',
        b: expect.stringContaining('not compressed'),
      },
      { weight: 'compression' },
    ]);
  });
});

describe('what a layer claims', () => {
  it('is checked: a diffID that is not that of the archive is a lie, on the side that has it', async () => {
    const diffId = digestOf('something else');
    const lie = layer(folder, archive(BASE), { diffId, packed: gzipSync(archive(BASE), { level: 1 }) });
    expect(await compare([archive(BASE)], [lie])).toMatchObject([
      {
        weight: 'content',
        where: 'layer 1: diffID',
        a: undefined,
        b: expect.stringContaining(diffId),
        cause: 'damaged',
      },
      { weight: 'compression' },
    ]);
    // The same lie on both sides, about archives that differ.
    const other = layer(folder, archive(changed('usr/bin/x', { mode: 0o4755 })), { diffId });
    const found = await compare([lie], [other]);
    expect(found.filter(({ cause }) => cause === 'damaged')).toHaveLength(2);
    expect(found.some(({ b }) => b === '4755 (setuid)')).toBe(true);
    const { diffId: _, ...none } = layer(folder, archive(changed('usr/bin/x', { mtime: 4 })));
    expect((await compare([archive(BASE)], [{ ...none, diffId: undefined }]))[0]?.b).toMatch(
      /^the config has no diffID/,
    );
  });

  it('may be damaged or hostile, each on its side, and both are told', async () => {
    const cut = layer(folder, archive(BASE), { packed: gzipSync(archive(BASE)).subarray(0, 60) });
    const zeros = execFileSync('sh', ['-c', 'head -c 100000000 /dev/zero | gzip -9'], { maxBuffer: 2 ** 20 });
    const bomb = layer(folder, archive([]), { packed: zeros, diffId: digestOf('?') });
    expect(await compare([cut], [bomb])).toMatchObject([
      {
        weight: 'content',
        where: 'layer 1',
        a: expect.stringContaining('cannot be unpacked'),
        b: undefined,
        cause: 'damaged',
      },
      { weight: 'content', where: 'layer 1', a: undefined, b: expect.stringContaining('200 times'), cause: 'hostile' },
    ]);
  });
});

describe('what tells about files', () => {
  it.each<[string, (RawEntry | Buffer)[], Partial<Difference>]>([
    [
      'type bits in modes',
      changed('usr/bin/x', { mode: 0o100755 }),
      { cause: 'tar-modes', where: 'layer 1: type bits in the mode: usr/bin/x', a: '0000755', b: '0100755' },
    ],
    ['modes of symbolic links', changed('usr/bin/y', { mode: 0o755 }), { cause: 'tar-modes' }],
    [
      'mtime',
      changed('usr/bin/x', { mtime: 7 }),
      {
        cause: 'epoch',
        where: 'layer 1: mtime: usr/bin/x',
        a: '1970-01-01T00:16:40Z (1000)',
        b: '1970-01-01T00:00:07Z (7)',
      },
    ],
    [
      'fractions of seconds',
      [pax({ mtime: '1000.5' }), ...BASE],
      { cause: 'tar-format', b: '1970-01-01T00:16:40Z (1000.5)' },
    ],
    ['atime', [...BASE.slice(0, 3), pax({ atime: '5' }), ...BASE.slice(3)], { cause: 'epoch' }],
    [
      'owner names',
      changed('usr/bin/x', { uname: 'root' }),
      { cause: 'tar-format', where: 'layer 1: names of owner and group: usr/bin/x' },
    ],
    ['GNU magic', changed('usr/bin/x', { magic: 'ustar  \0' }), { cause: 'tar-format', a: 'ustar', b: 'gnu' }],
    ['a comment', [...BASE.slice(0, 3), pax({ comment: 'c' }), ...BASE.slice(3)], { cause: 'tar-format' }],
    [
      './ before names',
      changed('usr/bin/x', { name: './usr/bin/x' }),
      { cause: 'tar-format', a: '"usr/bin/x"', b: '"./usr/bin/x"' },
    ],
    ['type flag', changed('usr/bin/x', { type: '\0' }), { cause: 'tar-format' }],
    [
      'device fields',
      changed('usr/bin/x', { dev: '0000000\x000000000\0' }),
      { cause: 'tar-format', b: 'device major "0000000\\u0000"' },
    ],
    [
      'blanks in numbers',
      changed('usr/bin/x', { uid: '000000 \0' as never }),
      { cause: 'tar-format', where: 'layer 1: form of the header: usr/bin/x' },
    ],
    ['bytes in the last block', changed('usr/bin/x', { fill: 1 }), { cause: 'tar-format', b: 'not zero' }],
    [
      'a folder that is implied',
      BASE.slice(1),
      { cause: 'tar-format', where: 'layer 1: folders above others, written out: usr', b: undefined },
    ],
    ['the root as an entry', [dir('.'), ...BASE], { cause: 'tar-format', a: undefined }],
    ['a folder that is there twice', [...BASE, dir('usr/bin')], { cause: 'tar-format' }],
    [
      'another order',
      [BASE[0], BASE[1], BASE[3], BASE[2]] as RawEntry[],
      {
        cause: 'tar-format',
        where: 'layer 1: order of the entries',
        a: 'usr/bin/x is number 3',
        b: 'usr/bin/y is number 3',
      },
    ],
  ])('is metadata: %s', async (_, b, expected) => {
    const found = await one(BASE, b);
    expect(found[0]).toMatchObject({ level: 'tar', weight: 'metadata', ...expected });
    // An extended header is another format, too.
    expect(found.slice(1).map(({ where, b }) => [where.slice(0, 19), b])).toEqual(
      found.length > 1 ? [['layer 1: tar format', 'pax']] : [],
    );
    expect(asked).toEqual([]);
  });

  it('is metadata: the end of the archive', async () => {
    const [a, b] = [archive(BASE), archive(BASE, Buffer.alloc(10240 - (archive(BASE).length - 1024)))];
    expect(b.length).toBe(10240);
    expect(await compare([a], [b])).toMatchObject([
      {
        weight: 'metadata',
        where: 'layer 1: zero bytes at the end',
        a: '1024 zero bytes (2 blocks)',
        cause: 'tar-format',
      },
    ]);
  });

  it('is metadata: which name of a file comes first', async () => {
    const first = [dir('d'), { name: 'd/a', content: 'x' }, { name: 'd/b', type: '1', link: 'd/a' }];
    const second = [dir('d'), { name: 'd/b', content: 'x' }, { name: 'd/a', type: '1', link: 'd/b' }];
    const found = await one(first, second);
    expect(found.every(({ weight, cause }) => weight === 'metadata' && cause === 'tar-format')).toBe(true);
    expect(found.map(({ where }) => where)).toContain(
      'layer 1: which of the names of one file comes first: 2 entries, for example d/a',
    );
    // The same names, another file.
    const third = [dir('d'), { name: 'd/b', content: 'y' }, { name: 'd/a', type: '1', link: 'd/b' }];
    expect((await one(first, third)).some(({ weight }) => weight === 'content')).toBe(true);
  });

  it('is metadata: the formats of GNU tar, of one folder', async () => {
    mkdirSync(join(folder, 'src', 'd'.repeat(70)), { recursive: true });
    writeFileSync(join(folder, 'src', 'd'.repeat(70), 'f'.repeat(70)), 'content');
    symlinkSync('x'.repeat(60), join(folder, 'src', 'link'));
    const forms = ['gnu', 'ustar', 'pax'].map((format) =>
      gnuTar(join(folder, 'src'), `--format=${format}`, '--sort=name', '.'),
    );
    for (const a of forms) {
      for (const b of forms) {
        if (a === b) continue;
        const found = await compare([a], [b]);
        expect(found.length).toBeGreaterThan(0);
        expect(found.filter(({ weight }) => weight !== 'metadata')).toEqual([]);
        expect(found.map(({ cause }) => cause)).toContain('tar-format');
      }
    }
  });

  it('is summed up: one difference for all entries of another time', async () => {
    const many = Array.from({ length: 37 }, (_, i) => ({ name: `f${i}`, content: `${i}` }));
    const found = await one(
      many,
      many.map((entry) => ({ ...entry, mtime: 5 })),
    );
    expect(found).toMatchObject([{ where: 'layer 1: mtime: 37 entries, as f0', cause: 'epoch' }]);
    const mixed = await one(
      many,
      many.map((entry, i) => ({ ...entry, mtime: i })),
    );
    expect(mixed[0]?.where).toBe('layer 1: mtime: 37 entries, for example f0');
  });
});

describe('what says something', () => {
  it.each<[string, (RawEntry | Buffer)[], Partial<Difference>]>([
    [
      'a setuid bit',
      changed('usr/bin/x', { mode: 0o4755 }),
      { where: 'usr/bin/x: permission bits', a: '0755', b: '4755 (setuid)' },
    ],
    [
      'setgid and sticky',
      changed('usr/', { mode: 0o3755 }),
      { where: 'usr: permission bits', b: '3755 (setgid, sticky)' },
    ],
    ['an owner', changed('usr/bin/x', { uid: 7 }), { where: 'usr/bin/x: owner', a: '0:0', b: '7:0' }],
    ['a link target', changed('usr/bin/y', { link: '/tmp/x' }), { where: 'usr/bin/y: link target', b: '"/tmp/x"' }],
    ['a type', changed('usr/bin/y', { type: '6' }), { where: 'usr/bin/y: type', a: 'a symbolic link to "x"' }],
    [
      'a file more',
      [...BASE, { name: 'usr/bin/z', mode: 0o755, content: 'abc' }],
      { where: 'usr/bin/z', a: undefined, b: 'a file of 3 bytes, mode 0755, owner 0:0' },
    ],
    ['a file less', BASE.slice(0, 3), { where: 'usr/bin/y', b: undefined }],
    [
      'a whiteout',
      [...BASE, { name: 'usr/.wh.lib' }],
      { where: 'usr/.wh.lib', b: 'a whiteout: removes what lower layers have' },
    ],
    ['a folder with nothing in it', [...BASE, dir('var')], { where: 'var', b: 'a folder, mode 0755, owner 0:0' }],
    [
      'an attribute',
      [...BASE.slice(0, 2), pax({ 'SCHILY.xattr.security.capability': '\x01\0\0' }), ...BASE.slice(2)],
      { where: 'usr/bin/x: extended attributes', a: 'none', b: 'SCHILY.xattr.security.capability=0x010000' },
    ],
    [
      'a record that is not known',
      [...BASE.slice(0, 2), pax({ 'VENDOR.odd': 'v' }), ...BASE.slice(2)],
      { where: 'usr/bin/x: extended attributes' },
    ],
  ])('is content: %s', async (_, b, expected) => {
    const found = await one(BASE, b);
    const content = found.filter(({ weight }) => weight === 'content');
    expect(content).toMatchObject([{ level: 'file', cause: 'files', ...expected }]);
    expect(found.filter(({ cause }) => !['files', 'tar-format'].includes(cause ?? ''))).toEqual([]);
  });

  it('is content: a folder that is implied on one side with another mode or owner', async () => {
    for (const more of [{ mode: 0o700 }, { mode: 0o1755 }, { uid: 5 }]) {
      const found = await one(changed('usr/', more), BASE.slice(1));
      expect(found).toMatchObject([{ weight: 'content', where: 'usr', b: undefined }]);
    }
  });

  it('is content: a long attribute, shown short, where it differs', async () => {
    const attribute = (end: string) => [pax({ 'SCHILY.xattr.a': `${'x'.repeat(5000)}${end}` }), ...BASE.slice(2)];
    const [found] = await one(attribute('1'), attribute('2'));
    expect(found).toMatchObject({ weight: 'content', where: 'usr/bin/x: extended attributes' });
    expect(found?.a).toMatch(/xxx1"/);
    expect(found?.b).toMatch(/xxx2"/);
    expect(found?.a?.length).toBeLessThan(250);
  });

  it('is content: a device', async () => {
    const device = (dev: string): RawEntry => ({ name: 'null', type: '3', dev });
    expect(await one([device('0000001\x000000003\0')], [device('0000001\x000000005\0')])).toMatchObject([
      { weight: 'content', where: 'null: device', a: '1:3', b: '1:5' },
    ]);
  });

  it('is content: a sparse file, which is never expanded', async () => {
    const path = join(folder, 'src', 'f');
    mkdirSync(join(folder, 'src'));
    writeFileSync(path, '');
    truncateSync(path, 1_000_000);
    const [sparse, plain] = [gnuTar(join(folder, 'src'), '--sparse', 'f'), gnuTar(join(folder, 'src'), 'f')];
    const unlike = await compare([sparse], [plain]);
    expect(unlike.filter(({ weight }) => weight === 'content')).toMatchObject([
      { weight: 'content', where: 'f: type', a: expect.stringContaining('a sparse file of 1000000 bytes') },
    ]);
    truncateSync(path, 10 * 1024 ** 3);
    const found = await compare([plain], [gnuTar(join(folder, 'src'), '--sparse', 'f')]);
    expect(found.filter(({ cause }) => cause === 'hostile')).toMatchObject([
      { b: expect.stringContaining('10737418240') },
    ]);
    expect(asked).toEqual([]);
  });

  it('is looked into: the contents of files, under numbers, gone afterwards', async () => {
    const a = [
      dir('d'),
      { name: 'd/one', content: 'A1' },
      { name: 'd/same', content: 's' },
      { name: 'd/two', content: '' },
    ];
    const b = [
      dir('d'),
      { name: 'd/one', content: 'B1' },
      { name: 'd/same', content: 's' },
      { name: 'd/two', content: 'x'.repeat(2000) },
    ];
    const found = await one(a, b);
    expect(asked).toEqual([
      { where: 'd/one', a: 'A1', b: 'B1' },
      { where: 'd/two', a: '', b: 'x'.repeat(2000) },
    ]);
    expect(found).toMatchObject([{ where: 'd/one', cause: 'version' }, { where: 'd/two' }]);
  });

  it('is told by digests where nothing was found inside', async () => {
    const [a, b] = [archive([{ name: 'f', content: 'a' }]), archive([{ name: 'f', content: 'b' }])].map((tar) =>
      layer(folder, tar),
    );
    const found = await compareLayers([a as LayerFile], [b as LayerFile], { tempDir, compareFiles: async () => [] });
    expect(found).toMatchObject([
      {
        weight: 'content',
        where: 'f: content',
        a: `1 bytes, ${digestOf('a')}`,
        b: `1 bytes, ${digestOf('b')}`,
        cause: 'files',
      },
    ]);
  });

  it('is counted where it is too much to read', async () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ name: `f${i}`, content: `${i}` }));
    const found = await one(many, [{ name: 'g', content: 'g' }]);
    expect(found).toHaveLength(200);
    expect(found.at(-1)).toMatchObject({ weight: 'content' });
    expect(found.map(({ where, a }) => `${where} ${a}`).join('\n')).toMatch(/more/);
    const unlike = await one(
      many,
      many.map((entry) => ({ ...entry, content: `${entry.content}!` })),
    );
    expect(unlike).toHaveLength(200);
    expect(asked).toHaveLength(200);
    const owned = await one(
      many,
      many.map((entry) => ({ ...entry, uid: 3 })),
    );
    expect(owned).toMatchObject([
      { weight: 'content', where: 'layer 1: owner: 400 entries, as f0', a: '0:0', b: '3:0' },
    ]);
  });
});

describe('what no honest tool writes', () => {
  it.each<[string, (RawEntry | Buffer)[], string | RegExp]>([
    ['a name that leaves', [...BASE, { name: '../../etc/cron.d/x', content: 'x' }], /".." in it/],
    ['an absolute name', [...BASE, { name: '/etc/passwd', content: 'x' }], /absolute/],
    ['a NUL', [...BASE, pax({ path: 'a\0b' }), { name: 'a' }], /NUL/],
    ['a file twice', [...BASE, { name: 'usr/bin/x', mode: 0o755, content: 'evil' }], /once more: a file of 4 bytes/],
    [
      'an entry below a link',
      [...BASE, { name: 'usr/bin/y/z', content: 'x' }],
      /below usr\/bin\/y, which is a symlink/,
    ],
    [
      'links in a circle',
      [...BASE, { name: 'p', type: '1', link: 'q' }, { name: 'q', type: '1', link: 'p' }],
      /circle/,
    ],
    ['a link to itself', [...BASE, { name: 'p', type: '1', link: './p' }], /circle/],
    ['a link to a folder', [...BASE, { name: 'p', type: '1', link: 'usr' }], /hard link to a folder/],
    [
      'bytes after the end',
      [...BASE, Buffer.alloc(1024), raw({ name: 'hidden' })],
      /bytes follow the end of the archive/,
    ],
    [
      '10 GB',
      [...BASE, raw({ name: 'huge', size: '\x80\0\0\0\0\0\0\x02\x54\x0b\xe4\0' })],
      /says it has 10000000000 bytes/,
    ],
  ])('is hostile: %s', async (_, b, expected) => {
    const hostile = (await one(BASE, b)).filter(({ cause }) => cause === 'hostile');
    expect(hostile.length).toBeGreaterThan(0);
    expect(hostile[0]).toMatchObject({ weight: 'content', a: undefined, b: expect.stringMatching(expected) });
    const other = (await one(b, BASE)).filter(({ cause }) => cause === 'hostile');
    expect(other[0]).toMatchObject({ b: undefined, a: expect.stringMatching(expected) });
  });

  it('takes no time where links go in circles, or in chains', async () => {
    const ring = Array.from({ length: 5000 }, (_, i) => ({ name: `l${i}`, type: '1', link: `l${(i + 1) % 5000}` }));
    const chain = [...ring.slice(0, -1), { name: 'l4999', content: 'x' }];
    const found = await one(chain, ring);
    expect(found.some(({ b }) => b === 'its hard links go in a circle')).toBe(true);
  });

  it('shows names from strangers as one printable line', async () => {
    const found = await one(BASE, [...BASE, { name: 'a\n::error::b\x1b[31m', content: 'x' }]);
    expect(found).toMatchObject([{ where: 'a\\u{a}::error::b\\u{1b}[31m' }]);
  });
});

describe('stacks', () => {
  const lower = archive([dir('etc'), { name: 'etc/a', content: 'a' }, { name: 'etc/b', content: 'b' }]);
  const upper = archive([dir('etc'), { name: 'etc/c', content: 'c' }]);
  const METADATA = { weight: 'metadata', cause: 'layers' };

  it('are the same files in unlike numbers of layers', async () => {
    const whole = archive([dir('etc'), ...['a', 'b', 'c'].map((name) => ({ name: `etc/${name}`, content: name }))]);
    expect(await compare([lower, upper], [whole])).toMatchObject([
      { ...METADATA, where: 'number of layers', a: '2', b: '1' },
    ]);
    const other = archive([
      dir('etc'),
      ...['a', 'b', 'c'].map((name) => ({ name: `etc/${name}`, content: `${name}!` })),
    ]);
    const found = await compare([lower, upper], [other]);
    expect(found.slice(1).map(({ where }) => where)).toEqual(['etc/a', 'etc/b', 'etc/c']);
    expect(asked.map(({ a }) => a)).toEqual(['a', 'b', 'c']);
  });

  it('are the same files in the same number of layers, cut otherwise', async () => {
    const [first, second] = [
      archive([dir('etc'), { name: 'etc/a', content: 'a' }]),
      archive([dir('etc'), { name: 'etc/b', content: 'b' }, { name: 'etc/c', content: 'c' }]),
    ];
    expect(await compare([lower, upper], [first, second])).toMatchObject([
      { ...METADATA, where: 'which layer holds what' },
    ]);
  });

  it('are put in another order: what a container sees counts', async () => {
    const [x, y] = [
      layer(folder, archive([{ name: 'f', content: 'x' }])),
      layer(folder, archive([{ name: 'f', content: 'y' }])),
    ];
    const found = await compare([x, y], [y, x]);
    expect(found).toMatchObject([METADATA, { weight: 'content', where: 'f' }]);
    expect(asked).toEqual([{ where: 'f', a: 'y', b: 'x' }]);
    const apart = layer(folder, archive([{ name: 'g', content: 'g' }]));
    expect(await compare([x, apart], [apart, x])).toMatchObject([METADATA]);
    // Not read, since both have them: then nobody can say that it is harmless.
    const bare = (item: LayerFile) => ({ ...item, path: '' });
    expect(await compare([bare(x), bare(y)], [bare(y), bare(x)])).toMatchObject([
      { weight: 'content', where: 'order of the layers', cause: 'layers' },
    ]);
  });

  it('are one more layer, which says what is in it', async () => {
    const evil = archive([
      { name: 'etc/a', content: 'evil' },
      { name: 'etc/new', mode: 0o4755, content: '' },
    ]);
    const base = layer(folder, lower);
    expect(await compare([base], [base, evil])).toMatchObject([
      METADATA,
      { weight: 'content', where: 'etc/a' },
      { weight: 'content', where: 'etc/new', b: 'a file of 0 bytes, mode 4755 (setuid), owner 0:0' },
    ]);
    expect(await compare([base], [base, archive([])])).toMatchObject([METADATA]);
  });

  it('are seen as a container sees them: whiteouts, opaque folders, files in place of folders', async () => {
    const tops: [RawEntry[], RawEntry[]][] = [
      [[{ name: 'etc/.wh.a' }], [dir('etc'), { name: 'etc/b', content: 'b' }]],
      [[{ name: '.wh.etc' }], []],
      [
        [dir('etc'), { name: 'etc/.wh..wh..opq' }, { name: 'etc/z', content: 'z' }],
        [dir('etc'), { name: 'etc/z', content: 'z' }],
      ],
      // The folder that is emptied is still there.
      [[{ name: 'etc/.wh..wh..opq' }], [dir('etc')]],
      [[{ name: 'etc', content: 'file' }], [{ name: 'etc', content: 'file' }]],
      [
        [dir('etc', { mode: 0o700 })],
        [dir('etc', { mode: 0o700 }), { name: 'etc/a', content: 'a' }, { name: 'etc/b', content: 'b' }],
      ],
      [
        [{ name: 'etc/.wh.a' }, dir('etc/a'), { name: 'etc/a/n', content: 'n' }],
        [dir('etc'), dir('etc/a'), { name: 'etc/a/n', content: 'n' }, { name: 'etc/b', content: 'b' }],
      ],
    ];
    for (const [top, expected] of tops) {
      expect(await compare([lower, archive(top)], [archive(expected)])).toMatchObject([METADATA]);
    }
    expect(await compare([lower, archive([{ name: 'etc/.wh.a' }])], [lower, archive([]), archive([])])).toMatchObject([
      METADATA,
      { weight: 'content', where: 'etc/a: removed from the layers below', a: 'removed', b: undefined },
    ]);
  });

  it('keep what a hard link was when its file is put anew', async () => {
    const linked = archive([
      { name: 'a', content: 'old' },
      { name: 'b', type: '1', link: 'a' },
    ]);
    const anew = archive([{ name: 'a', content: 'new' }]);
    const file = (name: string, content: string): RawEntry => ({ name, content });
    const apart = archive([file('a', 'new'), file('b', 'old')]);
    expect(await compare([linked, anew], [apart])).toMatchObject([METADATA]);
    const wrong = archive([file('a', 'new'), file('b', 'new')]);
    expect(await compare([linked, anew], [wrong])).toMatchObject([METADATA, { weight: 'content', where: 'b' }]);
    const turned = archive([file('b', 'new'), { name: 'a', type: '1', link: 'b' }]);
    const found = await compare([linked, anew], [turned]);
    expect(found.some(({ weight, where }) => weight === 'content' && where.startsWith('b'))).toBe(true);
  });

  it('are checked as layers are', async () => {
    const lie = layer(folder, upper, { diffId: digestOf('?') });
    const found = await compare([lower], [lower, lie]);
    expect(found).toMatchObject([
      METADATA,
      { where: 'layer 2: diffID', b: expect.stringContaining('the config says') },
      { where: 'etc' },
      { where: 'etc/c' },
    ]);
    const twice = archive([
      { name: 'f', content: '1' },
      { name: 'f', content: '2' },
    ]);
    expect(await compare([lower], [lower, twice])).toMatchObject([METADATA, { where: 'f' }, { cause: 'hostile' }]);
    const bad = layer(folder, upper, { packed: gzipSync(upper).subarray(0, 50) });
    expect(await compare([lower], [lower, bad])).toMatchObject([
      METADATA,
      { where: 'layer 2', a: undefined, cause: 'damaged' },
    ]);
  });
});

describe('the rest', () => {
  it('is shown as bytes where nothing else has a name for it', async () => {
    const [a, b] = [archive([{ name: 'f', content: 'x', fill: 1 }]), archive([{ name: 'f', content: 'x', fill: 2 }])];
    const found = await compare([a], [b]);
    expect(found).toEqual([
      {
        level: 'tar',
        weight: 'content',
        where: 'layer 1: bytes from 513 on (in hex, 16 before it)',
        a: `${'0'.repeat(30)}78 ${'01'.repeat(16)}`,
        b: `${'0'.repeat(30)}78 ${'02'.repeat(16)}`,
      },
    ]);
  });

  it('ends when it is cancelled, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const layers = ['a', 'b'].map((content) => [layer(folder, archive([{ name: 'f', content }]))]) as [
      LayerFile[],
      LayerFile[],
    ];
    const cancelled = compareLayers(...layers, {
      tempDir,
      signal: controller.signal,
      compareFiles: async () => {
        controller.abort();
        throw new CancelledError();
      },
    });
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
    expect(readdirSync(tempDir)).toEqual([]);
    await expect(compareLayers(...layers, { ...options(), signal: controller.signal })).rejects.toBeInstanceOf(
      CancelledError,
    );
  });

  it('fails where a file cannot be read, which is no finding about the image', async () => {
    const here = layer(folder, archive(BASE));
    const gone: LayerFile = { ...here, digest: digestOf('gone') as Digest, path: join(folder, 'gone') };
    await expect(compareLayers([here], [gone], options())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('sees every bit of a real archive', async () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'f'), 'content of a file');
    chmodSync(join(folder, 'src', 'f'), 0o755);
    const tar = gnuTar(join(folder, 'src'), '--format=pax', '--mtime=@0', '.');
    const end = tar.indexOf(Buffer.alloc(1024), 1500);
    for (let bit = 0; bit < 8 * (end + 512); bit += 211) {
      const other = Buffer.from(tar);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect((await compare([tar], [other])).length).toBeGreaterThan(0);
    }
  }, 30_000);
});
