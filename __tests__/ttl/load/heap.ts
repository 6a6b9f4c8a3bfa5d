import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.js';

/** Milliseconds between two samples. */
const PAUSE = 150;
const LEAST_SAMPLES = 12;
const MOST_SAMPLES = 60;

/** What the heap may grow by from one look at it to a later one: a healthy server was never seen to use half of that. */
const FACTOR = 1.1;
const BYTES = 2 ** 20;

/** The most that may be in use later, in bytes, for the heap to count as flat. */
export function flat(before: number): number {
  return before * FACTOR + BYTES;
}

/**
 * Bytes of all objects that are left by a garbage collection, while the load goes on. What requests under way need comes
 * on top, often as much again, so that this is the least of many samples; where that is not good enough, of more.
 * Fails where the server does not tell.
 */
export async function heapInUse(client: Client, goodEnough = Number.POSITIVE_INFINITY): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < LEAST_SAMPLES || (least > goodEnough && sample < MOST_SAMPLES); sample++) {
    const { body } = await client.ask('GET', '/debug/pprof/heap?gc=1&debug=1');
    const [, bytes] = /^# HeapAlloc = (\d+)$/m.exec(body) ?? [];
    if (bytes === undefined) throw new Error(`no HeapAlloc in ${body.slice(0, 200)}`);
    least = Math.min(least, Number(bytes));
    await sleep(PAUSE);
  }
  return least;
}
