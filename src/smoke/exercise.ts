import { randomBytes } from 'node:crypto';
import { CancelledError, messageOf } from '../base/errors.js';
import { within } from '../base/limit.js';
import type { Log } from '../base/log.js';
import type { RunResult } from '../base/process.js';
import type { Launcher } from './launcher.js';
import { reservePort } from './ports.js';
import { Session, stepFailure } from './session.js';
import { expire, isOurs, isReady, pushAndRead, stop } from './steps.js';

/** Longest waits, in milliseconds. Emulated programs are slow, and machines of CI busy. */
export interface Limits {
  /** For `--version`, and until the server is ready. */
  readonly start: number;
  /** For one answer. */
  readonly answer: number;
  /** For a pushed metric to be shown, where it does not expire. */
  readonly read: number;
  /** For a metric to expire; the patch set `dinumathai` takes up to 61 s for a TTL of 1 s. */
  readonly expiry: number;
  /** For the end after SIGTERM. */
  readonly stop: number;
}

export const LIMITS: Limits = { start: 60_000, answer: 30_000, read: 5_000, expiry: 90_000, stop: 10_000 };

/** The shortest that the patch set `ttl` accepts, in seconds. */
export const TTL = 1;

/** Ports that are tried, where others take them between the choice and the start. */
const PORTS = 5;

export interface ExerciseOptions {
  /** `linux/arm64 (by qemu-aarch64-static)`, for errors and progress. */
  readonly title: string;
  readonly launcher: Launcher;
  /** What `--version` must show. */
  readonly version: string;
  /** Whether metrics must expire. */
  readonly expiry: boolean;
  readonly limits: Limits;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs a Pushgateway and uses it: version, start, status, push, read, expiry, stop. It has ended when this returns or
 * throws.
 * @throws RunError naming the step that failed, what was expected, what came, and the end of the server's log
 * @throws CancelledError
 */
export async function exercise(options: ExerciseOptions): Promise<void> {
  await checkVersion(options);
  for (let tries = PORTS; !(await tryOnPort(options, tries > 1)); tries--) {
    options.log.debug(`${options.title}: the port was taken meanwhile; trying another`);
  }
}

async function checkVersion({ title, launcher, version, limits, signal }: ExerciseOptions): Promise<void> {
  const failure = (came: string, log = '') =>
    stepFailure(title, 'version', `"version ${version}" from --version`, came, log);
  let result: RunResult;
  try {
    const late = () => new Error(`no end within ${limits.start / 1000} s`);
    result = await within(limits.start, signal, (signal) => launcher.run(['--version'], signal), late);
  } catch (error) {
    throw error instanceof CancelledError ? error : failure(messageOf(error));
  }
  const text = `${result.stdout}\n${result.stderr}`;
  if (result.code !== 0) throw failure(`code ${result.code}`, text);
  // "pushgateway, version 1.11.3+ttl.1 (branch: …": the whole word, since 1.11.3 is not 1.11.3+ttl.1.
  const shown = /\bversion\s+(\S+)/.exec(text)?.[1];
  if (shown !== version) throw failure(shown === undefined ? 'no version' : `"version ${shown}"`, text);
}

/** @returns false where the port was taken by somebody else, and `mayBeTaken` */
async function tryOnPort(options: ExerciseOptions, mayBeTaken: boolean): Promise<boolean> {
  const { launcher, title, limits, expiry, signal } = options;
  const { port, release } = await reservePort();
  const job = `smoke-${randomBytes(8).toString('hex')}`;
  // Shows in the API whose server it is, and in /proc which processes are its own.
  const address = `http://${job}.invalid`;
  const mark = `--web.external-url=${address}`;
  const ttl = expiry ? [`--metric.timetolive=${TTL}s`] : [];
  const server = launcher.start([`--web.listen-address=127.0.0.1:${port}`, mark, ...ttl], mark);
  try {
    const session = new Session({ server, port, job, title, patience: limits.answer, signal });
    if (!(await isReady(session, options, mayBeTaken))) return false;
    if (!(await isOurs(session, address)) && mayBeTaken) return false;
    await pushAndRead(session, options, 'POST', 41.5);
    if (expiry) {
      await expire(session, options);
      await pushAndRead(session, options, 'PUT', 42.5);
    }
    await stop(session, options);
    return true;
  } finally {
    await server.kill();
    release();
  }
}
