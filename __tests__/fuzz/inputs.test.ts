import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { readInputs } from '../../src/actions/inputs.js';
import { Secret } from '../../src/base/secret.js';
import { parseBuildOptions } from '../../src/inputs/build-options.js';
import { parseMergeOptions } from '../../src/inputs/merge-options.js';
import { parseOutdatedOptions } from '../../src/inputs/outdated-options.js';
import { parsePublishOptions } from '../../src/inputs/publish-options.js';
import {
  BUILD,
  flagsOf,
  type InputName,
  type InputTable,
  MERGE,
  OUTDATED,
  PUBLISH,
  VERIFY,
} from '../../src/inputs/raw-inputs.js';
import { parseDiffOptions, parseVerifyOptions } from '../../src/inputs/verify-options.js';
import { platformName } from '../../src/spec/platform.js';
import { fuzz } from './fuzz.js';
import { texts } from './generators.js';

const COMMIT = '007ba874bead1b9ad2253d89e3adeb16a73fd012';
const PATCH = `https://example.com/fix.patch#sha256=${'a'.repeat(64)}`;
const SETS = ['dinumathai', 'ttl'];

/** What users write, by the input's name; `true` and `false` for all others. */
const WRITTEN: Partial<Record<InputName, readonly string[]>> = {
  'pushgateway-version': ['1.11.3', 'v1.4.0'],
  source: ['module', 'git', './folder', `https://example.com/a.git#${COMMIT}`],
  patches: ['ttl', 'none', `ttl\n${PATCH}`, 'dinumathai', './mine.patch', 'ttl@1'],
  'module-overrides': ['golang.org/x/crypto@v0.53.0', 'golang.org/x/net@v0.30.0,example.com/a/v2@v2.1.0'],
  'go-version': ['1.26.8', 'go1.26.8'],
  'version-suffix': ['+ttl.1', '-k0s.3'],
  platforms: ['linux/amd64', 'linux/amd64,linux/arm64\nlinux/arm'],
  'base-image': ['scratch', 'gcr.io/distroless/static:nonroot', 'oci:base:x', 'linux/amd64=a/b\nlinux/arm64=oci:c'],
  'extra-files': ['ca.pem:/etc/ssl/ca.pem:0644', '/bin/x -> /bin/y\na:/b'],
  labels: ['com.example.team=metrics', 'a=b\nc=d=e'],
  'source-date-epoch': ['release', '1700000000', 'published'],
  image: ['ghcr.io/me/pushgateway', 'ghcr.io/Me/a\nquay.io/me/a'],
  tags: ['1.11.3', 'latest,1.11', 'ghcr.io/me/other:1.0'],
  load: ['auto', 'true'],
  'published-image': ['ghcr.io/me/pushgateway:1.11.3', 'oci:FOLDER'],
  'registry-username': ['me'],
  retries: ['5', '0'],
  cache: ['auto', 'false'],
  'output-dir': ['out'],
  'allow-source': [`https://example.com/a.git#${COMMIT}`, './folder'],
  spec: ['{}', 'spec.json'],
  'fail-on': ['none', 'content-differs,metadata-differs'],
  layouts: ['out/oci', 'oci:a\noci-archive:b.tar:1'],
  tag: ['pushgateway:1.11.3'],
  layout: ['out'],
  binaries: ['out/binaries'],
  'image-destinations': ['s3://downloads?region=eu-1', 'docker://ghcr.io/me/a'],
  'static-destinations': ['s3://downloads/a'],
  keep: ['5'],
  grace: ['24', '7d'],
  db: ['https://vuln.go.dev', 'file:///srv/vulndb'],
};

type Given = readonly (readonly [InputName, string])[];

/** Inputs of a table: what has to be there, then some others, a few of them odd; a name may come twice. */
function given(table: InputTable, needed: Given = []): fc.Arbitrary<Map<InputName, string[]>> {
  const one = flagsOf(table).map((name) => {
    const written = WRITTEN[name] ?? ['true', 'false', 'True'];
    const value = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...written) }, texts(written, ['\n', ',']));
    return fc.tuple(fc.constant(name), value);
  });
  return fc.tuple(fc.array(fc.oneof(...one), { maxLength: 5 }), fc.nat(9)).map(([others, rest]) => {
    const raw = new Map<InputName, string[]>();
    for (const [name, value] of rest > 0 ? needed : []) raw.set(name, [value]);
    const set = new Set<InputName>();
    for (const [name, value] of others) {
      // Twice is an error for most, so it is left to some of the cases.
      raw.set(name, set.has(name) && rest < 3 ? [...(raw.get(name) ?? []), value] : [value]);
      set.add(name);
    }
    return raw;
  });
}

const PASSWORD = fc.constantFrom(undefined, new Secret('secret'));

describe('inputs/, whole tables', () => {
  fuzz('inputs of build', {
    input: fc.tuple(given(BUILD), PASSWORD),
    parse: ([raw, password]) => parseBuildOptions(raw, SETS, password),
    check: ({ platforms, labels }) => {
      if (platforms !== 'all') expect(new Set(platforms.map(platformName)).size).toBe(platforms.length);
      expect(Object.keys(labels).join('')).not.toMatch(/\s/);
    },
  });

  fuzz('inputs of verify', {
    input: fc.tuple(given(VERIFY, [['image', 'ghcr.io/me/a:1']]), PASSWORD),
    parse: ([raw, password]) => parseVerifyOptions(raw, SETS, password),
    check: ({ patches }) => expect(patches.filter(({ type }) => type === 'builtin').length).toBeLessThan(2),
  });

  fuzz('inputs of diff', { input: given(VERIFY), parse: parseDiffOptions });

  fuzz('inputs of merge', {
    input: fc.tuple(given(MERGE, [['layouts', 'out']]), PASSWORD),
    parse: ([raw, password]) => parseMergeOptions(raw, password),
    check: ({ layouts }) => expect(layouts.length).toBeGreaterThan(0),
  });

  fuzz('inputs of publish', {
    input: fc.tuple(
      given(PUBLISH, [
        ['tag', 'a:1'],
        ['layout', 'out'],
        ['image-destinations', 's3://downloads'],
      ]),
      PASSWORD,
    ),
    parse: ([raw, password]) => parsePublishOptions(raw, password),
    check: (options) => expect(options.image ?? options.static).toBeDefined(),
  });

  fuzz('inputs of outdated', {
    input: fc.tuple(given(OUTDATED), PASSWORD),
    parse: ([raw, password]) => parseOutdatedOptions(raw, SETS, password),
    check: ({ raw, build }) => expect([raw.has('registry-username'), build.load]).toEqual([false, false]),
  });

  const variables = flagsOf(BUILD).map((name) => `INPUT_${name.toUpperCase()}`);
  fuzz('environment of a step', {
    input: fc.dictionary(
      texts([...variables, 'PATH', 'INPUT_IMAGES', 'INPUT_'], ['INPUT_', '_']),
      texts(['x', 'true']),
    ),
    parse: (env) => {
      const warnings: string[] = [];
      const raw = readInputs(BUILD, env, (message) => warnings.push(message));
      for (const name of raw.keys()) expect(flagsOf(BUILD)).toContain(name);
      return raw.size > 0 && warnings.length === 0 ? raw : undefined;
    },
  });
});
