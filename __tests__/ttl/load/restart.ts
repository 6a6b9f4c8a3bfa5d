import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../support/pushgateway.js';
import { Client } from './client.js';
import { type Court, judgeRead } from './judge-read.js';
import type { Ledger } from './ledger.js';
import { EARLY, type View } from './oracle.js';
import type { Traffic } from './traffic.js';

/** Starts a server with the flags that a Pushgateway has, and waits until it is ready. */
export type Launch = (flags: readonly string[]) => Promise<Server>;

/** Milliseconds from a push, or from the removal of what has expired, to the write of the persistence file. */
export const PERSISTENCE_INTERVAL = 500;

/** Milliseconds that this write may take and be late, on a machine that lets nobody wait. */
const WRITE = 1000;

/** Milliseconds between the last kill and the last start, for something to expire while no server runs. */
const DOWN = 2000;

/** Groups after kill -9 and a new start. */
export interface Restored {
  /** Of which at least a part had to be back. */
  readonly expected: number;
  /** That the server without a TTL showed, which removes nothing. */
  readonly withoutTtl: number;
  /** That the server with the TTL showed later. */
  readonly withTtl: number;
}

/**
 * Kills the server in the middle of the load, and looks at what the next one has: the state of some instant, at most a
 * persistence interval before the kill. First without a TTL, which shows whatever is in the file, and then, killed once
 * more and after a while, with the TTL as before.
 */
export async function checkRestart(
  server: Server,
  launch: Launch,
  flags: { readonly ttl: readonly string[]; readonly persistence: readonly string[] },
  traffic: Traffic,
  court: Court,
): Promise<Restored> {
  traffic.expectTheEnd();
  const since = performance.now() - PERSISTENCE_INTERVAL - WRITE;
  const from = since - court.lateness(since, performance.now());
  await server.stop('SIGKILL');
  const to = performance.now();
  await traffic.stop();

  const whole = { from, to, start: from, end: to };
  const withoutTtl = await readOnce(launch, flags.persistence, court, () => whole);
  await sleep(DOWN);
  const withTtl = await readOnce(launch, [...flags.ttl, ...flags.persistence], court, (start, end) => ({
    from,
    to,
    start,
    end,
  }));
  return { expected: countExpected(court.ledger, whole), withoutTtl, withTtl };
}

/** The number of groups that the first read of a new server shows; the server is killed after it. */
async function readOnce(
  launch: Launch,
  flags: readonly string[],
  court: Court,
  viewOf: (sent: number, answered: number) => View,
): Promise<number> {
  const server = await launch(flags);
  const client = new Client(server.url);
  try {
    const { status, body, sent, answered } = await client.ask('GET', '/metrics');
    if (status !== 200) court.violations.add('restart', 'read', `status ${status}`);
    return judgeRead(court, 'restart', body, viewOf(sent, answered)).groups.size;
  } catch (error) {
    court.violations.add('restart', 'read', String(error));
    return 0;
  } finally {
    client.close();
    await server.stop('SIGKILL');
  }
}

/** Groups whose state is certain, and of which something is alive at the end of the view. */
function countExpected(ledger: Ledger, { from, end }: View): number {
  let count = 0;
  for (const group of ledger.known) {
    const state = ledger.states(group).at(-1);
    if (!state?.push || state.push.settled >= from) continue;
    if ([...state.samples.values()].some(({ push }) => end <= push.sent + push.ttl - EARLY)) count++;
  }
  return count;
}
