import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { tarChunks } from '../../src/image/tar.js';
import { splitPath, tarHeader } from '../../src/image/tar-header.js';
import { planTar, type TarEntry } from '../../src/image/tar-plan.js';
import { output, python, sampleBytes, scratch } from './helpers.js';

const EPOCH = 1779894590;

const archive = (entries: TarEntry[], mtime = EPOCH) => unplanned(planTar(entries), mtime);

async function unplanned(entries: TarEntry[], mtime: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // Chunks share one buffer, hence the copies.
  for await (const chunk of tarChunks(entries, mtime)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const file = (path: string, content: Uint8Array | string = '', mode = 0o644): TarEntry => {
  return { path, type: 'file', mode, content: typeof content === 'string' ? Buffer.from(content) : content };
};

/** Each archive through Go's archive/tar: its SHA-256, or `refused`. */
function goArchives(archives: { entries: TarEntry[]; mtime: number }[]): string[] {
  const input = archives.map(({ entries, mtime }) =>
    entries.map((entry) => ({
      ...entry,
      Mtime: mtime,
      content: entry.type === 'file' ? Buffer.from(entry.content as Uint8Array).toString('base64') : '',
    })),
  );
  const program = join(import.meta.dirname, 'tar-reference.go');
  return JSON.parse(output('go', ['run', program], JSON.stringify(input)).toString());
}

const pathPart = fc
  .string({ minLength: 1, maxLength: 120, size: 'max', unit: fc.constantFrom(...'abcXYZ019 ._-+~!<&"\\') })
  .filter((part) => part !== '.' && part !== '..');
const path = fc.array(pathPart, { minLength: 1, maxLength: 4, size: 'max' }).map((parts) => parts.join('/'));
const mode = fc.integer({ min: 0, max: 0o7777 });
/** Records of all lengths around those where the number of digits of their own length changes. */
const pax = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('MSWINDOWS.rawsd', 'MSWINDOWS.fileattr', 'a', 'zz.top', 'LIBARCHIVE.creationtime'),
    fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 940, max: 1010 })).map((length) => 'v'.repeat(length)),
  ),
  { minLength: 1, selector: ([key]) => key },
);
const entry: fc.Arbitrary<TarEntry> = fc.oneof(
  fc.record({ path, type: fc.constant('file' as const), mode, content: fc.uint8Array({ maxLength: 1100 }) }),
  fc.record({ path, type: fc.constant('directory' as const), mode }),
  fc.record({
    path,
    type: fc.constant('symlink' as const),
    mode,
    target: fc.string({ minLength: 1, maxLength: 110, size: 'max', unit: fc.constantFrom(...'ab./') }),
  }),
);

/** What `planTar` would have made of an entry that it refuses. */
function withParents(entry: TarEntry): TarEntry[] {
  const parts = entry.path.split('/').slice(0, -1);
  const parents = parts.map((_, i): TarEntry => {
    return { path: parts.slice(0, i + 1).join('/'), type: 'directory', mode: 0o755 };
  });
  return [...parents, entry];
}

describe('tar bytes', () => {
  it("are those of Go's archive/tar in its USTAR format, refusals included", async () => {
    const cases = fc.sample(fc.record({ entry, mtime: fc.integer({ min: 0, max: 2 ** 33 - 1 }) }), {
      numRuns: 600,
      seed: 7,
    });
    const ours: string[] = [];
    const planned: { entries: TarEntry[]; mtime: number }[] = [];
    for (const { entry, mtime } of cases) {
      try {
        ours.push(sha256Hex(await archive([entry], mtime)));
        planned.push({ entries: planTar([entry]), mtime });
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        ours.push('refused');
        planned.push({ entries: withParents(entry), mtime });
      }
    }
    expect(goArchives(planned)).toEqual(ours);
    // The generator reaches both sides, and paths that are cut.
    expect(ours.filter((result) => result === 'refused').length).toBeGreaterThan(10);
    expect(cases.filter((c, i) => c.entry.path.length > 100 && ours[i] !== 'refused').length).toBeGreaterThan(50);
  }, 60_000);

  it("are those of Go's archive/tar in its PAX format where an entry has records", async () => {
    const kind = fc.constantFrom('file' as const, 'directory' as const);
    const one = fc.record({ path, mode, pax, kind, content: fc.uint8Array({ maxLength: 600 }), mtime: fc.nat() });
    const cases = fc.sample(one, { numRuns: 600, seed: 11 });
    const archives = cases.map(({ path, mode, pax, kind, content, mtime }) => {
      const entry: TarEntry =
        kind === 'file' ? { path, mode, pax, type: kind, content } : { path, mode, pax, type: kind };
      return { entries: [entry], mtime };
    });
    const ours: string[] = [];
    for (const { entries, mtime } of archives) ours.push(sha256Hex(await unplanned(entries, mtime)));
    expect(goArchives(archives)).toEqual(ours);
    const cut = cases.filter(({ path }) => path.length > 100);
    expect(cut.length).toBeGreaterThan(100);
    expect(cut.filter(({ path }) => path[99] === '/').length).toBeGreaterThan(0);
  }, 60_000);

  it('are right at every length around the limits of name and prefix', async () => {
    const paths: string[] = [];
    for (const total of [99, 100, 101, 154, 155, 156, 157, 158, 254, 255, 256, 257, 258]) {
      for (const cut of [1, 50, 98, 99, 100, 101, 153, 154, 155, 156, 157]) {
        if (cut < total - 1) paths.push(`${'p'.repeat(cut)}/${'n'.repeat(total - cut - 1)}`);
      }
    }
    const entries = paths.flatMap((path): TarEntry[] => [file(path), { path, type: 'directory', mode: 0o755 }]);
    const ours = entries.map((entry) => {
      try {
        return sha256Hex(Buffer.concat([tarHeader(entry, 0, EPOCH), Buffer.alloc(1024)]));
      } catch {
        return 'refused';
      }
    });
    expect(goArchives(entries.map((entry) => ({ entries: [entry], mtime: EPOCH })))).toEqual(ours);
    expect(new Set(ours).size).toBeGreaterThan(50);
  }, 60_000);

  it('read back in Python as what was put in', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'big'), sampleBytes(700_001));
    const long = `${'d'.repeat(90)}/${'e'.repeat(40)}/${'f'.repeat(99)}`;
    const bytes = await archive([
      { path: 'usr/local/bin/big', type: 'file', mode: 0o755, content: { file: join(folder, 'big') } },
      file('usr/share/doc/x/LICENSE', 'text'),
      file(long, 'long'),
      { path: 'etc', type: 'directory', mode: 0o700 },
      { path: 'etc/link', type: 'symlink', mode: 0o777, target: '../usr' },
    ]);
    const listed = python(
      `import sys,tarfile,io,json,hashlib
t=tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()),mode='r:')
print(json.dumps([[m.name,m.type.decode(),oct(m.mode),m.uid,m.gid,m.uname,m.gname,m.mtime,m.size,m.linkname,
  hashlib.sha256(t.extractfile(m).read()).hexdigest()[:8] if m.isreg() else ''] for m in t.getmembers()]))`,
      bytes,
    );
    const row = (name: string, type: string, mode: string, size = 0, link = '', hash = '') => {
      return [name, type, mode, 0, 0, '', '', EPOCH, size, link, hash];
    };
    const hash = (data: Uint8Array | string) => sha256Hex(data).slice(0, 8);
    expect(JSON.parse(listed.toString())).toEqual([
      row('d'.repeat(90), '5', '0o755'),
      row(`${'d'.repeat(90)}/${'e'.repeat(40)}`, '5', '0o755'),
      row(long, '0', '0o644', 4, '', hash('long')),
      row('etc', '5', '0o700'),
      row('etc/link', '2', '0o777', 0, '../usr'),
      row('usr', '5', '0o755'),
      row('usr/local', '5', '0o755'),
      row('usr/local/bin', '5', '0o755'),
      row('usr/local/bin/big', '0', '0o755', 700_001, '', hash(sampleBytes(700_001))),
      row('usr/share', '5', '0o755'),
      row('usr/share/doc', '5', '0o755'),
      row('usr/share/doc/x', '5', '0o755'),
      row('usr/share/doc/x/LICENSE', '0', '0o644', 4, '', hash('text')),
    ]);
  });

  it('do not depend on the order in which entries are given', async () => {
    const name = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'ab-.0') });
    const names = fc.uniqueArray(
      name.filter((part) => part !== '.' && part !== '..'),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(names, fc.nat(), async (names, turn) => {
        const entries = names.map((name) => file(`x/${name}/y`, name));
        const at = turn % entries.length;
        const turned = [...entries.slice(at), ...entries.slice(0, at)].reverse();
        expect(await archive(turned)).toEqual(await archive(entries));
      }),
      { numRuns: 50 },
    );
  });

  it('hold the device fields as seven zeros and the checksum as six digits, NUL, blank', () => {
    const header = Buffer.from(tarHeader(file('a'), 0, 0));
    expect(header.toString('latin1', 329, 345)).toBe('0000000\u00000000000\u0000');
    expect(header.toString('latin1', 148, 156)).toMatch(/^[0-7]{6}\0 $/);
    expect(header.toString('latin1', 257, 265)).toBe('ustar\u000000');
  });
});

describe('planTar', () => {
  it.each([
    ['/abs'],
    ['../up'],
    ['a/../b'],
    ['a/./b'],
    ['a//b'],
    ['a/'],
    [''],
    ['.'],
    ['naïve'],
    ['a\nb'],
    ['nul\0'],
    ['etc/.wh.passwd'],
    ['.wh..wh..opq'],
    ['a/.wh.b/c'],
    [`${'x'.repeat(101)}`],
    [`${'x'.repeat(156)}/y`],
  ])('refuses the path %j', (path) => {
    expect(() => planTar([file(path)])).toThrow(InputError);
  });

  it('refuses a path that is there twice, and an entry below a file or a link', () => {
    expect(() => planTar([file('a'), file('a')])).toThrow(/twice/);
    expect(() => planTar([file('a'), file('a/b')])).toThrow(/below "a", which is a file/);
    const link: TarEntry = { path: 'a', type: 'symlink', mode: 0o777, target: 'b' };
    expect(() => planTar([file('a/b/c'), link])).toThrow(/below "a", which is a symlink/);
  });

  it('refuses modes with type bits, and link targets that do not fit', () => {
    expect(() => planTar([file('a', '', 0o100644)])).toThrow(/mode/);
    expect(() => planTar([{ path: 'a', type: 'symlink', mode: 0o777, target: 'x'.repeat(101) }])).toThrow(/target/);
    expect(() => planTar([{ path: 'a', type: 'symlink', mode: 0o777, target: '' }])).toThrow(/target/);
  });

  it('puts folders before what is in them, and keeps the mode of those that are given', () => {
    const plan = planTar([file('a/b'), file('a-b'), { path: 'a', type: 'directory', mode: 0o700 }]);
    expect(plan.map(({ path, mode }) => [path, mode])).toEqual([
      ['a', 0o700],
      ['a-b', 0o644],
      ['a/b', 0o644],
    ]);
  });

  it('splits at the last slash that fits', () => {
    const path = `${'a'.repeat(60)}/${'b'.repeat(60)}/${'c'.repeat(60)}`;
    expect(splitPath(path)).toEqual({ prefix: `${'a'.repeat(60)}/${'b'.repeat(60)}`, name: 'c'.repeat(60) });
  });
});

describe('files on disk', () => {
  const fromDisk = (path: string): TarEntry[] => [{ path: 'x', type: 'file', mode: 0o644, content: { file: path } }];

  it('are refused where they are links, folders or pipes', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'secret'), 'of the host');
    symlinkSync('secret', join(folder, 'link'));
    mkdirSync(join(folder, 'folder'));
    output('mkfifo', [join(folder, 'pipe')]);
    for (const name of ['link', 'folder', 'pipe']) {
      await expect(archive(fromDisk(join(folder, name)))).rejects.toThrow(RunError);
    }
  });

  it.each([
    ['grows', 400_000],
    ['shrinks', 290_000],
  ])('are refused where one %s while it is read', async (_what, size) => {
    const name = join(scratch(), 'file');
    writeFileSync(name, sampleBytes(300_000));
    const chunks = tarChunks(planTar(fromDisk(name)), EPOCH);
    await chunks.next();
    truncateSync(name, size);
    const rest = async () => {
      for await (const _chunk of chunks);
    };
    await expect(rest()).rejects.toThrow(/changed while it was read/);
  });
});
