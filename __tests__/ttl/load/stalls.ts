import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.js';

/** Milliseconds between the end of a probe and the next one. */
const PAUSE = 50;

/** Milliseconds for which probes are remembered. */
const MEMORY = 60_000;

/**
 * What the server does late, it does when it gets a processor: after its timer it has to be scheduled, to take the lock
 * for reading, to give it back, and to take it for writing, each time in competition with everybody else's requests.
 */
const STEPS = 4;

/**
 * Measures for how long the machine lets the server wait. A probe is a request that needs none of the store's locks, so
 * that it is late only where the process does not get a processor, or this one does not.
 */
export class Stalls {
  /** Milliseconds that each probe took. */
  readonly durations: number[] = [];
  private readonly probes: { sent: number; answered: number }[] = [];
  private readonly ended: Promise<void>;
  private isStopped = false;

  /** Starts at once; `stop` has to follow. */
  constructor(client: Client) {
    this.ended = this.run(client);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.ended;
  }

  /** How many milliseconds late the server may have been with what was due between two times. */
  lateness(since: number, until: number): number {
    let longest = 0;
    for (const { sent, answered } of this.probes) {
      if (sent > until || answered < since) continue;
      longest = Math.max(longest, Math.min(answered, performance.now()) - sent);
    }
    return STEPS * longest;
  }

  private async run(client: Client): Promise<void> {
    while (!this.isStopped) {
      const probe = { sent: performance.now(), answered: Number.POSITIVE_INFINITY };
      this.probes.push(probe);
      // Where the server is gone, others report it.
      const answer = await client.ask('GET', '/debug/pprof/cmdline').catch(() => undefined);
      probe.answered = performance.now();
      if (answer) this.durations.push(probe.answered - probe.sent);
      while ((this.probes[0]?.answered ?? 0) < probe.sent - MEMORY) this.probes.shift();
      await sleep(PAUSE);
    }
  }
}
