import { expect, test } from 'vitest';
import { rfc3339 } from '../../src/base/time.js';
import { type BuildSpec, compileKey, encodeSpec, SPEC_LABEL, specDigest } from '../../src/spec/build-spec.js';
import { decodeSpec } from '../../src/spec/decode.js';
import { imageLabels, RESERVED_LABELS } from '../../src/spec/image-labels.js';
import { parsePlatform } from '../../src/spec/platforms.js';
import { EXAMPLE_SPEC } from '../support/specs.js';

const OCI = 'org.opencontainers.image';

test('an image carries its spec, to the byte, in a label', () => {
  const label = imageLabels(EXAMPLE_SPEC).get(SPEC_LABEL) ?? '';
  expect(SPEC_LABEL).toBe('io.k0sproject.pushgateway-ttl.spec');
  expect(decodeSpec(label)).toEqual(EXAMPLE_SPEC);
  expect(label).toBe(encodeSpec(EXAMPLE_SPEC));
});

test('a label of the user stands in the place of the one that the project would set', () => {
  const labels = { [`${OCI}.source`]: 'https://github.com/example/fork', [`${OCI}.title`]: 'mine', 'a.b': 'c' };
  const made = imageLabels({ ...EXAMPLE_SPEC, labels });
  expect(Object.fromEntries(made)).toMatchObject(labels);
  expect(imageLabels(EXAMPLE_SPEC).get(`${OCI}.source`)).toBe('https://github.com/k0sproject/pushgateway-ttl-action');
});

test('a spec whose labels claim the reserved keys does not get them', () => {
  const labels = Object.fromEntries(RESERVED_LABELS.map((key) => [key, 'forged']));
  const spec = { ...EXAMPLE_SPEC, labels };
  const made = imageLabels(spec);
  expect([...made.values()]).not.toContain('forged');
  expect(made.get(`${OCI}.created`)).toBe(rfc3339(EXAMPLE_SPEC.sourceDateEpoch));
  expect(made.get(SPEC_LABEL)).toBe(encodeSpec(spec));
});

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [1_779_894_590, '2026-05-27T15:09:50Z'],
  [2 ** 33 - 1, '2242-03-16T12:56:31Z'],
])('the time of creation of the epoch %d is %s', (epoch, created) => {
  expect(imageLabels({ ...EXAMPLE_SPEC, sourceDateEpoch: epoch }).get(`${OCI}.created`)).toBe(created);
});

test('the revision is the commit of a git source, and is not said of another', () => {
  const commit = 'e'.repeat(40);
  expect(imageLabels({ ...EXAMPLE_SPEC, source: { type: 'git', commit } }).get(`${OCI}.revision`)).toBe(commit);
  expect(imageLabels(EXAMPLE_SPEC).has(`${OCI}.revision`)).toBe(false);
});

test('the description does not promise expiry where the ttl patch set is not in', () => {
  const describe = (spec: BuildSpec) => imageLabels(spec).get(`${OCI}.description`);
  const other = { name: 'my-fix', sha256: 'a'.repeat(64) };
  expect(describe(EXAMPLE_SPEC)).toMatch(/expire/);
  expect(describe({ ...EXAMPLE_SPEC, patches: [] })).not.toMatch(/expire/);
  expect(describe({ ...EXAMPLE_SPEC, patches: [other] })).toMatch(/my-fix/);
});

// What reaches a binary, and what does not.

test('images that differ in labels, base or extra files alone share their binaries, and are told apart all the same', () => {
  const others: BuildSpec[] = [
    { ...EXAMPLE_SPEC, labels: {} },
    { ...EXAMPLE_SPEC, base: null },
    { ...EXAMPLE_SPEC, files: null },
  ];
  for (const other of others) {
    expect(compileKey(other)).toBe(compileKey(EXAMPLE_SPEC));
    expect(specDigest(other)).not.toBe(specDigest(EXAMPLE_SPEC));
  }
});

test('a change of anything else means other binaries', () => {
  const source = EXAMPLE_SPEC.source as Extract<BuildSpec['source'], { type: 'module' }>;
  const [ttl] = EXAMPLE_SPEC.patches;
  if (!ttl) throw new Error('the example has a patch');
  const others: BuildSpec[] = [
    { ...EXAMPLE_SPEC, profile: 2 as never },
    { ...EXAMPLE_SPEC, source: { ...source, sum: `h1:${'B'.repeat(43)}=` } },
    { ...EXAMPLE_SPEC, source: { ...source, version: 'v1.11.1' } },
    { ...EXAMPLE_SPEC, source: { type: 'folder', hash: source.sum } },
    { ...EXAMPLE_SPEC, patches: [] },
    { ...EXAMPLE_SPEC, patches: [{ ...ttl, sha256: 'f'.repeat(64) }] },
    { ...EXAMPLE_SPEC, patches: [{ ...ttl, revision: 2 }] },
    { ...EXAMPLE_SPEC, patches: [{ ...ttl, name: 'other' }] },
    { ...EXAMPLE_SPEC, patches: [ttl, { name: 'second', sha256: ttl.sha256 }] },
    { ...EXAMPLE_SPEC, patches: [{ name: 'second', sha256: ttl.sha256 }, ttl] },
    { ...EXAMPLE_SPEC, modules: null },
    { ...EXAMPLE_SPEC, modules: { overrides: [], goMod: 'b'.repeat(64) } },
    { ...EXAMPLE_SPEC, go: '1.26.7' },
    { ...EXAMPLE_SPEC, version: '1.11.3' },
    { ...EXAMPLE_SPEC, sourceDateEpoch: 1 },
  ];
  const keys = [EXAMPLE_SPEC, ...others].map(compileKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test('the order in which labels were set does not matter', () => {
  const a = { ...EXAMPLE_SPEC, labels: { x: '1', a: '2', '10': '3' } };
  const b = { ...EXAMPLE_SPEC, labels: { '10': '3', a: '2', x: '1' } };
  expect(specDigest(a)).toBe(specDigest(b));
});

// Platforms.

test.each([
  ['linux/amd64', { os: 'linux', architecture: 'amd64' }],
  ['linux/amd64/v1', { os: 'linux', architecture: 'amd64' }],
  ['linux/arm64', { os: 'linux', architecture: 'arm64' }],
  ['linux/arm64/v8', { os: 'linux', architecture: 'arm64' }],
  ['linux/arm', { os: 'linux', architecture: 'arm', variant: 'v7' }],
  ['linux/arm/v7', { os: 'linux', architecture: 'arm', variant: 'v7' }],
  ['linux/arm/v6', { os: 'linux', architecture: 'arm', variant: 'v6' }],
  ['linux/s390x', { os: 'linux', architecture: 's390x' }],
])('the platform %s is %j', (text, platform) => {
  expect(parsePlatform(text)).toEqual(platform);
});

test.each([
  '',
  'amd64',
  'linux',
  'linux/',
  'linux/x86_64',
  'Linux/amd64',
  'linux/arm/v8',
  'linux/amd64/v3',
  'linux/ppc64',
  'darwin/arm64',
  'linux/amd64 ',
  '__proto__',
  'constructor',
])('the platform %j is refused with the list of those that can be built', (text) => {
  expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ name: 'InputError', input: 'platforms' }));
  expect(() => parsePlatform(text)).toThrow(/Accepted: linux\/386, linux\/amd64, .*linux\/s390x/);
  expect(() => parsePlatform(text)).toThrow(JSON.stringify(text));
});
