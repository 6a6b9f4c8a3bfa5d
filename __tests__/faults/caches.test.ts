import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { startCommandLine } from '../support/as-action.js';
import { serveHttp } from '../support/loopback.js';
import { plainPush } from '../support/plain-push.js';
import { startSecureRegistry } from '../support/registry.js';
import { writeFiles } from '../support/repository.js';
import { startStoreProxy } from '../support/store-proxy.js';
import { type Attempt, type FaultCase, tryAll } from './case.js';
import { WITHOUT_RIGHTS } from './rights.js';
import { forgetResults, type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

interface Damage {
  readonly name: string;
  readonly apply: (path: string) => void;
  readonly prefix?: readonly string[];
}

/** What becomes of a file where a disk, a sync or a person has had a bad day. */
const DAMAGES: readonly Damage[] = [
  { name: 'is empty', apply: (path) => truncateSync(path, 0) },
  { name: 'ends in its middle', apply: (path) => truncateSync(path, statSync(path).size >> 1) },
  { name: 'has another bit', apply: flipBit },
  { name: 'is gone', apply: (path) => rmSync(path) },
  {
    name: 'is a folder',
    apply: (path) => {
      rmSync(path);
      mkdirSync(join(path, 'inside'), { recursive: true });
    },
  },
  {
    name: 'is a link to nowhere',
    apply: (path) => {
      rmSync(path);
      symlinkSync('/nonexistent/file', path);
    },
  },
  {
    name: 'is a link to itself',
    apply: (path) => {
      rmSync(path);
      symlinkSync(path, path);
    },
  },
  { name: 'may not be read', apply: (path) => chmodSync(path, 0), prefix: WITHOUT_RIGHTS },
];

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Files of a store, below one of its folders, by the end of their name. */
function filesOf({ store }: Site, folder: string, end: string): string[] {
  const found = readdirSync(join(store, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name));
  expect(found.length, `${folder}/**${end}`).toBeGreaterThan(0);
  return found;
}

/** Kinds of files that an ordinary build finds in its store. */
const KINDS: readonly (readonly [string, folder: string, end: string])[] = [
  ['the binary', 'binaries', 'pushgateway'],
  ["the binary's record", 'binaries', 'record.json'],
  ['the layer', 'layers', '.tar.gz'],
  ["the layer's record", 'layers', '.json'],
];

const RESULTS: readonly FaultCase[] = KINDS.flatMap(([kind, folder, end]) =>
  DAMAGES.map(({ name, apply, prefix = [] }) => ({
    name: `${kind} ${name}`,
    code: 0 as const,
    fault: (site: Site) => {
      for (const path of filesOf(site, folder, end)) apply(path);
      return { prefix };
    },
  })),
);

/** Go's own cache, of which Go itself compares no content. */
const GO_CACHE: readonly FaultCase[] = [
  ...(['ends in its middle', 'has another bit', 'may not be read'] as const).map((name) => goCacheCase('-d', name)),
  ...(['has another bit', 'may not be read'] as const).map((name) => goCacheCase('-a', name)),
];

/** @param end of the names of contents, or of what leads to them */
function goCacheCase(end: '-d' | '-a', damage: string): FaultCase {
  const { apply, prefix = [] } = DAMAGES.find(({ name }) => name === damage) as Damage;
  return {
    name: `a file ${end} of Go's cache ${damage}`,
    code: 0,
    fault: (site) => {
      forgetResults(site);
      for (const path of largestOf(filesOf(site, 'go-build', end))) {
        apply(path);
        age(path);
      }
      return { prefix };
    },
  };
}

/** As if it had been so for an hour; what Go has only just written is Go's. */
function age(path: string): void {
  if (!existsSync(path)) return;
  const then = new Date(Date.now() - 3_600_000);
  utimesSync(path, then, then);
}

/** The few that matter: packages that everything is linked with. Compiling all anew would take a minute. */
function largestOf(paths: readonly string[]): string[] {
  return [...paths].sort((a, b) => statSync(b).size - statSync(a).size).slice(0, 2);
}

const PATCH =
  'diff --git a/added.txt b/added.txt\nnew file mode 100644\n--- /dev/null\n+++ b/added.txt\n@@ -0,0 +1 @@\n+x\n';

const PATCHES: readonly FaultCase[] = DAMAGES.filter(({ name }) => /bit|folder|itself|read/.test(name)).map(
  ({ name, apply, prefix = [] }) => ({
    name: `a kept patch ${name}`,
    code: 0,
    fault: async (site) => {
      const sha256 = sha256Hex(PATCH);
      writeFiles(site.store, { [`patches/${sha256}.patch`]: PATCH });
      apply(join(site.store, 'patches', `${sha256}.patch`));
      const files = await serveHttp((_request, response) => response.end(PATCH));
      const { url, ca } = await startStoreProxy(files.url, { tls: site.folder });
      const file = join(writeFiles(site.folder, { 'added.patch': PATCH }), 'added.patch');
      const args = site.with({ patches: `${url}/added.patch#sha256=${sha256}` });
      return { args, env: { NODE_EXTRA_CA_CERTS: ca }, prefix, next: site.with({ patches: file }) };
    },
  }),
);

const BLOBS: readonly FaultCase[] = DAMAGES.filter(({ name }) => /middle|bit|folder|nowhere|read/.test(name)).map(
  ({ name, apply, prefix = [] }) => ({
    name: `each kept blob of a base ${name}`,
    code: 0,
    fault: async (site) => {
      const { url, host } = await startSecureRegistry(join(site.folder, 'registry'));
      await plainPush(url, 'team/base', '1', site.layout);
      const args = site.with({ 'tls-verify': 'false', 'base-image': `${host}/team/base:1` });
      const first = await startCommandLine(site, args).ended;
      expect(first.code, first.stderr).toBe(0);
      for (const path of filesOf(site, 'blobs', '')) apply(path);
      return { args, prefix, next: [...args, '--no-cache'].filter((arg) => arg !== '--cache=true') };
    },
  }),
);

/** An answer of the checksum database that an earlier run has kept; without it the release is not known. */
const FACTS: readonly FaultCase[] = DAMAGES.filter(({ name }) => /empty|bit|folder|itself/.test(name)).map(
  ({ name, apply }) => ({
    name: `a kept fact ${name}`,
    code: 1,
    says: [/1\.11\.99/, /connection refused/],
    fault: (site): Attempt => {
      const body = JSON.stringify({ sum: `h1:${'A'.repeat(43)}=`, time: 1_710_000_000 });
      writeFiles(site.store, { 'facts/upstream-1.11.99.json': `${sha256Hex(body)}\n${body}` });
      apply(join(site.store, 'facts', 'upstream-1.11.99.json'));
      const env = { GOPROXY: 'http://127.0.0.1:1', GONOSUMDB: '*', GOMODCACHE: join(site.folder, 'modules') };
      return { args: site.with({ source: 'module', 'pushgateway-version': '1.11.99' }), env };
    },
  }),
);

const WHOLE: readonly FaultCase[] = [
  {
    name: 'folders of the store are files',
    code: 0,
    fault: (site) => {
      for (const path of ['binaries', 'layers'].map((name) => join(site.store, name))) {
        rmSync(path, { recursive: true });
        writeFileSync(path, 'a file');
      }
      return {};
    },
  },
  {
    name: 'the store belongs to somebody else',
    code: 0,
    fault: (site) => {
      if (process.getuid?.() !== 0) throw new Error('giving files to another user takes root');
      for (const path of [site.store, ...filesOf(site, '.', '')]) chownSync(path, 65534, 65534);
      return {};
    },
  },
  {
    name: 'the store is of tomorrow, and of long ago',
    code: 0,
    fault: (site) => {
      for (const path of filesOf(site, '.', '')) {
        const year = path.includes('layers') ? 2090 : 1971;
        utimesSync(path, new Date(`${year}-01-01`), new Date(`${year}-01-01`));
        utimesSync(dirname(path), new Date(`${year}-01-01`), new Date(`${year}-01-01`));
      }
      return {};
    },
  },
];

describe('results of earlier runs', () => tryAll(RESULTS, () => ground));
describe("Go's cache", () => tryAll(GO_CACHE, () => ground));
describe('kept patches', () => tryAll(PATCHES, () => ground));
describe('kept blobs', () => tryAll(BLOBS, () => ground));
describe('kept facts', () => tryAll(FACTS, () => ground));
describe('the store as a whole', () => tryAll(WHOLE, () => ground));
