import { messageOf } from '../base/errors.js';
import { orGiveUp } from '../base/limit.js';
import { type RunResult, run, sendSignal } from '../base/process.js';
import { endAllWith } from './processes.js';

/** A way to run the program of an image: by itself, through an emulator, in a container. */
export interface Launcher {
  /** Runs it to its end. */
  run(args: readonly string[], signal: AbortSignal): Promise<RunResult>;
  /**
   * Starts it to serve.
   * @param mark one of `args`, which no other process on the machine has
   */
  start(args: readonly string[], mark: string): Server;
}

/** The program while it serves. */
export interface Server {
  /** What it has written to standard error so far; when it has ended, standard output, too. */
  log(): string;
  hasEnded(): boolean;
  /** How it ended: the exit code, 128 + n where signal n ended it; text where it could not be started. */
  readonly ended: Promise<number | string>;
  /** Asks it to end, as an operator would. */
  terminate(): Promise<void>;
  /** Ends it at once with everything that was started for it; may be called at any time, and again. */
  kill(): Promise<void>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly mark: string;
  /** Sends a signal to the program itself where it is not the process that was started; false where it is not found. */
  readonly signalProgram?: (signal: NodeJS.Signals) => Promise<boolean>;
}

/** How long what a container engine started has to go by itself once the program has been ended, in milliseconds. */
const GRACE = 1000;

/** Starts a process that serves. */
export function startServer(command: string, args: readonly string[], options: StartOptions): Server {
  const { cwd, env, mark, signalProgram = async () => false } = options;
  const killer = new AbortController();
  let pid: number | undefined;
  let said = '';
  let result: number | string | undefined;
  const hear = (text: string) => {
    said = `${said}${text}\n`.slice(-64 * 1024);
  };
  const onStart = (started: number) => {
    pid = started;
  };
  const process = run(command, args, {
    cwd,
    env: { ...env },
    signal: killer.signal,
    onStart,
    onStderrLine: hear,
    limit: 256 * 1024,
  });
  const ended = process
    .then(({ code, stdout }) => {
      if (stdout.trim() !== '') hear(stdout.trimEnd());
      return code;
    })
    .catch(messageOf)
    .then((value) => {
      result = value;
      return value;
    });
  const hasEnded = () => result !== undefined;
  return {
    log: () => said,
    hasEnded,
    ended,
    async terminate() {
      if (!(await signalProgram('SIGTERM')) && pid !== undefined && !hasEnded()) sendSignal(pid, 'SIGTERM');
    },
    async kill() {
      // The program first: an engine whose program has ended puts its mounts and folders away.
      if (!hasEnded() && (await signalProgram('SIGKILL'))) await orGiveUp(ended, GRACE);
      killer.abort();
      await orGiveUp(ended, GRACE);
      await endAllWith(mark);
    },
  };
}

/** Runs a program as it is, or behind an emulator; nothing of the user's reaches it but PATH. */
export function nativeLauncher(command: readonly string[], cwd: string, path: string | undefined): Launcher {
  const [first = '', ...rest] = command;
  const env = { PATH: path ?? '' };
  return {
    run: (args, signal) => run(first, [...rest, ...args], { cwd, env, signal, limit: 256 * 1024 }),
    start: (args, mark) => startServer(first, [...rest, ...args], { cwd, env, mark }),
  };
}
