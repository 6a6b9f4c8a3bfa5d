import { describe, expect, it } from 'vitest';
import { parseModuleText } from '../../src/compile/build-info.js';
import { comparePlatforms, type Platform } from '../../src/spec/platform.js';
import type { Difference } from '../../src/verify/difference.js';
import { compareConfigs } from '../../src/verify/documents/config-document.js';
import { readJsonText } from '../../src/verify/documents/json-diff.js';
import { compareManifests } from '../../src/verify/documents/manifest-document.js';
import { compareBuildInfo } from '../../src/verify/files/build-info-differences.js';
import type { GoBuild } from '../../src/verify/files/go-build-info.js';
import { type DifferingTexts, textFindings } from '../../src/verify/files/go-texts.js';
import type { Program } from '../../src/verify/files/program.js';
import { unexplained } from '../../src/verify/files/section-differences.js';
import { describeGzipHeader, parseGzipHeader } from '../../src/verify/layers/gzip-header.js';
import { compareLayers, type LayerFile } from '../../src/verify/layers/layers.js';
import { parseRecords } from '../../src/verify/layers/tar-records.js';
import type { ImageEntry, OpenedImage } from '../../src/verify/open/opened-image.js';
import { choosePairs } from '../../src/verify/pair-entries.js';
import { scratch } from '../support/files.js';
import { archive, gnuLong, layer, pax, type RawEntry, raw, read } from './archives.js';

type Item = RawEntry | Buffer;

/** `weight where: a / b` of what differs in two stacks of archives. */
async function compare(a: readonly (Item[] | LayerFile)[], b: readonly (Item[] | LayerFile)[]): Promise<string[]> {
  const folder = scratch();
  const made = (stack: typeof a) => stack.map((item) => (Array.isArray(item) ? layer(folder, archive(item)) : item));
  const compareFiles = async (where: string): Promise<Difference[]> => [
    { level: 'file', weight: 'content', where, a: 'A', b: 'B' },
  ];
  const found = await compareLayers(made(a), made(b), { tempDir: scratch(), compareFiles });
  return found.map(({ weight, where, a: one = '-', b: other = '-' }) => `${weight} ${where}: ${one} / ${other}`);
}

const file = (name: string, more: Partial<RawEntry> = {}): RawEntry => ({ name, content: 'x', ...more });
const dir = (name: string, more: Partial<RawEntry> = {}): RawEntry => ({
  name: `${name}/`,
  type: '5',
  mode: 0o755,
  ...more,
});

describe('two archives with oddities', () => {
  it('may imply a folder, unless it has an attribute of its own', async () => {
    const below = file('d/f');
    expect(await compare([[dir('d'), below]], [[below]])).toEqual([expect.stringMatching(/^metadata /)]);
    const times = pax({ atime: '1', ctime: '2', comment: 'x', hdrcharset: 'UTF-8' });
    const [stamped = '', ...more] = await compare([[times, dir('d'), below]], [[below]]);
    expect([stamped.slice(0, 9), more]).toEqual(['metadata ', []]);
    const own = pax({ 'SCHILY.xattr.user.a': 'b' });
    expect(await compare([[own, dir('d'), below]], [[below]])).toEqual([expect.stringMatching(/^content d: a folder/)]);
  });

  it('may say the same in other bytes: of the header, of its checksum, of the headers before it', async () => {
    const [mode = ''] = await compare([[file('f', { mode: '000644 \0' })]], [[file('f')]]);
    expect(mode).toMatch(/^metadata .*: mode "000644 \\u0000" \/ mode "0000644\\u0000"$/);
    const one = raw(file('f'));
    const other = Buffer.from(one);
    // The same sum, spelled with a blank for the first zero.
    other.write(' ', 148, 'latin1');
    expect(await compare([[one]], [[other]])).toEqual([expect.stringMatching(/another checksum \/ another checksum$/)]);
    const named = await compare(
      [[pax({ mtime: '1000' }, 'x', 'P/1'), file('f')]],
      [[pax({ mtime: '1000' }, 'x', 'P/2'), file('f')]],
    );
    expect(named).toEqual([expect.stringMatching(/named "P\/1" \/ named "P\/2"$/)]);
  });

  it('may have links to one place in two spellings, and whiteouts of two owners', async () => {
    const link = (target: string) => file('l', { type: '1', link: target, content: '' });
    expect(await compare([[file('f'), link('f')]], [[file('f'), link('./f')]])).toEqual([
      expect.stringMatching(/^metadata /),
    ]);
    expect(await compare([[file('.wh.f', { uid: 7 })]], [[file('.wh.f')]])).toEqual([
      expect.stringMatching(/^metadata /),
    ]);
  });

  it('may have times that no calendar has', async () => {
    const found = await compare([[pax({ mtime: '9'.repeat(15) }), file('f')]], [[file('f')]]);
    expect(found.join()).toContain(`${'9'.repeat(15)} / 1970-01-01T00:16:40Z (1000)`);
  });

  it('may hold much else that differs: what is not told one by one is counted', async () => {
    const many = (content: string) =>
      Array.from({ length: 700 }, (_, i) => file(`f${i}`, { content: `${content}${i}` }));
    const found = await compare([many('a')], [many('b')]);
    expect(found.length).toBeLessThan(700);
    expect(found.at(-1)).toMatch(/^content /);
  });
});

describe('two stacks with oddities', () => {
  it('may have layers with bytes behind their end', async () => {
    const folder = scratch();
    const trailing = layer(folder, Buffer.concat([archive([file('b')]), Buffer.from('more')]));
    const found = await compare([[file('a')], trailing], [[file('a')]]);
    expect(found).toContain('content layer 2: 4 bytes follow the end of the archive / -');
  });

  it('may remove something of what both stand on, on the second side alone', async () => {
    const base = layer(scratch(), archive([dir('d'), file('d/f')]));
    const found = await compare([base], [base, [file('d/.wh.f')]]);
    expect(found).toContain('content d/f: removed from the layers below: - / removed');
    const emptied = await compare([base], [base, [file('d/.wh..wh..opq')]]);
    expect(emptied).toContain('content d/: removed from the layers below: - / removed');
  });

  it('may have links to what their layer does not have', async () => {
    const lost = file('l', { type: '1', link: 'gone', content: '' });
    const found = await compare([[file('a')], [lost]], [[file('a'), lost], [], []]);
    expect(found.join('\n')).toContain('it is a hard link to what its layer does not have');
  });

  it('may claim two diffIDs for one layer, or none', async () => {
    const known = layer(scratch(), archive([file('a')]));
    const { diffId } = known;
    expect(await compare([known], [{ ...known, diffId: undefined }])).toEqual([
      `content layer 1: diffID: ${diffId} / none`,
    ]);
    expect(await compare([{ ...known, diffId: undefined }], [known])).toEqual([
      `content layer 1: diffID: none / ${diffId}`,
    ]);
  });
});

describe('what an archive may hold', () => {
  it('is two long names or targets for one entry, told as hostile', async () => {
    for (const type of ['K', 'L'] as const) {
      const twice = [gnuLong(type, 'x'.repeat(120)), gnuLong(type, 'y'.repeat(120)), raw({ name: 'l', type: '2' })];
      const { entries } = await read(archive(twice));
      expect(entries[0]?.problems).toMatchObject([
        { cause: 'hostile', text: expect.stringContaining('two extended headers of one kind') },
      ]);
    }
  });

  it('is a record that takes back what a global header said, and a folder of before POSIX', async () => {
    const { entries } = await read(
      archive([
        pax({ uname: 'root', comment: 'c' }, 'g'),
        pax({ uname: '' }),
        raw({ name: 'd/', type: '\0' }),
        raw(file('f')),
      ]),
    );
    expect(entries.map(({ kind, uname }) => [kind, uname])).toEqual([
      ['directory', ''],
      ['file', 'root'],
    ]);
  });

  it('is no record without a key, or without an equals sign', () => {
    expect(
      ['6 =aa\n', '6 aaa\n', '6 a=b\n', '06 a=b\n', '99 a=b\n', 'x'].map((text) => parseRecords(Buffer.from(text))),
    ).toEqual([...[undefined, undefined, new Map([['a', 'b']]), undefined, undefined, undefined]]);
  });
});

describe('the header of a gzip stream', () => {
  const bytes = (...all: number[]) => Buffer.from([0x1f, 0x8b, 8, ...all]);

  it('is told field by field', () => {
    const told = (header: Buffer) => {
      const found = parseGzipHeader(header);
      return typeof found === 'string' ? found : describeGzipHeader(found);
    };
    expect(told(bytes(4, 0, 0, 0, 0, 0, 3))).toBe('its gzip header ends too early');
    expect(told(bytes(0, 0, 0, 0, 0, 7, 11))).toBe('XFL 7, OS 11, no time, no name');
    expect(told(bytes(0, 0, 0, 0, 0, 4, 255))).toMatch(/^XFL 4 \(level 1\), OS 255 \(unknown/);
    expect(told(Buffer.concat([bytes(0x1e, 1, 0, 0, 0, 2, 3, 1, 0, 9), Buffer.from('n\0c\0..')]))).toBe(
      'XFL 2 (level 9), OS 3 (Unix: zlib, GNU gzip), time 1970-01-01T00:00:01.000Z, name "n", comment "c", extra field of 1 bytes, a checksum',
    );
  });
});

describe('two documents with oddities', () => {
  const told = (found: readonly Difference[]) =>
    found.map(({ weight, where, a = '-', b = '-' }) => `${weight} ${where}: ${a} / ${b}`);
  const configs = (a: unknown, b: unknown) =>
    told(compareConfigs(readJsonText(JSON.stringify(a)), readJsonText(JSON.stringify(b))));

  it('may have a history that is no list, or none', () => {
    expect(configs({ history: 1 }, { history: 2 })).toEqual(['content history: 1 / 2']);
    expect(configs({ history: [{}] }, {})).toEqual(['metadata history: 1 entry / -']);
    expect(configs({ history: [] }, { history: null })).toEqual(['metadata history: 0 entries / no list']);
  });

  it('may have something else where an object has to be', () => {
    expect(configs({ config: 1 }, { config: {} })).toEqual(['content config: 1 / {}']);
    expect(configs({ config: 1 }, { config: 1 })).toEqual([]);
    expect(configs({ config: null }, { config: {} })).toEqual(['metadata config: null / {}']);
  });

  it('may have layers of other kinds and another number', () => {
    const manifest = (...layers: unknown[]) => readJsonText(JSON.stringify({ layers }));
    expect(told(compareManifests(manifest({ mediaType: 'x' }), manifest({}, { mediaType: 'x' })))).toEqual([
      'metadata layers: media types: x / none, x',
    ]);
    expect(told(compareManifests(manifest({ digest: 'd', size: 1 }), manifest({ digest: 'd', size: 2 })))).toEqual([
      'content layers[0].size: 1 / 2',
    ]);
  });
});

describe('two programs with oddities', () => {
  const build = (text: string, goVersion = 'go1.26.8') =>
    ({ info: { goVersion }, modules: parseModuleText(text), text }) as unknown as GoBuild;
  const told = (a: GoBuild, b: GoBuild) =>
    compareBuildInfo(a, b, false).map(
      ({ what, a: one = '-', b: other = '-', cause }) => `${what}: ${one} / ${other} (${cause})`,
    );

  it('were built by two Gos, from main modules of two versions or paths, with a module without a sum', () => {
    expect(told(build('mod\tm\tv1'), build('mod\tm\tv2', 'go1.26.7'))).toEqual([
      'Go version: go1.26.8 / go1.26.7 (go-version)',
      'version of the main module: m v1 / m v2 (version)',
    ]);
    expect(told(build('mod\tm\tv1\nbuild\tvcs=git'), build('mod\tm\tv2\nbuild\tvcs=git'))).toEqual([
      'version of the main module: m v1 / m v2 (vcs-stamping)',
    ]);
    expect(told(build('mod\tm\tv1'), build('mod\tn\tv1'))).toEqual(['main module: m v1 / n v1 (patches)']);
    expect(told(build('dep\ta\tv1\th1:x'), build('dep\ta\tv1'))).toEqual([
      'module a: v1 h1:x / v1 without a sum (module-version)',
    ]);
  });

  it('have texts that find together by their form, those of a telling form alone where the code differs', () => {
    const texts = (...all: string[]) => all.map((text, offset) => ({ text, offset, isTold: false }));
    const differing: DifferingTexts = {
      onlyA: texts('2024-01-01', 'v1.0.0', 'some words'),
      onlyB: texts('2024-01-02', 'other words', 'more words'),
    };
    const shown = (isOtherCode: boolean) =>
      textFindings(differing, isOtherCode).map(({ a = '-', b = '-' }) => `${a} / ${b}`);
    expect(shown(false)).toEqual([
      '2024-01-01 / 2024-01-02',
      'v1.0.0 / -',
      'some words / other words',
      '- / more words',
    ]);
    expect(shown(true)).toEqual(['2024-01-01 / 2024-01-02']);
  });

  it('have many sections that nothing explains: the last are named or counted', async () => {
    const sections = (['a', 'b'] as const).flatMap((side) =>
      Array.from({ length: 6 }, (_, i) => ({
        ...{ name: `.${side}${i}`, a: undefined, b: undefined, first: 0 },
        [side]: { name: `.${side}${i}`, offset: 0, size: 0, address: 0, isCode: false, isWritable: false },
      })),
    );
    const empty = { file: { size: 0 } } as unknown as Program;
    const found = await unexplained(sections, empty, empty);
    expect(found.slice(8).map(({ what, a, b }) => [what, a, b])).toEqual([
      ['section .b2', undefined, 'present'],
      ['sections', undefined, '3 more'],
    ]);
    const turned = await unexplained(sections.toReversed(), empty, empty);
    expect(turned.slice(8).map(({ a, b }) => [a, b])).toEqual([
      ['present', undefined],
      ['3 more', undefined],
    ]);
  });
});

describe('images without a platform', () => {
  const entry = (platform: Platform | undefined, digit: string): ImageEntry => {
    const digest = `sha256:${digit.repeat(64)}` as const;
    return { platform, name: platform ? 'linux/amd64' : digest, digest, size: 1, mediaType: '', raw: '{}' };
  };
  const linux = { os: 'linux', architecture: 'amd64' };

  it('are behind all others', () => {
    const image = (...entries: ImageEntry[]) => ({ isIndex: true, entries }) as unknown as OpenedImage;
    const { pairs } = choosePairs(image(entry(undefined, '1'), entry(linux, '2'), entry(undefined, '3')), image());
    expect(pairs.map(({ a }) => a?.digest.at(-1))).toEqual(['2', '1', '3']);
    expect(comparePlatforms(linux, { ...linux, variant: 'v2' })).toBeLessThan(0);
  });
});
