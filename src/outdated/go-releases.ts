import { downloadText } from '../base/download.js';
import { messageOf, RunError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import { checkedBase, OFFICIAL_DOWNLOADS } from '../toolchain/go-archive.js';
import type { GoHost } from '../toolchain/host.js';
import type { AskModules } from './module-versions.js';

/** Largest list of releases that is read; that of the maintained lines has 40 kB. */
const MAX_LIST = 4 * 1024 * 1024;
/** How many lines (1.26, 1.27) the Go project maintains (https://go.dev/doc/devel/release#policy). */
const MAINTAINED = 2;
/** Each version of this module is one toolchain for one host: v0.0.1-go1.26.8.linux-amd64. */
const TOOLCHAIN_MODULE = 'golang.org/toolchain';

export interface GoReleaseOptions {
  /** Default https://go.dev/dl. */
  readonly downloadBase: string | undefined;
  readonly host: GoHost;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** See `DownloadOptions`. */
  readonly retryDelay?: number | undefined;
}

/**
 * The newest release of each line of Go that is maintained, the oldest line first: from the download site, else from the
 * module proxy, which has every toolchain as a module.
 * @throws RunError where neither could be asked
 */
export async function maintainedGo(ask: AskModules, options: GoReleaseOptions): Promise<string[]> {
  const { log, signal, retryDelay, host } = options;
  const url = `${checkedBase(options.downloadBase || OFFICIAL_DOWNLOADS)}/?mode=json`;
  try {
    const text = await downloadText(url, { log, signal, retryDelay, limit: MAX_LIST });
    return newestOfLines(parseReleaseList(text, url));
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    log.debug(`${messageOf(error)}; the module proxy is asked for releases of Go`);
    const { versions } = await ask(TOOLCHAIN_MODULE).catch((other: unknown) => {
      if (!(other instanceof RunError)) throw other;
      throw new RunError(`Nobody tells the releases of Go: ${messageOf(error)}; ${messageOf(other)}`);
    });
    const lines = newestOfLines(toolchainReleases(versions, host));
    if (lines.length > 0) return lines;
    throw new RunError(
      `Nobody tells the releases of Go: ${messageOf(error)}; the module proxy lists none for this host`,
    );
  }
}

/**
 * The stable releases in the JSON of the download site (https://go.dev/dl/?mode=json).
 * @throws RunError where it is something else
 */
export function parseReleaseList(text: string, url: string): string[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {}
  if (!Array.isArray(list)) throw new RunError(`${url} is not the list of Go releases`);
  const releases = list.flatMap((entry: { version?: unknown; stable?: unknown } | null) => {
    const isRelease = entry?.stable === true && typeof entry.version === 'string';
    return isRelease ? releaseOf(String(entry.version).replace(/^go/, '')) : [];
  });
  if (releases.length === 0) throw new RunError(`${url} lists no stable release of Go`);
  return releases;
}

/** The stable releases that the module proxy has for a host. */
export function toolchainReleases(versions: readonly string[], { os, arch }: GoHost): string[] {
  const ending = `.${os}-${arch}`;
  return versions.flatMap((version) => {
    if (!version.startsWith('v0.0.1-go') || !version.endsWith(ending)) return [];
    return releaseOf(version.slice('v0.0.1-go'.length, -ending.length));
  });
}

/** `1.N.N`; from 1.21 on every release has three numbers. Betas and candidates are none. */
function releaseOf(text: string): string[] {
  return /^1\.\d{1,4}\.\d{1,4}$/.test(text) ? [text] : [];
}

/** Of the lines that are maintained, the oldest first. */
export function newestOfLines(releases: readonly string[]): string[] {
  const newest = new Map<number, number>();
  for (const release of releases) {
    const [, minor = 0, patch = 0] = release.split('.').map(Number);
    newest.set(minor, Math.max(patch, newest.get(minor) ?? 0));
  }
  const lines = [...newest].sort(([a], [b]) => a - b).slice(-MAINTAINED);
  return lines.map(([minor, patch]) => `1.${minor}.${patch}`);
}
