import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exit42Program, MACHINES } from '../../src/smoke/elf.js';
import { compareFiles } from '../../src/verify/files/files.js';
import { parseLinkerFlags } from '../../src/verify/files/linker-flags.js';
import { scratch } from '../support/files.js';

/** What is said of two contents. */
async function compare(a: string | Uint8Array, b: string | Uint8Array, folder = scratch()) {
  const [left, right] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(left, a);
  writeFileSync(right, b);
  return compareFiles('etc/file', left, right);
}

describe('files that are no programs', () => {
  it.each([
    ['equal', 'one\n', 'one\n', undefined],
    ['empty', '', '', undefined],
    ['a line', 'one\ntwo\nthree\n', 'one\ntwp\nthree\n', ['line 2', 'two', 'twp']],
    [
      'a longer line',
      'one\ntwo\n',
      'one\ntwofold\n',
      ['line 2', 'two (file of 8 bytes)', 'twofold (file of 12 bytes)'],
    ],
    [
      'a line more',
      'one\n',
      'one\ntwo\n',
      ['line 2', '(the end of the file) (file of 4 bytes)', 'two (file of 8 bytes)'],
    ],
    ['all of it', '', 'one', ['line 1', '(the end of the file) (file of 0 bytes)', 'one (file of 3 bytes)']],
    ['line ends', 'one\r\ntwo', 'one\ntwo', ['line 1', 'one\\u{d} (file of 8 bytes)', 'one (file of 7 bytes)']],
    ['what turns a line around', 'a\u202eb', 'a\u202ec', ['line 1', 'a\\u{202e}b', 'a\\u{202e}c']],
    [
      'bytes',
      Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 65]),
      Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 255, 10, 65]),
      [
        'offset 0x9',
        '01 02 03 04 05 06 07 08 [09] 0a 41 "..........A"',
        '01 02 03 04 05 06 07 08 [ff] 0a 41 "..........A"',
      ],
    ],
    [
      'an end that is missing',
      Buffer.from([0, 1]),
      Buffer.from([0]),
      ['offset 0x1', '00 [01] ".." (file of 2 bytes)', 'the file ends at 0x1 (file of 1 bytes)'],
    ],
  ] as const)('%s', async (_, a, b, expected) => {
    const found = await compare(a, b);
    if (expected === undefined) return expect(found).toEqual([]);
    const [place, one, other] = expected;
    const rest = { level: 'file', weight: 'content', cause: 'files' };
    expect(found).toEqual([{ where: `etc/file: ${place}`, a: one, b: other, ...rest }]);
  });

  it('a place far into a large file, also at the border of what is read at once', async () => {
    const folder = scratch();
    for (const offset of [262_143, 262_144, 262_145, 3_000_000]) {
      const a = Buffer.alloc(3_000_001, 0xee);
      const b = Buffer.from(a);
      b[offset] = 0;
      const found = await compare(a, b, folder);
      expect(found.map(({ where }) => where)).toEqual([`etc/file: offset 0x${offset.toString(16)}`]);
    }
  });

  it('a line number counts all lines before it', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index}`);
    const other = lines.map((line, index) => (index === 49_998 ? `${line}!` : line));
    const [found] = await compare(lines.join('\n'), other.join('\n'));
    expect(found?.where).toBe('etc/file: line 49999');
    expect(found?.b).toMatch(/^line 49998! \(file/);
  });
});

describe('programs', () => {
  const amd64 = MACHINES.amd64;
  const arm64 = MACHINES.arm64;
  if (!amd64 || !arm64) throw new Error('no such machine');

  it('for another machine', async () => {
    const [first] = await compare(exit42Program(amd64), exit42Program(arm64));
    expect(first).toMatchObject({ cause: 'go-architecture', a: 'ELF for amd64', b: 'ELF for arm64' });
  });

  it('where the other one is none', async () => {
    const [first, second] = await compare(exit42Program(amd64), '#!/bin/sh\nexit 42\n');
    expect(first).toMatchObject({ where: 'etc/file: format', a: 'ELF for amd64', b: undefined, cause: 'files' });
    expect(second?.where).toBe('etc/file: the ELF header: offset 0x0');
  });

  it('changed anywhere, for any machine: never an error, always a difference, printable and short', async () => {
    const folder = scratch();
    const change = fc.record({
      machine: fc.constantFrom(...Object.values(MACHINES)),
      bytes: fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      cut: fc.option(fc.nat(200), { nil: undefined }),
      more: fc.uint8Array({ maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ machine, bytes, cut, more }) => {
        const original = exit42Program(machine);
        const changed = Buffer.concat([original.subarray(0, cut), more]);
        for (const [at, value] of bytes) if (at < changed.length) changed[at] = value;
        for (const [a, b] of [
          [original, changed],
          [changed, original],
        ] as const) {
          const found = await compare(a, b, folder);
          expect(found.length > 0).toBe(!original.equals(changed));
          for (const { where, a, b } of found)
            for (const text of [where, a ?? '', b ?? '']) {
              expect(text).toMatch(/^[^\p{Cc}]*$/u);
              expect(text.length).toBeLessThan(300);
            }
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('flags of the linker are split as Go splits them', () => {
  const { texts, others } = parseLinkerFlags(
    '"-s -w -X a.B=c -X=d/e.F=g=h -X \'i.J=k l\' \\"-X=m.N=o p\\" -extldflags \\"-static -x\\" -X"',
  );
  expect([...texts]).toEqual([
    ['a.B', 'c'],
    ['d/e.F', 'g=h'],
    ['i.J', 'k l'],
    ['m.N', 'o p'],
  ]);
  expect(others).toEqual(['-s', '-w', '-extldflags', '-static -x', '-X']);
});
