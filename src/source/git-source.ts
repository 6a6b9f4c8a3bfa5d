import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, RunError } from '../base/errors.js';
import { oneLine } from '../base/text.js';
import type { SourceRequest } from '../inputs/requests.js';
import { isCommit, isRecordableGitUrl } from '../spec/grammar.js';
import { fetchAll, fetchShallow, type GitRepository, isUnreachable, makeGitRepository } from './git-repository.js';
import { type ModuleFile, writeTree } from './module-zip.js';
import { UPSTREAM_GIT } from './releases.js';
import type { ResolvedSource, SourceContext } from './source.js';
import { versionOfTree } from './tree-version.js';

type GitRequest = Extract<SourceRequest, { type: 'git-tag' | 'git-commit' }>;

/**
 * A commit of a git repository: upstream's tag, or a whole commit of any repository that git can reach. Files come out
 * as the bytes of their blobs; no attribute, filter or line-ending rule is applied.
 * @throws InputError where there is no such tag or commit, or the commit holds links or submodules
 */
export async function gitSource(request: GitRequest, context: SourceContext): Promise<ResolvedSource> {
  const url = request.type === 'git-tag' ? UPSTREAM_GIT : request.url;
  const address = existsSync(resolve(url)) ? resolve(url) : url; // git runs in another folder than the user
  const format = request.type === 'git-commit' && request.commit.length === 64 ? 'sha256' : 'sha1';
  const repository = await makeGitRepository('source.git', address, context, format);
  const commit = await fetchCommit(repository, url, request);
  const files = await readCommit(repository, commit, url);
  const time = Number(
    (await repository.must(['show', '--no-patch', '--format=%ct', commit], 'read the commit')).trim(),
  );
  const versionFile = files.find((file) => file.path === 'VERSION')?.data;
  return {
    spec: isLocal(url) ? { type: 'git', commit } : { type: 'git', url, commit },
    version:
      request.type === 'git-tag' ? request.version : versionOfTree(versionFile, request.version, `${url}#${commit}`),
    time,
    write: (folder) => writeTree(folder, files),
  };
}

/** Whether a URL means something on this machine only, so that the spec records the commit alone. */
export function isLocal(url: string): boolean {
  return !isRecordableGitUrl(url);
}

/** Fetches just the one commit, without history where the server can; returns its whole name. */
async function fetchCommit(repository: GitRepository, url: string, request: GitRequest): Promise<string> {
  const wanted = request.type === 'git-tag' ? `refs/tags/v${request.version}` : request.commit;
  const shallow = await fetchShallow(repository, [wanted]);
  if (shallow.code !== 0) {
    if (request.type === 'git-tag' || isUnreachable(shallow.stderr)) throw fetchError(shallow.stderr, url, wanted);
    const all = await fetchAll(repository);
    if (all.code !== 0) throw fetchError(all.stderr, url, wanted);
  }
  const revision = request.type === 'git-tag' ? 'FETCH_HEAD^{commit}' : `${request.commit}^{commit}`;
  const { code, stdout } = await repository.git(['rev-parse', '--verify', '--quiet', '--end-of-options', revision]);
  const commit = stdout.trim();
  if (code !== 0 || !isCommit(commit)) throw new InputError(`${url} has no commit ${wanted}`, 'source');
  return commit;
}

function fetchError(stderr: string, url: string, wanted: string): Error {
  const line = oneLine(stderr);
  if (/couldn't find remote ref/.test(line))
    return new InputError(`${url} has no ${wanted.replace('refs/tags/', 'tag ')}`, 'source');
  if (/does not appear to be a git repository|repository .* (does not exist|not found)/i.test(line)) {
    return new InputError(`${url} is no git repository that can be read (${line})`, 'source');
  }
  if (/No space left on device/.test(line))
    return new RunError(
      `Could not fetch ${wanted} from ${url}: ${line}. Free some space where TMPDIR is, and run again`,
    );
  return new RunError(
    `Could not fetch ${wanted} from ${url}: ${line}. Check the network, or build from source: module`,
  );
}

/** All files of a commit, from the object database. */
async function readCommit(repository: GitRepository, commit: string, url: string): Promise<ModuleFile[]> {
  const listing = await repository.must(['ls-tree', '-r', '-z', '--full-tree', commit], 'list the commit');
  const entries = listing
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [mode = '', type = '', object = ''] = line.slice(0, line.indexOf('\t')).split(' ');
      return { mode, type, object, path: line.slice(line.indexOf('\t') + 1) };
    });
  const odd = entries.find((entry) => entry.type !== 'blob' || entry.mode === '120000');
  if (odd) {
    const what = odd.type === 'blob' ? 'a symbolic link' : 'a submodule';
    throw new InputError(`${odd.path} in ${url}#${commit} is ${what}; only regular files are accepted`, 'source');
  }
  const objects = entries.map((entry) => entry.object);
  const blobs = await readBlobs(repository, objects);
  return entries.map((entry, index) => ({ path: entry.path, data: blobs[index] ?? Buffer.alloc(0) }));
}

/** Contents of objects, in the order asked, through one `git cat-file --batch`. */
async function readBlobs(repository: GitRepository, objects: readonly string[]): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const { code, stderr } = await repository.git(['cat-file', '--batch'], {
    input: objects.map((object) => `${object}\n`).join(''),
    onStdout: (chunk) => chunks.push(chunk),
  });
  if (code !== 0) throw new RunError(`Could not read the commit: ${oneLine(stderr)}`);
  return splitBatch(Buffer.concat(chunks), objects.length);
}

/** Splits `OBJECT TYPE SIZE\nCONTENT\n…`. */
function splitBatch(output: Buffer, count: number): Buffer[] {
  const blobs: Buffer[] = [];
  let at = 0;
  while (blobs.length < count) {
    const end = output.indexOf('\n', at);
    const size = Number(output.toString('latin1', at, end).split(' ')[2]);
    if (end < 0 || !Number.isInteger(size)) throw new RunError('git cat-file gave an unexpected answer');
    blobs.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return blobs;
}
