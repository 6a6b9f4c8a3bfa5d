import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { archiveName, currentHost } from '../../src/toolchain/host.js';
import { changedAnswer, type Fault, page, reset, resetAfter, status, truncatedAnswer } from '../support/faults.js';
import { serveHttp } from '../support/loopback.js';
import { serveGit } from '../support/repository.js';
import { startStoreProxy } from '../support/store-proxy.js';
import { type Attempt, type FaultCase, tryAll } from './case.js';
import { expiredSite } from './expired-site.js';
import { type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const PATCH =
  'diff --git a/added.txt b/added.txt\nnew file mode 100644\n--- /dev/null\n+++ b/added.txt\n@@ -0,0 +1 @@\n+x\n';

const once = (fault: Fault) => (count: number) => (count === 0 ? fault : undefined);
const always = (fault: Fault) => () => fault;

/** The patch from an address, and afterwards, in peace, from a file of the same name. */
function withPatch(site: Site, url: string, env: Record<string, string> = {}): Attempt {
  const file = join(site.folder, 'added.patch');
  writeFileSync(file, PATCH);
  const args = site.with({ patches: `${url}#sha256=${sha256Hex(PATCH)}` });
  return { args, env, next: site.with({ patches: file }) };
}

/** The patch from a site on which something goes wrong. */
async function patchFrom(site: Site, fault: (count: number) => Fault | undefined): Promise<Attempt> {
  const files = await serveHttp((_request, response) => response.end(PATCH));
  const proxy = await startStoreProxy(files.url, { tls: site.folder, fault: (_request, count) => fault(count) });
  return withPatch(site, `${proxy.url}/added.patch`, { NODE_EXTRA_CA_CERTS: proxy.ca });
}

const PATCHES: readonly FaultCase[] = [
  {
    name: 'a patch from a host that does not exist',
    code: 1,
    says: [/https:\/\/patches\.invalid\/added\.patch/, /ENOTFOUND|EAI_AGAIN/],
    fault: (site) => withPatch(site, 'https://patches.invalid/added.patch'),
  },
  {
    name: 'a patch from a port where nobody listens',
    code: 1,
    says: [/https:\/\/127\.0\.0\.1:1\/added\.patch/, /ECONNREFUSED/, /3 tries/],
    fault: (site) => withPatch(site, 'https://127.0.0.1:1/added.patch'),
  },
  {
    name: 'a patch whose connection is reset once',
    code: 0,
    fault: (site) => patchFrom(site, once(reset)),
  },
  {
    name: 'a patch that ends in its middle, once',
    code: 0,
    fault: (site) => patchFrom(site, once(truncatedAnswer)),
  },
  {
    name: 'a patch whose site has too many requests, once',
    code: 0,
    fault: (site) => patchFrom(site, once(status(429))),
  },
  {
    name: 'a patch whose site answers 503 for good',
    code: 1,
    says: [/added\.patch answers 503/, /3 tries/],
    fault: (site) => patchFrom(site, always(status(503))),
  },
  {
    name: 'a patch that is gone',
    code: 2,
    says: [/^error: patches: .*answers 404/m],
    fault: (site) => patchFrom(site, always(status(404, ['', '']))),
  },
  {
    name: 'a patch with another byte',
    code: 2,
    says: [/^error: patches: .* has the SHA-256 [0-9a-f]{64}, but [0-9a-f]{64} was asked for; nothing of it is used/m],
    fault: (site) => patchFrom(site, always(changedAnswer)),
  },
  {
    name: 'a patch from a site with a certificate that nobody trusts',
    code: 1,
    says: [/self-signed certificate/, /NODE_EXTRA_CA_CERTS/],
    fault: async (site) => ({ ...(await patchFrom(site, () => undefined)), env: { NODE_EXTRA_CA_CERTS: '' } }),
  },
  {
    name: 'a patch from a site with an expired certificate',
    code: 1,
    says: [/certificate has expired/],
    fault: async (site) => {
      const { url, ca } = await expiredSite(site.folder, PATCH);
      return withPatch(site, `${url}/added.patch`, { NODE_EXTRA_CA_CERTS: ca });
    },
  },
];

/** The small repository from a server on which something goes wrong; git's cache is nobody's, so it is asked each time. */
async function sourceFrom(site: Site, fault: (count: number) => Fault | undefined): Promise<Attempt> {
  const { base } = await serveGit(join(ground.repository, '..'));
  const proxy = await startStoreProxy(base, { fault: (_request, count) => fault(count) });
  const commit = site.source.split('#')[1];
  return { args: site.with({ source: `${proxy.url}/repository/.git#${commit}` }) };
}

const REPOSITORIES: readonly FaultCase[] = [
  {
    name: 'a repository on a host that does not exist',
    code: 1,
    says: [/Could not fetch [0-9a-f]{40} from https:\/\/git\.invalid\/x/, /Could not resolve host/],
    fault: (site) => ({ args: site.with({ source: `https://git.invalid/x#${site.source.split('#')[1]}` }) }),
  },
  {
    name: 'a repository where nobody listens',
    code: 1,
    says: [/Could not fetch/, /Failed to connect|Connection refused/i],
    fault: (site) => ({ args: site.with({ source: `https://127.0.0.1:1/x#${site.source.split('#')[1]}` }) }),
  },
  {
    name: 'a repository whose connection is reset',
    code: 1,
    says: [/Could not fetch .*Check the network/],
    fault: (site) => sourceFrom(site, always(reset)),
  },
  {
    name: 'a repository that shows a page of a portal',
    code: 1,
    says: [/Could not fetch/],
    fault: (site) => sourceFrom(site, always(page(502, 'Bad Gateway'))),
  },
  {
    name: 'a repository whose pack ends in its middle',
    code: 1,
    says: [/Could not fetch/],
    fault: (site) => sourceFrom(site, (count) => (count === 0 ? undefined : truncatedAnswer)),
  },
  {
    name: 'a repository whose pack has another byte',
    code: 1,
    says: [/Could not fetch/],
    fault: (site) => sourceFrom(site, (count) => (count === 0 ? undefined : changedAnswer)),
  },
  {
    name: 'a repository without the commit',
    code: 2,
    says: [/^error: source: .*has no commit 0{40}/m],
    fault: (site) => ({ args: site.with({ source: `${ground.repository}#${'0'.repeat(40)}` }) }),
  },
];

/** A release that no committed sum is known of, so that Go asks the proxy; it asks no checksum database for it. */
const RELEASE = { source: 'module', 'pushgateway-version': '1.11.99' };

async function moduleFrom(site: Site, fault: Fault): Promise<Attempt> {
  const proxy = await startStoreProxy('http://127.0.0.1:1', { fault: () => fault });
  return moduleAt(site, proxy.url);
}

function moduleAt(site: Site, url: string): Attempt {
  const env = { GOPROXY: url, GONOSUMDB: '*', GOFLAGS: '-modcacherw', GOMODCACHE: join(site.folder, 'modules') };
  return { args: site.with(RELEASE), env };
}

const MODULES: readonly FaultCase[] = [
  {
    name: 'a module proxy that does not exist',
    code: 1,
    says: [/1\.11\.99/, /proxy\.invalid/],
    fault: (site) => moduleAt(site, 'https://proxy.invalid'),
  },
  {
    name: 'a module proxy where nobody listens',
    code: 1,
    says: [/1\.11\.99/, /connection refused/],
    fault: (site) => moduleAt(site, 'http://127.0.0.1:1'),
  },
  {
    name: 'a module proxy that fails',
    code: 1,
    says: [/1\.11\.99/, /50[03]/],
    fault: (site) => moduleFrom(site, status(503)),
  },
  {
    name: 'a module proxy that does not have the release',
    code: 2,
    says: [/^error: pushgateway-version: .*1\.11\.99/m],
    fault: (site) => moduleFrom(site, status(404, ['', ''])),
  },
  {
    name: 'a module proxy that answers with a page',
    code: 1,
    says: [/1\.11\.99/],
    fault: (site) => moduleFrom(site, page(200, 'Welcome to the hotel')),
  },
];

/** Go 1.26.7 from a download site, where no Go on this machine may fetch it as a module. */
async function goFrom(site: Site, fault: Fault): Promise<Attempt> {
  const proxy = await startStoreProxy('http://127.0.0.1:1', { fault: () => fault });
  const env = { GO_DOWNLOAD_BASE_URL: proxy.url, GOPROXY: 'off' };
  return { args: site.with({ 'go-version': '1.26.7' }), env };
}

const TOOLCHAINS: readonly FaultCase[] = [
  {
    name: 'a download site of Go that is not there',
    code: 1,
    says: [/No way to the official Go 1\.26\.7/, /ECONNREFUSED/, /HTTPS_PROXY, GO_DOWNLOAD_BASE_URL and GOPROXY/],
    fault: (site) => ({
      args: site.with({ 'go-version': '1.26.7' }),
      env: { GO_DOWNLOAD_BASE_URL: 'http://127.0.0.1:1', GOPROXY: 'off' },
    }),
  },
  {
    name: 'a download site of Go that answers with a page',
    code: 1,
    says: [/No way to the official Go 1\.26\.7/],
    fault: (site) => goFrom(site, page(200, 'Welcome to the hotel')),
  },
  {
    name: 'a download site of Go whose connections are reset',
    code: 1,
    says: [/No way to the official Go 1\.26\.7/],
    fault: (site) => goFrom(site, resetAfter(1)),
  },
  {
    name: 'a download site of Go with another archive than the published sum is of',
    code: 1,
    says: [/No way to the official Go 1\.26\.7/, /has the sha256 [0-9a-f]{64}, expected [0-9a-f]{64}; it was not used/],
    fault: async (site) => {
      const filename = archiveName('1.26.7', currentHost());
      const list = JSON.stringify([{ version: 'go1.26.7', files: [{ filename, sha256: '0'.repeat(64) }] }]);
      const server = await serveHttp((request, response) =>
        response.end(request.url?.includes('mode=json') ? list : 'another archive'),
      );
      const env = { GO_DOWNLOAD_BASE_URL: server.url, GOPROXY: 'off' };
      return { args: site.with({ 'go-version': '1.26.7' }), env };
    },
  },
];

describe('patches by address', () => tryAll(PATCHES, () => ground));
describe('repositories by address', () => tryAll(REPOSITORIES, () => ground));
describe('modules', () => tryAll(MODULES, () => ground));
describe('Go', () => tryAll(TOOLCHAINS, () => ground));
