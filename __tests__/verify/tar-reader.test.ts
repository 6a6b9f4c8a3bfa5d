import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tarChunks } from '../../src/image/tar.js';
import { planTar, type TarEntry } from '../../src/image/tar-plan.js';
import { DamagedImageError } from '../../src/verify/damaged.js';
import { TAR_LIMITS } from '../../src/verify/layers/tar-limits.js';
import { python } from '../image/helpers.js';
import { scratch } from '../support/files.js';
import { archive, contentHash, gnuLong, gnuTar, pax, raw, read } from './archives.js';

/** A folder with one of each kind that needs no rights. */
function tree(): string {
  const folder = scratch();
  mkdirSync(join(folder, 'd', 'e'.repeat(60), 'f'.repeat(60)), { recursive: true });
  writeFileSync(join(folder, 'd', 'file'), 'hello\n');
  chmodSync(join(folder, 'd', 'file'), 0o4750);
  writeFileSync(join(folder, 'd', 'empty'), '');
  writeFileSync(join(folder, 'd', 'e'.repeat(60), 'f'.repeat(60), 'long'), 'x'.repeat(1234));
  symlinkSync('file', join(folder, 'd', 'link'));
  linkSync(join(folder, 'd', 'file'), join(folder, 'd', 'other'));
  for (const name of ['file', 'empty']) utimesSync(join(folder, 'd', name), 1_600_000_000, 1_600_000_000.25);
  return folder;
}

async function problems(bytes: Buffer): Promise<string[]> {
  const { entries } = await read(bytes);
  return entries.flatMap((entry) => entry.problems.map(({ cause, text }) => `${cause}: ${text}`));
}

async function failure(bytes: Parameters<typeof read>[0], limits?: Parameters<typeof read>[1]): Promise<string> {
  const error: unknown = await read(bytes, limits).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(DamagedImageError);
  const { difference } = error as DamagedImageError;
  return `${difference.cause}: ${difference.a}`;
}

describe('reading an archive', () => {
  it.each(['gnu', 'pax', 'ustar'] as const)("reads GNU tar's --format=%s as it was written", async (format) => {
    const folder = tree();
    const { entries, end } = await read(gnuTar(folder, `--format=${format}`, '--owner=ann:7', '--group=bob:8', 'd'));
    const byName = new Map(entries.map((entry) => [entry.path, entry]));
    expect([...byName.keys()].sort()).toEqual([
      'd',
      `d/${'e'.repeat(60)}`,
      `d/${'e'.repeat(60)}/${'f'.repeat(60)}`,
      `d/${'e'.repeat(60)}/${'f'.repeat(60)}/long`,
      'd/empty',
      'd/file',
      'd/link',
      'd/other',
    ]);
    const linked = [byName.get('d/file'), byName.get('d/other')];
    const file = linked.find((entry) => entry?.kind === 'file');
    expect(file).toMatchObject({ mode: 0o4750, uid: 7, gid: 8, uname: 'ann', gname: 'bob', size: 6 });
    expect(file?.contentHash).toBe(contentHash('hello\n'));
    expect(file?.mtime).toBe(format === 'pax' ? '1600000000.25' : '1600000000');
    expect(linked.find((entry) => entry?.kind === 'hardlink')?.linkname).toBe(file?.name);
    expect(byName.get('d/link')).toMatchObject({ kind: 'symlink', linkname: 'file' });
    expect(byName.get('d')).toMatchObject({ kind: 'directory', name: 'd/' });
    expect(byName.get(`d/${'e'.repeat(60)}/${'f'.repeat(60)}/long`)?.contentHash).toBe(contentHash('x'.repeat(1234)));
    const expected = format === 'pax' ? ['pax', 'ustar'] : [format];
    for (const entry of entries) expect(expected).toContain(entry.format);
    expect(end.size % 10240).toBe(0);
    expect(end.trailing).toBe(0);
    expect(entries.every((entry) => entry.problems.length === 0)).toBe(true);
  });

  it("reads GNU tar's --format=v7, and names and targets of GNU headers", async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'd'));
    writeFileSync(join(folder, 'd', 'a'), 'a');
    const { entries } = await read(gnuTar(folder, '--format=v7', 'd'));
    expect(entries.map(({ path, kind, format }) => [path, kind, format])).toEqual([
      ['d', 'directory', 'v7'],
      ['d/a', 'file', 'v7'],
    ]);
    const target = `t/${'u'.repeat(300)}`;
    symlinkSync(target, join(folder, 'l'.repeat(200)));
    const long = await read(gnuTar(folder, '--format=gnu', 'l'.repeat(200)));
    expect(long.entries[0]).toMatchObject({ path: 'l'.repeat(200), linkname: target, format: 'gnu' });
  });

  it("reads what Python's tarfile writes: base-256 numbers, devices, attributes", async () => {
    const program = `
import io, sys, tarfile
out = io.BytesIO()
for fmt in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
    with tarfile.open(fileobj=out, mode='w', format=fmt) as tar:
        info = tarfile.TarInfo('big-owner'); info.uid = 5_000_000_000; info.mtime = -5; tar.addfile(info)
        info = tarfile.TarInfo('null'); info.type = tarfile.CHRTYPE; info.devmajor = 1; info.devminor = 3; tar.addfile(info)
        info = tarfile.TarInfo('x\\u00e4'); info.pax_headers = {'SCHILY.xattr.user.a': 'b'}; info.size = 3
        tar.addfile(info, io.BytesIO(b'abc'))
    sys.stdout.buffer.write(out.getvalue()); out.seek(0); out.truncate(); sys.stderr.write('')
    if fmt == tarfile.GNU_FORMAT: sys.stdout.buffer.write(b'CUT')
`;
    const both = python(program);
    const cut = both.indexOf('CUT');
    for (const bytes of [both.subarray(0, cut), both.subarray(cut + 3)]) {
      const { entries } = await read(bytes);
      expect(entries[0]).toMatchObject({ path: 'big-owner', uid: 5_000_000_000, mtime: '-5' });
      expect(entries[1]).toMatchObject({ kind: 'character device', devmajor: 1, devminor: 3 });
      expect(Buffer.from(entries[2]?.path ?? '', 'latin1').toString()).toBe('xä');
    }
    const { entries } = await read(both.subarray(cut + 3));
    expect(entries[2]?.records).toEqual([['SCHILY.xattr.user.a', 'b']]);
  });

  it('tells sparse files of every form as sparse, and expands none', async () => {
    const folder = scratch();
    execFileSync('truncate', ['-s', '10G', join(folder, 'holes')]);
    writeFileSync(join(folder, 'small'), '');
    // Data after ten holes: more than the map in a header has room for.
    const script = 'import sys\nf=open(sys.argv[1],"r+b")\nfor i in range(10): f.seek(i<<20); f.write(b"x")';
    execFileSync('python3', ['-c', script, join(folder, 'small')]);
    for (const args of [['gnu'], ['pax', '0.0'], ['pax', '0.1'], ['pax', '1.0']]) {
      const version = args[1] ? [`--sparse-version=${args[1]}`] : [];
      const { entries } = await read(gnuTar(folder, `--format=${args[0]}`, '--sparse', ...version, 'holes', 'small'));
      expect(entries.map(({ path, kind }) => [path, kind])).toEqual([
        ['holes', 'sparse file'],
        ['small', 'sparse file'],
      ]);
      expect(entries[0]?.realSize).toBe(10 * 1024 ** 3);
      expect(entries[0]?.problems[0]).toMatchObject({ cause: 'hostile', text: /10737418240/ as never });
      expect(entries[1]?.realSize).toBe((9 << 20) + 1);
      expect(entries[1]?.problems).toEqual([]);
      expect(entries[1]?.size).toBeLessThan(100_000);
    }
  });

  it('applies global headers until they are taken back', async () => {
    const { entries } = await read(
      archive([
        pax({ comment: 'c0ffee', mtime: '7' }, 'g'),
        { name: 'a' },
        pax({ mtime: '8.500' }),
        { name: 'b' },
        pax({ comment: '' }),
        { name: 'c' },
      ]),
    );
    expect(entries.map(({ mtime }) => mtime)).toEqual(['7', '8.5', '7']);
    expect(entries.map(({ records }) => records.length)).toEqual([1, 1, 0]);
    expect(entries.map(({ offset }) => offset)).toEqual([0, 1536, 3072]);
  });

  it('counts what stands after the last entry', async () => {
    const file = raw({ name: 'a', content: 'x' });
    expect((await read(archive([file]))).end).toMatchObject({ zeros: 1024, trailing: 0, size: 2048 });
    expect((await read(archive([file], Buffer.alloc(0)))).end).toMatchObject({ zeros: 0, trailing: 0 });
    expect((await read(archive([file], Buffer.alloc(512)))).end).toMatchObject({ zeros: 512, trailing: 0 });
    expect((await read(archive([file], Buffer.alloc(1029)))).end).toMatchObject({ zeros: 1029, trailing: 0 });
    const hidden = archive([file], Buffer.concat([Buffer.alloc(1024), raw({ name: 'hidden' })]));
    expect((await read(hidden)).end).toMatchObject({ zeros: 1024, trailing: 512 });
    expect((await read(new Uint8Array())).end).toMatchObject({ zeros: 0, size: 0 });
  });
});

describe('what no honest tool writes', () => {
  it('is told of the entry', async () => {
    expect(await problems(archive([{ name: '../../etc/passwd' }]))).toEqual([
      'hostile: its name has a ".." in it, and can leave the image',
    ]);
    expect(await problems(archive([{ name: 'a/../b' }]))).toHaveLength(1);
    expect(await problems(archive([{ name: 'a..b/..c' }]))).toEqual([]);
    expect(await problems(archive([{ name: '/etc/passwd' }]))).toEqual(['hostile: its name is absolute']);
    expect(await problems(archive([pax({ path: 'a\0b' }), { name: 'a' }]))).toEqual([
      'hostile: there is a NUL in its name or its target',
    ]);
    expect(await problems(archive([{ name: 'h', type: '1', link: '../../h' }]))).toHaveLength(1);
    expect(await problems(archive([{ name: 's', type: '2', link: '../../h' }]))).toEqual([]);
    expect(await problems(archive([{ name: '' }]))).toEqual(['hostile: it has no name, and is no folder']);
    expect(await problems(archive([pax({ size: '0' }), { name: 'a', size: 512 }]))).toEqual([
      'hostile: its header says 512 bytes, its extended header 0: readers disagree about what follows',
    ]);
    expect(await problems(archive([{ name: 'd', type: '5', size: 512 }]))).toEqual([
      'hostile: a directory of 512 bytes: readers disagree about what follows',
    ]);
    expect(await problems(archive([pax({ path: 'a' }), pax({ path: 'b' }), { name: 'c' }]))).toHaveLength(1);
    expect(await problems(archive([gnuLong('L', 'a'), gnuLong('L', 'b'), { name: 'c' }]))).toHaveLength(1);
    expect((await read(archive([{ name: 'a', content: 'x', fill: 7 }]))).entries[0]?.hasPadding).toBe(true);
  });

  it.each([
    ['no archive', Buffer.alloc(2048, 'x'), /^damaged: it is no tar archive$/],
    ['a flipped bit', flipped(archive([{ name: 'a' }, { name: 'b' }]), 512), /^damaged: the header at byte 512/],
    ['an end in a header', archive([{ name: 'a' }]).subarray(0, 300), /^damaged: it ends in the middle of a header/],
    ['an end in a file', raw({ name: 'a', size: 600, content: 'x' }), /^damaged: .*middle of "a".* 600 bytes/],
    [
      'no digits in a number',
      archive([{ name: 'a', mode: '00x0644\0' }]),
      /^damaged: the mode of the header at byte 0/,
    ],
    ['a negative size', archive([{ name: 'a', size: '\xff'.repeat(12) }]), /^damaged: the size of the header/],
    ['10 GB that are not there', raw({ name: 'a', size: base256(10e9) }), /^hostile: "a" says it has 10000000000/],
    ['7 GB that are not there', raw({ name: 'a', size: 7e9 }), /^damaged: it ends in the middle of "a"/],
    ['10 GB by an extended header', archive([pax({ size: '10000000000' }), { name: 'a' }]), /^hostile: "a" says/],
    [
      '2 MiB of records',
      archive([pax({ comment: 'x'.repeat(2 ** 21) }), { name: 'a' }]),
      /^hostile: an extended header .* 1048576/,
    ],
    ['a long GNU name', archive([gnuLong('L', 'x'.repeat(5000)), { name: 'a' }]), /^hostile: an extended header/],
    [
      'a long PAX name',
      archive([pax({ path: 'x'.repeat(5000) }), { name: 'a' }]),
      /^hostile: a name in it has 5000 bytes/,
    ],
    ['a deep name', archive([pax({ path: 'x/'.repeat(1000) }), { name: 'a' }]), /^hostile: a name .* 1001 parts/],
    [
      'malformed records',
      archive([raw({ name: 'x', type: 'x', content: '99 a=b\n' })]),
      /^damaged: an extended header in it is malf/,
    ],
    [
      'a number that is none',
      archive([pax({ uid: 'root' }), { name: 'a' }]),
      /^damaged: the uid of an extended header/,
    ],
    ['a header for no entry', archive([pax({ uid: '1' })]), /^damaged: it ends with an extended header for no entry/],
    [
      'an open list of holes',
      raw({ name: 'a', type: 'S', patch: [[482, '\x01']] }),
      /^damaged: it ends in the middle of a list/,
    ],
  ])('is refused: %s', async (_, bytes, expected) => {
    expect(await failure(bytes)).toMatch(expected);
  });

  it('is bounded in its number of entries, and in the texts that are kept of them', async () => {
    expect(TAR_LIMITS.entries).toBe(300_000);
    const block = Buffer.concat(Array.from({ length: 100 }, () => raw({ name: 'a', type: '5' })));
    let taken = 0;
    function* blocks() {
      for (; taken < 300; taken++) yield block;
    }
    expect(await failure(blocks(), { ...TAR_LIMITS, entries: 1000 })).toBe('hostile: it has more than 1000 entries');
    expect(taken).toBe(10);
    const globals = Array.from({ length: 1001 }, (_, i) => pax({ comment: `${i}` }, 'g'));
    expect(await failure(archive(globals))).toBe('hostile: it has more than 1000 global headers');
    const long = { comment: 'x'.repeat(900_000) };
    const two = archive([pax(long, 'g'), pax({ 'SCHILY.xattr.a': long.comment }, 'g')]);
    expect(await failure(two)).toBe('hostile: its global headers are too long');
    const owners = Array.from({ length: 40 }, (_, i) => [
      pax({ uname: `${i}`.repeat(1000) }),
      raw({ name: 'a' }),
    ]).flat();
    expect(await failure(archive(owners), { ...TAR_LIMITS, text: 30_000 })).toMatch(/more than 30000 bytes/);
    const named = archive(
      Array.from({ length: 40 }, () => [pax({ 'SCHILY.xattr.a': 'x'.repeat(1000) }), raw({ name: 'a' })]).flat(),
    );
    expect(await failure(named, { ...TAR_LIMITS, text: 30_000 })).toBe(
      'hostile: its names and records have more than 30000 bytes',
    );
    expect((await read(named)).entries).toHaveLength(40);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** A size in base 256, as GNU tar writes those that octal digits cannot. */
function base256(value: number): string {
  const field = Buffer.alloc(12);
  field.writeBigUInt64BE(BigInt(value), 4);
  field[0] = 0x80;
  return field.toString('latin1');
}

const part = fc
  .string({ minLength: 1, maxLength: 60, size: 'max', unit: fc.constantFrom(...'abcXYZ019 ._-+~') })
  .filter((text) => text !== '.' && text !== '..' && !text.startsWith('.wh.'));
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const planned: fc.Arbitrary<TarEntry> = fc.oneof(
  fc.record({
    path,
    type: fc.constant('file' as const),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    content: fc.uint8Array({ maxLength: 1500 }),
    pax: fc.option(fc.constant([['MSWINDOWS.fileattr', '32']] as const), { nil: undefined }),
  }),
  fc.record({ path, type: fc.constant('directory' as const), mode: fc.integer({ min: 0, max: 0o7777 }) }),
  fc.record({ path, type: fc.constant('symlink' as const), mode: fc.constant(0o777), target: path }),
);

describe('properties', () => {
  it('reads back every entry that our own writer wrote, however the bytes are cut', async () => {
    let count = 0;
    const one = async (entries: TarEntry[], mtime: number, cuts: number[]) => {
      let all: TarEntry[];
      try {
        all = planTar(entries);
      } catch {
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of tarChunks(all, mtime)) chunks.push(Buffer.from(chunk));
      const { entries: found, end } = await read(pieces(Buffer.concat(chunks), cuts));
      expect(end).toMatchObject({ zeros: 1024, trailing: 0 });
      expect(found).toHaveLength(all.length);
      for (const [i, entry] of all.entries()) {
        const content = entry.type === 'file' ? Buffer.from(entry.content as Uint8Array) : undefined;
        expect(found[i]).toMatchObject({
          path: entry.path,
          kind: entry.type,
          mode: entry.mode,
          mtime: String(mtime),
          linkname: entry.type === 'symlink' ? entry.target : '',
          size: content?.length ?? 0,
          contentHash: content ? contentHash(content) : '',
          format: entry.pax ? 'pax' : 'ustar',
          problems: [],
          hasPadding: false,
        });
        count++;
      }
    };
    const cuts = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 6 }), fc.nat(2 ** 32), cuts, one), {
      numRuns: 200,
      seed: 6,
    });
    expect(count).toBeGreaterThan(500);
  });

  it('never throws anything but DamagedImageError, whatever an archive is made into', async () => {
    const folder = tree();
    const seeds = ['gnu', 'pax', 'ustar'].map((format) => gnuTar(folder, `--format=${format}`, 'd'));
    let damaged = 0;
    const mutation = fc.record({
      seed: fc.nat(2),
      edits: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 4 }),
      end: fc.double({ min: 0.2, max: 1, noNaN: true }),
      isSummed: fc.boolean(),
      swap: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ seed, edits, end, isSummed, swap }) => {
        const whole = seeds[seed] ?? Buffer.alloc(0);
        const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.length * end)));
        for (const [at, value] of edits) bytes[Math.floor(at * Math.min(bytes.length - 1, 12_000))] = value;
        if (swap * 512 + 1024 <= bytes.length) bytes.copyWithin(swap * 512, 512, 1024);
        if (isSummed) for (let at = 0; at + 512 <= bytes.length; at += 512) sumUp(bytes.subarray(at, at + 512));
        try {
          const { entries } = await read(bytes);
          expect(entries.length).toBeLessThanOrEqual(bytes.length / 512);
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedImageError);
          damaged++;
        }
      }),
      { numRuns: 1500, seed: 6 },
    );
    expect(damaged).toBeGreaterThan(100);
    expect(damaged).toBeLessThan(1500);
  });
});

/** Makes the checksum right, so that what is behind it is reached. */
function sumUp(header: Buffer): void {
  if (header.every((byte) => byte === 0)) return;
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

function* pieces(bytes: Buffer, cuts: number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = cuts[i % cuts.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
