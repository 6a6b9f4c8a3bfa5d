import type { SourceRequest } from '../../inputs/requests.js';
import { folderHash } from '../../source/folder-source.js';
import { isLocal } from '../../source/git-source.js';
import { RELEASES, UPSTREAM_GIT, UPSTREAM_MODULE } from '../../source/releases.js';
import type { BuildSpec, SourceSpec } from '../../spec/build-spec.js';
import { isReleaseVersion } from '../../spec/grammar.js';
import type { Allowances } from './allowances.js';
import { refuseSpec } from './not-performed.js';

type Module = Extract<SourceSpec, { type: 'module' }>;
type Git = Extract<SourceSpec, { type: 'git' }>;
type Folder = Extract<SourceSpec, { type: 'folder' }>;

/** A source to build from, and whether it is one that the caller named. */
export interface TrustedSource {
  readonly source: SourceRequest;
  readonly isCallersSource: boolean;
}

const HOW = 'name it (allow-source) where you trust it';

/**
 * The release of upstream that the spec's version begins with. No digit may follow it: 1.11.35 would show a release that
 * is not the one that was built.
 * @throws NotPerformedError
 */
export function releaseOf({ source, version }: BuildSpec): string {
  const shown = /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '';
  if (source.type !== 'module') {
    if (isSeriesRelease(shown)) return shown;
    throw refuseSpec('version', `is ${version}; it must begin with a release of the 1.x series, as in 1.11.3`);
  }
  const release = source.version.replace(/^v/, '');
  if (!isSeriesRelease(release)) {
    throw refuseSpec('source.version', `is ${source.version}; releases of the 1.x series are accepted, as in v1.11.3`);
  }
  if (shown === release) return release;
  throw refuseSpec('version', `is ${version}; it must begin with the release of the source, ${release}`);
}

function isSeriesRelease(text: string): boolean {
  return isReleaseVersion(text) && text.startsWith('1.');
}

/**
 * The source of a spec, where it is upstream's release or the caller's own.
 * @param release what `releaseOf` gave
 * @throws NotPerformedError
 */
export async function trustSource(spec: BuildSpec, release: string, allowed: Allowances): Promise<TrustedSource> {
  const { source } = spec;
  switch (source.type) {
    case 'module':
      return { source: trustModule(source, release), isCallersSource: false };
    case 'git':
      return trustGit(source, release, allowed);
    case 'folder':
      return { source: await trustFolder(source, release, allowed.sources), isCallersSource: true };
  }
}

function trustModule({ path, sum }: Module, version: string): SourceRequest {
  if (path !== UPSTREAM_MODULE) throw refuseSpec('source.path', `is ${path}; upstream's module is ${UPSTREAM_MODULE}`);
  // Of a release that is not known here, the checksum database says the sum; it is compared before anything is built.
  const known = Object.hasOwn(RELEASES, version) ? RELEASES[version] : undefined;
  if (known && known.sum !== sum) throw refuseSpec('source.sum', `is ${sum}; that of v${version} is ${known.sum}`);
  return { type: 'module', version };
}

/**
 * A commit alone proves nothing: GitHub serves the commits of all forks under upstream's address, too. So upstream's
 * address stands for its tag of the release, which must lead to the spec's commit.
 */
function trustGit({ url, commit }: Git, release: string, { sources, specIsCallers }: Allowances): TrustedSource {
  for (const named of sources) {
    if (named.type !== 'git-commit' || named.commit !== commit) continue;
    if (url === undefined ? isLocal(named.url) : named.url === url) {
      return { source: { ...named, version: release }, isCallersSource: true };
    }
  }
  if (url !== undefined && specIsCallers) {
    return { source: { type: 'git-commit', url, commit, version: release }, isCallersSource: true };
  }
  if (url === UPSTREAM_GIT) return { source: { type: 'git-tag', version: release }, isCallersSource: false };
  if (url === undefined) {
    throw refuseSpec('source.commit', `is ${commit} of a repository that only its builder has; ${HOW}, as PATH#COMMIT`);
  }
  throw refuseSpec(
    'source.url',
    `is ${url}; upstream's repository is ${UPSTREAM_GIT}. Else ${HOW}, as ${url}#${commit}`,
  );
}

async function trustFolder(
  { hash }: Folder,
  version: string,
  sources: readonly SourceRequest[],
): Promise<SourceRequest> {
  const folders = sources.filter((named) => named.type === 'folder');
  const hashes: string[] = [];
  for (const { type, path } of folders) {
    const found = await folderHash(path);
    if (found === hash) return { type, path, version };
    hashes.push(`${path} has ${found}`);
  }
  const seen = hashes.length === 0 ? `${HOW}, by its path` : hashes.join(', ');
  throw refuseSpec('source.hash', `is that of a folder that only its builder has, ${hash}; ${seen}`);
}
