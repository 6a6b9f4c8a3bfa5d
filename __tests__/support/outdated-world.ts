import { join } from 'node:path';
import { sha256Hex } from '../../src/base/hash.js';
import { hash1 } from '../../src/source/module-hash.js';
import { type Loopback, serveHttp } from './loopback.js';
import { makeZip } from './module-zip.js';
import { mustExec } from './program.js';
import { type TestVulnerability, vulnerabilityDatabase } from './vulnerability-db.js';

export const UPSTREAM = 'github.com/prometheus/pushgateway';

/** One version of a module. */
export interface TestModule {
  readonly path: string;
  /** `v1.0.0`. */
  readonly version: string;
  /** Module → version. */
  readonly requires?: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** The go line of its go.mod. */
  readonly go?: string;
  /** Versions that its go.mod takes back; that of the newest release counts. */
  readonly retracts?: readonly string[];
}

/** What the world around a run says; a test changes it as it goes. */
export interface OutdatedWorld {
  readonly server: Loopback;
  /** All modules that there are. */
  modules: readonly TestModule[];
  vulnerabilities: readonly TestVulnerability[];
  /** Stable releases of Go, as the download site lists them. */
  go: readonly string[];
  /** What the database answers instead of its index; a broken one. */
  brokenIndex: Buffer | undefined;
  /** Environment of the program. */
  readonly env: Record<string, string>;
}

/**
 * A module proxy, a download site of Go and a vulnerability database on loopback. What they do not have comes from the
 * machine's own module proxies: the scanner, and toolchains.
 */
export async function startWorld(): Promise<OutdatedWorld> {
  const cache = (await mustExec('go', ['env', 'GOMODCACHE'])).trim();
  const proxies = (await mustExec('go', ['env', 'GOPROXY'])).trim();
  const server = await serveHttp((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const answer = answerTo(world, decodeURIComponent(pathname));
    response.writeHead(answer === undefined ? 404 : 200);
    response.end(request.method === 'HEAD' ? undefined : answer);
  });
  const world: OutdatedWorld = {
    ...{ server, modules: [], vulnerabilities: [], go: [], brokenIndex: undefined },
    env: {
      GOPROXY: `${server.url}/modules,file://${join(cache, 'cache', 'download')},${proxies}`,
      GONOSUMDB: `example.com,${UPSTREAM}`,
      GO_DOWNLOAD_BASE_URL: `${server.url}/dl`,
      GOVULNDB: `${server.url}/db`,
    },
  };
  return world;
}

function answerTo(world: OutdatedWorld, path: string): string | Buffer | undefined {
  if (path === '/dl/') {
    if (world.go.length === 0) return undefined;
    return JSON.stringify(world.go.map((version) => ({ version: `go${version}`, stable: true, files: [] })));
  }
  if (path.startsWith('/db/')) {
    if (path === '/db/index/modules.json.gz' && world.brokenIndex) return world.brokenIndex;
    return vulnerabilityDatabase(world.vulnerabilities).get(path.slice('/db/'.length));
  }
  const [, module, file = ''] = /^\/modules\/(.*)\/@v\/(.*)$/.exec(path) ?? [];
  const versions = world.modules.filter((each) => each.path === module);
  if (file === 'list')
    return versions.length === 0 ? undefined : versions.map(({ version }) => `${version}\n`).join('');
  const found = versions.find(({ version }) => file.startsWith(`${version}.`));
  return found && fileOf(found, file.slice(found.version.length + 1), world.modules);
}

function fileOf(module: TestModule, kind: string, all: readonly TestModule[]): string | Buffer | undefined {
  if (kind === 'info') return JSON.stringify({ Version: module.version, Time: '2026-01-02T03:04:05Z' });
  if (kind === 'mod') return goMod(module);
  return kind === 'zip' ? makeZip(Object.entries(zipped(module, all))) : undefined;
}

function goMod({ path, requires = {}, go = '1.25.0', retracts = [] }: TestModule): string {
  const required = Object.entries(requires).map(([name, version]) => `require ${name} ${version}\n`);
  const lines = [...required, ...retracts.map((version) => `retract ${version}\n`)];
  return `module ${path}\n\ngo ${go}\n\n${lines.join('')}`;
}

/** The files of the module's zip, with a go.sum of everything that it may lead to. */
function zipped(module: TestModule, all: readonly TestModule[]): Record<string, string> {
  const others = module.path === UPSTREAM ? all.filter(({ path }) => path !== UPSTREAM) : [];
  const sums = others.flatMap((other) => {
    const zip = Object.entries(zipped(other, all)).map(([name, text]) => [name, sha256Hex(text)] as const);
    const mod = hash1(new Map([['go.mod', sha256Hex(goMod(other))]]));
    return [`${other.path} ${other.version} ${hash1(new Map(zip))}`, `${other.path} ${other.version}/go.mod ${mod}`];
  });
  const files = { 'go.mod': goMod(module), LICENSE: 'a licence\n', ...module.files };
  const whole = others.length === 0 ? files : { ...files, 'go.sum': `${sums.join('\n')}\n` };
  const prefix = `${module.path}@${module.version}/`;
  return Object.fromEntries(Object.entries(whole).map(([name, text]) => [prefix + name, text]));
}
