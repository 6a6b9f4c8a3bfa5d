import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBuildInfo } from '../../src/compile/build-info.js';
import { ByteFile } from '../../src/verify/files/byte-file.js';
import { readProgram } from '../../src/verify/files/program.js';
import { removeFolder } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { makeRepository } from '../support/repository.js';
import { causesOf, compare, DEPENDENCY, FILES, FLAGS, GoPrograms, MAIN, told } from './go-programs.js';

const go = new GoPrograms();
let plain: string;

beforeAll(async () => {
  plain = await go.build();
}, 120_000);

afterAll(() => removeFolder(go.root));

const linked = (...texts: string[]) => [
  ...FLAGS.slice(0, 2),
  `-ldflags=-s -w -buildid= ${texts.map((text) => `-X main.${text}`).join(' ')}`,
];

describe('causes, each from two real builds', () => {
  it('nothing, where the same is built in two folders', async () => {
    expect(await compare(plain, await go.build())).toEqual([]);
  });

  it('another version of a module', async () => {
    const mod = FILES['go.mod']?.replace('v1.0.0', 'v1.1.0') ?? '';
    const found = await compare(plain, await go.build({ files: { 'go.mod': mod } }));
    expect(causesOf(found)).toEqual(['module-version']);
    expect(told(found)).toEqual(['module example.com/dep: v1.0.0 / v1.1.0']);
    expect(found.every(({ level, weight }) => level === 'binary' && weight === 'content')).toBe(true);
    expect(found.at(-1)?.where).toMatch(/^bin\/program: \d+ sections? \(in bytes\), as follows/);
    expect(found.at(-1)?.a).toMatch(/\.go\.buildinfo \d+/);
  });

  it('a module that is replaced, and one that is not there', async () => {
    const files = {
      'go.mod': `${FILES['go.mod']}replace example.com/dep => ./dep\n`,
      'dep/go.mod': 'module example.com/dep\n',
      'dep/dep.go': DEPENDENCY('the first answer'),
    };
    const replaced = await compare(plain, await go.build({ files }));
    expect(causesOf(replaced)).toEqual(['module-version']);
    expect(told(replaced)).toEqual([
      expect.stringMatching(/^module example.com\/dep: v1.0.0 \/ v1.0.0 => .\/dep \(devel\)$/),
    ]);
    const main = MAIN.replace('\t"example.com/dep"\n', '').replace('dep.Answer()', '"an answer"');
    const without = await compare(plain, await go.build({ files: { 'main.go': main } }));
    expect(told(without)[0]).toBe('module example.com/dep: v1.0.0 / -');
    expect(causesOf(without)).toEqual(['module-version']);
  });

  it('another sum for the same version of a module', async () => {
    const bytes = readFileSync(plain);
    const other = join(go.root, 'other-sum');
    for (let at = bytes.indexOf('h1:'); at >= 0; at = bytes.indexOf('h1:', at + 1)) bytes.write('XY', at + 10);
    writeFileSync(other, bytes);
    const found = await compare(plain, other);
    expect(causesOf(found)).toEqual(['module-version']);
    expect(told(found)).toEqual([expect.stringMatching(/^module example.com\/dep: v1.0.0 h1:\S+ \/ v1.0.0 h1:\S+$/)]);
  });

  it('another patch: a file and its functions, named', async () => {
    const files = {
      'store/ttl.go': 'package store\n\n//go:noinline\nfunc Expire(n int) int { return n * 2 }\n',
      'main.go': MAIN.replace('store.Name(1)', 'store.Name(store.Expire(1))'),
    };
    const found = await compare(plain, await go.build({ files }));
    expect(causesOf(found)).toEqual(['patches']);
    expect(told(found)).toEqual([
      'source file example.com/program/store/ttl.go: - / present',
      'function example.com/program/store.Expire: - / present',
    ]);
  });

  it('another patch that has the same functions: those whose code became longer', async () => {
    const store = FILES['store/store.go']?.replace('n > 1', 'n > 1 && n*n*n-n != 17 && n/3 != 5') ?? '';
    const found = await compare(plain, await go.build({ files: { 'store/store.go': store } }));
    expect(causesOf(found)).toEqual(['patches']);
    expect(told(found)).toEqual([expect.stringMatching(/^function \S+\/store\.Name: \d+ bytes of code \/ \d+ bytes/)]);
  });

  it('another program altogether', async () => {
    const mod = FILES['go.mod']?.replace('example.com/program', 'example.com/other') ?? '';
    const main = MAIN.replace('example.com/program', 'example.com/other');
    const found = await compare(plain, await go.build({ files: { 'go.mod': mod, 'main.go': main } }));
    expect(causesOf(found)).toEqual(['patches']);
    expect(told(found)[0]).toBe('main module: example.com/program (devel) / example.com/other (devel)');
  });

  it('other texts given to the linker: the version, its commit, and the date', async () => {
    const commit = (digit: string) => `revision=${digit.repeat(40)}`;
    const first = await go.build({ flags: linked('version=1.11.3', commit('a'), 'date=20240102-15:04:05') });
    const second = await go.build({ flags: linked('version=1.11.4', commit('b'), 'date=20240103-15:04:05') });
    const found = await compare(first, second);
    expect(causesOf(found)).toEqual(['epoch', 'version']);
    expect(told(found)).toEqual([
      'text given to the linker: 20240102-15:04:05 / 20240103-15:04:05',
      `text given to the linker: ${'a'.repeat(40)} / ${'b'.repeat(40)}`,
      'text given to the linker: 1.11.3 / 1.11.4',
    ]);
    const longer = await go.build({ flags: linked('version=1.11.3+a-longer-suffix', commit('a'), 'date=2024-01-02') });
    expect(told(await compare(first, longer))).toEqual([
      'text given to the linker: 20240102-15:04:05 / 2024-01-02',
      'text given to the linker: 1.11.3 / 1.11.3+a-longer-suffix',
    ]);
  });

  it('symbols that were left in', async () => {
    const found = await compare(plain, await go.build({ flags: [...FLAGS.slice(0, 2), '-ldflags=-buildid='] }));
    expect(causesOf(found)).toEqual(['build-setting']);
    expect(told(found)).toEqual([
      expect.stringMatching(/^symbols: none \(as with -ldflags "-s -w"\) \/ .*\.debug_info.*\.symtab.*\(as without/),
    ]);
  });

  it('a build id', async () => {
    const found = await compare(plain, await go.build({ flags: [...FLAGS.slice(0, 2), '-ldflags=-s -w'] }));
    expect(causesOf(found)).toContain('build-setting');
    expect(told(found).join('\n')).toMatch(/^\.note\.go\.buildid \(empty with -ldflags -buildid=\): - \/ \S+\/\S+/m);
    const ids = ['one', 'two'].map((id) => [...FLAGS.slice(0, 2), `-ldflags=-s -w -buildid=${id}`]);
    const [one = '', two = ''] = await Promise.all(ids.map((flags) => go.build({ flags })));
    expect(causesOf(await compare(one, two))).toEqual(['build-setting']);
  });

  it('VCS stamping: on one side, and with another commit', async () => {
    const { path, commit } = await makeRepository([], mkdtempSync(join(go.root, 'repository-')));
    await commit(FILES);
    const flags = ['-trimpath', '-buildvcs=true', '-ldflags=-s -w -buildid='];
    const stamped = await go.build({ flags, folder: path });
    const found = await compare(plain, stamped);
    expect(causesOf(found)).toEqual(['vcs-stamping']);
    expect(told(found).at(-1)).toMatch(
      /^VCS stamping: - \/ vcs=git vcs\.revision=[0-9a-f]{40} vcs\.time=\S+ vcs\.modified/,
    );
    await commit({ note: 'x' });
    const later = await go.build({ flags, folder: path });
    expect(causesOf(await compare(stamped, later))).toEqual(['vcs-stamping']);
  });

  it('no -trimpath, with a path that leaks; and what the linker was then said to have been given', async () => {
    const open = (text: string) => ['-buildvcs=false', `-ldflags=-s -w -buildid= -X main.version=${text}`];
    const first = await go.build({ flags: open('1.0.0') });
    const found = await compare(plain, first);
    expect(causesOf(found)).toContain('trimpath');
    expect(told(found).slice(0, 2)).toEqual([
      'setting -trimpath: -trimpath=true / -',
      expect.stringMatching(/^paths of source files: - \/ \/.*\/source-\d+\/\S+\.go, and \d+ more$/),
    ]);
    const second = await go.build({ flags: open('1.0.1') });
    expect(told(await compare(first, second))).toEqual([
      '-ldflags -X main.version: 1.0.0 / 1.0.1',
      expect.stringMatching(/^paths of source files: \/.*\/source-\d+\/\S+\.go, and .* \/ \/.*\/source-\d+\//),
    ]);
  });

  it('defaults of GODEBUG, from the go line of go.mod', async () => {
    const mod = FILES['go.mod']?.replace('go 1.25.0', 'go 1.25.0\n\ngodebug http2client=0') ?? '';
    const found = await compare(plain, await go.build({ files: { 'go.mod': mod } }));
    expect(causesOf(found)).toEqual(['build-setting']);
    expect(told(found)[0]).toMatch(/^setting DefaultGODEBUG: \S+ \/ .*http2client=0/);
  });
});

describe('a change that nothing explains', () => {
  /** The program with one bit of it turned over. */
  async function flipped(offset: number, bit = 1) {
    const bytes = readFileSync(plain);
    bytes[offset] = (bytes[offset] ?? 0) ^ bit;
    const path = join(go.root, `flipped-${offset}`);
    writeFileSync(path, bytes);
    return compare(plain, path);
  }

  it('a bit anywhere is found, and located by section and place', async () => {
    const file = await ByteFile.open(plain);
    const program = await readProgram(file);
    await file.close();
    const sections = program?.executable.sections ?? [];
    expect(sections.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['.text', '.rodata', '.gopclntab', '.go.buildinfo', '.data', '.shstrtab']),
    );
    for (const { name, offset, size } of sections)
      for (const part of [0, 0.3, 0.7]) {
        const at = offset + Math.floor(size * part);
        const found = await flipped(at);
        expect(found.length, `${name} ${part}`).toBeGreaterThan(0);
        const text = found.map(({ where, a, b }) => `${where} ${a} ${b}`).join('\n');
        // A bit in the names of the sections renames one of them.
        const isNamed = text.includes(`0x${at.toString(16)} `) || text.includes(`${name} `) || name === '.shstrtab';
        expect(isNamed, `${name} ${part}: ${text}`).toBe(true);
      }
  });

  it('code: the function and the bytes around', async () => {
    const bytes = readFileSync(plain);
    const file = await ByteFile.open(plain);
    const program = await readProgram(file);
    const sizes = await program?.lines?.sizes();
    await file.close();
    expect(sizes?.get('main.main')).toBeGreaterThan(16);
    const text = program?.executable.sections.find(({ name }) => name === '.text');
    let at = text?.offset ?? 0;
    for (const [name, size] of sizes ?? []) {
      if (name === 'main.main') break;
      at += size;
    }
    const found = await flipped(at + 9);
    expect(found).toHaveLength(1);
    expect(found[0]?.where).toMatch(/^bin\/program: \.text, offset 0x[0-9a-f]+ of the file, function main\.main$/);
    const byte = (value: number) => `[${value.toString(16).padStart(2, '0')}]`;
    expect(found[0]?.a).toContain(byte(bytes[at + 9] ?? 0));
    expect(found[0]?.b).toContain(byte((bytes[at + 9] ?? 0) ^ 1));
    expect(found[0]?.cause).toBe('files');
  });

  it('bytes behind the last section are seen, also beside something that is explained', async () => {
    const longer = join(go.root, 'longer');
    writeFileSync(longer, Buffer.concat([readFileSync(plain), Buffer.from('more')]));
    const found = await compare(plain, longer);
    expect(told(found)).toEqual([expect.stringMatching(/^section the rest behind the last section: - \/ 4 bytes;/)]);
    const other = await go.build({ flags: linked('version=1.0.0') });
    const [one, two] = [join(go.root, 'one'), join(go.root, 'two')];
    copyFileSync(other, one);
    writeFileSync(
      two,
      Buffer.concat([readFileSync(await go.build({ flags: linked('version=1.0.1') })), Buffer.from('x')]),
    );
    const both = await compare(one, two);
    expect(causesOf(both)).toEqual(['version']);
    expect(both.at(-1)?.b).toContain('the rest behind the last section 1');
  });

  it('beside a version of the same length, a bit in the code is still told apart', async () => {
    const one = await go.build({ flags: linked('version=1.0.0') });
    const two = await go.build({ flags: linked('version=1.0.1') });
    const bytes = readFileSync(two);
    bytes[0x1234] = (bytes[0x1234] ?? 0) ^ 4;
    writeFileSync(two, bytes);
    const found = await compare(one, two);
    expect(causesOf(found)).toEqual(['version', 'files']);
    expect(told(found)[0]).toBe('text given to the linker: 1.0.0 / 1.0.1');
    expect(told(found)[1]).toMatch(/^\.text, offset 0x1234 of the file, function \S+: /);
  });
});

it('whatever is changed, cut off or put in: never an error, always a difference', async () => {
  const original = readFileSync(plain);
  const file = await ByteFile.open(plain);
  const program = await readProgram(file);
  await file.close();
  const { sections = [], headers = [] } = program?.executable ?? {};
  // Where lengths, counts and places are: headers, and what lies at the starts of the sections.
  const starts = [...headers, ...sections].map(({ offset, size }) =>
    fc.integer({ min: offset, max: offset + Math.min(size, 300) - 1 }),
  );
  const offset = fc.oneof(...starts, fc.nat(original.length - 1));
  const value = fc.constantFrom(Buffer.from([0]), Buffer.from([0xff]), Buffer.alloc(8, 0xff), Buffer.from([1, 2, 3]));
  const changes = fc.array(fc.tuple(offset, value), { maxLength: 4 });
  const path = join(go.root, 'changed');
  await fc.assert(
    fc.asyncProperty(changes, fc.option(offset, { nil: undefined, freq: 6 }), async (list, cut) => {
      const bytes = Buffer.from(original.subarray(0, cut));
      for (const [at, put] of list) if (at < bytes.length) put.copy(bytes, at);
      writeFileSync(path, bytes);
      const [found, back] = [await compare(plain, path), await compare(path, plain)];
      expect(found.length > 0).toBe(!bytes.equals(original));
      expect(back.length > 0).toBe(!bytes.equals(original));
      for (const { where, a, b } of [...found, ...back]) expect(`${where}${a}${b}`).toMatch(/^[^\p{Cc}]{0,1000}$/u);
    }),
    { numRuns: 50 },
  );
}, 120_000);

it("reads a program's build information as go version -m does", async () => {
  const file = await ByteFile.open(plain);
  const program = await readProgram(file);
  await file.close();
  expect(program?.build?.info).toEqual(parseBuildInfo(await mustExec('go', ['version', '-m', plain])));
  expect(program?.build?.info.deps).toHaveLength(1);
});
