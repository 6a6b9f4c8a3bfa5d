import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  isCommit,
  isGoVersion,
  isLabelKey,
  isModulePath,
  isModuleVersion,
  isPatchName,
  isRecordableGitUrl,
  isReleaseVersion,
  isShownVersion,
  versionFitsPath,
} from '../../src/spec/grammar.js';
import { askGo, type OracleAnswer } from '../support/go-oracle.js';

// Go's own library is the judge of module paths and versions. Ours may be stricter, and the tests say where; it is never looser.

const PATHS = [
  ...['example.com', 'example.com/a', 'example.com/A', 'Example.com/a', 'example/a', 'example.com/a/b-c_d~e.f'],
  ...['github.com/prometheus/pushgateway', 'golang.org/x/crypto', 'go.uber.org/zap', 'example.com/!a', 'example.com/+'],
  ...['', '/', 'a', '.', '..', '/example.com', 'example.com/', 'example.com//a', 'example.com/./a', 'example.com/../a'],
  ...['example.com/.a', 'example.com/a.', '.example.com/a', 'example.com./a', '-example.com/a', 'example.com/-a'],
  ...['example.com/a b', 'example.com/a\n', 'example.com/a\0', 'exämple.com/a', 'example.com/ä', 'example.com\\a'],
  ...['example.com/con', 'example.com/CON', 'example.com/con.txt', 'example.com/aux/b', 'example.com/com1', 'nul.com'],
  ...[
    'example.com/com0',
    'example.com/lpt9.x',
    'example.com/a~1',
    'example.com/a~1.txt',
    'example.com/a~',
    'example.com/~1a',
  ],
  ...[
    'example.com/a~12',
    'example.com/a~b1',
    'example.com/a/v0',
    'example.com/a/v1',
    'example.com/a/v2',
    'example.com/a/v02',
  ],
  ...[
    'example.com/a/v2.0',
    'example.com/a/v1.2',
    'example.com/a/v.2',
    'example.com/a/v',
    'example.com/a/v2x',
    'example.com/v2',
  ],
  ...[
    'example.com/a/v2/b',
    'example.com/a/v1/b',
    'example.com/av2',
    'v2.example.com',
    'example.com/a/v99999999999999999999',
  ],
  ...[
    'gopkg.in/a.v0',
    'gopkg.in/a.v1',
    'gopkg.in/a.v2',
    'gopkg.in/a',
    'gopkg.in/a/v2',
    'gopkg.in/a/b.v3',
    'gopkg.in/a.v01',
  ],
  ...[
    'gopkg.in/a.v0-unstable',
    'gopkg.in/a.v2-unstable',
    'gopkg.in/a.v02-unstable',
    'gopkg.in/v2',
    'gopkg.in/.v2',
    'gopkg.in',
  ],
  ...[
    'example.com:8080/a',
    'user@example.com/a',
    'example.com/a@v1',
    'https://example.com/a',
    'example.com/a?b',
    'a.b/c#d',
  ],
];
const VERSIONS = [
  ...[
    'v1.2.3',
    'v0.0.0',
    'v10.20.30',
    'v1.2',
    'v1',
    'v',
    '1.2.3',
    'V1.2.3',
    'v01.2.3',
    'v1.02.3',
    'v1.2.03',
    'v1.2.3.4',
  ],
  ...[
    'v1.2.3-pre',
    'v1.2.3-pre.1',
    'v1.2.3-01',
    'v1.2.3-0',
    'v1.2.3-0a',
    'v1.2.3-a..b',
    'v1.2.3-',
    'v1.2.3-a.',
    'v1.2.3-ä',
  ],
  ...['v1.2.3-0.20200101000000-abcdefabcdef', 'v0.0.0-20200101000000-abcdefabcdef', 'v1.2.3--', 'v1.2.3-a-b'],
  ...[
    'v2.0.0+incompatible',
    'v1.0.0+incompatible',
    'v2.0.0+meta',
    'v2.0.0+',
    'v2.0.0+incompatible.1',
    'v2.0.0-pre+incompatible',
  ],
  ...[
    'latest',
    'upgrade',
    'none',
    'master',
    '',
    ' v1.2.3',
    'v1.2.3 ',
    'v1.2.3\n',
    'v1.2.3 -x',
    '-v1.2.3',
    '>=v1.2.3',
    'v1.2.3@v1',
  ],
  ...['v9999999999.0.0', 'v99999999999.0.0', 'v1.0.0-99999999999999999999'],
];
const FITTING_PATHS = [
  'example.com/a',
  'example.com/a/v2',
  'gopkg.in/a.v0',
  'gopkg.in/a.v1',
  'gopkg.in/a.v2',
  'gopkg.in/a.v2-unstable',
];
const FITTING_VERSIONS = [
  ...['v0.1.0', 'v1.2.3', 'v2.0.0', 'v3.0.0', 'v0.0.0-20200101000000-abcdefabcdef', 'v1.0.0+incompatible'],
  ...['v2.0.0+incompatible', 'v3.1.0+incompatible', 'v0.1.0+incompatible'],
];

const pathPart = fc.oneof(
  fc.constantFrom(
    'v2',
    'v1',
    'v0',
    'v',
    '.v2',
    'a',
    'com1',
    'con',
    'x~1',
    '..',
    '.',
    '',
    '-',
    '1',
    'gopkg.in',
    'example.com',
  ),
  fc.string({ unit: fc.constantFrom(...'abvV019.-_~ é+'), maxLength: 4 }),
);
const anyPath = fc
  .tuple(
    fc.constantFrom('example.com', 'gopkg.in', 'a.b', ''),
    fc.array(pathPart, { maxLength: 4 }),
    fc.constantFrom('/', '.'),
  )
  .map(([first, rest, joint]) => [first, rest.join(joint)].join('/'));
const versionPart = fc.oneof(
  fc.constantFrom('0', '1', '2', '01', '+incompatible', '-pre', '-0', '-01', '.', '-', '+', 'v'),
  fc.string({ unit: fc.constantFrom(...'01av-.+ \n'), maxLength: 3 }),
);
const anyVersion = fc
  .tuple(fc.constantFrom('v1.2.3', 'v2.0.0', 'v0.0.1', 'v1.2', 'v'), fc.array(versionPart, { maxLength: 3 }))
  .map(([start, rest]) => start + rest.join(''));

const sampled = { seed: 1, numRuns: 3000 };
const paths = [...PATHS, ...fc.sample(anyPath, sampled)];
const versions = [...VERSIONS, ...fc.sample(anyVersion, sampled)];
const pairs = [
  ...FITTING_PATHS.flatMap((path) => FITTING_VERSIONS.map((version): [string, string] => [path, version])),
  ...fc.sample(fc.tuple(anyPath, anyVersion), sampled),
];
let go: OracleAnswer;

beforeAll(async () => {
  go = await askGo({ Paths: paths, Versions: versions, Pairs: pairs });
});

/** What Go takes and we do not, of the tables; the generated ones only show that nothing goes the other way. */
function compare<T>(items: readonly T[], ours: (item: T) => boolean, theirs: readonly boolean[], table: number): T[] {
  expect(theirs).toHaveLength(items.length);
  expect(items.filter((item, index) => ours(item) && !theirs[index])).toEqual([]);
  expect(items.filter(ours).length).toBeGreaterThan(10);
  return items.slice(0, table).filter((item, index) => !ours(item) && theirs[index]);
}

describe('against golang.org/x/mod', () => {
  test('a module path is accepted exactly where Go accepts it', () => {
    expect(compare(paths, isModulePath, go.Paths, paths.length)).toEqual([]);
  });

  test('a module version is accepted where Go calls it canonical, but for numbers of over ten digits', () => {
    expect(compare(versions, isModuleVersion, go.Versions, VERSIONS.length)).toEqual(['v99999999999.0.0']);
  });

  test('a version fits a path where Go says so, but for +incompatible where it means nothing and an old form of gopkg.in', () => {
    const fits = ([path, version]: [string, string]) =>
      isModulePath(path) && isModuleVersion(version) && versionFitsPath(path, version);
    const stricter = compare(pairs, fits, go.Pairs, FITTING_PATHS.length * FITTING_VERSIONS.length);
    expect(stricter).toEqual([
      ['example.com/a', 'v1.0.0+incompatible'],
      ['example.com/a', 'v0.1.0+incompatible'],
      ['example.com/a/v2', 'v2.0.0+incompatible'],
      ['gopkg.in/a.v1', 'v0.0.0-20200101000000-abcdefabcdef'],
    ]);
  });

  test('no version fits a path that is none', () => {
    for (const path of ['example.com/a/v1', 'example.com/a/v02', 'gopkg.in/a']) {
      expect(['v0.1.0', 'v1.0.0', 'v2.0.0+incompatible'].filter((version) => versionFitsPath(path, version))).toEqual(
        [],
      );
    }
  });

  test('a path of over 255 letters is refused, which no module of ours needs', () => {
    expect(isModulePath(`example.com/${'a'.repeat(243)}`)).toBe(true);
    expect(isModulePath(`example.com/${'a'.repeat(244)}`)).toBe(false);
  });
});

test('whatever any grammar takes is one word of an argument list, and no flag', () => {
  const grammars = {
    isShownVersion,
    isReleaseVersion,
    isGoVersion,
    isCommit,
    isPatchName,
    isModulePath,
    isModuleVersion,
  };
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'-v1.2 \n\t\'"=+a/'), maxLength: 10 }),
  );
  fc.assert(
    fc.property(text, (word) => {
      for (const [name, accepts] of Object.entries(grammars)) {
        if (accepts(word)) expect(word, name).toMatch(/^[0-9A-Za-z][0-9A-Za-z.+_/~-]*$/);
      }
    }),
    { numRuns: 5000 },
  );
});

test.each(['1.11.3', '1.0.0', '0.0.0', '10.200.3000'])('the release %s is one', (text) => {
  expect(isReleaseVersion(text)).toBe(true);
});

test.each([
  '1.11',
  '1',
  'latest',
  'v1.11.3',
  '1.11.3-rc.1',
  '1.11.3+ttl.1',
  '01.1.1',
  '1.11.3\n',
  '1.1.1.1',
  '',
  '1.11.1234567',
])('the release %j is none', (text) => {
  expect(isReleaseVersion(text)).toBe(false);
});

test.each(['1.26.8', '1.20', '1.21.0'])('the Go version %s has the form of one', (text) => {
  expect(isGoVersion(text)).toBe(true);
});

test.each(['https://github.com/prometheus/pushgateway', 'http://127.0.0.1:8080/a/b.git', 'https://example.com/a/..b/'])(
  'the URL %s can stand in a spec',
  (url) => {
    expect(isRecordableGitUrl(url)).toBe(true);
  },
);

test.each([
  ...[
    '/srv/git',
    './here',
    'file:///srv/git',
    'git@github.com:a/b',
    'ssh://git@example.com/a',
    'https://u:p@example.com/a',
  ],
  ...[
    'https://u@example.com/a',
    'https://example.com/a?b=c',
    'https://example.com/a#b',
    'https://example.com/a b',
    'https:///a',
  ],
  ...[
    'https://example.com/../a',
    'https://example.com/a/.',
    'https://example.com/a/..',
    'https://example.com',
    'ext::sh -c x',
  ],
])('the URL %s cannot', (url) => {
  expect(isRecordableGitUrl(url)).toBe(false);
});

test('a label key is printable, without blank or equals sign', () => {
  expect(['a', 'org.example/x-y_z', '~', '10', '__proto__'].filter(isLabelKey)).toHaveLength(5);
  expect(['', ' ', 'a b', 'a=b', 'ä', 'a\n', 'a\x7f', 'a'.repeat(256)].filter(isLabelKey)).toEqual([]);
});
