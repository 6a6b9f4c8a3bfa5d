import { performance } from 'node:perf_hooks';
import type { Log } from '../base/log.js';
import type { Phase } from '../output/result.js';

/** Runs the phases of a command, each under its heading, and remembers how long each took. */
export interface PhaseClock {
  run<T>(title: string, body: () => Promise<T>): Promise<T>;
  /** The phases that have ended, in their order. */
  ended(): readonly Phase[];
  /** Since the clock was started. */
  milliseconds(): number;
}

/** Starts a clock for one run of a command. */
export function phaseClock(log: Log): PhaseClock {
  const started = performance.now();
  const now = () => Math.round(performance.now() - started);
  const ended: Phase[] = [];
  return {
    run: async (title, body) => {
      const startMilliseconds = now();
      try {
        return await log.group(title, body);
      } finally {
        ended.push({ title, startMilliseconds, milliseconds: now() - startMilliseconds });
      }
    },
    ended: () => ended,
    milliseconds: now,
  };
}
