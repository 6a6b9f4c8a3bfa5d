import { performance } from 'node:perf_hooks';
import type { Client } from './client.js';
import { pathOf } from './exposition.js';
import { type Court, judgeRead } from './judge-read.js';
import type { Push } from './ledger.js';
import { pace } from './pace.js';
import { bodyOf, type PlannedPush, type Schedule } from './schedule.js';

/** Pushes, and reads, that are under way at most. */
const AT_ONCE = 8;

/** Pushes under way at most while the store is filled. */
const AT_ONCE_TO_FILL = 4;

/** Pushes to and reads from one server, each checked when it is answered. */
export class Traffic {
  /** Milliseconds that each answered push took. */
  readonly pushes: number[] = [];
  /** Milliseconds that each answered read took. */
  readonly reads: number[] = [];
  /** Groups that each answered read showed. */
  readonly groups: number[] = [];
  private readonly client: Client;
  private readonly court: Court;
  private readonly schedule: Schedule;
  private readonly stops: (() => void)[] = [];
  private readonly underWay = { pushes: new Set<Promise<unknown>>(), reads: new Set<Promise<unknown>>() };
  private mayFail = false;
  private number = 0;

  constructor(client: Client, court: Court, schedule: Schedule) {
    this.client = client;
    this.court = court;
    this.schedule = schedule;
  }

  /**
   * Pushes every keeper, and every other group too where asked for, as fast as the server takes it. It gives up where
   * pushes fail, so that a server that hangs cannot make it take forever.
   */
  async fill(everyGroup: boolean): Promise<void> {
    const plan = this.schedule.fill(everyGroup);
    const one = async () => {
      for (const planned of plan) if (!(await this.push(planned))) return;
    };
    await Promise.all(Array.from({ length: AT_ONCE_TO_FILL }, one));
  }

  /** @param rates pushes and reads a second */
  start(rates: { readonly pushes: number; readonly reads: number }): void {
    this.stops.push(
      pace(rates.pushes, () => {
        const planned = this.underWay.pushes.size < AT_ONCE ? this.schedule.next() : undefined;
        if (planned) track(this.underWay.pushes, this.push(planned));
        return planned !== undefined;
      }),
      pace(rates.reads, () => {
        const isFree = this.underWay.reads.size < AT_ONCE;
        if (isFree) track(this.underWay.reads, this.read());
        return isFree;
      }),
    );
  }

  /** The server is about to be killed: from now on, a request without an answer is no violation. */
  expectTheEnd(): void {
    this.mayFail = true;
  }

  /** Starts nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    for (const stop of this.stops.splice(0)) stop();
    await Promise.all([...this.underWay.pushes, ...this.underWay.reads]);
  }

  /** Whether it was answered with success. */
  private async push(planned: PlannedPush): Promise<boolean> {
    const { group, kind } = planned;
    const open = Number.POSITIVE_INFINITY;
    const push: Push = { ...planned, number: ++this.number, sent: performance.now(), answered: open, settled: open };
    this.court.ledger.send(push);
    try {
      const { status, answered } = await this.client.ask(kind, pathOf(group), bodyOf(push));
      if (status !== (kind === 'DELETE' ? 202 : 200)) throw new Error(`status ${status}`);
      this.court.ledger.answer(push, answered);
      this.pushes.push(answered - push.sent);
      return true;
    } catch (error) {
      if (this.mayFail) return false;
      this.court.ledger.lose(group);
      this.court.violations.add('load', 'push', `${kind} to group ${group}: ${error}`);
      return false;
    } finally {
      this.schedule.done(group);
    }
  }

  private async read(): Promise<void> {
    try {
      const { status, body, sent, answered } = await this.client.ask('GET', '/metrics');
      if (status !== 200) throw new Error(`status ${status}`);
      const view = { from: sent, to: answered, start: sent, end: answered };
      this.groups.push(judgeRead(this.court, 'load', body, view).groups.size);
      this.reads.push(answered - sent);
    } catch (error) {
      if (!this.mayFail) this.court.violations.add('load', 'read', String(error));
    }
  }
}

function track(all: Set<Promise<unknown>>, one: Promise<unknown>): void {
  all.add(one);
  one.finally(() => all.delete(one));
}
