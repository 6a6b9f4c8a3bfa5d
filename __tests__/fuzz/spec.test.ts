import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { isDigest } from '../../src/base/hash.js';
import { encodeSpec } from '../../src/spec/build-spec.js';
import { canonicalJson, parseCanonicalJson } from '../../src/spec/canonical.js';
import { canonicalPlatform } from '../../src/spec/canonical-platform.js';
import { decodeSpec } from '../../src/spec/decode.js';
import * as grammar from '../../src/spec/grammar.js';
import { checkPlatform, comparePlatforms, platformName } from '../../src/spec/platform.js';
import { parsePlatform } from '../../src/spec/platforms.js';
import { isTag, parseReference, referenceName } from '../../src/spec/reference.js';
import { anySpec, EXAMPLE_SPEC } from '../support/specs.js';
import { fuzz } from './fuzz.js';
import { texts } from './generators.js';
import { values } from './json.js';

const SAMPLES = [EXAMPLE_SPEC, ...fc.sample(anySpec, { numRuns: 40, seed: 1 })];
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** Specs written as the label holds them: valid ones, and such with some value another. */
const canonical = values(SAMPLES).map((value) => {
  try {
    return canonicalJson(JSON.parse(JSON.stringify(value)));
  } catch {
    return JSON.stringify(value);
  }
});

describe('spec/', () => {
  fuzz('build spec', {
    input: fc.oneof(anySpec.map(encodeSpec), canonical, texts(SAMPLES.map(encodeSpec), ['"go":"1.26.8",'])),
    parse: decodeSpec,
    check: (spec, text) => expect(encodeSpec(spec)).toBe(text),
  });

  fuzz('build spec, made and read back', {
    input: fc.tuple(anySpec, fc.boolean()),
    parse: ([spec, isWhole]) => (isWhole ? { spec, read: decodeSpec(encodeSpec(spec)) } : undefined),
    check: ({ spec, read }) => expect(read).toEqual(spec),
  });

  fuzz('canonical JSON', {
    input: fc.oneof(fc.json(), canonical, texts(['{"a":[1,"b",null],"b":{}}', '"\\u001f"'])),
    parse: (text) => ({ value: parseCanonicalJson(text, 'it') }),
    check: ({ value }, text) => expect(canonicalJson(value)).toBe(text),
  });

  fuzz('reference', {
    input: texts(
      [
        'ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1',
        `localhost:5000/a/b@${DIGEST}`,
        'debian',
        '[::1]:5000/a__b/c.d',
      ],
      ['docker.io/', 'index.docker.io', ':latest', `@${DIGEST}`, ':65536/', '[::]', 'A', '__'],
    ),
    parse: (text) => parseReference(text),
    check: (reference) => expect(parseReference(referenceName(reference))).toEqual(reference),
  });

  fuzz('digest', {
    input: texts([DIGEST, `sha256:${'0123456789abcdef'.repeat(4)}`]),
    parse: (text) => isDigest(text) || undefined,
    check: (_, text) => expect(text).toMatch(/^sha256:[0-9a-f]{64}$/),
  });

  fuzz('platform of an input', {
    input: texts(
      ['linux/amd64', 'linux/arm', 'linux/arm/v7', 'windows/amd64', 'linux/arm64/v8'],
      ['linux', 'v', '/v6'],
    ),
    parse: (text) => parsePlatform(text),
    check: (platform) => expect(parsePlatform(platformName(platform))).toEqual(platform),
  });

  const word = texts(['linux', 'Linux', 'macos', 'arm', 'aarch64', 'armhf', 'v8', '8', 'v7', '10.0.20348.2700', '']);
  fuzz('platform of a base image', {
    input: fc.record({ os: word, architecture: word, variant: word, osVersion: word, osFeatures: fc.array(word) }),
    parse: (stated) => {
      const platform = canonicalPlatform(stated);
      checkPlatform(platform);
      return platform;
    },
    check: (platform) => {
      expect(canonicalPlatform(platform)).toEqual(platform);
      expect(comparePlatforms(platform, platform)).toBe(0);
    },
  });

  const words = [
    ...['1.11.3+ttl.1', '1.26.8', '1.26', 'f'.repeat(40), `h1:${'A'.repeat(43)}=`, 'ttl', 'golang.org/x/crypto'],
    ...['gopkg.in/yaml.v3', 'example.com/a/v2', 'v0.53.0', 'v2.0.0+incompatible', 'v1.0.0-rc.1', 'com.example.team'],
    ...['https://git.example.com:8443/a/b.git', '1.11.3-ttl.1'],
  ];
  const grammars = [
    ...[grammar.isShownVersion, grammar.isReleaseVersion, grammar.isGoVersion, grammar.isCommit, grammar.isModuleSum],
    ...[grammar.isHexSha256, grammar.isPatchName, grammar.isModulePath, grammar.isModuleVersion],
    ...[grammar.isRecordableGitUrl, isTag],
  ];
  fuzz('words of a spec', {
    input: fc.tuple(texts(words, ['v', '/v2', '.v1', '~1', 'con', '-rc']), texts(words)),
    parse: ([text, version]) => {
      grammar.versionFitsPath(text, version);
      const isKey = grammar.isLabelKey(text);
      if (isKey) expect(text).not.toMatch(/[\s=\p{Cc}]/u);
      return grammars.some((accepts) => accepts(text)) || undefined;
    },
    // What passes is one word of an argument list, and never a flag (docs/build-spec.md).
    check: (_, [text]) => expect(text).toMatch(/^[0-9A-Za-z_][!-~]*$/),
  });
});
