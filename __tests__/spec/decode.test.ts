import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { type BuildSpec, encodeSpec } from '../../src/spec/build-spec.js';
import { canonicalJson, type Json } from '../../src/spec/canonical.js';
import { decodeSpec, MAX_SPEC_BYTES } from '../../src/spec/decode.js';
import { anySpec, EXAMPLE_SPEC } from '../support/specs.js';

type Path = readonly (string | number)[];

/** The example as canonical JSON with one value replaced; undefined removes it. */
function withValue(path: Path, value: Json | undefined, spec: BuildSpec = EXAMPLE_SPEC): string {
  const copy = JSON.parse(encodeSpec(spec));
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce((at, key) => at[key], copy);
  if (value === undefined) delete parent[last];
  else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true });
  return canonicalJson(copy);
}

function refusal(json: string): string {
  try {
    decodeSpec(json);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error(`it was accepted: ${json}`);
}

const GIT: BuildSpec = {
  ...EXAMPLE_SPEC,
  source: { type: 'git', url: 'https://github.com/prometheus/pushgateway', commit: 'a'.repeat(40) },
};
const FOLDER: BuildSpec = { ...EXAMPLE_SPEC, source: { type: 'folder', hash: `h1:${'A'.repeat(43)}=` } };

const OTHER_DIGEST = `sha256:${'e'.repeat(64)}`;
/** A base for each of two platforms, one of them from a local folder. */
const BASES: BuildSpec = {
  ...EXAMPLE_SPEC,
  base: [
    { platform: 'linux/amd64', repository: 'gcr.io/distroless/static', digest: `sha256:${'c'.repeat(64)}` },
    { platform: 'linux/arm/v7', digest: `sha256:${'c'.repeat(64)}` },
  ],
};

test('every valid spec comes back as it was', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const json = encodeSpec(spec);
      const decoded = decodeSpec(json);
      expect(decoded).toEqual(JSON.parse(json));
      expect(encodeSpec(decoded)).toBe(json);
    }),
    { numRuns: 500 },
  );
});

test('the three forms of a base', () => {
  const repository = 'gcr.io/distroless/static';
  const digest = `sha256:${'c'.repeat(64)}`;
  expect(decodeSpec(withValue(['base'], null)).base).toBeNull();
  for (const base of [
    { repository, digest },
    { repository: 'localhost:5000/x', digest },
    { digest },
    [{ platform: 'windows/amd64', digest }],
    [
      { platform: 'linux/arm/v7', digest },
      { platform: 'linux/arm64', repository, digest },
      { platform: 'linux/s390x', repository, digest },
    ],
  ]) {
    expect(decodeSpec(withValue(['base'], base)).base).toEqual(base);
  }
});

test('labels with names that objects treat in their own way come back', () => {
  const json = withValue(['labels'], JSON.parse('{"10":"b","9":"a","__proto__":"c","constructor":"d"}'));
  expect(Object.entries(decodeSpec(json).labels).sort()).toEqual([
    ['10', 'b'],
    ['9', 'a'],
    ['__proto__', 'c'],
    ['constructor', 'd'],
  ]);
});

describe('a wrong value is refused by the name of its field', () => {
  const overEpoch = 2 ** 33;
  const cases: [string, Path, Json, BuildSpec?][] = [
    ['profile', ['profile'], 2],
    ['profile', ['profile'], '1'],
    ['sourceDateEpoch', ['sourceDateEpoch'], -1],
    ['sourceDateEpoch', ['sourceDateEpoch'], overEpoch],
    ['sourceDateEpoch', ['sourceDateEpoch'], '5'],
    ['sourceDateEpoch', ['sourceDateEpoch'], null],
    ['go', ['go'], '1.26.8 -x'],
    ['go', ['go'], 'go1.26.8'],
    ['go', ['go'], '1.26rc1'],
    ['go', ['go'], '1.026.8'],
    ['go', ['go'], '1.26.8\n'],
    ['go', ['go'], '2.0.0'],
    ['go', ['go'], 1],
    ['version', ['version'], '1.11.3 -X main.a=b'],
    ['version', ['version'], '-o'],
    ['version', ['version'], '1.11.3\n'],
    ['version', ['version'], "1.11.3'"],
    ['version', ['version'], ''],
    ['version', ['version'], 'a'.repeat(65)],
    ['version', ['version'], 'vé'],
    ['source.type', ['source', 'type'], 'tarball'],
    ['source.type', ['source'], null],
    ['source.type', ['source'], []],
    ['source.path', ['source', 'path'], 'github.com/a b'],
    ['source.path', ['source', 'path'], '-flag.com/a'],
    ['source.path', ['source', 'path'], 'github.com/a/../b'],
    ['source.path', ['source', 'path'], '../pushgateway'],
    ['source.path', ['source', 'path'], 'github.com/a\n'],
    ['source.version', ['source', 'version'], 'v1.11.3 -x'],
    ['source.version', ['source', 'version'], 'latest'],
    ['source.version', ['source', 'version'], 'v1.11'],
    ['source.version', ['source', 'version'], 'v2.0.0'],
    ['source.version', ['source', 'version'], 'v1.11.3\n'],
    ['source.sum', ['source', 'sum'], `h1:${'A'.repeat(42)}=`],
    ['source.sum', ['source', 'sum'], `go.sum:${'A'.repeat(43)}=`],
    ['source.commit', ['source', 'commit'], 'a'.repeat(39), GIT],
    ['source.commit', ['source', 'commit'], 'a'.repeat(41), GIT],
    ['source.commit', ['source', 'commit'], 'A'.repeat(40), GIT],
    ['source.commit', ['source', 'commit'], `${'a'.repeat(40)}\n`, GIT],
    ['source.commit', ['source', 'commit'], 'main', GIT],
    ['source.url', ['source', 'url'], 'https://user:secret@example.com/a', GIT],
    ['source.url', ['source', 'url'], 'https://example.com/a?b', GIT],
    ['source.url', ['source', 'url'], 'https://example.com/a#b', GIT],
    ['source.url', ['source', 'url'], 'file:///etc', GIT],
    ['source.url', ['source', 'url'], '/etc', GIT],
    ['source.url', ['source', 'url'], 'ext::sh -c true', GIT],
    ['source.url', ['source', 'url'], '--upload-pack=true', GIT],
    ['source.url', ['source', 'url'], 'https://example.com/a/../b', GIT],
    ['source.url', ['source', 'url'], 'https://example.com/a/..', GIT],
    ['source.hash', ['source', 'hash'], 'sha256:aa', FOLDER],
    ['patches', ['patches'], {}],
    ['patches', ['patches'], Array(65).fill({ name: 'a', sha256: 'a'.repeat(64) })],
    ['patches[0]', ['patches', 0], 'ttl'],
    ['patches[0].name', ['patches', 0, 'name'], '../x'],
    ['patches[0].name', ['patches', 0, 'name'], '-x'],
    ['patches[0].name', ['patches', 0, 'name'], 'a b'],
    ['patches[0].sha256', ['patches', 0, 'sha256'], 'a'.repeat(63)],
    ['patches[0].revision', ['patches', 0, 'revision'], 0],
    ['patches[0].revision', ['patches', 0, 'revision'], '1'],
    ['modules', ['modules'], []],
    ['modules.overrides', ['modules', 'overrides'], 'golang.org/x/crypto@v0.53.0'],
    ['modules.overrides[0]', ['modules', 'overrides', 0], 'golang.org/x/crypto@latest'],
    ['modules.overrides[0]', ['modules', 'overrides', 0], 'golang.org/x/crypto'],
    ['modules.overrides[0]', ['modules', 'overrides', 0], 'golang.org/x/crypto@v0.53.0@v0.54.0'],
    ['modules.overrides[0]', ['modules', 'overrides', 0], '-flag@v0.53.0'],
    ['modules.overrides[0]', ['modules', 'overrides', 0], 'golang.org/x/crypto@v2.0.0'],
    ['modules.goMod', ['modules', 'goMod'], 'x'],
    ['base', ['base'], 'debian'],
    ['base', ['base'], []],
    ['base', ['base'], Array(65).fill({ digest: OTHER_DIGEST, platform: 'linux/amd64' })],
    ['base', ['base'], true],
    ...[
      ...['Debian', '-debian', '--tls-verify=false', 'debian', 'library/debian', 'docker.io/debian', 'me/app', ''],
      ...['index.docker.io/library/debian', 'registry-1.docker.io/library/debian', 'Docker.io/library/debian'],
      ...['gcr.io/distroless/static:nonroot', `gcr.io/distroless/static@${OTHER_DIGEST}`, 'gcr.io/distroless/Static'],
      ...[
        'GCR.IO/distroless/static',
        'gcr.io/distroless/static ',
        ' gcr.io/distroless/static',
        'gcr.io/a b',
        'gcr.io/a\n',
      ],
      ...['https://gcr.io/a', 'docker://gcr.io/a', 'oci:/srv/base', '/srv/base', '../base', 'gcr.io/../a', 'gcr.io/a/'],
      ...[
        'user:secret@gcr.io/a',
        'gcr.io:0/a',
        'gcr.io:65536/a',
        'gcr.io/-a',
        '-gcr.io/a',
        '[::1/a',
        'gcr.io',
        'ｇcr.io/a',
      ],
      ...[`docker.io/library/${'a'.repeat(240)}`, '\u212aube.io/a'],
    ].map((name): [string, Path, Json] => ['base.repository', ['base', 'repository'], name]),
    ['base.repository', ['base', 'repository'], null],
    ['base.repository', ['base', 'repository'], ['gcr.io/a']],
    ['base[0]', ['base', 0], 'gcr.io/a', BASES],
    ['base[0]', ['base', 0], [], BASES],
    ['base[1]', ['base', 1], null, BASES],
    ['base[0].repository', ['base', 0, 'repository'], 'debian', BASES],
    ['base[1].digest', ['base', 1, 'digest'], 'sha256:aa', BASES],
    ...[
      ...['linux', 'linux/arm', 'linux/arm64/v8', 'linux/amd64/v1', 'Linux/amd64', 'linux/amd64 ', '', 'all', '-linux'],
      ...['plan9/amd64', 'windows/amd64:10.0.20348.2700', 'linux/x86_64', 'linux/amd64/', '__proto__', 'constructor'],
    ].map((name): [string, Path, Json, BuildSpec] => ['base[0].platform', ['base', 0, 'platform'], name, BASES]),
    ['base[0].platform', ['base', 0, 'platform'], 1, BASES],
    ['base.digest', ['base', 'digest'], 'sha512:aa'],
    ['base.digest', ['base', 'digest'], `sha256:${'A'.repeat(64)}`],
    ['files', ['files'], 'a'.repeat(64)],
    ['labels', ['labels'], []],
    ['labels', ['labels'], { 'a b': 'c' }],
    ['labels', ['labels'], { '': 'c' }],
    ['labels["a"]', ['labels'], { a: 1 }],
  ];
  test.each(cases)('%s: %j = %j', (field, path, value, spec) => {
    expect(refusal(withValue(path, value, spec))).toContain(`The spec's ${field} `);
  });

  test('bases that are not sorted by platform, or have one twice', () => {
    const [first, second] = BASES.base as { platform: string; digest: string }[];
    expect(refusal(withValue(['base'], [second as Json, first as Json]))).toBe(
      "The spec's base is not sorted by platform",
    );
    expect(refusal(withValue(['base'], [first as Json, first as Json]))).toBe(
      "The spec's base names linux/amd64 twice",
    );
  });

  test('a fraction of a second in the epoch, which no canonical spec of ours holds', () => {
    const json = encodeSpec(EXAMPLE_SPEC).replace('1779894590', '1779894590.5');
    expect(refusal(json)).toContain('1779894590.5');
  });
});

describe('the keys are exactly the known ones', () => {
  const objects: [string, Path, BuildSpec][] = [
    ['The spec ', [], EXAMPLE_SPEC],
    ["The spec's source ", ['source'], EXAMPLE_SPEC],
    ["The spec's source ", ['source'], GIT],
    ["The spec's source ", ['source'], FOLDER],
    ["The spec's patches[0] ", ['patches', 0], EXAMPLE_SPEC],
    ["The spec's modules ", ['modules'], EXAMPLE_SPEC],
    ["The spec's base ", ['base'], EXAMPLE_SPEC],
    ["The spec's base[0] ", ['base', 0], BASES],
    ["The spec's base[1] ", ['base', 1], BASES],
  ];

  test.each(objects)('%sat %j may have no other key', (start, path, spec) => {
    for (const key of ['extra', '__proto__', 'toString']) {
      const message = refusal(withValue([...path, key], 1, spec));
      expect(message).toContain(`${start}has the unknown key ${JSON.stringify(key)}`);
    }
  });

  test.each(objects)('%sat %j lacks none', (_start, path, spec) => {
    const object = path.reduce((at, key) => at[key], JSON.parse(encodeSpec(spec)));
    const optional = new Set(['url', 'revision', 'repository']);
    const keys = Object.keys(object).filter((key) => !optional.has(key));
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      const message = refusal(withValue([...path, key], undefined, spec));
      expect(message).toContain(key === 'type' ? 'source.type' : `lacks the key "${key}"`);
    }
  });

  test('a key that stands twice, with the same value or another, is refused', () => {
    const json = encodeSpec(EXAMPLE_SPEC);
    expect(refusal(json.replace('"go":"1.26.8"', '"go":"1.26.8","go":"1.26.8"'))).toMatch(/not canonical/);
    expect(refusal(json.replace('"go":"1.26.8"', '"go":"1.26.7","go":"1.26.8"'))).toMatch(/not canonical/);
  });
});

test.each([
  ['white space', (json: string) => json.replace(',', ', ')],
  ['a line break at the end', (json: string) => `${json}\n`],
  ['an escape', (json: string) => json.replace('"metrics"', '"\\u006detrics"')],
  ['another order of keys', (json: string) => json.replace(/^\{("base":\{.*?\}),("files":"[^"]*")/, '{$2,$1')],
])('%s makes a spec another one, and is refused', (_what, change) => {
  const json = encodeSpec(EXAMPLE_SPEC);
  const changed = change(json);
  expect(changed).not.toBe(json);
  expect(refusal(changed)).toMatch(/not canonical JSON/);
});

test('a spec of over 64 KiB is refused, counted in bytes, and one of just 64 KiB is read', () => {
  const room = MAX_SPEC_BYTES - Buffer.byteLength(withValue(['labels'], { a: '' }));
  expect(decodeSpec(withValue(['labels'], { a: 'x'.repeat(room) })).labels.a).toHaveLength(room);
  expect(refusal(withValue(['labels'], { a: 'x'.repeat(room + 1) }))).toContain('65536 bytes');
  expect(refusal(withValue(['labels'], { a: 'é'.repeat(room - 10) }))).toContain('65536 bytes');
});

describe('whatever it is given, it gives a spec or refuses the input', () => {
  const survives = (text: string) => {
    let decoded: BuildSpec;
    try {
      decoded = decodeSpec(text);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return;
    }
    expect(encodeSpec(decoded)).toBe(text);
  };

  test('any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), survives), { numRuns: 2000 });
  });

  test('a valid spec with a few letters changed', () => {
    const edit = fc.record({ at: fc.nat(), drop: fc.nat({ max: 3 }), insert: fc.string({ maxLength: 3 }) });
    fc.assert(
      fc.property(anySpec, fc.array(edit, { minLength: 1, maxLength: 3 }), (spec, edits) => {
        let text = encodeSpec(spec);
        for (const { at, drop, insert } of edits) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + insert + text.slice(place + drop);
        }
        survives(text);
      }),
      { numRuns: 3000 },
    );
  });

  test('a valid spec with any value in the place of another', () => {
    const fields = Object.keys(EXAMPLE_SPEC);
    const value = fc.oneof(
      fc.jsonValue().filter((json) => {
        try {
          canonicalJson(json as Json);
          return true;
        } catch {
          return false;
        }
      }),
      fc.constantFrom(null, {}, [], [[]], [null], { type: null }, { type: 'git' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...fields), value, (field, json) => survives(withValue([field], json as Json))),
      { numRuns: 2000 },
    );
  });

  test('a deep nest', () => {
    survives(`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`);
    survives('['.repeat(32_000) + ']'.repeat(32_000));
  });
});
