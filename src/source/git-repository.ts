import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../base/errors.js';
import { type RunOptions, type RunResult, run } from '../base/process.js';
import { oneLine } from '../base/text.js';
import { allowedProtocol, fetchingGitEnv, withoutRedirects } from './git.js';

/** What it takes to run git for a user. */
export interface GitWorld {
  /** A private folder of the run. */
  readonly tempDir: string;
  /** The user's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** For rebuilds of strangers' images: git speaks no other protocol than the address asks for, and follows no redirect. */
  readonly strict?: boolean | undefined;
}

/** A bare repository of our own, to fetch into. */
export interface GitRepository {
  readonly path: string;
  readonly env: Record<string, string>;
  /** Runs git on it; any exit code is a result. */
  git(args: readonly string[], options?: Pick<RunOptions, 'input' | 'onStdout'>): Promise<RunResult>;
  /** Runs git on it; its standard output, or a RunError where the exit code is not 0. */
  must(args: readonly string[], what: string): Promise<string>;
  /** Where an address leads after the user's `url.*.insteadOf`; nothing is asked over the network. */
  addressOf(url: string): Promise<string>;
  /** Makes another address that of `origin`. */
  setOrigin(url: string): Promise<void>;
}

/**
 * Makes an empty repository in the run's folder whose remote `origin` is `url`. No branch ever comes to be in it, so
 * that git finds no HEAD to take attributes from.
 * @param name of its folder
 */
export async function makeGitRepository(
  name: string,
  url: string,
  world: GitWorld,
  format: 'sha1' | 'sha256' = 'sha1',
): Promise<GitRepository> {
  const path = join(world.tempDir, name);
  await mkdir(path, { recursive: true });
  const fetching = await fetchingGitEnv(world.env, world.tempDir);
  const env = world.strict ? withoutRedirects(fetching) : fetching;
  const git: GitRepository['git'] = (args, options) =>
    run('git', ['--git-dir', path, ...args], { cwd: path, env, signal: world.signal, ...options });
  const must = async (args: readonly string[], what: string) => {
    const { code, stdout, stderr } = await git(args);
    if (code !== 0) throw new RunError(`Could not ${what}: ${oneLine(stderr)}`);
    return stdout;
  };
  const init = ['init', '--bare', '--quiet', '--template=', `--object-format=${format}`, path];
  await must(init, 'make a git repository');
  // A server that sends nothing for a minute counts as dropped; what the user has configured wins over this file.
  const settings = [`[remote "origin"]\nurl = ${JSON.stringify(url)}`, '[http]\nlowSpeedLimit = 1\nlowSpeedTime = 60'];
  await appendFile(join(path, 'config'), `${settings.join('\n')}\n`);
  const addressOf = async (given: string) =>
    (await must(['ls-remote', '--get-url', '--', given], 'read the configuration of git')).trim();
  const keepProtocol = async () => {
    if (world.strict) env.GIT_ALLOW_PROTOCOL = allowedProtocol(await addressOf('origin'), world.env.GIT_ALLOW_PROTOCOL);
  };
  await keepProtocol();
  return {
    ...{ path, env, git, must, addressOf },
    setOrigin: async (other) => {
      await must(['config', 'remote.origin.url', other], 'write the configuration of git');
      await keepProtocol();
    },
  };
}

/** Fetches just these commits or tags, without their history. Not every server gives a commit by its name. */
export function fetchShallow(
  repository: GitRepository,
  wanted: readonly string[],
  flags: readonly string[] = [],
): Promise<RunResult> {
  return repository.git(['fetch', '--quiet', '--depth=1', '--no-tags', ...flags, '--', 'origin', ...wanted]);
}

/** Fetches all branches and tags with their history, which every server gives. */
export function fetchAll(repository: GitRepository): Promise<RunResult> {
  const refs = ['heads', 'tags'].map((kind) => `+refs/${kind}/*:refs/fetched/${kind}/*`);
  return repository.git(['fetch', '--quiet', '--no-tags', '--', 'origin', ...refs]);
}

/** Whether git's words say that the server was not even reached: other ways to fetch would end the same. */
export function isUnreachable(stderr: string): boolean {
  return /Could not resolve (host|proxy)|(Failed|Couldn't|Could not) (to )?connect|Connection (refused|timed out)|Network is unreachable|No route to host|Operation (timed out|too slow)/i.test(
    stderr,
  );
}
