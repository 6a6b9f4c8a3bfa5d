import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect } from 'vitest';
import { ExitCode } from '../../src/base/errors.js';
import { startStore, type TestStore } from '../support/buckets.js';
import {
  changedAnswer,
  type Fault,
  lostAnswer,
  page,
  reset,
  resetAfter,
  status,
  truncatedAnswer,
} from '../support/faults.js';
import { keysIn, mustPublish } from '../support/published.js';
import { startStoreProxy } from '../support/store-proxy.js';
import { type Attempt, type FaultCase, tryAll } from './case.js';
import { type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const { failed } = ExitCode;

/** Which request goes wrong, and how. */
type Plan = (method: string, count: number) => Fault | undefined;

interface Scene {
  readonly store: TestStore;
  /** `container push …`, without the destination. */
  readonly command: readonly string[];
  /** Whether the bucket has what the command works on. */
  readonly isFilled?: boolean;
}

/** A command on a bucket behind a proxy; afterwards the same, straight to it. */
async function through(
  { store, command, isFilled = true }: Scene,
  site: Site,
  plan: Plan,
  retries = 0,
): Promise<Attempt> {
  if (isFilled) await fill(store, command[0] ?? '', site);
  let count = 0;
  const proxy = await startStoreProxy(store.url, { fault: ({ method = '' }) => plan(method, count++) });
  const [straight, led] = [store.destination(), store.destination().replace(store.url, proxy.url)];
  const before = isFilled ? await keysIn(store) : [];
  return {
    args: [...command, `--retries=${retries}`, led],
    env: store.env,
    // What is removed already cannot be removed again.
    next: [...(command[1] === 'rm' && retries > 1 ? [command[0] ?? '', 'ls'] : command), straight],
    nextEnv: store.env,
    check: async ({ code }) => {
      expect(proxy.seen.filter((line) => line.endsWith('!'))).not.toEqual([]);
      if (code !== 0 && command[1] === 'ls') expect(await keysIn(store)).toEqual(before);
    },
  };
}

/** Two tags of what the command is about. */
async function fill(store: TestStore, command: string, site: Site): Promise<void> {
  const [name, path] = command === 'static' ? ['files', staticFiles(site)] : ['app', site.layout];
  for (const tag of ['1', '2'])
    await mustPublish(store, command, 'push', '-t', `${name}:${tag}`, path, store.destination());
}

/** What a build leaves in its folder `bin`. */
function staticFiles(site: Site): string {
  const folder = join(site.folder, 'files');
  mkdirSync(folder, { recursive: true });
  cpSync(join(site.layout, '..', 'bin'), folder, { recursive: true, dereference: true });
  return folder;
}

const always =
  (fault: Fault): Plan =>
  () =>
    fault;
const first =
  (fault: Fault): Plan =>
  (_method, count) =>
    count === 0 ? fault : undefined;
const eachThird =
  (fault: Fault): Plan =>
  (_method, count) =>
    count % 3 === 1 ? fault : undefined;
const writes =
  (fault: Fault): Plan =>
  (method) =>
    method === 'PUT' ? fault : undefined;

const COMMANDS: readonly [string, (site: Site) => string[]][] = [
  ['container push', ({ layout }) => ['container', 'push', '-t', 'app:3', layout]],
  ['container ls', () => ['container', 'ls']],
  ['container rm', () => ['container', 'rm', '-t', 'app:1']],
  ['container gc', () => ['container', 'gc', '--keep', '1', 'app']],
  ['static push', (site) => ['static', 'push', '-t', 'files:3', staticFiles(site)]],
  ['static ls', () => ['static', 'ls']],
  ['static rm', () => ['static', 'rm', '-t', 'files:1']],
  ['static gc', () => ['static', 'gc', '--keep', '1', 'files']],
];

const NOT_THERE: readonly FaultCase[] = COMMANDS.map(([name, command]) => ({
  name: `${name} where nobody listens`,
  code: failed,
  says: [/127\.0\.0\.1:1\b/],
  fault: (site) => ({
    args: [
      ...command(site),
      '--retries=0',
      's3://downloads?endpoint=http://127.0.0.1:1&region=x&s3ForcePathStyle=true',
    ],
    env: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'Hush+hush/hush0hush1hush2hush3hush4hush5' },
  }),
}));

/** Each command with faults of each kind in turn: in passing, and for good. */
const KINDS: readonly [string, Plan, number, FaultCase['code'], RegExp[]][] = [
  ['503 at first', first(status(503)), 2, 0, []],
  ['a reset at each third request', eachThird(reset), 4, 0, []],
  ['answers that get lost', eachThird(lostAnswer), 4, 0, []],
  ['403 for good', always(status(403)), 1, failed, [/AccessDenied|refuses|permission|403/]],
  ['429 for good', always(status(429)), 0, failed, [/429|too many|Too Many|slow/i]],
  ['a page for good', always(page(502, 'Bad Gateway')), 0, failed, [/502|Bad Gateway|error of its own/]],
  ['an answer that ends in the middle, for good', always(truncatedAnswer), 0, failed, [/127\.0\.0\.1/]],
];

const SPOILED: readonly FaultCase[] = KINDS.flatMap(([kind, plan, retries, code, says], position) =>
  // Not all with all: each fault meets two commands.
  COMMANDS.filter((_, index) => index % 4 === position % 4).map(([name, command]) => ({
    name: `${name} with ${kind}`,
    code,
    says,
    fault: async (site: Site) => {
      const store = await startStore('moto', join(site.folder, 'bucket'));
      return through({ store, command: command(site) }, site, plan, retries);
    },
  })),
);

const ONE_BY_ONE: readonly FaultCase[] = [
  {
    name: 'container push whose uploads are cut for good',
    code: failed,
    says: [/Could not /],
    fault: async (site) => {
      const store = await startStore('versitygw', join(site.folder, 'bucket'));
      const command = ['container', 'push', '-t', 'app:3', site.layout];
      return through({ store, command, isFilled: false }, site, writes(resetAfter(100)));
    },
  },
  {
    name: 'container push with another secret, which is not shown',
    code: failed,
    says: [/AWS_SECRET_ACCESS_KEY/],
    fault: async (site) => {
      const store = await startStore('versitygw', join(site.folder, 'bucket'));
      const args = ['container', 'push', '-t', 'app:3', site.layout, '--retries=0', store.destination()];
      return { args, env: { ...store.env, AWS_SECRET_ACCESS_KEY: 'canary-4mQ8z' }, next: args, nextEnv: store.env };
    },
  },
  {
    name: 'container ls of a bucket whose list of tags is damaged on the way',
    code: failed,
    says: [/Could not|damaged|is no/],
    fault: async (site) => {
      const store = await startStore('moto', join(site.folder, 'bucket'));
      const command = ['container', 'ls', 'app'];
      return through({ store, command }, site, always(changedAnswer));
    },
  },
  {
    name: 'container push to a bucket whose list of tags is no JSON',
    code: failed,
    says: [/v2\/app\/tags\/list/],
    fault: async (site) => {
      const store = await startStore('moto', join(site.folder, 'bucket'));
      const put = (Body: string) =>
        store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'v2/app/tags/list', Body }));
      await put('{"name": "app", "tags": [');
      const args = ['container', 'push', '-t', 'app:3', site.layout, store.destination()];
      return { args, env: store.env, next: args, nextEnv: store.env, mend: () => put('{"name":"app","tags":[]}') };
    },
  },
];

describe('a store that is not there', () => tryAll(NOT_THERE, () => ground));
describe('a store in trouble', () => tryAll(SPOILED, () => ground));
describe('one by one', () => tryAll(ONE_BY_ONE, () => ground));
