import { rm } from 'node:fs/promises';
import { type DownloadOptions, downloadFile, downloadText, NotFoundError } from '../base/download.js';
import { InputError, RunError } from '../base/errors.js';
import { archiveName, type GoHost, hostName } from './host.js';

/** Where official archives come from, unless the user names a mirror. */
export const OFFICIAL_DOWNLOADS = 'https://go.dev/dl';

/** Largest archive that is taken, in bytes; Go 1.26 has 67 MB. */
const MAX_ARCHIVE = 300 * 1024 * 1024;
/** Largest list of releases; 3 MB in 2026. */
const MAX_LIST = 64 * 1024 * 1024;

export interface ArchiveRequest {
  readonly version: string;
  readonly host: GoHost;
  /** Address of the download site, with or without a `/` at its end. */
  readonly base: string;
  /** The committed SHA-256; without it the one that the site publishes counts. */
  readonly sha256?: string | undefined;
}

/**
 * Downloads the official archive of a Go release to the new file `path` and checks it.
 * @throws NotFoundError where the site has no such release for this host
 * @throws RunError naming expected and actual sum, or what else went wrong; then nothing is left at `path`
 */
export async function downloadGoArchive(
  request: ArchiveRequest,
  path: string,
  options: Omit<DownloadOptions, 'limit'>,
): Promise<void> {
  const { version, host } = request;
  if (host.os === 'windows') throw new RunError('archives for Windows, which are zips, are not installed');
  const base = checkedBase(request.base);
  const expected = request.sha256 ?? (await publishedSum(version, host, base, options));
  const url = `${base}/${archiveName(version, host)}`;
  const actual = await downloadFile(url, path, { ...options, limit: MAX_ARCHIVE });
  if (actual === expected) return;
  await rm(path, { force: true });
  throw new RunError(`${url} has the sha256 ${actual}, expected ${expected}; it was not used`);
}

/**
 * The address of a download site without a `/` at its end.
 * @throws InputError where it is none
 */
export function checkedBase(base: string): string {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash) {
    throw new InputError(`The address of the Go downloads must be http(s)://HOST/PATH, not ${JSON.stringify(base)}`);
  }
  return base.replace(/\/+$/, '');
}

/** The SHA-256 that the download site's list of releases gives. */
async function publishedSum(
  version: string,
  host: GoHost,
  base: string,
  options: Omit<DownloadOptions, 'limit'>,
): Promise<string> {
  const url = `${base}/?mode=json&include=all`;
  const name = archiveName(version, host);
  const text = await downloadText(url, { ...options, limit: MAX_LIST });
  return listedSum(text, `go${version}`, name, url, hostName(host));
}

/**
 * The SHA-256 of a file in the site's list of releases.
 * @param text what came from `url`, whatever it is
 * @param release as `go1.26.8`
 * @throws NotFoundError where the release or the file is not there
 * @throws RunError where it is no such list, or has no SHA-256
 */
export function listedSum(text: string, release: string, name: string, url: string, host: string): string {
  const files = listedFiles(text, release, url);
  const version = release.slice('go'.length);
  if (files === undefined) throw new NotFoundError(`${url} lists no Go ${version}`);
  const file = files.find((each) => each?.filename === name);
  if (!file) throw new NotFoundError(`${url} lists Go ${version}, but not for ${host}`);
  if (typeof file.sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(file.sha256)) {
    throw new RunError(`${url} gives no sha256 for ${name}`);
  }
  return file.sha256;
}

type ListedFile = { filename?: unknown; sha256?: unknown } | null;

/** The files of one release in the site's list; undefined where the release is not there. */
function listedFiles(text: string, release: string, url: string): ListedFile[] | undefined {
  try {
    const releases: { version?: unknown; files?: unknown }[] = JSON.parse(text);
    const found = releases.find(({ version }) => version === release);
    if (found === undefined || Array.isArray(found.files)) return found?.files as ListedFile[] | undefined;
  } catch {
    // Whatever it is instead does not matter.
  }
  throw new RunError(`${url} is not the list of Go releases`);
}
