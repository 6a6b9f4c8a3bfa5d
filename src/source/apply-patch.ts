import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, RunError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import { type RunResult, run } from '../base/process.js';
import { explainConflict } from './conflict.js';
import { isolatedGitEnv } from './git.js';
import type { PatchContent } from './patches.js';
import { hunksOf } from './unified-diff.js';

type Diff = PatchContent['diffs'][number];
type Apply = (args: readonly string[]) => Promise<RunResult>;

/**
 * Applies one diff to a tree with plain `git apply`: never with fuzz, all of it or nothing, and checked afterwards,
 * since git can skip files silently.
 * @param set name of the patch set, for messages
 * @param advice what is known of the releases that the set applies to
 * @throws InputError that names the set, the file and the hunk, and shows what was expected and what was found
 */
export async function applyPatch(
  tree: string,
  set: string,
  diff: Diff,
  userEnv: Readonly<Record<string, string>>,
  advice?: string,
): Promise<void> {
  const git: Apply = (args) =>
    run('git', ['apply', ...args, '-'], { cwd: tree, env: isolatedGitEnv(userEnv, dirname(tree)), input: diff.data });

  const named = await git(['--numstat', '-z']);
  if (named.code !== 0) throw unusable(set, diff, named.stderr);
  const files = filesOf(named.stdout);
  // What cannot be seen to change cannot be checked afterwards.
  if (files.length === 0 && hunksOf(diff.data.toString('utf8')).length > 0)
    throw new RunError(
      `git names no file that the patch ${label(set, diff)} changes, though it has hunks; check the git on PATH`,
    );
  refuseUnsafe(set, diff, files);

  const before = await contents(tree, files);
  const applied = await git(['--whitespace=nowarn']);
  if (applied.code !== 0) throw await conflict(tree, set, diff, applied.stderr, git, advice);
  const after = await contents(tree, files);
  const untouched = files.find((_file, index) => before[index] === after[index]);
  if (untouched !== undefined) {
    throw new InputError(`The patch ${label(set, diff)} applied only in part: ${untouched} did not change`, 'patches');
  }
}

/** Paths of `git apply --numstat -z` that add or remove lines (`-` stands for binary content). */
function filesOf(numstat: string): string[] {
  return numstat
    .split('\0')
    .filter((line) => line !== '' && !line.startsWith('0\t0\t'))
    .map((line) => line.split('\t').slice(2).join('\t'));
}

function contents(tree: string, files: readonly string[]): Promise<(string | undefined)[]> {
  return Promise.all(files.map((file) => readFile(join(tree, file)).then(sha256Hex, () => undefined)));
}

function label(set: string, diff: Diff): string {
  return set === diff.name ? set : `${set} (${diff.name})`;
}

function unusable(set: string, diff: Diff, stderr: string): InputError {
  const said = stderr
    .trim()
    .replaceAll(/^(error|fatal): /gm, '')
    .replaceAll('\n', '; ');
  const escapes = /invalid path '([^']*)'/.exec(said);
  if (escapes) return new InputError(`The patch ${label(set, diff)} leaves the tree: ${escapes[1]}`, 'patches');
  return new InputError(
    `${label(set, diff)} is no patch that git can read (${said}). Accepted: a unified diff with a/ and b/ paths`,
    'patches',
  );
}

/** What git would do to somebody's surprise: leave the tree, make links, put lines where nothing says they belong. */
function refuseUnsafe(set: string, diff: Diff, files: readonly string[]): void {
  const escaping = files.find((file) => file.startsWith('/') || file.split('/').includes('..'));
  if (escaping !== undefined)
    throw new InputError(`The patch ${label(set, diff)} leaves the tree: ${escaping}`, 'patches');
  if (
    /^(new( file)? mode|old mode|deleted file mode) 120000\r?$|^index [0-9a-f.]+ 120000\r?$/m.test(
      diff.data.toString('latin1'),
    )
  ) {
    throw new InputError(
      `The patch ${label(set, diff)} makes or changes a symbolic link; only regular files are accepted`,
      'patches',
    );
  }
  // Measured: git puts lines without context at the end of the file, whatever the hunk says, and calls that applied.
  const loose = hunksOf(diff.data.toString('utf8')).find(
    (hunk) =>
      hunk.context === 0 && !hunk.isWholeFile && (hunk.start > 1 || hunk.expected.length === 0) && hunk.start > 0,
  );
  if (loose) {
    throw new InputError(
      `The patch ${label(set, diff)} has a hunk without a line of context, ${loose.file} ${loose.header}, so that nothing ` +
        'says whether it fits. Accepted: diffs with at least one line of context, as `git diff -U1` makes them',
      'patches',
    );
  }
}

async function conflict(
  tree: string,
  set: string,
  diff: Diff,
  stderr: string,
  git: Apply,
  advice: string | undefined,
): Promise<InputError> {
  const escapes = /invalid path '([^']*)'|beyond a symbolic link/.exec(stderr);
  if (escapes)
    return new InputError(`The patch ${label(set, diff)} leaves the tree: ${escapes[1] ?? escapes[0]}`, 'patches');
  const { lines, hint } = await explainConflict(tree, hunksOf(diff.data.toString('utf8')), stderr);
  const would = async (...args: string[]) => (await git([...args, '--check'])).code === 0;
  const reason = (await would('--reverse'))
    ? 'The tree has these changes already: is the patch applied twice, or part of this release?'
    : (await would('-p0'))
      ? 'It fits with its paths as they stand: they lack the a/ and b/ that git diff writes unless diff.noprefix is set.'
      : (hint ?? 'Is it made for this version of Pushgateway?');
  const all = [`The patch ${label(set, diff)} does not apply; nothing of it was applied.`, ...lines, reason];
  return new InputError([...all, ...(advice === undefined ? [] : [advice])].join('\n'), 'patches');
}
