// CPU time of the server per push and per read: upstream, upstream once more as the control, and the patch set.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BODY, group, push, start } from './servers.mjs';
import { median, spreadAround1, tell } from './statistics.mjs';

const GROUPS = 1000;
/** In which order the three servers get a batch of requests. Each is as often before and after each other one. */
const ORDERS = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
  [0, 2, 1],
  [1, 0, 2],
];
const BATCH = { push: 60, read: 30 };

const send = {
  push: (server, number) => push(server, group(number % GROUPS), BODY),
  read: (server) => server.ask('GET', '/metrics'),
};

/** Nanoseconds of CPU time per request of each server. What it does between its batches counts as well. */
async function measure(servers, kind) {
  const before = servers.map((server) => server.cpu());
  let number = 0;
  for (const order of ORDERS) {
    for (const which of order) {
      for (let i = 0; i < BATCH[kind]; i++) await send[kind](servers[which], number + i);
    }
    number += BATCH[kind];
  }
  await sleep(100);
  return servers.map((server, which) => (server.cpu() - before[which]) / number);
}

/** One round: three fresh servers, as two processes of one binary are never quite alike. */
async function round({ folder, file, upstream, ttl }) {
  const servers = [];
  try {
    for (const [which, { binary, flags }] of [
      { binary: upstream, flags: [] },
      { binary: upstream, flags: [] },
      { binary: ttl, flags: ['--metric.timetolive=1h'] },
    ].entries()) {
      const own = join(folder, `requests-${which}`);
      copyFileSync(file, own);
      servers.push(await start(binary, [`--persistence.file=${own}`, '--persistence.interval=1h', ...flags]));
    }
    for (const server of servers) {
      for (let i = 0; i < 30; i++) await send[i % 2 === 0 ? 'push' : 'read'](server, i);
    }
    return { push: await measure(servers, 'push'), read: await measure(servers, 'read') };
  } finally {
    for (const server of servers) await server.stop();
  }
}

export async function requests({ rounds, ...inputs }) {
  const results = [];
  for (let i = 0; i < rounds; i++) results.push(await round(inputs));
  for (const kind of ['push', 'read']) {
    const of = (compute) => results.map((result) => compute(...result[kind]));
    const control = of((a, other) => other / a);
    const spread = spreadAround1(control);
    const ours = of((a, other, ttl) => ttl / ((a + other) / 2));
    const name = `CPU per ${kind} at ${GROUPS} groups`;
    tell(
      `${name}, upstream`,
      of((a) => a / 1e6),
      { unit: ' ms' },
    );
    tell(`${name}, control: upstream ÷ upstream`, control);
    const met = median(ours) <= 1.02 + spread ? 'met' : 'NOT met';
    const goal = `a median ≤ 1.02 + ${spread.toFixed(3)}, the control's farther quartile: ${met}`;
    tell(`${name}, ttl ÷ upstream (mean of both)`, ours, { goal });
  }
}
