import { describe, expect, it } from 'vitest';
import { findBytes, MalformedError } from '../../src/verify/files/byte-file.js';
import { differingRuns, firstDifference, wholeOf } from '../../src/verify/files/differing-bytes.js';
import { readExecutable, regionAt } from '../../src/verify/files/executable.js';
import {
  buildInfo,
  differencesBetween,
  elfProgram,
  lineTable,
  MODULES,
  openBytes,
  peProgram,
  readSmallProgram,
} from '../support/small-programs.js';

function patched(bytes: Buffer, at: number, ...values: number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, at);
  return copy;
}

const elf = elfProgram();

describe('a small program', () => {
  it.each([
    ['ELF for amd64', elf],
    ['PE for amd64', peProgram()],
  ])('of the form %s is read: what Go built it from, its functions and files', async (kind, bytes) => {
    await readSmallProgram(bytes, async (program) => {
      expect(program?.executable.kind).toBe(kind);
      expect(program?.build).toMatchObject({ info: { goVersion: 'go1.26.8', main: { path: 'example.com/program' } } });
      expect(program?.build?.info.deps).toEqual([{ path: 'example.com/fork', version: 'v1.0.1', sum: 'h1:def=' }]);
      expect(program?.lines).toMatchObject({ files: ['/src/main.go', '/src/dep.go'] });
      expect([...((await program?.lines?.sizes()) ?? [])]).toEqual([
        ['main.main', 16],
        ['runtime.x', 32],
        ['example.com/dep.F[go.shape.int]', 16],
      ]);
      const at = [0, 15, 16, 47, 48].map((offset) => program?.lines?.functionAt(offset));
      expect(await Promise.all(at)).toEqual([
        ...['main.main', 'main.main', 'runtime.x', 'runtime.x'],
        'example.com/dep.F[go.shape.int]',
      ]);
    });
  });

  it('has a table of lines with addresses of four bytes where it is of 32 bits', async () => {
    const names = await readSmallProgram(
      elfProgram({ '.gopclntab': lineTable(4) }),
      (program) => program?.lines?.names,
    );
    expect(names).toEqual(['main.main', 'runtime.x', 'example.com/dep.F[go.shape.int]']);
  });

  it.each([
    ['of another magic', patched(lineTable(), 0, 0xfb)],
    ['with its parts in no order', patched(lineTable(), 8 + 3 * 8, 0xff, 0xff)],
    ['with a part beyond its end', patched(lineTable(), 8 + 7 * 8, 0xff, 0xff)],
    ['with a number that no file has', patched(lineTable(), 8 + 7 * 8, ...Array(8).fill(0xff))],
    ['cut off', lineTable().subarray(0, 40)],
  ])('has no functions where the table of lines is one %s', async (_, table) => {
    expect(await readSmallProgram(elfProgram({ '.gopclntab': table }), (program) => program?.lines)).toBeUndefined();
  });

  it('says of functions what can be read, where a part of the table is damaged', async () => {
    const table = lineTable();
    const functions = table.length - 28 - 3 * 16;
    const bytes = elfProgram({ '.gopclntab': patched(table, functions + 4, 0xff, 0xff, 0xff, 0xff) });
    await readSmallProgram(bytes, async (program) => {
      expect(await program?.lines?.functionAt(0)).toBeUndefined();
      expect(await program?.lines?.functionAt(20)).toBe('runtime.x');
      await expect(program?.lines?.sizes()).rejects.toThrow(MalformedError);
    });
  });

  it.each([
    ['of before Go 1.18', patched(buildInfo(), 15, 0)],
    ['with a length that is none', patched(buildInfo(), 32, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['with a length beyond the file', patched(buildInfo(), 32, 0xff, 0x1f)],
    ['without a version', buildInfo(MODULES, '')],
    ['that is none', Buffer.alloc(64)],
  ])('is none of Go with build information %s', async (_, info) => {
    expect(await readSmallProgram(elfProgram({ '.go.buildinfo': info }), (program) => program?.build)).toBeUndefined();
  });

  it('may say little of its build: no modules, experiments behind the version', async () => {
    const bare = elfProgram({ '.go.buildinfo': buildInfo('', 'go1.26.8 X:boringcrypto') });
    await readSmallProgram(bare, (program) => {
      expect(program?.build).toMatchObject({ text: '', info: { goVersion: 'go1.26.8', settings: [] } });
    });
  });

  it.each([
    ['a text', Buffer.from('#!/bin/sh\n')],
    ['three bytes', Buffer.from([0x7f, 0x45, 0x4c])],
    ['an ELF file of no class', patched(elf, 4, 3)],
    ['an ELF file of no byte order', patched(elf, 5, 9)],
    ['the beginning of an ELF file', elf.subarray(0, 30)],
    ['an MZ file that is no PE', patched(peProgram(), 64, 0)],
    ['a PE file of too many sections', patched(peProgram(), 70, 200)],
  ])('is not %s', async (_, bytes) => {
    expect(await readSmallProgram(bytes, (program) => program)).toBeUndefined();
  });

  it('is read as far as it goes: sections that are damaged, machines of any number, bytes behind it', async () => {
    await readSmallProgram(patched(elf, 0x3c, 0xff, 0xff), ({ executable } = fail()) => {
      expect(executable.sections.map(({ name }) => name)).not.toContain('.text');
      expect(regionAt(executable, 10)).toBe('the ELF header');
    });
    await readSmallProgram(patched(elf, 18, 0x34, 0x12), ({ executable } = fail()) => {
      expect(executable.kind).toBe('ELF for machine 4660, 64 bits, little-endian');
    });
    await readSmallProgram(patched(peProgram(), 68, 1, 0), ({ executable } = fail()) => {
      expect(executable.kind).toBe('PE for machine 1');
    });
    await readSmallProgram(Buffer.concat([elf, Buffer.from('more')]), ({ executable } = fail()) => {
      expect(regionAt(executable, elf.length + 1)).toBe('the rest behind the last section');
      expect(regionAt(executable, elf.length + 9)).toBe('between the sections');
    });
  });

  it('may be one for macOS, of which the build information alone is read', async () => {
    const bytes = Buffer.concat([Buffer.from('cffaedfe000000000000000000000000', 'hex'), buildInfo()]);
    await readSmallProgram(bytes, (program) => {
      expect(program?.executable.kind).toBe('Mach-O');
      expect(program?.build?.info.goVersion).toBe('go1.26.8');
      expect(program?.lines).toBeUndefined();
    });
  });
});

function fail(): never {
  throw new Error('it is no program');
}

describe('two small programs', () => {
  it('of two formats differ in the machine', async () => {
    expect((await differencesBetween(elf, peProgram()))[0]).toBe(
      'bin: machine: ELF for amd64 / PE for amd64 (go-architecture)',
    );
  });

  it('of which one is none of Go differ in that', async () => {
    const found = await differencesBetween(elf, elfProgram({ '.go.buildinfo': Buffer.alloc(64) }));
    expect(found[0]).toBe('bin: Go build information: go1.26.8 / - (files)');
  });

  it('in modules and settings are told by these', async () => {
    const modules = MODULES.replace('v1.0.1\th1:def=', 'v1.0.2\th1:ghi=').replace('ENABLED=0', 'ENABLED=1');
    const found = await differencesBetween(elf, elfProgram({ '.go.buildinfo': buildInfo(modules) }));
    expect(found).toContain(
      'bin: module example.com/dep: v1.0.0 => example.com/fork v1.0.1 h1:def= / v1.0.0 => example.com/fork v1.0.2 h1:ghi= (module-version)',
    );
    expect(found).toContain('bin: setting CGO_ENABLED: CGO_ENABLED=0 / CGO_ENABLED=1 (build-setting)');
  });

  it('in one byte of code are told by its place and its function', async () => {
    const at = 128 + 20;
    const [found, ...more] = await differencesBetween(elf, patched(elf, at, 0xcc));
    expect(more).toEqual([]);
    expect(found).toMatch(
      /^bin: \.text, offset 0x94 of the file, function runtime\.x: .*\[90\].* \/ .*\[cc\].* \(files\)$/,
    );
  });

  it('in their notes are told by the build id', async () => {
    const note = Buffer.from('\x04\0\0\0\x02\0\0\0\x04\0\0\0Go\0\0cd', 'latin1');
    const found = await differencesBetween(elf, elfProgram({ '.note.go.buildid': note }));
    expect(found[0]).toBe('bin: .note.go.buildid (empty with -ldflags -buildid=): ab / cd (build-setting)');
    const without = await differencesBetween(elf, elfProgram({ '.note.go.buildid': null }));
    expect(without[0]).toBe('bin: .note.go.buildid (empty with -ldflags -buildid=): ab / - (build-setting)');
  });

  it('in constants of another length are told by the section', async () => {
    const [found] = await differencesBetween(elf, elfProgram({ '.rodata': Buffer.alloc(500, 1) }));
    expect(found).toMatch(/^bin: section \.rodata: \d+ bytes; at 0x0 .* \/ 500 bytes; at 0x0 .* \(files\)$/);
  });
});

describe('bytes of two files', () => {
  it('differ in runs, near ones taken together, and what one has more is the last', async () => {
    const [a, b] = [await openBytes(Buffer.alloc(100)), await openBytes(patched(Buffer.alloc(110), 3, 1, 0, 0, 1))];
    const runs = (limit: number) => differingRuns(wholeOf(a), wholeOf(b), limit);
    expect(await runs(5)).toEqual({
      runs: [
        { start: 3, end: 7 },
        { start: 100, end: 110 },
      ],
      isWhole: true,
    });
    expect(await runs(1)).toEqual({ runs: [{ start: 3, end: 7 }], isWhole: false });
    const c = await openBytes(patched(Buffer.alloc(100), 3, 1, ...Array(30).fill(0), 1));
    expect((await differingRuns(wholeOf(a), wholeOf(c), 1)).isWhole).toBe(false);
    expect(await firstDifference(wholeOf(a), wholeOf(b))).toBe(3);
    expect(await firstDifference(wholeOf(a), wholeOf(a))).toBeUndefined();
    expect(await firstDifference(wholeOf(a), [b, { offset: 7, size: 103 }])).toBe(100);
    // A range that claims more than the file has.
    expect(await firstDifference([a, { offset: 90, size: 20 }], [b, { offset: 90, size: 20 }])).toBe(10);
    for (const file of [a, b, c]) await file.close();
  });

  it('are found at multiples of a number alone, where that is asked for', async () => {
    const file = await openBytes(Buffer.from('..xy....xy'));
    const whole = { offset: 0, size: 10 };
    expect(await findBytes(file, whole, Buffer.from('xy'))).toBe(2);
    expect(await findBytes(file, whole, Buffer.from('xy'), 8)).toBe(8);
    expect(await findBytes(file, whole, Buffer.from('zz'))).toBeUndefined();
    await expect(file.read(8, 3)).rejects.toThrow(MalformedError);
    await expect(file.read(-1, 3)).rejects.toThrow(MalformedError);
    expect(await readExecutable(file)).toBeUndefined();
    await file.close();
  });
});
