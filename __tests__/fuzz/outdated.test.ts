import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { newestOfLines, parseReleaseList } from '../../src/outdated/go-releases.js';
import { readScan } from '../../src/outdated/govulncheck-stream.js';
import { fuzz } from './fuzz.js';
import { texts } from './generators.js';
import { values } from './json.js';

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
});
