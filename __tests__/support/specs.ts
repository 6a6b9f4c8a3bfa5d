import fc from 'fast-check';
import { compareUtf8 } from '../../src/base/files.js';
import type { BaseSpec, BuildSpec, PatchSpec, SourceSpec } from '../../src/spec/build-spec.js';
import { MAX_EPOCH } from '../../src/spec/grammar.js';

/** A spec as a plain build of 1.11.3 makes it. */
export const EXAMPLE_SPEC: BuildSpec = {
  profile: 1,
  source: {
    type: 'module',
    path: 'github.com/prometheus/pushgateway',
    version: 'v1.11.3',
    sum: `h1:${'A'.repeat(43)}=`,
  },
  patches: [{ name: 'ttl', revision: 1, sha256: 'a'.repeat(64) }],
  modules: { overrides: ['golang.org/x/crypto@v0.53.0'], goMod: 'b'.repeat(64) },
  go: '1.26.8',
  version: '1.11.3+ttl.1',
  base: { repository: 'docker.io/library/debian', digest: `sha256:${'c'.repeat(64)}` },
  files: `sha256:${'d'.repeat(64)}`,
  labels: { 'com.example.team': 'metrics' },
  sourceDateEpoch: 1_779_894_590,
};

const ofAlphabet = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((letters) => letters.join(''));
const hex = (length: number) => ofAlphabet('0123456789abcdef', length);
const sum = ofAlphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 43).map(
  (text) => `h1:${text}=`,
);
const digest = hex(64).map((text): `sha256:${string}` => `sha256:${text}`);
const number = fc.integer({ min: 0, max: 9999 });
const release = fc.tuple(number, number, number).map((parts) => parts.join('.'));

/** Module paths and versions that belong together. */
const moduleAndVersion = fc
  .tuple(fc.constantFrom('example.com/a', 'golang.org/x/crypto', 'github.com/Some/Thing-2'), number, number, number)
  .map(([path, major, minor, patch]) => {
    const suffix = major < 2 ? '' : `/v${major}`;
    return { path: `${path}${suffix}`, version: `v${major}.${minor}.${patch}` };
  });

const source: fc.Arbitrary<SourceSpec> = fc.oneof(
  fc.record({ module: moduleAndVersion, sum }).map(({ module, sum }) => ({ type: 'module' as const, ...module, sum })),
  fc.record({ type: fc.constant('git' as const), commit: fc.oneof(hex(40), hex(64)) }),
  fc.record({
    type: fc.constant('git' as const),
    url: fc.constantFrom('https://github.com/prometheus/pushgateway', 'https://git.example.com:8443/a/b.git'),
    commit: hex(40),
  }),
  fc.record({ type: fc.constant('folder' as const), hash: sum }),
);

const patchName = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/);
const patch: fc.Arbitrary<PatchSpec> = fc.record(
  { name: patchName, revision: fc.integer({ min: 1, max: 1_000_000 }), sha256: hex(64) },
  { requiredKeys: ['name', 'sha256'] },
);

/** Canonical names, as a spec holds them. */
const repository = fc.constantFrom(
  'docker.io/library/debian',
  'gcr.io/distroless/static',
  'localhost:5000/x',
  '[::1]:5000/a__b/c.d-e',
);
const imageBase = fc.record({ repository, digest }, { requiredKeys: ['digest'] });
const platform = fc.constantFrom('linux/amd64', 'linux/arm/v6', 'linux/arm/v7', 'linux/arm64', 'windows/amd64');
const base: fc.Arbitrary<BaseSpec> = fc.oneof(
  imageBase,
  fc
    .uniqueArray(fc.tuple(platform, imageBase), { minLength: 1, maxLength: 5, selector: ([name]) => name })
    .map((pairs) =>
      pairs.map(([platform, image]) => ({ ...image, platform })).sort((a, b) => compareUtf8(a.platform, b.platform)),
    ),
);

/** Any key that a label can have; the names that JavaScript objects treat in their own way are likely. */
const labelKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '10', '9', '-1', 'a.b/c'),
  fc.stringMatching(/^[!-<>-~]{1,40}$/),
);

/** Text without lone surrogates. */
export const wellFormedText = fc.string({ unit: 'binary', maxLength: 30 });

/** Every spec that the decoder takes, roughly. */
export const anySpec: fc.Arbitrary<BuildSpec> = fc.record({
  profile: fc.constant(1 as const),
  source,
  patches: fc.array(patch, { maxLength: 4 }),
  modules: fc.option(
    fc.record({
      overrides: fc.array(
        moduleAndVersion.map(({ path, version }) => `${path}@${version}`),
        { minLength: 1, maxLength: 3 },
      ),
      goMod: hex(64),
    }),
  ),
  go: fc.oneof(
    release.map((text) => `1.${text.split('.').slice(1).join('.')}`),
    number.map((minor) => `1.${minor}`),
  ),
  version: fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/),
  base: fc.option(base),
  files: fc.option(digest),
  labels: fc
    .array(fc.tuple(labelKey, wellFormedText), { maxLength: 5 })
    .map((pairs) => Object.fromEntries(pairs) as Record<string, string>),
  sourceDateEpoch: fc.integer({ min: 0, max: MAX_EPOCH }),
});
