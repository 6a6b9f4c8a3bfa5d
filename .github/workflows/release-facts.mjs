// What git says about a checkout, for the scripts of a release.
import { spawnSync } from 'node:child_process';

function git(args) {
  const { status, stdout, stderr, error } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) throw error;
  return { isDone: status === 0, stdout, stderr };
}

function mustGit(args) {
  const { isDone, stdout, stderr } = git(args);
  if (!isDone) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** The commit that a revision leads to; undefined where there is none. */
export function commitOf(revision) {
  const { isDone, stdout } = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  return isDone ? stdout.trim() : undefined;
}

export function allTags() {
  return mustGit(['tag', '--list']).split('\n').filter(Boolean);
}

/** Branches of the remote, `origin/main`, that contain a commit. */
export function branchesWith(commit) {
  const format = '--format=%(refname:lstrip=2)';
  return mustGit(['branch', '--remotes', '--contains', commit, format]).split('\n').filter(Boolean);
}

/** A file's text at a commit; undefined where it is not there. */
export function fileAt(commit, path) {
  const { isDone, stdout } = git(['show', `${commit}:${path}`]);
  return isDone ? stdout : undefined;
}
