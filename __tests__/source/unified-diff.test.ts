import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hunksOf } from '../../src/source/unified-diff.js';
import { scratch } from '../support/files.js';
import { exec } from '../support/program.js';
import { writeFiles } from '../support/repository.js';

/** Lines that look like parts of a diff are likely. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'b',
    '-- a',
    '++ b',
    '- x',
    '+ x',
    '@@ -1 +1 @@',
    'diff --git a/x b/x',
    '\\ No newline',
    '\r',
  ),
  fc.stringMatching(/^[ -~]{0,8}$/),
);
const lines = fc.array(line, { minLength: 1, maxLength: 30 });

test('each hunk of a diff that git made holds the lines of the old file at its place', async () => {
  const folder = scratch();
  const changes = fc.tuple(lines, lines, fc.integer({ min: 0, max: 3 }), fc.boolean());
  let hunks = 0;
  await fc.assert(
    fc.asyncProperty(changes, async ([start, end, context, isOpen]) => {
      const text = (list: readonly string[]) => list.join('\n') + (isOpen ? '' : '\n');
      const [from, to] = [
        [...start, 'the same', ...end],
        [...end, 'the same', ...start],
      ];
      writeFiles(folder, { 'a/x.txt': text(from), 'b/x.txt': text(to) });
      const args = ['diff', '--no-index', '--no-prefix', `--unified=${context}`, 'a/x.txt', 'b/x.txt'];
      const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
      const { stdout } = await exec('git', args, { cwd: folder, env });
      const found = hunksOf(stdout);
      expect(found.length > 0).toBe(stdout !== '');
      for (const hunk of found) {
        expect(hunk.file).toBe('x.txt');
        const [, first = '', count = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(hunk.header) ?? [];
        expect(hunk.start).toBe(Number(first));
        const at = Number(count) === 0 ? Number(first) : Number(first) - 1;
        expect(hunk.expected).toEqual(from.slice(at, at + Number(count)));
        if (context === 0) expect(hunk.context).toBe(0);
      }
      hunks += found.length;
    }),
    { numRuns: 80 },
  );
  expect(hunks).toBeGreaterThan(40);
});

test.each([
  ['--- a/x.go\n+++ b/x.go\n', 'x.go', false],
  ['--- a/x.go\t2024-01-01 00:00:00.000000000 +0000\n+++ b/x.go\t2024-01-02\n', 'x.go', false],
  ['--- a/two words.go\t\n+++ b/two words.go\t\n', 'two words.go', false],
  ['--- "a/\\303\\244\\t\\"q\\".go"\n+++ "b/\\303\\244\\t\\"q\\".go"\n', 'ä\t"q".go', false],
  ['--- a/x.go\r\n+++ b/x.go\r\n', 'x.go', false],
  ['--- /dev/null\n+++ b/new/x.go\n', 'new/x.go', true],
  ['--- a/old/x.go\n+++ /dev/null\n', 'old/x.go', true],
  ['--- a/from.go\n+++ b/to.go\n', 'from.go', false],
  ['--- i/x.go\n+++ w/x.go\n', 'x.go', false],
])('the header %j is of %s', (header, file, isWholeFile) => {
  expect(hunksOf(`${header}@@ -1 +1 @@\n-a\n+b\n`)).toEqual([
    { file, start: 1, header: '@@ -1 +1 @@', expected: ['a'], context: 0, isWholeFile },
  ]);
});

test('what is no hunk of a file is none', () => {
  expect(hunksOf('@@ -1 +1 @@\n-a\n+b\n--- a/x\n')).toEqual([]);
  expect(hunksOf('')).toEqual([]);
});
