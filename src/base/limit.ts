import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from './errors.js';

/**
 * Gives work a limit of time besides the caller's signal.
 * @param work ends early where its signal is aborted
 * @throws CancelledError where `signal` was aborted; what `late` makes where the time is over; else what `work` throws
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => Error,
): Promise<T> {
  const { controller, release } = linked(signal);
  const timer = setTimeout(() => controller.abort(), milliseconds);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    throw controller.signal.aborted ? late() : error;
  } finally {
    clearTimeout(timer);
    release();
  }
}

/**
 * A controller that is aborted with the caller's signal, too, for a CancelledError; `AbortSignal.any` would do it, but came
 * with Node 20.3 only.
 */
export function linked(signal: AbortSignal | undefined): { controller: AbortController; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new CancelledError());
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return { controller, release: () => signal?.removeEventListener('abort', abort) };
}

/** What a promise comes to, or undefined where that takes too long or `signal` is aborted; leaves no timer behind. */
export async function orGiveUp<T>(
  promise: Promise<T>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let giveUp = () => {};
  const over = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined);
    timer = setTimeout(giveUp, milliseconds);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/**
 * Waits for so many milliseconds.
 * @throws CancelledError as soon as `signal` is aborted
 */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    throw error;
  }
}
