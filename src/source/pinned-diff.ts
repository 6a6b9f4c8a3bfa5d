import { mkdir, readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { RunError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import { oneLine } from '../base/text.js';
import {
  fetchAll,
  fetchShallow,
  type GitRepository,
  type GitWorld,
  isUnreachable,
  makeGitRepository,
} from './git-repository.js';

/** The difference of two commits in some files, which lives in somebody's git repository and is pinned here. */
export interface PinnedDiff {
  /** Name of the patch set. */
  readonly name: string;
  /** Address of the repository; the user's `url.*.insteadOf` is obeyed. */
  readonly repository: string;
  /** Whole names of the commits: upstream's, and the one that changes it. */
  readonly from: string;
  readonly to: string;
  /** The files whose changes count. */
  readonly files: readonly string[];
  /** Lower-case hex SHA-256 of the diff in the form that `writeDiff` gives it. */
  readonly sha256: string;
}

/**
 * Settings that shape a diff, each at the value that the pinned SHA-256 was taken with. The user's configuration is not
 * read at all, and these hold against other defaults of another git. Attributes are found in HOME, too.
 */
const SETTINGS = ['diff.suppressBlankEmpty=false', `core.attributesFile=${devNull}`].flatMap((set) => ['-c', set]);
const FORM = [
  ...['-r', '--patch', '--full-index', '--no-renames', '--no-relative', '--unified=3', '--inter-hunk-context=0'],
  ...['--diff-algorithm=myers', '--no-indent-heuristic', '--no-function-context', '--src-prefix=a/', '--dst-prefix=b/'],
  ...['--no-color', '--no-ext-diff', '--no-textconv'],
];

/**
 * Fetches the two commits and makes their diff. Git checks the commits by their names, and the diff is checked by its
 * SHA-256. Only what the diff needs comes over the network where the server can leave the rest out; else everything.
 * @throws RunError where it cannot be had, saying what was tried, or is another one
 */
export async function fetchPinnedDiff(pinned: PinnedDiff, world: GitWorld): Promise<Buffer> {
  const data = (await fetchLittle(pinned, world)) ?? (await fetchEverything(pinned, world));
  const actual = sha256Hex(data);
  if (actual === pinned.sha256) return data;
  throw new RunError(
    `The diff of the patch set ${pinned.name} from ${pinned.repository} has the SHA-256 ${actual}, but ${pinned.sha256} ` +
      'is pinned; nothing of it is used. The commits are those that were asked for, so this git writes diffs in another form; try another version of git',
  );
}

/** The two commits without history and without files; git asks for the few files when the diff wants them. */
async function fetchLittle(pinned: PinnedDiff, world: GitWorld): Promise<Buffer | undefined> {
  const repository = await openFork(`${pinned.name}.git`, pinned, world);
  const fetched = await fetchShallow(repository, [pinned.from, pinned.to], ['--filter=blob:none']);
  if (fetched.code !== 0) {
    if (isUnreachable(fetched.stderr)) throw notFetched(pinned, fetched.stderr);
    return undefined;
  }
  const diff = await writeDiff(repository, pinned);
  return Buffer.isBuffer(diff) ? diff : undefined; // the server may leave files out, and refuse them when asked
}

/** All branches and tags, in a repository of its own: the other one would ask for files one by one. */
async function fetchEverything(pinned: PinnedDiff, world: GitWorld): Promise<Buffer> {
  const repository = await openFork(`${pinned.name}-whole.git`, pinned, world);
  const fetched = await fetchAll(repository);
  if (fetched.code !== 0) throw notFetched(pinned, fetched.stderr);
  for (const commit of [pinned.from, pinned.to]) {
    const { code } = await repository.git(['cat-file', '-e', `${commit}^{commit}`]);
    if (code !== 0) throw notFetched(pinned, `no branch and no tag there leads to ${commit}`);
  }
  const diff = await writeDiff(repository, pinned);
  if (!Buffer.isBuffer(diff)) throw notFetched(pinned, diff.stderr);
  return diff;
}

/** The diff as a file's bytes; where git fails, what it said. */
async function writeDiff(repository: GitRepository, pinned: PinnedDiff): Promise<Buffer | { stderr: string }> {
  const file = join(repository.path, 'diff.patch');
  const files = pinned.files.map((path) => `:(top,literal)${path}`);
  const args = [...SETTINGS, 'diff-tree', ...FORM, `--output=${file}`, pinned.from, pinned.to, '--', ...files];
  const { code, stderr } = await repository.git(args);
  return code === 0 ? readFile(file) : { stderr };
}

/**
 * The repository to fetch into. A user may lead the address elsewhere by either of its spellings, with `.git` at its
 * end or without; git compares letters.
 */
async function openFork(name: string, pinned: PinnedDiff, world: GitWorld): Promise<GitRepository> {
  const tempDir = join(world.tempDir, 'patch-set');
  await mkdir(tempDir, { recursive: true });
  const inFork = { ...world, tempDir };
  const repository = await makeGitRepository(name, pinned.repository, inFork);
  const isLed = async (url: string) => (await repository.addressOf(url)) !== url;
  const dotted = `${pinned.repository}.git`;
  if (!(await isLed(pinned.repository)) && (await isLed(dotted))) await repository.setOrigin(dotted);
  return repository;
}

function notFetched(pinned: PinnedDiff, stderr: string): RunError {
  const { name, repository, from, to } = pinned;
  const line = oneLine(stderr);
  const gone = /could not read Username/.test(line)
    ? ' (the server asks for a login, as GitHub does where there is no such repository)'
    : '';
  return new RunError(
    `Could not fetch the patch set ${name}, the commits ${from} and ${to} of ${repository}: ${line}${gone}. ` +
      `Check the network, or lead git to a mirror: git config --global url.MIRROR.insteadOf ${repository}`,
  );
}
