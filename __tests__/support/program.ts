import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outputs } from '../../src/output/result.js';

/** The checkout that is tested. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The store that tests share unless they need a cold one, so that nothing is compiled twice in a run. It lives with
 * node_modules, which `npm ci` makes anew.
 */
export const SHARED_STORE = join(PROJECT, 'node_modules', '.cache', 'pushgateway-ttl-tests');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface ExecOptions {
  cwd?: string;
  env?: Record<string, string | undefined>;
  input?: string;
  timeout?: number;
}

/** Runs a program with arguments and waits; any exit code is a result. */
export function exec(command: string, args: readonly string[], options: ExecOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      timeout: options.timeout ?? 550_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      signal && options.timeout
        ? reject(new Error(`${command} ended by ${signal}\n${stderr}`))
        : resolve({ code: code ?? -1, stdout, stderr }),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Like `exec`, but fails where the exit code is not 0. */
export async function mustExec(command: string, args: readonly string[], options: ExecOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await exec(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * Runs the committed bundle, `node . ARGS`, from the project's folder. Builds make no smoke test unless asked: it has
 * tests of its own, and many a build here is of a small source that is no server.
 */
export function program(given: readonly string[], options: ExecOptions & { node?: string } = {}): Promise<Ended> {
  const isQuiet = given[0] !== 'build' || given.some((arg) => /^--(smoke-test|dry-run|help)/.test(arg));
  const args = isQuiet ? given : ['build', '--smoke-test=false', ...given.slice(1)];
  const env = { ...process.env, PUSHGATEWAY_TTL_CACHE: SHARED_STORE, GITHUB_ACTIONS: undefined, ...options.env };
  return exec(options.node ?? process.execPath, [PROJECT, ...args], { cwd: PROJECT, ...options, env });
}

/** `node . build --json ARGS` that must succeed; its outputs. */
export async function build(args: readonly string[], options: ExecOptions & { node?: string } = {}): Promise<Outputs> {
  const { code, stdout, stderr } = await program(['build', '--json', ...args], options);
  if (code !== 0) throw new Error(`build ended with ${code}\n${stderr}`);
  return JSON.parse(stdout) as Outputs;
}

/** A new folder; it goes with the machine's temporary files. */
export function freshFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `pushgateway-ttl-test-${name}-`));
}

/** A TCP port on loopback that was free just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
