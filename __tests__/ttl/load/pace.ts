import { performance } from 'node:perf_hooks';

/** Milliseconds between two looks at the clock. */
const TICK = 5;

/** Seconds of work at most that are caught up with after a delay; the rest is dropped, and missing from the rate. */
const CATCH_UP = 1;

/**
 * Starts work at a steady rate that does not depend on how long it takes: late answers do not thin out the load.
 * @param rate a second
 * @param start starts one piece; false where it cannot yet, to be asked again
 * @returns ends it
 */
export function pace(rate: number, start: () => boolean): () => void {
  const began = performance.now();
  let started = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1000) * rate);
    started = Math.max(started, due - rate * CATCH_UP);
    while (started < due && start()) started++;
  }, TICK);
  return () => clearInterval(timer);
}
