import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseBuildInfo, parseModuleText } from '../../src/compile/build-info.js';
import { differenceFrom, exit42Program, HEADER_SIZE, MACHINES } from '../../src/smoke/elf.js';
import { compareBinaries } from '../../src/verify/files/binary-differences.js';
import { ByteFile, MalformedError } from '../../src/verify/files/byte-file.js';
import { regionAt } from '../../src/verify/files/executable.js';
import { parseLinkerFlags } from '../../src/verify/files/linker-flags.js';
import { type Program, readProgram } from '../../src/verify/files/program.js';
import { elfProgram, peProgram } from '../support/small-programs.js';
import { fuzz, fuzzFolder } from './fuzz.js';
import { bytes, texts } from './generators.js';

const folder = fuzzFolder();

async function withProgram<T>(data: Buffer, name: string, use: (found: Program) => Promise<T>): Promise<T | undefined> {
  writeFileSync(join(folder, name), data);
  const file = await ByteFile.open(join(folder, name));
  try {
    const found = await readProgram(file);
    return found && (await use(found));
  } finally {
    await file.close();
  }
}

describe('programs', () => {
  const [elf, pe] = [elfProgram(), peProgram()];
  for (const [name, example] of [
    ['ELF program', elf],
    ['program for Windows', pe],
  ] as const) {
    fuzz(name, {
      input: bytes([example]),
      parse: (data) =>
        withProgram(data, 'a', async ({ executable, build, lines }) => {
          const [sizes, at] = [await lines?.sizes(), await lines?.functionAt(20)];
          expect(typeof regionAt(executable, 100)).toBe('string');
          return build && lines ? { build, lines, sizes, at } : undefined;
        }),
      check: ({ build, lines }, data) => {
        expect(build.info.goVersion).not.toBe('');
        if (data.equals(example)) expect([lines.names.length, build.modules.required.length]).toEqual([3, 1]);
      },
      handled: [MalformedError],
    });
  }

  fuzz('two programs', {
    input: fc.tuple(bytes([elf]), bytes([elf, pe])),
    parse: ([a, b]) =>
      withProgram(a, 'a', (one) =>
        withProgram(b, 'b', async (other) => {
          const first = a.findIndex((byte, i) => byte !== b[i]);
          return first < 0 ? undefined : await compareBinaries('bin', one, other, first);
        }),
      ),
    check: (differences) => {
      expect(differences.length).toBeGreaterThan(0);
      for (const { where } of differences) expect(where).not.toMatch(/\p{Cc}/u);
    },
  });

  const text = 'path\ta\nmod\ta\tv1\t\ndep\tb\tv1\th1:x\n=>\tc\tv2\th1:y\nbuild\t-ldflags="-s"\nbuild\tGOOS=linux\n';
  fuzz('text of the modules', {
    input: texts([text, '']),
    parse: (given) => {
      const found = parseModuleText(given);
      return found.required.length + found.settings.length > 0 ? found : undefined;
    },
    check: ({ settings }) => expect(settings.flat().join('')).not.toContain('\n'),
  });

  fuzz('output of go version -m', {
    input: texts([`/bin/a: go1.26.8\n${text.replaceAll(/^/gm, '\t')}`], ['\n\t', ': go']),
    parse: parseBuildInfo,
    check: ({ goVersion }) => expect(goVersion).toMatch(/^go\S/),
  });

  fuzz('flags of the linker', {
    input: texts(
      ['-s -w -X main.a=b', `"-X 'main.a=b c' -X=d.e=\\"f\\""`, '-buildid='],
      ['-X', '-X=', "'", '"', '\\"'],
    ),
    parse: (given) => {
      const found = parseLinkerFlags(given);
      return found.texts.size > 0 ? found : undefined;
    },
    check: (found) => expect([...found.texts.keys()].join('')).not.toContain('='),
  });

  const programs = Object.values(MACHINES).map(exit42Program);
  fuzz('machine of a program', {
    input: fc.tuple(bytes(programs), fc.constantFrom(...Object.values(MACHINES))),
    parse: ([data, machine]) => differenceFrom(machine, data.subarray(0, HEADER_SIZE)) === undefined || undefined,
    check: (_, [data]) => expect(data.toString('latin1', 1, 4)).toBe('ELF'),
  });
});
