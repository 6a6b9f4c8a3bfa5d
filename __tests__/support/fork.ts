import { execFileSync } from 'node:child_process';
import { sha256Hex } from '../../src/base/hash.js';
import type { PinnedDiff } from '../../src/source/pinned-diff.js';
import { makeRepository, type Repository } from './repository.js';

type Files = Readonly<Record<string, string>>;

/** A repository of the shape of a published fork, with the difference that somebody pinned. */
export interface Fork {
  readonly repository: Repository;
  /** Upstream's commit, which is the second parent of the other, and no branch's or tag's own. */
  readonly from: string;
  /** The fork's commit: the tip of main, and a tag. */
  readonly to: string;
}

/** Files of the pinned difference. */
export const PINNED_FILES = ['main.go', 'storage/diskmetricstore.go'] as const;

/** Something large that nobody needs. */
const LARGE = { 'docs/large.txt': `${Array.from({ length: 5000 }, (_, index) => `line ${index}`).join('\n')}\n` };

/**
 * Makes a fork: an upstream with some history, a fork of its first commit, and the merge of upstream's second into it.
 * The fork changes documents and tests, too.
 * @param path an empty folder; by default one that is gone after the test
 */
export async function makeFork(upstream: Files, fork: Files, path?: string): Promise<Fork> {
  const repository = await makeRepository([], path);
  const { git, commit } = repository;
  await commit({ ...LARGE, 'README.md': 'upstream\n', ...upstream, 'CHANGELOG.md': 'none yet\n' });
  await git('checkout', '--quiet', '-b', 'upstream');
  const from = await commit({ 'storage/diskmetricstore_test.go': 'package storage\n', 'CHANGELOG.md': '1.4.0\n' });
  await git('checkout', '--quiet', 'main');
  await commit({ 'README.md': 'a fork\n' });
  await git('merge', '--quiet', '--no-ff', '--no-commit', '--strategy=ours', 'upstream');
  const to = await commit({ 'storage/diskmetricstore_test.go': 'package storage // changed\n', ...fork });
  await git('branch', '--quiet', '-D', 'upstream');
  await git('tag', 'v1.4.0');
  return { repository, from, to };
}

/** The difference as plain git makes it without anybody's configuration, and its SHA-256. */
export function pin({ repository, from, to }: Fork, address: string): { pinned: PinnedDiff; diff: Buffer } {
  const args = ['diff', '--full-index', '--no-indent-heuristic', from, to, '--', ...PINNED_FILES];
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    HOME: '/nonexistent',
  };
  const diff = execFileSync('git', args, { cwd: repository.path, env });
  const pinned = { name: 'stand-in', repository: address, from, to, files: PINNED_FILES, sha256: sha256Hex(diff) };
  return { pinned, diff };
}
