import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { mustExec } from '../support/program.js';

/** File systems that only the programs of one test see. */
export interface Mounts {
  /** What starts a program among them. */
  readonly prefix: readonly string[];
  /** Where a path of theirs is for everybody else. */
  seen(path: string): string;
  /** Runs one more command among them, as `mount -o remount,size=100m PATH`. */
  run(...words: string[]): Promise<string>;
}

/**
 * Mounts by a script of a shell, in a namespace of its own that goes with the test: nothing is left on the machine even
 * where the test is killed. That takes root, or a kernel that lets everybody make user namespaces.
 * @param script its arguments are `$1`, `$2` and so on
 */
export async function mountFor(script: string, ...args: string[]): Promise<Mounts> {
  const isRoot = process.getuid?.() === 0;
  const words = [...(isRoot ? [] : ['--map-root-user']), '--mount', 'sh', '-ec'];
  const holder = spawn('unshare', [...words, `${script}\necho ready\nexec sleep infinity`, 'sh', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  let said = '';
  holder.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ready = once(holder.stdout, 'data').then(() => true);
  const ended = once(holder, 'close').then(() => false);
  if (!(await Promise.race([ready, ended]))) {
    throw new Error(
      `Small and read-only file systems take root, or user namespaces (unshare --map-root-user): ${said}`,
    );
  }
  const enter = [
    'nsenter',
    ...(isRoot ? [] : ['--user', '--preserve-credentials']),
    '--mount',
    `--target=${holder.pid}`,
  ];
  const prefix = [...enter, '--'];
  return {
    prefix,
    seen: (path) => join(`/proc/${holder.pid}/root`, path),
    run: (...command) => mustExec(prefix[0] ?? '', [...prefix.slice(1), ...command]),
  };
}
