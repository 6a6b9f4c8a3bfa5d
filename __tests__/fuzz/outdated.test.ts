import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseDatabase } from '../../src/inputs/outdated-options.js';
import { newestOfLines, parseReleaseList, toolchainReleases } from '../../src/outdated/go-releases.js';
import { readScan } from '../../src/outdated/govulncheck-stream.js';
import { parseModuleAnswer } from '../../src/outdated/module-versions.js';
import { newerUpstream, nextSuffix } from '../../src/outdated/newer.js';
import { isModuleVersion, isReleaseVersion, isShownVersion } from '../../src/spec/grammar.js';
import { fuzz } from './fuzz.js';
import { texts } from './generators.js';
import { documents, values } from './json.js';

const releases = [
  { version: 'go1.26.8', stable: true },
  { version: 'go1.27rc1', stable: false },
  { version: 'go1.25.9', stable: true },
];
const osv = {
  ...{ id: 'GO-2026-0001', aliases: ['CVE-2026-1'], summary: 'a fault' },
  affected: [
    {
      package: { name: 'example.com/m' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }],
    },
  ],
};
const finding = {
  ...{ osv: 'GO-2026-0001', fixed_version: 'v0.2.0' },
  trace: [{ module: 'golang.org/x/net', version: 'v0.1.0', package: 'golang.org/x/net/http2', function: 'F' }],
};
const messages = [{ config: { protocol_version: 'v1.0.0' } }, { osv }, { finding }];

describe('outdated/', () => {
  fuzz('stable releases of Go', {
    input: fc.oneof(
      values([releases]).map((value) => JSON.stringify(value) ?? ''),
      texts([JSON.stringify(releases)]),
    ),
    parse: (text) => parseReleaseList(text, 'https://go.dev/dl'),
    check: (found) => expect(newestOfLines(found).length).toBeGreaterThan(0),
  });

  const stream = values([messages]).map((all) => {
    return Array.isArray(all) ? all.map((message) => JSON.stringify(message, undefined, 1)).join('\n') : '';
  });
  fuzz('report of govulncheck', {
    input: fc.oneof(stream, texts([messages.map((message) => JSON.stringify(message)).join('\n')])),
    parse: (text) => readScan(text, { path: 'example.com/m', version: 'v1.1.0' }),
    check: (found) => {
      for (const { id, summary } of found) expect(`${id}${summary}`).not.toMatch(/\p{Cc}/u);
    },
  });

  fuzz('answer of go list -m', {
    input: documents([{ Path: 'a', Versions: ['v1.0.0', 'v1.11.3'], GoVersion: '1.25.0' }, { Path: 'a' }]),
    parse: (text) => parseModuleAnswer(text, 'a'),
    check: ({ versions }) => expect(versions.every((version) => typeof version === 'string')).toBe(true),
  });

  const version = texts(
    ['v1.11.3', 'v1.12.0', 'v1.12.0-rc.1', 'v2.0.0', 'v0.0.1-go1.26.8.linux-amd64', 'v0.0.1-go1.27rc1.linux-amd64'],
    ['v1.', '.linux-amd64', '-go', '+incompatible'],
  );
  fuzz('versions of a module', {
    input: fc.array(version, { maxLength: 4 }),
    parse: (versions) => {
      const [next, releases] = [
        newerUpstream(versions, '1.11.3'),
        toolchainReleases(versions, { os: 'linux', arch: 'amd64' }),
      ];
      for (const release of releases) expect(release).toMatch(/^1\.\d+\.\d+$/);
      return next ?? (releases.length > 0 ? `v${releases[0]}` : undefined);
    },
    check: (found) => expect(isReleaseVersion(found) || isModuleVersion(found)).toBe(true),
  });

  fuzz('suffix of the next version', {
    input: fc.tuple(texts(['+ttl.1', '-k0s.3', '', '+a.999999']), fc.constantFrom('', '+ttl.1')),
    parse: ([suffix, own]) =>
      isShownVersion(`1.11.3${suffix}`) ? { suffix, next: nextSuffix(suffix, own) } : undefined,
    check: ({ suffix, next }) => {
      expect(next).not.toBe(suffix);
      expect(`1.11.3${next}`).toMatch(/^[0-9A-Za-z.+_-]+$/);
    },
  });

  fuzz('address of a vulnerability database', {
    input: texts(
      ['https://vuln.go.dev', 'file:///srv/vulndb/', 'http://127.0.0.1:8080/db'],
      ['://', 'user@', '?', '#'],
    ),
    parse: parseDatabase,
    check: (address) => {
      expect(['http:', 'https:', 'file:']).toContain(new URL(address).protocol);
      expect(address).not.toMatch(/[/]$/);
    },
  });
});
