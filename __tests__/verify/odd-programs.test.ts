import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/base/errors.js';
import { exit42Program, MACHINES } from '../../src/smoke/elf.js';
import { unlessMalformed } from '../../src/verify/files/byte-file.js';
import {
  buildInfo,
  differencesBetween,
  elfProgram,
  lineTable,
  MODULES,
  readSmallProgram,
} from '../support/small-programs.js';

/** A program of 32 bits without sections, whose one segment is data that it may write. */
function segmentProgram(machine: 'arm' | 'mips'): Buffer {
  const { bigEndian } = MACHINES[machine] ?? {};
  const program = exit42Program(MACHINES[machine] as (typeof MACHINES)[string]);
  const whole = Buffer.concat([program, Buffer.alloc(-program.length & 15), buildInfo()]);
  const set = (value: number, at: number) =>
    bigEndian ? whole.writeUInt32BE(value, at) : whole.writeUInt32LE(value, at);
  const header = 52;
  set(whole.length, header + 16); // p_filesz
  set(6, header + 24); // p_flags: read and write
  return whole;
}

/** A table of lines with more texts among its names. */
function tableWith(more: Buffer): Buffer {
  const table = lineTable();
  const names = 8 + 8 * 8;
  const wide = Buffer.concat([table.subarray(0, names), more, table.subarray(names)]);
  for (let number = 4; number < 8; number++) {
    wide.writeUInt32LE(wide.readUInt32LE(8 + number * 8) + more.length, 8 + number * 8);
  }
  return wide;
}

describe('an odd program', () => {
  it.each(['arm', 'mips'] as const)(
    'for %s, without sections, is known by what its data begins with',
    async (machine) => {
      const build = await readSmallProgram(segmentProgram(machine), (program) => program?.build);
      expect(build?.info).toMatchObject({ goVersion: 'go1.26.8', main: { path: 'example.com/program' } });
    },
  );

  it.each([4, 8] as const)(
    'has its table of lines found among its constants, with addresses of %i bytes',
    async (width) => {
      const constants = Buffer.concat([Buffer.alloc(32, 1), lineTable(width)]);
      const names = await readSmallProgram(
        elfProgram({ '.gopclntab': null, '.rodata': constants }),
        (program) => program?.lines?.names,
      );
      expect(names).toEqual(['main.main', 'runtime.x', 'example.com/dep.F[go.shape.int]']);
    },
  );

  it('has no table of lines where there is none to be found', async () => {
    expect(await readSmallProgram(elfProgram({ '.gopclntab': null }), (program) => program?.lines)).toBeUndefined();
  });

  it('has a last file whose name is not ended', async () => {
    const table = lineTable();
    const last = table.indexOf('/src/dep.go\0') + '/src/dep.go'.length;
    table.write('x', last);
    expect(await readSmallProgram(elfProgram({ '.gopclntab': table }), (program) => program?.lines?.files)).toEqual([
      '/src/main.go',
      '/src/dep.gox',
    ]);
  });

  it('has no functions where they have more names than are read, in number or in bytes', async () => {
    const some = elfProgram({ '.gopclntab': tableWith(Buffer.from('a\0'.repeat(1000))) });
    expect(await readSmallProgram(some, (program) => program?.lines?.names.length)).toBe(1003);
    const many = elfProgram({ '.gopclntab': tableWith(Buffer.from('a\0'.repeat(400_001))) });
    expect(await readSmallProgram(many, (program) => program?.lines)).toBeUndefined();
    const long = elfProgram({ '.gopclntab': tableWith(Buffer.alloc(13 * 2 ** 20)) });
    expect(await readSmallProgram(long, (program) => program?.lines)).toBeUndefined();
  });
});

describe('two odd programs', () => {
  /** Constants of three pieces, with a text at a place; what is around it is none. */
  const constants = (text: string, at: number) => {
    const bytes = Buffer.alloc(3 * 2 ** 18, 1);
    bytes.write(`${text}\0`, at);
    return elfProgram({ '.rodata': bytes });
  };

  it.each([
    ['within a piece', 1000],
    ['across the end of a piece', 2 ** 18 - 5],
    ['at the beginning of a piece', 2 ** 18],
    ['across the end of another', 2 ** 19 - 12],
  ])('have a text of the linker that differs once, %s', async (_, at) => {
    const found = await differencesBetween(
      constants('2026-05-27T15:09:50Z', at),
      constants('2025-05-27T15:09:50Z', at),
    );
    expect(found.filter((line) => line.includes('text given to the linker'))).toEqual([
      'bin: text given to the linker: 2026-05-27T15:09:50Z / 2025-05-27T15:09:50Z (epoch)',
    ]);
  });

  it('differ, but in no texts that are told, where there are too many of them', async () => {
    const texts = (count: number, last: string) =>
      elfProgram({
        '.rodata': Buffer.from(`${Array.from({ length: count }, (_, i) => `\x01text-${i}`).join('\0')}\0\x01${last}\0`),
      });
    const few = await differencesBetween(texts(100, 'one-text'), texts(100, 'two-text'));
    expect(few.join('\n')).toContain('one-text / two-text');
    const many = await differencesBetween(texts(50_001, 'one-text'), texts(50_001, 'two-text'));
    expect(many.length).toBeGreaterThan(0);
    expect(many.join('\n')).not.toContain('text given to the linker');
  });

  it('differ in more places than are told one by one', async () => {
    const code = Buffer.alloc(80 * 64, 0x90);
    const other = Buffer.from(code);
    for (let i = 0; i < 12; i++) other[i * 400] = 0xcc;
    const found = await differencesBetween(elfProgram({ '.text': code }), elfProgram({ '.text': other }));
    expect(found).toHaveLength(9);
    expect(found.at(-1)).toBe('bin: places: 4 more / 4 more (files)');
  });

  it('differ in code, where the sizes of functions cannot be told', async () => {
    const damaged = (letter: string) => {
      const table = lineTable();
      const functions = table.length - 28 - 3 * 16;
      table.writeUInt32LE(0xffffffff, functions + 4);
      table.write(letter, table.indexOf('runtime.x') + 8);
      return elfProgram({ '.gopclntab': table, '.text': Buffer.alloc(80, letter) });
    };
    const found = await differencesBetween(damaged('a'), damaged('b'));
    expect(found.join('\n')).toMatch(/\.text|function/);
    expect(found.join('\n')).not.toContain('bytes of code');
  });

  it('were made for other versions by flags of the linker, which only builds without -trimpath record', async () => {
    const flagged = (flags: string) =>
      elfProgram({ '.go.buildinfo': buildInfo(MODULES.replace(/-ldflags=.*/, flags)) });
    const found = await differencesBetween(flagged('-ldflags="-X main.version=1.0"'), flagged('-buildmode=exe'));
    expect(found.join('\n')).toMatch(/main\.version.*1\.0 \/ -/);
  });
});

describe('what cannot be parsed', () => {
  it('is undefined, and what goes wrong with the disk is thrown on', async () => {
    const broken = new RunError('the disk');
    await expect(unlessMalformed(() => Promise.reject(broken))).rejects.toBe(broken);
  });
});
