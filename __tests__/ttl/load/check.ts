import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshFolder } from '../../support/program.js';
import type { Server } from '../../support/pushgateway.js';
import { randomFrom } from '../../support/random.js';
import { Client } from './client.js';
import { flat, heapInUse } from './heap.js';
import { Ledger } from './ledger.js';
import { average, type Measured, type Report } from './report.js';
import { checkRestart, type Launch, PERSISTENCE_INTERVAL } from './restart.js';
import { type Population, Schedule } from './schedule.js';
import { Stalls } from './stalls.js';
import { Traffic } from './traffic.js';
import { Violations } from './violations.js';

/** One form of the load. */
export interface Load extends Population {
  /** Whether every group is pushed once before the load starts. */
  readonly isFilled: boolean;
  /** Pushes and reads a second. */
  readonly rates: { readonly pushes: number; readonly reads: number };
  /** How long the load lasts. */
  readonly seconds: number;
  /** Groups at least that have to be back after kill -9. */
  readonly leastRestored: number;
  /** What everything random follows from. */
  readonly seed: number;
}

/**
 * The share of the rates that has to be reached. Two cores that do nothing else reach all of it. With two busy loops
 * for each core beside, 0.5 was seen; less than half of that is left for machines that are slower still. What must not
 * pass is a server that hangs, or a run without a load. Every single answer is checked anyway.
 */
const LEAST_RATE = 0.2;

/** The share of the groups that a read has to show on average, of those that live at the rate that was reached. */
const LEAST_GROUPS = 0.5;

/** What the server's log must not contain. */
const ALARM = /^.*(?:WARNING: DATA RACE|fatal error:|panic:|level=ERROR).*$/m;

/**
 * Puts a server under load, checks everything that it answers, kills it, and checks what the next one answers. Broken
 * promises are in the report. It throws only where a server cannot be started. Every server that was started is ended.
 */
export async function checkUnderLoad(load: Load, launch: Launch): Promise<Report> {
  const ttl = [`--metric.timetolive=${load.ttl}ms`];
  const file = join(freshFolder('load'), 'metrics');
  const persistence = [`--persistence.file=${file}`, `--persistence.interval=${PERSISTENCE_INTERVAL}ms`];
  const servers: Server[] = [];
  const start: Launch = async (flags) => {
    const started = await launch(flags);
    servers.push(started);
    return started;
  };
  const server = await start([...ttl, ...persistence]);
  const client = new Client(server.url);
  const stalls = new Stalls(client);
  const violations = new Violations();
  const court = { ledger: new Ledger(), violations, lateness: stalls.lateness.bind(stalls) };
  const traffic = new Traffic(client, court, new Schedule(load, randomFrom(load.seed)));
  try {
    await traffic.fill(load.isFilled);
    const measured = await measure(load, traffic, client, violations);
    if (!server.isAlive()) violations.add('load', 'crash', server.log().slice(-2000));
    const restored = await checkRestart(server, start, { ttl, persistence }, traffic, court);
    checkFloors(load, measured, restored.expected, violations);
    checkLogs(servers, violations);
    return { load, ...measured, probes: stalls.durations, restored, violations };
  } finally {
    await Promise.all([traffic.stop(), stalls.stop()]);
    client.close();
    for (const started of servers) await started.stop('SIGKILL');
  }
}

/** Keeps the load up for its time, and leaves it running. */
async function measure(load: Load, traffic: Traffic, client: Client, violations: Violations): Promise<Measured> {
  const heap = (goodEnough?: number) =>
    heapInUse(client, goodEnough).catch((error: unknown) => {
      violations.add('load', 'heap', String(error));
      return 0;
    });
  const filled = traffic.pushes.length;
  const began = performance.now();
  const until = (share: number) => sleep(Math.max(0, began + load.seconds * 1000 * share - performance.now()));
  traffic.start(load.rates);
  await until(1 / 3);
  const heapBefore = await heap();
  await until(1);
  const heapAfter = await heap(flat(heapBefore));
  const seconds = (performance.now() - began) / 1000;
  const { reads, groups } = traffic;
  return { seconds, heapBefore, heapAfter, reads: [...reads], groups, pushes: traffic.pushes.slice(filled) };
}

function checkFloors(load: Load, measured: Measured, expected: number, violations: Violations): void {
  const { seconds, pushes, reads, groups, heapBefore, heapAfter } = measured;
  const floor = (what: string, reached: number, least: number) => {
    if (reached < least)
      violations.add('load', 'rate', `${what}: ${reached.toFixed(1)}, less than ${least.toFixed(1)}`);
  };
  const pushRate = pushes.length / seconds;
  floor('pushes a second', pushRate, load.rates.pushes * LEAST_RATE);
  floor('reads a second', reads.length / seconds, load.rates.reads * LEAST_RATE);
  const living = Math.min(load.names, (pushRate * (1 - load.again) * load.ttl) / 1000);
  floor('groups in a read', average(groups), load.keepers + living * LEAST_GROUPS);
  floor('groups that have to be back', expected, load.leastRestored);
  if (heapAfter > flat(heapBefore)) violations.add('load', 'heap', `${heapAfter} bytes in use, ${heapBefore} before`);
}

function checkLogs(servers: readonly Server[], violations: Violations): void {
  for (const { log } of servers) {
    const text = log();
    const found = ALARM.exec(text);
    if (found) violations.add('load', 'log', text.slice(found.index, found.index + 4000));
  }
}
