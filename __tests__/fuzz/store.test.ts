import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { parseRebuildRequest } from '../../src/commands/rebuild/rebuild-request.js';
import { METRIC, Session } from '../../src/smoke/session.js';
import { isOurs } from '../../src/smoke/steps.js';
import { binaryStore } from '../../src/store/binary-store.js';
import { openStore } from '../../src/store/store.js';
import { fuzz, fuzzFolder } from './fuzz.js';
import { bytes, texts } from './generators.js';
import { documents } from './json.js';

const KEY = `sha256:${'a'.repeat(64)}` as const;
const PLATFORM = { os: 'linux', architecture: 'amd64' };
const KNOWN = { sum: `h1:${'A'.repeat(43)}=`, time: 1_700_000_000 };
const root = fuzzFolder();
const store = openStore(root);

/** The one file below a folder, after something was put there. */
const fileIn = (folder: string, ending: string) => {
  const found = readdirSync(join(root, folder), { recursive: true }).find((name) => String(name).endsWith(ending));
  return join(root, folder, String(found));
};

describe('store/ and smoke/', async () => {
  await store.knownVersions.put('1.0.0', KNOWN);
  const fact = fileIn('facts', '.json');
  fuzz('fact of the store', {
    input: bytes([readFileSync(fact)]),
    parse: (data) => {
      writeFileSync(fact, data);
      return store.knownVersions.get('1.0.0');
    },
    check: (known) => expect(known).toEqual(KNOWN),
  });

  const binary = join(root, 'binary');
  writeFileSync(binary, 'a program');
  const buildInfo = { goVersion: 'go1.26.8', main: { path: 'a', version: 'v1', sum: '' }, deps: [], settings: [] };
  const docs = [{ path: 'LICENSE', content: Buffer.from('text') }];
  await binaryStore(root).put(KEY, PLATFORM, { path: binary, docs, buildInfo });
  const record = fileIn('binaries', 'record.json');
  fuzz('record of a binary', {
    input: bytes([readFileSync(record)]),
    parse: (data) => {
      writeFileSync(record, data);
      return binaryStore(root).get(KEY, PLATFORM);
    },
    check: (found) => expect(found).toMatchObject({ docs, buildInfo }),
  });

  mkdirSync(join(root, 'layers'), { recursive: true });
  const layer = join(root, 'layers', `${'a'.repeat(64)}.1.json`);
  fuzz('record of a layer', {
    input: documents([{ digest: KEY, size: 10 }]),
    parse: (text) => {
      writeFileSync(layer, text);
      return store.layers.get(KEY, 1);
    },
    check: ({ path }) => expect(path.startsWith(root)).toBe(true),
  });

  fuzz('request of a second build', { input: documents([{ shape: {}, work: 'a' }]), parse: parseRebuildRequest });

  let text = '';
  const server = createServer((_request, response) => response.end(text));
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());
  const session = () =>
    new Session({
      server: {
        ended: Promise.resolve(0),
        hasEnded: () => true,
        log: () => '',
        terminate: async () => {},
        kill: async () => {},
      },
      port: (server.address() as AddressInfo).port,
      ...{ job: 'a', title: 'linux/amd64', patience: 10_000, signal: undefined },
    });

  const page = `# HELP x y\n# TYPE ${METRIC} gauge\n${METRIC}{instance="",job="a"} 1\nother{job="a"} NaN\n`;
  fuzz('metrics of a Pushgateway', {
    input: texts([page, page.replace('job="a"', 'job="b"')], [METRIC, '{', '} ', 'job="a"', '+Inf']),
    parse: (given) => {
      text = given;
      return session().shownValue('read');
    },
    check: (value) => expect(value).toMatch(/^\S+$/),
  });

  const status = { status: 'success', data: { flags: { 'web.external-url': 'http://127.0.0.1:1' } } };
  fuzz('status of a Pushgateway', {
    input: fc.oneof(documents([status]), texts(['{}'])),
    parse: async (given) => {
      text = given;
      return (await isOurs(session(), 'http://127.0.0.1:1')) || undefined;
    },
  });
});
