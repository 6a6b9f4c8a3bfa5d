import { pause } from './limit.js';
import type { Log } from './log.js';

export interface RetryOptions {
  /** Further tries after the first. */
  readonly retries: number;
  /** Milliseconds before the first retry; each wait is twice the one before, at most 30 s. Default 1000. */
  readonly firstDelay?: number | undefined;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

const LONGEST_DELAY = 30_000;

/** No try is begun later than this after the first: each may take minutes when a registry stalls. */
const PATIENCE = 15 * 60_000;

/**
 * Runs `body`, and runs it again where it failed with something that passes: 5xx, 429, dropped connections, timeouts,
 * damaged bodies. Anything else is thrown at once.
 * @param what for the log, as in "push to ghcr.io/a/b"
 * @param body is told how many tries there were before
 * @param passing says in words what went wrong, where another try may help; undefined elsewhere
 * @throws the error of the last try; CancelledError where the signal is aborted during a wait
 */
export async function tryAgain<T>(
  what: string,
  options: RetryOptions,
  body: (retry: number) => Promise<T>,
  passing: (error: unknown) => string | undefined,
): Promise<T> {
  const begun = performance.now();
  for (let retry = 0; ; retry++) {
    try {
      return await body(retry);
    } catch (error) {
      const text = passing(error);
      if (text === undefined || retry >= options.retries) throw error;
      const delay = delayBefore(retry + 1, options.firstDelay);
      if (performance.now() + delay - begun > PATIENCE) throw error;
      const seconds = (delay / 1000).toFixed(1);
      options.log.info(`${what}: ${text}; retry ${retry + 1} of ${options.retries} in ${seconds} s`);
      await pause(delay, options.signal);
    }
  }
}

/** Milliseconds before the n-th retry, with up to a fifth more, so that jobs of one matrix do not come back together. */
export function delayBefore(retry: number, firstDelay = 1000): number {
  return Math.min(LONGEST_DELAY, firstDelay * 2 ** (retry - 1)) * (1 + Math.random() / 5);
}
