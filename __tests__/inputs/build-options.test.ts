import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { BUILD_INPUTS } from '../../src/inputs/build-inputs.js';
import { type BuildOptions, parseBuildOptions } from '../../src/inputs/build-options.js';
import { nearest } from '../../src/inputs/nearest.js';
import { BUILD, flagsOf, type InputName, type RawInputs } from '../../src/inputs/raw-inputs.js';
import { MAX_EPOCH } from '../../src/spec/grammar.js';
import { type Given, parse, refusal } from './helpers.js';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = 'a'.repeat(64);

test('what nobody asked for otherwise is the release, patched with ttl, for three platforms', () => {
  expect(parse()).toEqual({
    source: { type: 'module', version: '1.11.3' },
    patches: [{ type: 'builtin', name: 'ttl', revision: undefined }],
    overrides: [],
    go: undefined,
    versionSuffix: undefined,
    platforms: [
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm', variant: 'v7' },
      { os: 'linux', architecture: 'arm64' },
    ],
    base: { type: 'scratch' },
    extraFiles: [],
    labels: {},
    epoch: 'release',
    published: undefined,
    rebuildCheck: false,
    to: { destinations: [], localTags: undefined, notices: [] },
    load: 'auto',
    dockerArchives: false,
    push: false,
    smokeTest: true,
    login: undefined,
    tlsVerify: true,
    retries: 5,
    sbom: true,
    cache: true,
    summary: true,
    outputDir: undefined,
  });
});

test('every input that is left empty, as an expression in a workflow may leave it, is its default', () => {
  const lists = ['patches', 'platforms'];
  const others = flagsOf(BUILD).filter((name) => !lists.includes(name));
  expect(others.length).toBeGreaterThan(20);
  for (const name of others) expect(parse({ [name]: '  ' }), name).toEqual(parse());
});

describe('values that are understood', () => {
  const cases: [Given, Partial<BuildOptions>][] = [
    [{ 'pushgateway-version': 'v1.11.1' }, { source: { type: 'module', version: '1.11.1' } }],
    [{ 'pushgateway-version': ' 1.9.0\n' }, { source: { type: 'module', version: '1.9.0' } }],
    [{ source: 'git', 'pushgateway-version': 'v1.4.0' }, { source: { type: 'git-tag', version: '1.4.0' } }],
    [
      { source: `https://example.com/a.git#${COMMIT}` },
      { source: { type: 'git-commit', url: 'https://example.com/a.git', commit: COMMIT, version: undefined } },
    ],
    [
      { source: `https://example.com/a.git#${SHA256}`, 'pushgateway-version': '1.9.0' },
      { source: { type: 'git-commit', url: 'https://example.com/a.git', commit: SHA256, version: '1.9.0' } },
    ],
    [
      { source: `ssh://git@example.com/a#${COMMIT}` },
      { source: { type: 'git-commit', url: 'ssh://git@example.com/a', commit: COMMIT, version: undefined } },
    ],
    [
      { source: `git@example.com:a/b#${COMMIT}` },
      { source: { type: 'git-commit', url: 'git@example.com:a/b', commit: COMMIT, version: undefined } },
    ],
    [
      { source: `../my repo`.replace(' ', '-').concat(`#${COMMIT}`) },
      { source: { type: 'git-commit', url: '../my-repo', commit: COMMIT, version: undefined } },
    ],
    [{ source: ' ./tree ' }, { source: { type: 'folder', path: './tree', version: undefined } }],
    [
      { source: '/srv/tree', 'pushgateway-version': '1.11.1' },
      { source: { type: 'folder', path: '/srv/tree', version: '1.11.1' } },
    ],
    [
      { source: './tree', 'pushgateway-version': '' },
      { source: { type: 'folder', path: './tree', version: undefined } },
    ],
    [{ patches: 'none' }, { patches: [] }],
    [{ patches: 'ttl@1' }, { patches: [{ type: 'builtin', name: 'ttl', revision: 1 }] }],
    [
      { patches: 'ttl\n\n ./fix.patch ' },
      {
        patches: [
          { type: 'builtin', name: 'ttl', revision: undefined },
          { type: 'path', path: './fix.patch' },
        ],
      },
    ],
    [
      { patches: `https://example.com/a.patch?x=1#sha256=${SHA256}` },
      { patches: [{ type: 'url', url: 'https://example.com/a.patch?x=1', sha256: SHA256 }] },
    ],
    [
      { 'module-overrides': 'golang.org/x/net@v0.60.0, golang.org/x/crypto@v0.53.0' },
      {
        overrides: [
          { path: 'golang.org/x/net', version: 'v0.60.0' },
          { path: 'golang.org/x/crypto', version: 'v0.53.0' },
        ],
      },
    ],
    [{ 'go-version': '1.26.8' }, { go: '1.26.8' }],
    [{ 'go-version': 'go1.26.7' }, { go: '1.26.7' }],
    [{ 'version-suffix': '-k0s.3' }, { versionSuffix: '-k0s.3' }],
    [{ 'rebuild-check': 'true' }, { rebuildCheck: true }],
    [
      { 'published-image': 'ghcr.io/me/a:1', 'source-date-epoch': 'published' },
      {
        epoch: 'published',
        published: {
          type: 'registry',
          reference: { repository: { registry: 'ghcr.io', path: 'me/a' }, tag: '1' },
        },
      },
    ],
    [{ 'published-image': 'oci:out/oci' }, { published: { type: 'layout', path: 'out/oci', tag: undefined } }],
    [{ platforms: 'linux/arm' }, { platforms: [{ os: 'linux', architecture: 'arm', variant: 'v7' }] }],
    [{ labels: 'a=b' }, { labels: { a: 'b' } }],
    [{ labels: ' a = b = c, d \nempty=' }, { labels: { a: 'b = c, d', empty: '' } }],
    [{ labels: ['a=1', 'b=2'] }, { labels: { a: '1', b: '2' } }],
    [{ 'source-date-epoch': '0' }, { epoch: 0 }],
    [{ 'source-date-epoch': ` ${MAX_EPOCH} ` }, { epoch: MAX_EPOCH }],
    [{ 'source-date-epoch': 'release' }, { epoch: 'release' }],
    [{ platforms: 'all', 'base-image': 'debian' }, { platforms: 'all' }],
    [{ platforms: ' all\n', 'base-image': 'oci:base' }, { platforms: 'all' }],
    [
      { platforms: 'windows/amd64,linux/amd64', 'base-image': 'example.com/a' },
      {
        platforms: [
          { os: 'linux', architecture: 'amd64' },
          { os: 'windows', architecture: 'amd64' },
        ],
      },
    ],
    [{ cache: 'auto' }, { cache: true }],
    [{ cache: 'true' }, { cache: true }],
    [{ cache: 'false' }, { cache: false }],
    [
      { push: 'true', image: 'example.com/a' },
      { push: true, cache: false },
    ],
    [
      { push: 'true', image: 'example.com/a', cache: 'auto' },
      { push: true, cache: false },
    ],
    [
      { push: 'true', image: 'example.com/a', cache: 'true' },
      { push: true, cache: true },
    ],
    [{ push: 'true', tags: 'example.com/a:b' }, { push: true }],
    [
      { push: 'false', image: 'example.com/a' },
      { push: false, cache: true },
    ],
    [{ load: 'auto' }, { load: 'auto' }],
    [{ load: 'true' }, { load: true }],
    [{ load: 'False' }, { load: false }],
    [
      { 'docker-archives': 'true', 'smoke-test': 'false', 'tls-verify': 'false' },
      { dockerArchives: true, smokeTest: false, tlsVerify: false },
    ],
    [{ retries: '0' }, { retries: 0 }],
    [{ retries: ' 20 ' }, { retries: 20 }],
    [
      { sbom: 'FALSE', summary: 'False' },
      { sbom: false, summary: false },
    ],
    [
      { sbom: 'true', summary: 'TRUE' },
      { sbom: true, summary: true },
    ],
    [{ 'output-dir': ' some where ' }, { outputDir: 'some where' }],
  ];
  test.each(cases)('%j', (given, expected) => {
    expect(parse(given)).toMatchObject(expected);
  });

  test('a list may stand on lines, between commas, in repeated flags, or in a mix of them', () => {
    const names = ['linux/s390x', 'linux/amd64', 'linux/arm/v6', 'linux/386'];
    const expected = parse({ platforms: names.join('\n') });
    expect(expected.platforms).toHaveLength(4);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(names, { minLength: 4 }),
        fc.array(fc.constantFrom('\n', ',', ' ,\n', '\r\n', null), { minLength: 3, maxLength: 3 }),
        (order, joints) => {
          const values = [''];
          order.forEach((name, index) => {
            const joint = index === 0 ? '' : joints[index - 1];
            if (joint === null) values.push(name);
            else values.push(`${values.pop()}${joint}${name}`);
          });
          expect(parse({ platforms: values })).toEqual(expected);
        },
      ),
    );
  });

  test('labels are taken by lines alone, since a value may hold commas', () => {
    expect(parse({ labels: 'a=1,b=2' }).labels).toEqual({ a: '1,b=2' });
    expect(Object.entries(parse({ labels: '__proto__=x\n10=y\n9=z' }).labels).sort()).toEqual([
      ['10', 'y'],
      ['9', 'z'],
      ['__proto__', 'x'],
    ]);
  });

  test('patches keep their order, platforms get that of the index', () => {
    expect(parse({ patches: 'b.patch,a.patch' }).patches.map((patch) => 'path' in patch && patch.path)).toEqual([
      'b.patch',
      'a.patch',
    ]);
    expect(parse({ platforms: 'linux/arm64,linux/amd64' })).toEqual(parse({ platforms: 'linux/amd64,linux/arm64' }));
  });
});

describe('values that are refused: the message says what was given and what is accepted, and names the input', () => {
  /** input, value, what of it the message shows, what is accepted */
  const cases: [InputName, string | readonly string[], string | RegExp, RegExp][] = [
    ...['1.11', 'latest', '1', 'v1.11', '1.11.3-rc.1', '1.11.3 --x', '--flag', '1.11.3;', '01.1.1', 'vv1.11.3'].map(
      (given): (typeof cases)[number] => ['pushgateway-version', given, given, /exact release .* 1\.11\.3/],
    ),
    ['pushgateway-version', '2.0.0', '2.0.0', /1\.x/],
    ['pushgateway-version', '0.10.0', '0.10.0', /1\.x/],
    ['pushgateway-version', ['1.11.3', '1.11.1'], /2 times/, /one value/],
    ['source', 'https://example.com/a#main', '#main', /40 or 64 hex digits/],
    ['source', `https://example.com/a#${COMMIT.slice(1)}`, COMMIT.slice(1), /40 or 64 hex digits/],
    ['source', `https://example.com/a#${COMMIT.toUpperCase()}`, COMMIT.toUpperCase(), /40 or 64 hex digits/],
    ['source', `#${COMMIT}`, COMMIT, /URL#COMMIT/],
    ['source', `--upload-pack=x#${COMMIT}`, '--upload-pack=x', /URL#COMMIT/],
    ['source', `ext::sh -c x#${COMMIT}`, 'ext::sh', /URL#COMMIT/],
    ['source', `https://example.com/a?b#${COMMIT}`, '?b', /without a query/],
    ['source', 'a\0b', 'a', /a path/],
    ['patches', '', /empty list/, /one or more values/],
    ['patches', ',\n,', /empty list/, /leave it out for ttl/],
    ['patches', 'none,ttl', 'none, ttl', /none alone/],
    ['patches', 'http://example.com/a.patch', 'http://example.com/a.patch', /https:\/\/…#sha256=…/],
    ['patches', 'https://example.com/a.patch', 'https://example.com/a.patch', /#sha256=…/],
    ['patches', 'https://example.com/a.patch#sha256=abc', 'https://example.com/a.patch', /64 lower-case hex digits/],
    ['patches', `https://example.com/a.patch#sha256=${SHA256.toUpperCase()}`, 'a.patch', /64 lower-case hex digits/],
    ['patches', `https://#sha256=${SHA256}`, 'https://', /https:\/\/…#sha256=…/],
    ...[
      ...['golang.org/x/crypto', 'golang.org/x/crypto@latest', 'golang.org/x/crypto@v0.53', 'golang.org/x/crypto@none'],
      ...['golang.org/x/crypto@0.53.0', 'golang.org/x/crypto@v0.53.0 -x', '-x@v0.53.0', 'crypto@v0.53.0', '@v0.53.0'],
      ...['golang.org/x/crypto@v2.0.0', 'golang.org/x/crypto@v0.53.0@v0.54.0', 'golang.org/x/crypto@v0.53.0+meta'],
    ].map((given): (typeof cases)[number] => ['module-overrides', given, given, /PATH@VERSION/]),
    [
      'module-overrides',
      ['golang.org/x/crypto@v0.53.0', 'golang.org/x/crypto@v0.54.0'],
      'golang.org/x/crypto twice',
      /once is accepted/,
    ],
    ...['1.26.8 -x', 'latest', '1.26.x', '1.26rc1', '^1.26', '2.0', '-x'].map((given): (typeof cases)[number] => [
      'go-version',
      given,
      given,
      /exact version, as in 1\.26\.8/,
    ]),
    ...['+ttl 1', '-X=a;b', '+ü', "'", '5', 'x'.repeat(41)].map((given): (typeof cases)[number] => [
      'version-suffix',
      given,
      given,
      /at most 40 letters, digits and \. \+ _ -/,
    ]),
    ['platforms', '', /empty list/, /linux\/amd64, linux\/arm64, linux\/arm\/v7/],
    ['platforms', 'linux/amd65', 'linux/amd65', /linux\/amd64/],
    ['platforms', 'amd64', 'amd64', /os\/architecture/],
    ['platforms', 'linux/amd64,linux/amd64', 'linux/amd64 twice', /once is accepted/],
    ['platforms', 'linux/arm,linux/arm/v7', 'linux/arm/v7 twice', /once is accepted/],
    ['platforms', 'all', 'all', /Give base-image, or list the platforms/],
    ['platforms', 'all,linux/amd64', 'all, linux/amd64', /all alone, or a list/],
    ['platforms', 'all,all', 'all, all', /all alone/],
    ['platforms', 'windows/amd64', 'windows/amd64', /a Windows image as base-image/],
    ['platforms', 'linux/amd64,windows/arm64', 'windows/arm64', /a Windows image as base-image/],
    ['platforms', 'windows/mips', 'windows/mips', /windows\/amd64/],
    ['platforms', 'windows/amd64:10.0.1', 'windows/amd64:10.0.1', /windows\/amd64/],
    ['push', 'true', /push needs a repository/, /Give image, as in/],
    ...['-1', '21', '100', '1.5', '1e1', 'many', '５', '5x', '+5'].map((given): (typeof cases)[number] => [
      'retries',
      given,
      given,
      /a whole number from 0 to 20/,
    ]),
    ['retries', ['1', '2'], /2 times/, /one value/],
    ['load', 'always', 'always', /auto, true or false/],
    ['load', ['true', 'auto'], /2 times/, /one value/],
    ['cache', 'AUTO', 'AUTO', /auto, true or false/],
    ['labels', 'novalue', 'novalue', /key=value/],
    ['labels', '=b', '=b', /key=value/],
    ['labels', 'a b=c', 'a b=c', /without blanks/],
    ['labels', 'a=1\na=2', 'a twice', /once is accepted/],
    ['labels', 'io.k0sproject.pushgateway-ttl.spec={}', 'io.k0sproject.pushgateway-ttl.spec', /cannot be set/],
    ['labels', 'org.opencontainers.image.created=x', 'org.opencontainers.image.created', /cannot be set/],
    ...['-1', '1.5', String(2 ** 33), '1e3', '0x10', 'now', '99999999999999', '+5', '１'].map(
      (given): (typeof cases)[number] => [
        'source-date-epoch',
        given,
        given,
        /whole seconds since 1970 from 0 to 8589934591/,
      ],
    ),
    ...(['docker-archives', 'push', 'smoke-test', 'tls-verify', 'sbom', 'cache', 'load', 'summary'] as const).flatMap(
      (name) =>
        ['yes', '1', 'tRUE', 'on'].map((given): (typeof cases)[number] => [name, given, given, /true or false/]),
    ),
    ['sbom', ['true', 'false'], /2 times/, /one value/],
    ['output-dir', ['a', 'b'], /2 times/, /one value/],
  ];

  test.each(cases)('%s: %j', (name, given, shown, accepted) => {
    const { message, input } = refusal({ [name]: given });
    expect(input).toBe(name);
    if (typeof shown === 'string') expect(message).toContain(shown.replace('\0', ''));
    else expect(message).toMatch(shown);
    expect(message).toMatch(accepted);
  });

  test('a password in a URL is refused, and not repeated in the message', () => {
    for (const source of [`https://user:s3cret@example.com/a#${COMMIT}`, `https://s3cret@example.com/a#${COMMIT}`]) {
      const { message, input } = refusal({ source });
      expect(input).toBe('source');
      expect(message).toMatch(/user name or password/);
      expect(message).not.toContain('s3cret');
    }
    const { message } = refusal({ patches: `https://user:s3cret@example.com/a.patch#sha256=${SHA256}` });
    expect(message).not.toContain('s3cret');
  });

  test('nothing that any input is given makes it fail otherwise than by refusing it', () => {
    const words = ['linux/amd64', 'windows/amd64', 'linux/amd65', 'all', 'scratch', 'oci:', 'oci:a', 'docker://', '->'];
    const more = ['/etc/a', 'ghcr.io/', 'Me/', 'a', '=', ':', '@', ',', '\n', ' ', '0644', 'true', 'ttl', 'none', '\0'];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'htps:/#@=,\n v1.0-') }),
      fc.array(fc.constantFrom(...words, ...more), { maxLength: 6 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...flagsOf(BUILD)), fc.array(text, { maxLength: 3 }), (name, values) => {
        try {
          parse({ [name]: values });
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          if (error.input !== name) throw new Error(`the error over ${name} names ${error.input}: ${error.message}`);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

test('every input has a description, and only known ones are read', () => {
  const raw: RawInputs = new Map(BUILD_INPUTS.map(({ name, default: value }) => [name, [value]]));
  const { source, ...others } = parseBuildOptions(raw, ['ttl']);
  const { source: plain, ...defaults } = parse();
  expect({ source, ...others }).toEqual({ source: plain, ...defaults });
});

describe('nearest', () => {
  test.each([
    ['platform', 'platforms'],
    ['patchs', 'patches'],
    ['pushgateway-verison', 'pushgateway-version'],
    ['output', undefined],
    ['go_version', 'go-version'],
    ['sbmo', 'sbom'],
    ['outputdir', 'output-dir'],
    ['kubernetes', undefined],
    ['', undefined],
  ])('guesses for %j: %j', (typed, guess) => {
    expect(nearest(typed, flagsOf(BUILD))).toBe(guess);
  });

  test('finds every name from itself with one letter lost, doubled or two exchanged', () => {
    for (const name of flagsOf(BUILD)) {
      for (let at = 0; at + 1 < name.length; at++) {
        const [a, b] = [name[at], name[at + 1]];
        expect(nearest(name.slice(0, at) + name.slice(at + 1), flagsOf(BUILD))).toBe(name);
        expect(nearest(name.slice(0, at) + a + name.slice(at), flagsOf(BUILD))).toBe(name);
        expect(nearest(`${name.slice(0, at)}${b}${a}${name.slice(at + 2)}`, flagsOf(BUILD))).toBe(name);
      }
    }
  });
});
