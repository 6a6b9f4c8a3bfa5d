import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { CancelledError, RunError, systemCode } from './errors.js';

export interface RunOptions {
  cwd?: string;
  /** The whole environment of the child; nothing is inherited beside it. */
  env: Record<string, string>;
  /** Ends the child, and everything it started, when aborted. */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds between asking the child to end (SIGTERM) and ending it (SIGKILL) when the signal is aborted; 0, the
   * default, ends it at once. For programs that hold locks or mounts and release them when asked.
   */
  graceMs?: number | undefined;
  /** Another user to run the child as, without any further groups; only root may. */
  user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Called with the child's process id, which is that of its group too, once it runs. */
  onStart?: ((pid: number) => void) | undefined;
  /** Bytes for the child's standard input; without them it reads an empty one. */
  input?: string | Uint8Array;
  /** Takes the bytes of standard output as they arrive, for output that is no text; `stdout` is empty then. */
  onStdout?: (chunk: Buffer) => void;
  /** Called with each whole line of standard error as it arrives. */
  onStderrLine?: (line: string) => void;
  /** How much of each stream is kept, in bytes; the middle is dropped past it. Default 16 MiB. */
  limit?: number;
}

export interface RunResult {
  /** Exit code; 128 + n where signal n ended the child. */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Starts `command` with `args` (never through a shell) and waits for its end. A code other than 0 is a result, not an error.
 * @throws RunError where the command cannot be started
 * @throws CancelledError where `options.signal` was aborted
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(new CancelledError());
  return new Promise((resolve, reject) => {
    // A group of its own, so that cancelling reaches the compilers that `go build` started, too.
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env,
      ...options.user,
      detached: process.platform !== 'win32',
      stdio: 'pipe',
      windowsHide: true,
    });
    const limit = options.limit ?? 16 * 1024 * 1024;
    const stdout = new Tail(limit);
    const stderr = new Tail(limit);
    const decoder = new StringDecoder('utf8');
    let pending = '';
    child.stdout.on('data', options.onStdout ?? ((chunk: Buffer) => stdout.add(chunk)));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.add(chunk);
      if (!options.onStderrLine) return;
      const lines = (pending + decoder.write(chunk)).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) options.onStderrLine(line);
    });
    // A child that ends without reading its input is no failure of ours.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');

    let forced: NodeJS.Timeout | undefined;
    const kill = () => {
      if (signalGroup(child.pid, 'SIGKILL')) return;
      // It runs with another user's rights (sudo). It cannot be ended from here, so it is not waited for either.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      child.unref();
      reject(new CancelledError());
    };
    const stop = () => {
      if (!options.graceMs) return kill();
      signalGroup(child.pid, 'SIGTERM');
      forced = setTimeout(kill, options.graceMs);
    };
    signal?.addEventListener('abort', stop, { once: true });
    if (child.pid !== undefined) options.onStart?.(child.pid);
    child.on('error', (error) => {
      signal?.removeEventListener('abort', stop);
      const reason = systemCode(error) === 'ENOENT' ? 'it was not found' : error.message;
      reject(new RunError(`Could not start ${command}: ${reason}`));
    });
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      clearTimeout(forced);
      if (signal?.aborted) {
        // What it started may have closed its streams and go on.
        if (forced !== undefined) signalGroup(child.pid, 'SIGKILL');
        return reject(new CancelledError());
      }
      pending += decoder.end();
      if (pending !== '') options.onStderrLine?.(pending);
      resolve({
        code: code ?? 128 + (killedBy ? constants.signals[killedBy] : 0),
        stdout: stdout.text(),
        stderr: stderr.text(),
      });
    });
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): boolean {
  return pid === undefined || sendSignal(process.platform === 'win32' ? pid : -pid, signal);
}

/**
 * Sends a signal to a process or, where the number is negative, to a group.
 * @returns whether it could be sent, or there is nothing any more to send it to; false where it belongs to another user
 */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) === 'EPERM') return false;
    if (systemCode(error) !== 'ESRCH') throw error;
  }
  return true;
}

/** The first and the last half of a stream of bytes. */
class Tail {
  private readonly head: Buffer[] = [];
  private headSize = 0;
  private tail: Buffer[] = [];
  private tailSize = 0;
  private dropped = false;

  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(chunk: Buffer): void {
    const room = Math.floor(this.limit / 2) - this.headSize;
    const head = chunk.subarray(0, Math.max(0, room));
    if (head.length > 0) this.head.push(head);
    this.headSize += head.length;
    const rest = chunk.subarray(head.length);
    if (rest.length === 0) return;
    this.tail.push(rest);
    this.tailSize += rest.length;
    while (this.tailSize - (this.tail[0]?.length ?? 0) > this.limit / 2) {
      this.tailSize -= this.tail.shift()?.length ?? 0;
      this.dropped = true;
    }
  }

  text(): string {
    const gap = this.dropped ? [Buffer.from('\n…\n')] : [];
    return Buffer.concat([...this.head, ...gap, ...this.tail]).toString('utf8');
  }
}
