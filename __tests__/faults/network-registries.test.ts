import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished } from 'vitest';
import { ExitCode } from '../../src/base/errors.js';
import { type FaultProxy, type ProxyOptions, type Rule, startFaultProxy } from '../support/fault-proxy.js';
import {
  changedAnswer,
  lie,
  page,
  reset,
  resetAfter,
  status,
  truncatedAnswer,
  wrongDigest,
} from '../support/faults.js';
import { plainPush } from '../support/plain-push.js';
import { startSecureRegistry } from '../support/registry.js';
import { type Attempt, type FaultCase, SECRETS, tryAll } from './case.js';
import { type Flags, type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const PLAIN = { 'tls-verify': 'false', retries: '0' };
const ONCE = { times: 1 } as const;
const { failed, badInput } = ExitCode;

/** A registry that has the small image as `team/base:1`, behind a proxy on which things go wrong. */
async function registryBehind(site: Site, options: ProxyOptions) {
  const registry = await startSecureRegistry(join(site.folder, 'registry'));
  await plainPush(registry.url, 'team/base', '1', site.layout);
  const proxy = await startFaultProxy(registry.url, options);
  onTestFinished(() => proxy.close());
  return proxy;
}

/** A build on that image; afterwards the same, in peace. */
async function basedOn(site: Site, rule: Rule, retries = '0'): Promise<Attempt> {
  const proxy = await registryBehind(site, { rules: [rule] });
  const args = site.with({ ...PLAIN, retries, 'base-image': `${proxy.host}/team/base:1` });
  return { args, next: args, mend: () => proxy.mend(), check: () => expectSpoiled(proxy) };
}

/** Something has gone wrong, as the case wants it. */
function expectSpoiled({ seen }: FaultProxy): void {
  expect(seen.filter((request) => request.endsWith('!'))).not.toEqual([]);
}

const on = (site: Site, image: string, flags: Flags = PLAIN): Attempt => ({
  args: site.with({ ...flags, 'base-image': image }),
});

const BASES: readonly FaultCase[] = [
  {
    name: 'a base on a registry that does not exist',
    code: failed,
    says: [/registry\.invalid\/base:1/],
    fault: (site) => on(site, 'registry.invalid/base:1'),
  },
  {
    name: 'a base on a registry where nobody listens',
    code: failed,
    says: [/127\.0\.0\.1:1/, /the connection to \S+ failed/],
    fault: (site) => on(site, '127.0.0.1:1/base:1'),
  },
  {
    name: 'a base that is not there',
    code: badInput,
    says: [/^error: base-image: .*team\/other:1/m],
    fault: async (site) => on(site, `${(await registryBehind(site, { rules: [] })).host}/team/other:1`),
  },
  {
    name: 'a base on a registry with a certificate that nobody trusts',
    code: failed,
    says: [/certificate/, /tls-verify|certificate authority/],
    fault: async (site) => {
      const { host } = await startSecureRegistry(join(site.folder, 'registry'), { tls: true });
      return on(site, `${host}/team/base:1`, { retries: '0' });
    },
  },
  {
    name: 'a base on a registry that speaks no https',
    code: failed,
    says: [/http/, /tls-verify/],
    fault: async (site) =>
      on(site, `${(await registryBehind(site, { rules: [] })).host}/team/base:1`, { retries: '0' }),
  },
  {
    name: 'a base whose registry fails once',
    code: 0,
    fault: (site) => basedOn(site, { on: 'ping', fault: status(503), ...ONCE }, '1'),
  },
  {
    name: 'a base whose layers end in the middle, once',
    code: 0,
    fault: (site) => basedOn(site, { on: 'blob-get', fault: truncatedAnswer, ...ONCE }, '1'),
  },
  {
    name: 'a base whose layers are others than the manifest says',
    code: failed,
    says: [/team\/base/],
    fault: (site) => basedOn(site, { on: 'blob-get', fault: changedAnswer }),
  },
  {
    name: 'a base whose registry shows a page of a portal',
    code: badInput,
    says: [/^error: base-image: .*team\/base:1: it is not JSON/m],
    fault: (site) => basedOn(site, { on: ['tag-read', 'manifest-read'], fault: page(200, 'Welcome to the hotel') }),
  },
  {
    name: 'a base by its digest from a registry that gives another image',
    code: failed,
    says: [/team\/base@sha256:/],
    fault: async (site) => {
      const proxy = await registryBehind(site, { rules: [{ on: 'manifest-read', fault: changedAnswer }] });
      return on(site, `${proxy.host}/team/base@${site.digest}`);
    },
  },
];

/** A build that pushes; afterwards the same, in peace. */
async function pushing(site: Site, options: ProxyOptions, retries = '0'): Promise<Attempt> {
  const proxy = await registryBehind(site, options);
  const flags = { ...PLAIN, retries, push: 'true', image: `${proxy.host}/team/image`, tags: 'v1' };
  const args = site.with(flags);
  return { args, next: args, mend: () => proxy.mend(), check: () => expectSpoiled(proxy) };
}

const PUSHES: readonly FaultCase[] = [
  {
    name: 'a push to a registry where nobody listens',
    code: failed,
    keepsResult: true,
    says: [/127\.0\.0\.1:1/],
    fault: (site) => ({ args: site.with({ ...PLAIN, push: 'true', image: '127.0.0.1:1/team/image' }) }),
  },
  {
    name: 'a push whose upload is cut once',
    code: 0,
    fault: (site) => pushing(site, { rules: [{ on: 'upload-data', fault: resetAfter(1000), ...ONCE }] }, '2'),
  },
  {
    name: 'a push to a registry that is in trouble once',
    code: 0,
    fault: (site) => pushing(site, { rules: [{ on: 'tag-write', fault: status(503), ...ONCE }] }, '2'),
  },
  {
    name: 'a push whose uploads are cut for good',
    code: failed,
    keepsResult: true,
    says: [/the connection to \S+ failed/],
    fault: (site) => pushing(site, { rules: [{ on: 'upload-data', fault: reset }] }),
  },
  {
    name: 'a push that the registry says it has taken, and has not',
    code: failed,
    keepsResult: true,
    says: [/team\/image:v1/],
    fault: (site) => pushing(site, { rules: [{ on: 'tag-write', fault: lie }] }),
  },
  {
    name: 'a push after which the registry names another digest',
    code: 0,
    fault: (site) => pushing(site, { rules: [{ on: 'tag-write', fault: wrongDigest, ...ONCE }] }, '1'),
  },
  {
    name: 'a push with a password that is refused, and is not shown',
    code: failed,
    says: [/refuses the login of robot/, /registry-password/],
    fault: async (site) => {
      const registry = await startSecureRegistry(join(site.folder, 'registry'), { users: { robot: 'another' } });
      const to = { push: 'true', image: `${registry.host}/team/image`, 'registry-username': 'robot' };
      return { args: site.with({ ...PLAIN, ...to }), env: { REGISTRY_PASSWORD: SECRETS[0] } };
    },
  },
];

const READS: readonly FaultCase[] = [
  {
    name: 'a published image on a registry where nobody listens',
    code: failed,
    says: [/127\.0\.0\.1:1\/image:1/],
    fault: (site) => ({ args: site.with({ ...PLAIN, 'published-image': '127.0.0.1:1/image:1' }) }),
  },
  {
    name: 'a published image whose registry resets connections once',
    code: 0,
    fault: async (site) => {
      const proxy = await registryBehind(site, { rules: [{ on: 'tag-read', fault: reset, ...ONCE }] });
      const flags = { ...PLAIN, retries: '1', 'published-image': `${proxy.host}/team/base:1` };
      return { args: site.with(flags), check: () => expectSpoiled(proxy) };
    },
  },
  {
    name: 'diff with an image on a registry where nobody listens',
    code: failed,
    says: [/127\.0\.0\.1:1\/image:1/],
    fault: (site) => ({
      args: ['diff', `oci:${site.layout}`, '127.0.0.1:1/image:1', '--retries=0', '--tls-verify=false'],
    }),
  },
  {
    name: 'diff with an image whose blobs are damaged on the way, once',
    code: 0,
    fault: async (site) => {
      const proxy = await registryBehind(site, { rules: [{ on: 'blob-get', fault: truncatedAnswer, ...ONCE }] });
      const args = ['diff', `oci:${site.layout}`, `${proxy.host}/team/base:1`, '--retries=1', '--tls-verify=false'];
      return { args, check: () => expectSpoiled(proxy) };
    },
  },
  {
    name: 'verify of an image on a registry where nobody listens',
    code: failed,
    says: [/127\.0\.0\.1:1\/image:1/],
    fault: (site) => reported(site, ['verify', '127.0.0.1:1/image:1', '--retries=0', '--tls-verify=false']),
  },
  {
    name: 'verify of an image on a registry that fails',
    code: failed,
    says: [/team\/base:1/],
    fault: async (site) => {
      const proxy = await registryBehind(site, { rules: [{ on: 'any', fault: status(500) }] });
      return reported(site, ['verify', `${proxy.host}/team/base:1`, '--retries=0', '--tls-verify=false']);
    },
  },
];

/** A verification has a report whatever comes of it. */
function reported(site: Site, args: readonly string[]): Attempt {
  const folder = join(site.folder, 'report');
  return { args: [...args, '--report-dir', folder], mend: () => rmSync(folder, { recursive: true, force: true }) };
}

describe('base images', () => tryAll(BASES, () => ground));
describe('pushes', () => tryAll(PUSHES, () => ground));
describe('images that are read', () => tryAll(READS, () => ground));
