import { messageOf, RunError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import { harmfulGorootSetting } from './go-env.js';
import type { KnownGo, KnownGoReleases } from './go-releases.js';
import { firstDifference, type GoTree, GoTreeError, hashGoroot } from './goroot-hash.js';
import { type GoHost, hostName } from './host.js';
import { askGo, goBinariesOnPath, knowsToolchains, type LocalGo } from './local-go.js';
import type { ToolCache } from './tool-cache.js';
import { fetchToolchainModule, readToolchainModule, type ToolchainModule } from './toolchain-module.js';

/** What a search is made of, with every default filled in. */
export interface GoSearchOptions {
  readonly version: string;
  readonly host: GoHost;
  readonly toolCache: ToolCache;
  /** The user's environment, with the file of `go env -w`. */
  readonly env: Readonly<Record<string, string>>;
  /** An existing folder. */
  readonly tempDir: string;
  readonly downloadBase: string;
  readonly releases: KnownGoReleases;
  readonly retryDelay?: number | undefined;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/** There is no Go on this machine that could fetch another as a module. */
export class NoLocalGoError extends RunError {}

/** A Go that claims the version and is not the official one. */
interface Rejected {
  readonly where: string;
  /** Undefined where `reason` says it all. */
  readonly tree?: GoTree;
  readonly reason?: string;
}

/** What the ways to a Go have in common: what is known, what was found on the machine, and the check. */
export class GoSearch {
  readonly options: GoSearchOptions;
  /** Committed checksums, where this version has some for this host. */
  readonly known: KnownGo | undefined;
  private readonly rejected: Rejected[] = [];
  private local: Promise<LocalGo[]> | undefined;
  private module: Promise<ToolchainModule> | undefined;
  private official: Promise<{ hash: string; tree?: GoTree }> | undefined;

  constructor(options: GoSearchOptions) {
    this.options = options;
    this.known = options.releases[options.version]?.[hostName(options.host)];
  }

  /** Every Go on the user's PATH that answers, in its order. */
  localGos(): Promise<LocalGo[]> {
    this.local ??= this.askLocalGos();
    return this.local;
  }

  private async askLocalGos(): Promise<LocalGo[]> {
    const { env, host, tempDir, signal, log } = this.options;
    const found: LocalGo[] = [];
    for (const binary of await goBinariesOnPath(env, host.os)) {
      try {
        found.push(await askGo(binary, env, tempDir, signal));
      } catch (error) {
        if (!(error instanceof RunError)) throw error;
        log.debug(`passed over: ${error.message}`);
      }
    }
    return found;
  }

  /**
   * The toolchain module of the version, fetched once by the first Go that can.
   * @throws NoLocalGoError, NoSuchModuleError, RunError
   */
  toolchainModule(): Promise<ToolchainModule> {
    this.module ??= this.fetchModule();
    return this.module;
  }

  private async fetchModule(): Promise<ToolchainModule> {
    const { version, host, log } = this.options;
    const fetchers = (await this.fetchers()).filter(knowsToolchains);
    const [first] = fetchers;
    if (first === undefined) {
      throw new NoLocalGoError('there is no Go 1.21 or newer on PATH or in the tool cache that could fetch it');
    }
    log.info(`Fetching Go ${version} as a toolchain module with ${first.binary}`);
    return await fetchToolchainModule(first.binary, version, host, this.options);
  }

  /** The Gos on PATH, and only where none of them can fetch modules those in the tool cache. */
  private async fetchers(): Promise<LocalGo[]> {
    const onPath = await this.localGos();
    if (onPath.some(knowsToolchains)) return onPath;
    const { toolCache, env, host, tempDir, signal } = this.options;
    const cached: LocalGo[] = [];
    for (const version of (await toolCache.versions?.()) ?? []) {
      const goroot = await toolCache.find(version);
      if (goroot === undefined) continue;
      const go = await askGo(goBinaryOf(goroot, host.os), env, tempDir, signal).catch((error: unknown) => {
        if (error instanceof RunError) return undefined;
        throw error;
      });
      if (go) cached.push(go);
    }
    return cached;
  }

  /** The hash of the official tree: committed, else that of the toolchain module. */
  officialTree(): Promise<{ hash: string; tree?: GoTree }> {
    this.official ??= this.readOfficialTree();
    return this.official;
  }

  private async readOfficialTree(): Promise<{ hash: string; tree?: GoTree }> {
    if (this.known) return { hash: this.known.treeHash };
    const module = await this.toolchainModule();
    const tree = await readToolchainModule(module, { signal: this.options.signal });
    return { hash: tree.hash, tree };
  }

  /**
   * Whether that GOROOT is the official Go, by every byte that decides what it compiles.
   * @param kind a Go that was `found` must be comparable, and is remembered for `report` where it is another; one that was
   * just `installed` from a checked archive may do without
   * @throws RunError with the reason where it is not
   */
  async check(goroot: string, kind: 'found' | 'installed' = 'found'): Promise<GoTree> {
    const reject = (reason: string, tree?: GoTree) => {
      if (kind === 'found') this.rejected.push(tree ? { where: goroot, tree } : { where: goroot, reason });
      return new RunError(`${goroot} is not the official one: ${reason}`);
    };
    let tree: GoTree;
    try {
      tree = await hashGoroot(goroot, this.options.signal);
    } catch (error) {
      throw error instanceof GoTreeError ? reject(error.message) : error;
    }
    const official = await this.officialTree().catch((error: unknown) => {
      if (!(error instanceof RunError)) throw error;
      if (kind === 'found') throw new RunError(`${goroot} cannot be checked: ${error.message}`);
      this.options.log.info(`Only the archive's checksum was compared, not the files: ${error.message}`);
      return undefined;
    });
    if (official && official.hash !== tree.hash) throw reject(difference(tree, official), tree);
    const setting = await harmfulGorootSetting(goroot);
    if (setting !== undefined) throw reject(`its go.env sets ${setting}, which the official one does not`);
    return tree;
  }

  /**
   * Tells the user, once the search has ended, which Gos were passed over for being changed. By then there may be an
   * official tree to compare with, so that the file can be named; a committed hash alone does not tell.
   */
  async report(accepted?: GoTree): Promise<void> {
    if (this.rejected.length === 0) return;
    const official = await this.official?.catch(() => undefined);
    const reference = accepted ? { hash: accepted.hash, tree: accepted } : official;
    for (const { where, tree, reason } of this.rejected) {
      const why = reason ?? (tree && reference ? difference(tree, reference) : 'its files are others');
      this.options.log.notice(
        `The Go in ${where} calls itself ${this.options.version} but is not the official one (${why}); it was passed over.`,
      );
    }
  }
}

/** The go command of a GOROOT. */
export function goBinaryOf(goroot: string, os: string): string {
  return `${goroot}/bin/${os === 'windows' ? 'go.exe' : 'go'}`;
}

function difference(tree: GoTree, official: { hash: string; tree?: GoTree }): string {
  const named = official.tree && firstDifference(tree, official.tree);
  return named ?? `its files hash to ${tree.hash}, the official ones to ${official.hash}`;
}

/** A failed way in one line. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\s*\n\s*/g, ' ');
}
