import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBuildInfo } from '../../src/compile/build-info.js';
import { parseJsonStream, tidy } from '../../src/compile/go-command.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { writeFiles } from '../support/repository.js';

test('what Go records in a binary is read: version, modules with their sums, replacements, settings', async () => {
  const folder = writeFiles(scratch(), {
    'go.mod':
      'module example.com/main\n\ngo 1.25.0\n\nrequire golang.org/x/mod v0.37.0\nrequire example.com/old v1.0.0\nreplace example.com/old v1.0.0 => ./other\n',
    'go.sum':
      'golang.org/x/mod v0.37.0 h1:vF1DjpVEshcIqoEaauuHebaLk1O1forxjxBaVn884JQ=\ngolang.org/x/mod v0.37.0/go.mod h1:m8S8VeM9r4dzDwjrKO0a1sZP3YjeMamRRlD+fmR2Q/0=\n',
    'main.go': 'package main\n\nimport (\n\t_ "example.com/old"\n\t_ "golang.org/x/mod/semver"\n)\n\nfunc main() {}\n',
    'other/go.mod': 'module example.com/old\n',
    'other/other.go': 'package old\n',
  });
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' };
  await mustExec('go', ['build', '-trimpath', '-o', 'binary', '.'], { cwd: folder, env });
  const info = parseBuildInfo(await mustExec('go', ['version', '-m', join(folder, 'binary')], { env }));
  expect(info.goVersion).toMatch(/^go1\.\d+/);
  expect(info.main.path).toBe('example.com/main');
  expect(info.deps).toEqual([
    { path: './other', version: '(devel)', sum: '' },
    { path: 'golang.org/x/mod', version: 'v0.37.0', sum: 'h1:vF1DjpVEshcIqoEaauuHebaLk1O1forxjxBaVn884JQ=' },
  ]);
  const settings = new Map(info.settings);
  expect(settings.get('-trimpath')).toBe('true');
  expect(settings.get('CGO_ENABLED')).toBe('0');
  expect(settings.get('GOOS')).toBe('linux');
});

test('any text is read or refused, and gives whole modules and settings', () => {
  const field = fc.stringMatching(/^[^\t\n]{0,12}$/);
  const line = fc
    .tuple(fc.constantFrom('mod', 'dep', '=>', 'build', 'path', 'other'), fc.array(field, { maxLength: 4 }))
    .map(([kind, fields]) => ['', kind, ...fields].join('\t'));
  const text = fc
    .tuple(
      fc.constantFrom('/x: go1.26.8', 'x: devel go1.27', '', '/x: not'),
      fc.array(fc.oneof(line, fc.string()), { maxLength: 8 }),
    )
    .map(([first, lines]) => [first, ...lines].join('\n'));
  fc.assert(
    fc.property(text, (input) => {
      let info: ReturnType<typeof parseBuildInfo>;
      try {
        info = parseBuildInfo(input);
      } catch (error) {
        expect((error as Error).message).toMatch(/^not the output of go version -m/);
        return;
      }
      expect(Object.keys(info.deps)).toEqual(info.deps.map((_, index) => String(index)));
      for (const module of [info.main, ...info.deps])
        for (const part of [module.path, module.version, module.sum]) expect(typeof part).toBe('string');
    }),
    { numRuns: 2000 },
  );
});

test('a stream of JSON objects is split into them, also where strings hold braces at the start of lines', () => {
  const values = [{ a: '{' }, { b: ['x\n{y'] }, {}];
  expect(parseJsonStream(values.map((value) => JSON.stringify(value, null, '\t')).join('\n'))).toEqual(values);
  expect(parseJsonStream('')).toEqual([]);
});

test('progress of downloads is left out of what Go said, and the rest stays', () => {
  expect(tidy('go: downloading a v1\ngo: a@v1: not found\n\n')).toBe('go: a@v1: not found');
});
