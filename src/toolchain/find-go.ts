import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '../base/download.js';
import { CancelledError, InputError, RunError, systemCode } from '../base/errors.js';
import type { Log } from '../base/log.js';
import { DEFAULT_GO } from '../source/releases.js';
import { downloadGoArchive, OFFICIAL_DOWNLOADS } from './go-archive.js';
import { withGoEnvFile } from './go-env.js';
import { KNOWN_GO_RELEASES, type KnownGoReleases } from './go-releases.js';
import { GoSearch, goBinaryOf, NoLocalGoError, reasonOf } from './go-search.js';
import type { GoTree } from './goroot-hash.js';
import { currentHost, type GoHost, hostName } from './host.js';
import { askGo } from './local-go.js';
import type { ToolCache } from './tool-cache.js';
import { NoSuchModuleError, readToolchainModule } from './toolchain-module.js';
import { unpackGoArchive } from './unpack.js';

/** A Go that is the official one, by every file that decides what it compiles. */
export interface GoToolchain {
  /** `1.26.8` */
  readonly version: string;
  /** Absolute path. */
  readonly goroot: string;
  /** The go command in `goroot`. */
  readonly goBinary: string;
  readonly origin: 'tool-cache' | 'path' | 'archive' | 'toolchain-module';
  /** `h1:` hash over src, bin, pkg/tool and pkg/include; see `hashGoroot`. */
  readonly treeHash: string;
}

export interface FindGoOptions {
  /** An exact release without `go`, as `1.26.8`; its form was checked before. */
  readonly version: string;
  /** Default: the host of this process. */
  readonly host?: GoHost;
  readonly toolCache: ToolCache;
  /** The user's environment: PATH, GOPROXY, GOSUMDB, HOME, proxies. Only parts of it reach a Go. */
  readonly env: Readonly<Record<string, string>>;
  /** An existing private folder; what is made there is removed again. */
  readonly tempDir: string;
  /** Where archives come from; default https://go.dev/dl. A mirror changes no committed checksum. */
  readonly downloadBase?: string | undefined;
  /** Committed checksums; default the project's own. */
  readonly releases?: KnownGoReleases;
  /** Wait before a download is tried again, in milliseconds; see `DownloadOptions`. */
  readonly retryDelay?: number;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

type Found = { goroot: string; tree: GoTree };

/** The ways to a Go, in the order in which they are tried. */
const WAYS: { origin: GoToolchain['origin']; title: string; find: (search: GoSearch) => Promise<Found> }[] = [
  { origin: 'tool-cache', title: 'the tool cache', find: fromToolCache },
  { origin: 'path', title: 'PATH', find: fromPath },
  { origin: 'archive', title: 'the official archive', find: fromArchive },
  { origin: 'toolchain-module', title: 'the toolchain module', find: fromToolchainModule },
];

/**
 * Finds, or installs into the tool cache, the official Go of exactly that version: the tool cache, PATH, the official
 * archive (checked by its published sha256), the toolchain module (checked by the checksum database). A version string is
 * not a toolchain: what is found counts only if its files are those of the release. A Go that was changed is passed over
 * with a notice.
 * @throws InputError (`go-version`) where there is no such version
 * @throws RunError listing every way and why it failed
 * @throws CancelledError where the signal was aborted
 */
export async function findGo(options: FindGoOptions): Promise<GoToolchain> {
  const { version, log, signal } = options;
  const search = new GoSearch({
    ...options,
    host: options.host ?? currentHost(),
    downloadBase: options.downloadBase || OFFICIAL_DOWNLOADS,
    releases: options.releases ?? KNOWN_GO_RELEASES,
    env: await withGoEnvFile(options.env),
  });
  const failures = new Map<GoToolchain['origin'], unknown>();
  for (const { origin, title, find } of WAYS) {
    try {
      const { goroot, tree } = await find(search);
      const goBinary = await checkRuns(search, goroot);
      await search.report(tree);
      log.info(`Go ${version} from ${title}: ${goroot}`);
      return { version, goroot, goBinary, origin, treeHash: tree.hash };
    } catch (error) {
      if (signal?.aborted) throw new CancelledError();
      if (!isFailure(error)) throw error;
      failures.set(origin, error);
      log.debug(`Go ${version} is not to be had from ${title}: ${reasonOf(error)}`);
    }
  }
  await search.report();
  throw explain(search, failures);
}

/** A failure of the world, as opposed to a mistake in this program. */
function isFailure(error: unknown): boolean {
  return error instanceof RunError || (!(error instanceof InputError) && systemCode(error) !== undefined);
}

/** A Go whose files are right may still not run here: another libc, a disk mounted noexec. */
async function checkRuns(search: GoSearch, goroot: string): Promise<string> {
  const { version, host, env, tempDir, signal } = search.options;
  const binary = goBinaryOf(goroot, host.os);
  const go = await askGo(binary, env, tempDir, signal);
  if (go.version !== version) throw new RunError(`${binary} says that it is ${go.version}, not ${version}`);
  return binary;
}

async function fromToolCache(search: GoSearch): Promise<Found> {
  const { toolCache, version } = search.options;
  const goroot = await toolCache.find(version);
  if (goroot === undefined) throw new RunError(`it has no Go ${version}`);
  return { goroot, tree: await search.check(goroot) };
}

async function fromPath(search: GoSearch): Promise<Found> {
  const gos = await search.localGos();
  if (gos.length === 0) throw new RunError('there is no Go on it');
  const reasons: string[] = [];
  for (const { version, goroot, binary } of gos) {
    if (version !== search.options.version) {
      reasons.push(`${binary} is ${version}`);
      continue;
    }
    try {
      return { goroot, tree: await search.check(goroot) };
    } catch (error) {
      if (!isFailure(error)) throw error;
      reasons.push(reasonOf(error));
    }
  }
  throw new RunError(reasons.join('; '));
}

async function fromArchive(search: GoSearch): Promise<Found> {
  const { version, host, downloadBase: base, log, signal, retryDelay } = search.options;
  return await install(search, async (folder, goroot) => {
    const archive = join(folder, 'go.tar.gz');
    log.info(`Downloading Go ${version} from ${base}`);
    const sha256 = search.known?.archiveSha256;
    try {
      await downloadGoArchive({ version, host, base, sha256 }, archive, { log, signal, retryDelay });
    } catch (error) {
      // Worth a word even where the next way succeeds: somebody hands out another archive under that name.
      if (error instanceof RunError && / expected /.test(error.message)) log.warning(error.message);
      throw error;
    }
    await unpackGoArchive(archive, goroot, signal);
    await rm(archive);
    return await search.check(goroot, 'installed');
  });
}

async function fromToolchainModule(search: GoSearch): Promise<Found> {
  const module = await search.toolchainModule();
  return await install(search, async (_folder, goroot) => {
    const tree = await readToolchainModule(module, { target: goroot, signal: search.options.signal });
    const expected = search.known?.treeHash ?? tree.hash;
    if (tree.hash === expected) return tree;
    throw new RunError(`${module.zip} has the tree hash ${tree.hash}, expected ${expected}`);
  });
}

/**
 * Has `make` put a checked GOROOT together in a private folder, and keeps it in the tool cache. Whatever happens, the
 * private folder is removed.
 */
async function install(search: GoSearch, make: (folder: string, goroot: string) => Promise<GoTree>): Promise<Found> {
  const { toolCache, tempDir, version } = search.options;
  const folder = await mkdtemp(join((await toolCache.scratch?.()) ?? tempDir, 'go-'));
  try {
    const made = join(folder, 'goroot');
    const tree = await make(folder, made);
    const { ino, dev } = await stat(made);
    const goroot = await toolCache.keep(made, version);
    const kept = await stat(goroot);
    // The very folder that was checked, only moved; a copy, or what another run has put there, is checked again.
    if (kept.ino === ino && kept.dev === dev) return { goroot, tree };
    const again = await search.check(goroot, 'installed');
    if (again.hash !== tree.hash) throw new RunError(`the tool cache holds another Go ${version} in ${goroot}`);
    return { goroot, tree };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function explain(search: GoSearch, failures: ReadonlyMap<GoToolchain['origin'], unknown>): Error {
  const { version, host, downloadBase } = search.options;
  const archive = failures.get('archive');
  const module = failures.get('toolchain-module');
  if (archive instanceof InputError) return archive;
  if (search.known === undefined && doesNotExist(archive, module, downloadBase)) {
    return new InputError(
      `There is no Go ${version} for ${hostName(host)}: ${reasonOf(archive)}; ${reasonOf(module)}. ` +
        `Accepted is the exact version of a release, as ${DEFAULT_GO}; ${OFFICIAL_DOWNLOADS}/ lists them ` +
        '(from Go 1.21 on the first of a line ends in .0)',
      'go-version',
    );
  }
  const lines = WAYS.map(({ origin, title }) => `  ${title}: ${reasonOf(failures.get(origin))}`);
  return new RunError(
    `No way to the official Go ${version} for ${hostName(host)}:\n${lines.join('\n')}\n` +
      `Install Go ${version} from ${OFFICIAL_DOWNLOADS}/ and put its bin folder on PATH, or let this machine reach ` +
      'the download site or a Go module proxy (HTTPS_PROXY, GO_DOWNLOAD_BASE_URL and GOPROXY are heeded).',
  );
}

/** Whether those who would know say so: the official site, or one site and the module proxy. */
function doesNotExist(archive: unknown, module: unknown, base: string): boolean {
  const refused = module instanceof NoSuchModuleError;
  if (archive instanceof NotFoundError) {
    return refused || module instanceof NoLocalGoError || base === OFFICIAL_DOWNLOADS;
  }
  return refused && module.definite;
}
