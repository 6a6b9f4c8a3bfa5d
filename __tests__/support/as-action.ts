import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isolatedStorage } from './container-storage.js';
import { type Ended, PROJECT, SHARED_STORE } from './program.js';

/** What the runner gives a step: folders and files of its own, in an environment of its own. */
export interface Runner {
  readonly folder: string;
  /** RUNNER_TEMP. */
  readonly temp: string;
  /** The file that a variable like GITHUB_OUTPUT names. */
  readonly files: Readonly<Record<RunnerFile, string>>;
  readonly env: Readonly<Record<string, string>>;
}

const RUNNER_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH'] as const;
type RunnerFile = (typeof RUNNER_FILES)[number];

/** Name → value, as in a workflow's `with`. */
export type Inputs = Readonly<Record<string, string>>;

/** Files of dist/ by which actions are started. */
export type ActionFile = 'index.js' | 'verify.js' | 'merge.js' | 'publish.js';

/** A process of the action, and what comes of it. */
export interface Started {
  readonly child: ChildProcess;
  /** The code is 128 + n where signal n ended it. */
  readonly ended: Promise<Ended & { signal: NodeJS.Signals | null }>;
}

/**
 * A runner's machine below a folder, with container storage of its own and the store that tests share.
 * @param folder new or empty
 */
export function runnerIn(folder: string): Runner {
  const storage = isolatedStorage(folder);
  const [temp, temporary] = ['runner-temp', 'temporary'].map((name) => join(folder, name)) as [string, string];
  for (const path of [temp, temporary]) mkdirSync(path, { recursive: true });
  const named = RUNNER_FILES.map((name) => [name, join(folder, name)] as const);
  const files = Object.fromEntries(named) as Record<RunnerFile, string>;
  for (const file of Object.values(files)) writeFileSync(file, '');
  const env = {
    ...storage,
    ...files,
    TMPDIR: temporary,
    RUNNER_TEMP: temp,
    PUSHGATEWAY_TTL_CACHE: SHARED_STORE,
    GITHUB_ACTIONS: 'true',
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS ?? '',
  };
  return { folder, temp, files, env };
}

/** The environment variables that inputs become. */
export function inputVariables(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/**
 * Starts the bundle as the runner does: without arguments, with the inputs in the environment.
 * @param prefix what starts it, as `['prlimit', '--fsize=100']`
 * @param file by which the runner starts it, as `action.yml` names it
 */
export function startAction(
  { env, folder }: Runner,
  inputs: Inputs,
  more: Readonly<Record<string, string>> = {},
  prefix: readonly string[] = [],
  file: ActionFile = 'index.js',
): Started {
  const words = [...prefix, process.execPath, join(PROJECT, 'dist', file)];
  return follow(
    spawn(words[0] ?? '', words.slice(1), { cwd: folder, env: { ...env, ...inputVariables(inputs), ...more } }),
  );
}

/** Starts the bundle as the command line; the store and the storage are the runner's. */
export function startCommandLine(
  { env, folder }: Runner,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
  prefix: readonly string[] = [],
  input = '',
): Started {
  const { GITHUB_ACTIONS: _, ...own } = env;
  const words = [...prefix, process.execPath, PROJECT, ...args];
  const child = spawn(words[0] ?? '', words.slice(1), { cwd: folder, env: { ...own, ...more } });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return follow(child);
}

function follow(child: ChildProcess): Started {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  return {
    child,
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code: code ?? -1, signal, stdout, stderr }));
    }),
  };
}

/** Runs the post step, as the runner does whatever became of the main step: with the same inputs, and its state. */
export function runPost(runner: Runner, inputs: Inputs, file: ActionFile = 'index.js'): Promise<Ended> {
  const state = Object.entries(readRunnerFile(runner.files.GITHUB_STATE));
  const variables = Object.fromEntries(state.map(([name, value]) => [`STATE_${name}`, value]));
  return startAction(runner, inputs, variables, [], file).ended;
}

/** The action's outputs. */
export function outputsOf(runner: Runner): Record<string, string> {
  return readRunnerFile(runner.files.GITHUB_OUTPUT);
}

/** Name → value of a file such as GITHUB_OUTPUT, in the form `NAME<<DELIMITER`, lines, `DELIMITER`. */
function readRunnerFile(path: string): Record<string, string> {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const entries = text.matchAll(/^([^\n<]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n?\2$/gm);
  return Object.fromEntries([...entries].map(([, name = '', , value = '']) => [name, value]));
}

/** The annotations of a kind in what a step printed. */
export function annotations(kind: 'error' | 'warning' | 'notice', { stdout }: Ended): string[] {
  return stdout.split('\n').filter((line) => line.startsWith(`::${kind} `) || line.startsWith(`::${kind}::`));
}
