import { setTimeout as sleep } from 'node:timers/promises';
import { type Groups, groupsOfApi, groupsOfMetrics, groupsOfPage } from '../../support/groups.js';

/** Every way in which a Pushgateway shows what was pushed. */
const SOURCES = [
  { path: '/metrics', every: 150, parse: groupsOfMetrics },
  { path: '/api/v1/metrics', every: 150, parse: groupsOfApi },
  { path: '/', every: 400, parse: groupsOfPage },
] as const;

export type Source = (typeof SOURCES)[number]['path'];
export const PATHS: readonly Source[] = SOURCES.map(({ path }) => path);

/** One answer of a server. Times are milliseconds of `performance.now()`. */
export interface Read {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly groups: () => Groups;
}

/** A server that is read all the time, by everything that it has to be read by. */
export interface Watch {
  readonly url: string;
  readonly reads: readonly Read[];
  /**
   * For how long the machine has been busy with other things between two times, as this process has seen it: how much
   * its timers were late, and how long trivial requests took.
   */
  readonly stall: (from: number, to: number) => number;
  /** Ends the reading. */
  readonly stop: () => Promise<void>;
  /** Fails where a read has failed. */
  readonly mustGoOn: () => void;
}

const PROBE_PAUSE = 100;

/** Reads a server until it is told to stop. What the answers contain is parsed only when somebody asks for it. */
export function watch(url: string): Watch {
  const reads: Read[] = [];
  const probes: { at: number; lost: number }[] = [];
  let isStopped = false;
  let failure: Error | undefined;

  const again = async (pause: number, task: () => Promise<void>) => {
    try {
      for (; !isStopped; await sleep(pause)) await task();
    } catch (error) {
      failure ??= error as Error;
    }
  };
  const readers = SOURCES.map(({ path, every, parse }) =>
    again(every, async () => {
      const start = performance.now();
      const response = await fetch(`${url}${path}`);
      const text = await response.text();
      const end = performance.now();
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 1000)}`);
      reads.push({ source: path, start, end, groups: once(() => parse(text)) });
    }),
  );
  // Asks for nothing that has to do with what was pushed: the server just says that this wants another method.
  const prober = again(0, async () => {
    const at = performance.now();
    await sleep(PROBE_PAUSE);
    await (await fetch(`${url}/-/quit`)).text();
    probes.push({ at, lost: performance.now() - at - PROBE_PAUSE });
  });

  return {
    url,
    reads,
    stall: (from, to) =>
      probes
        .filter(({ at, lost }) => at + PROBE_PAUSE + lost > from && at < to)
        .reduce((sum, one) => sum + one.lost, 0),
    stop: async () => {
      isStopped = true;
      await Promise.all([...readers, prober]);
    },
    mustGoOn: () => {
      if (failure) throw failure;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
