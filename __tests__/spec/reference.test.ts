import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import {
  type ImageReference,
  isRepositoryPath,
  isTag,
  parseReference,
  referenceName,
  repositoryName,
} from '../../src/spec/reference.js';
import { askGoForReferences, type GoReference } from '../support/reference-oracle.js';

// Go's own library is the judge. Ours is stricter where the table says so, and never looser.

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const long = (length: number) => 'a'.repeat(length);

const TABLE = [
  ...['debian', 'debian:12', `debian@${DIGEST}`, `debian:12@${DIGEST}`, 'library/debian', 'me/app', 'a/b/c/d'],
  ...['docker.io/debian', 'docker.io/me/app', 'index.docker.io/debian', 'index.docker.io/me/app', 'docker.io:443/a'],
  ...['ghcr.io/k0sproject/pushgateway-ttl', 'ghcr.io/a', 'quay.io/a/b:1.4.0-k0s.3', 'gcr.io/distroless/static:nonroot'],
  ...['localhost/a', 'localhost:5000/a', 'localhost:5000/a:b', 'localhost', 'localhost:5000', 'localhost/a:5000/b'],
  ...['127.0.0.1/a', '127.0.0.1:5000/a', '[::1]/a', '[::1]:5000/a:b', '[2001:DB8::1]/a', '[::1]', '[::1]:5000'],
  ...['[::1/a', '::1/a', '[fe80::1%eth0]/a', '[::ffff:1.2.3.4]/a', '[]/a', '[::1]a/b', '[::1]:/a', 'a[::1]/b'],
  ...['host:5000/a', 'host:/a', 'host:port/a', 'ho-st.example.com/a', '-host.com/a', 'host-.com/a', 'a..b/c', '.a/b'],
  ...['a./b', 'under_score/a', 'user@host.com/a', 'http://host.com/a', 'https://user:pw@host.com/a'],
  ...['', '/', '/a', 'a/', 'a//b', 'docker.io/', 'docker.io//a', ':', ':a', '@', `@${DIGEST}`, 'a:', 'a@', 'a:@'],
  ...['A', 'a/B', 'ghcr.io/A/b', 'ghcr.io/a/B:c', 'a:B', 'a/b:LATEST', 'debian:_x', 'debian:-x', 'debian:.x'],
  ...[
    'a-b',
    'a--b',
    'a---b',
    'a_b',
    'a__b',
    'a___b',
    'a.b',
    'a..b',
    'a-_b',
    'a.-b',
    '-a',
    'a-',
    '_a',
    'a_',
    '.a',
    'a.',
  ],
  ...[
    'a/-b',
    'a/b-',
    'a/.b',
    'a/../b',
    'a/./b',
    '../a',
    './a',
    'a b',
    ' a',
    'a ',
    'a\n',
    'a\t',
    'a\0',
    'ä',
    'a/é',
    'a:é',
  ],
  ...['a\\b', 'a?b', 'a#b', 'a%2fb', 'a=b', 'a+b', 'a~b', 'a,b', '--flag', '-v', '$(a)', 'a;b', 'a|b', "a'b", 'a"b'],
  ...[
    `a:${long(128)}`,
    `a:${long(129)}`,
    `a/${long(242)}`,
    `a.b/${long(251)}`,
    'a.b/c:d:e',
    'a:b:c',
    'a:b/c',
    'a:b/c:d',
  ],
  ...['a@sha256:abc', `a@sha256:${'a'.repeat(63)}`, `a@sha256:${'a'.repeat(65)}`, `a@sha256:${'g'.repeat(64)}`],
  ...[`a@${DIGEST}@${DIGEST}`, `a@${DIGEST}:b`, `a@${DIGEST}\n`, `a@md5:${'a'.repeat(32)}`, 'a'.repeat(63)],
  ...['docker://a', 'oci:a', 'oci:a/b', 'docker-daemon:a:b', 'containers-storage:a', 'dir:a', 'dir:/a'],
  ...['\u212aube.io/a', 'ghcr.io/\u212a', 'a:\u212a', 'ａ/b', 'host.com\uff0fa', 'a\u200b', '\ufeffa', '\ud800'],
];

/** What Go takes and we do not, on purpose. */
const STRICTER = [
  ...['Me/app', 'UPPER/a:b'], // there a host, to people an owner
  ...['a_b.com/c', 'a__b.com/c'], // there a name without a registry, since no host has an underscore
  ...['localhost:0/a', 'localhost:00080/a', 'localhost:65536/a', 'localhost:100000/a'],
  ...['[:::]/a', '[1:2]:80/a', '[::1::]/a'],
  ...[`a@sha512:${'a'.repeat(128)}`],
  ...[long(247), `${long(100)}/${long(100)}/${long(50)}`, `a.b/${long(252)}`, `docker.io/${long(240)}/a${long(6)}`],
];

/** Canonical here, though Go keeps what was written. */
const LOWERED: [given: string, canonical: string][] = [
  ['GHCR.IO/a/b', 'ghcr.io/a/b'],
  ['Example.com:5000/a:B', 'example.com:5000/a:B'],
  ['LocalHost/a', 'localhost/a'],
  ['HOST:5000/a', 'host:5000/a'],
  ['Docker.io/debian', 'docker.io/library/debian'],
  ['registry-1.docker.io/debian:12', 'docker.io/library/debian:12'],
  ['[2001:DB8::1]/a', '[2001:db8::1]/a'],
];

const part = fc.oneof(
  fc.constantFrom('a', 'b-c', 'd.e', 'f__g', 'localhost', 'docker.io', 'index.docker.io', 'ghcr.io', '[::1]', '5000'),
  fc.constantFrom('Me', 'library', 'latest', DIGEST, 'sha256', '', ' ', '--x', '..', '\u212a', 'x'.repeat(130)),
  fc.string({ unit: fc.constantFrom(...'ab9AB_-.:/@[] '), maxLength: 5 }),
);
const anyText = fc
  .array(fc.tuple(part, fc.constantFrom('/', ':', '@', '.', '-', '')), { minLength: 1, maxLength: 5 })
  .map((pairs) => pairs.map(([word, joint], index) => (index === 0 ? word : joint + word)).join(''));

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
const host = fc.oneof(
  fc.tuple(label, label).map((labels) => labels.join('.')),
  fc.constantFrom('localhost', '127.0.0.1', '[::1]', '[2001:db8::1]'),
);
const port = fc.option(fc.integer({ min: 1, max: 65_535 }));
const component = fc.stringMatching(/^[a-z0-9]{1,5}((\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}$/);
const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/));
/** References in their canonical form. */
const canonical = fc
  .tuple(host, port, fc.array(component, { minLength: 1, maxLength: 3 }), tag, fc.option(fc.constant(DIGEST)))
  .map(
    ([name, at, path, tag, digest]) =>
      `${name}${at === null ? '' : `:${at}`}/${path.join('/')}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`,
  );

const sampled = { seed: 1, numRuns: 3000 };
const texts = [
  ...[...TABLE, ...STRICTER, ...LOWERED.flat()],
  ...[...fc.sample(anyText, sampled), ...fc.sample(canonical, { seed: 1, numRuns: 500 })],
];
let go: Map<string, GoReference | null>;
/** Go's answer for the canonical form of each text that we take. */
let goOfCanonical: Map<string, GoReference | null>;

beforeAll(async () => {
  const names = texts.flatMap((text) => ours(text)?.name ?? []);
  const all = [...new Set([...texts, ...names])];
  const answers = new Map((await askGoForReferences(all)).map((answer, index) => [all[index] ?? '', answer]));
  go = new Map(texts.map((text) => [text, answers.get(text) ?? null]));
  goOfCanonical = new Map(names.map((name) => [name, answers.get(name) ?? null]));
});

function ours(text: string): { reference: ImageReference; name: string } | undefined {
  try {
    const reference = parseReference(text);
    return { reference, name: referenceName(reference) };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

describe('against github.com/distribution/reference', () => {
  test('nothing is accepted that Go refuses', () => {
    expect(texts.filter((text) => ours(text) && go.get(text) === null)).toEqual([]);
    expect(texts.filter(ours).length).toBeGreaterThan(700);
    expect(texts.filter((text) => !ours(text)).length).toBeGreaterThan(1500);
  });

  test('of the table, all that Go accepts is accepted', () => {
    expect(TABLE.filter((text) => go.get(text) !== null && !ours(text))).toEqual([]);
    expect(TABLE.filter(ours).length).toBeGreaterThan(40);
  });

  test('what is refused beyond that, Go accepts', () => {
    for (const text of STRICTER) {
      expect(go.get(text), text).not.toBeNull();
      expect(ours(text), text).toBeUndefined();
    }
  });

  test('it means the same there, but for the letters of a host and the other name of docker.io', () => {
    for (const text of texts) {
      const mine = ours(text);
      const theirs = go.get(text);
      if (!mine || !theirs || /registry-1\.docker\.io/.test(text) || /^docker\.io$/i.test(theirs.Registry)) continue;
      const { repository, tag = '', digest = '' } = mine.reference;
      const { Registry, Path, Tag, Digest } = theirs;
      expect({ ...repository, tag, digest }, text).toEqual({
        registry: Registry.toLowerCase(),
        path: Path,
        tag: Tag,
        digest: Digest,
      });
    }
  });

  test('docker.io in all its forms is the same there', () => {
    const short = texts.filter((text) => ours(text) && go.get(text)?.Registry === 'docker.io');
    expect(short.length).toBeGreaterThan(100);
    for (const text of short) expect(ours(text)?.name).toBe(go.get(text)?.Whole);
  });

  test('the canonical form is canonical there too', () => {
    expect(goOfCanonical.size).toBeGreaterThan(600);
    for (const [name, answer] of goOfCanonical) expect(answer?.Whole).toBe(name);
  });
});

test.each(LOWERED)('%s is %s', (given, expected) => {
  expect(referenceName(parseReference(given))).toBe(expected);
});

test('the parts of a reference', () => {
  expect(parseReference(`localhost:5000/a/b:c@${DIGEST}`)).toEqual({
    repository: { registry: 'localhost:5000', path: 'a/b' },
    tag: 'c',
    digest: DIGEST,
  });
  expect(parseReference('debian')).toEqual({ repository: { registry: 'docker.io', path: 'library/debian' } });
  expect(Object.keys(parseReference('debian'))).toEqual(['repository']);
});

test('a reference in its canonical form comes back as it was', () => {
  fc.assert(
    fc.property(canonical, (text) => {
      expect(referenceName(parseReference(text))).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

test('whatever is accepted is one word, no flag, no path out of a folder, and stays the same when read again', () => {
  const text = fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 12 }));
  let accepted = 0;
  fc.assert(
    fc.property(text, (given) => {
      const mine = ours(given);
      if (!mine) return;
      accepted++;
      const name = repositoryName(mine.reference.repository);
      expect(name).toMatch(/^[a-z0-9[][a-z0-9.:[\]_-]*(\/[a-z0-9][a-z0-9._-]*)+$/);
      expect(name.length).toBeLessThanOrEqual(255);
      expect(mine.name).toMatch(/^[!-~]+$/);
      expect(name.split('/')).not.toContain('..');
      expect(parseReference(mine.name)).toEqual(mine.reference);
    }),
    { numRuns: 1500 },
  );
  expect(accepted).toBeGreaterThan(75);
});

test('a tag is one by the same grammar', () => {
  expect(['1.11.3-ttl.1', 'latest', '_', 'V1', 'a'.repeat(128)].filter(isTag)).toHaveLength(5);
  expect(['', '.a', '-a', 'a+b', 'a b', 'a\n', 'a:b', 'a/b', 'ä', '\u212a', 'a'.repeat(129)].filter(isTag)).toEqual([]);
});

describe('a refusal says what was given, what is accepted, and names the input', () => {
  test.each([
    ['ghcr.io/K0sProject/x', 'lower-case, as in ghcr.io/k0sproject/x'],
    ['K0sProject/x', 'lower-case, as in k0sproject/x'],
    ['a b', 'REGISTRY/NAME, as in ghcr.io/'],
    ['a:b c', 'a tag is 1 to 128 letters'],
    ['a@sha256:12', 'a digest is sha256: and 64 hex digits'],
    ['a'.repeat(64), 'this has the form of an image ID'],
    ['host:70000/a', 'REGISTRY/NAME'],
    ['b'.repeat(240), 'at most 255 letters'],
    ['--flag', 'REGISTRY/NAME'],
  ])('%s', (given, accepted) => {
    const refusal = (input?: string) => {
      try {
        parseReference(given, input);
      } catch (error) {
        return error as InputError;
      }
      throw new Error('it was accepted');
    };
    expect(refusal('image')).toMatchObject({ name: 'InputError', input: 'image' });
    expect(refusal().input).toBeUndefined();
    expect(refusal().message).toContain(`${JSON.stringify(given)} is no image reference. Accepted: `);
    expect(refusal().message).toContain(accepted);
  });

  test.each(['https://me:s3cret@ghcr.io/a', 'me:s3cret@ghcr.io/a/b:c', 'me:s3/cret@ghcr.io/a', 's3cret@x@ghcr.io/a'])(
    'but not a password in %s',
    (given) => {
      expect(() => parseReference(given)).toThrow('***@ghcr.io/a');
      expect(() => parseReference(given)).not.toThrow(/s3/);
    },
  );

  test('nor one in an address without a path', () => {
    expect(() => parseReference('https://me:s3cret@ghcr.io')).toThrow('***@ghcr.io');
    expect(() => parseReference('https://me:s3cret@ghcr.io')).not.toThrow(/s3/);
  });
});

test('a name without a registry is a path of the same grammar, of 255 letters at most', () => {
  const taken = ['pushgateway', 'k0sproject/pushgateway-ttl', 'a/b/c', 'a__b', long(255)];
  expect(taken.filter(isRepositoryPath)).toEqual(taken);
  const refused = ['', 'A', 'a:1', `a@${DIGEST}`, '/a', 'a/', 'a//b', '../a', 'a___b', 'a b', long(256)];
  expect(refused.filter(isRepositoryPath)).toEqual([]);
});
