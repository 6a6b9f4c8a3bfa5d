// CPU time of sweeping: the patch set with the TTL on, with the TTL off, and upstream, all with the same groups and pushes.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { metric, push, start } from './servers.mjs';
import { tell } from './statistics.mjs';

const GROUPS = 10_000;
const WINDOW = 20_000;
/** A sweep is due at each moment if something expires ten times a second: they then come once in 500 ms. */
const TICK = 100;
const PACE = 500;

/** Percent of one core that each server uses during a window, in which all get the same pushes at the same time. */
async function watch(servers, work) {
  const before = servers.map((server) => server.cpu());
  const began = performance.now();
  await work(began);
  const nanoseconds = (performance.now() - began) * 1e6;
  return servers.map((server, which) => (100 * (server.cpu() - before[which])) / nanoseconds);
}

/**
 * Pushes something that expires a second later, with every tick, each time to another group; a group's turn comes again
 * once it is gone.
 */
async function expireAllTheTime(servers, began) {
  for (let tick = 0; tick * TICK < WINDOW; tick++) {
    await sleep(Math.max(0, began + tick * TICK - performance.now()));
    const path = `/metrics/job/short_lived/instance/${tick % 30}`;
    await Promise.all(servers.map((server) => push(server, path, 'short_lived 1\npush_ttl_seconds 1\n', 202)));
  }
}

/** How many sweeps have removed something, going by the log: what one sweep removes is logged within a few milliseconds. */
function sweeps(log) {
  const times = [...log.matchAll(/^ts=(\S+) .*msg="metric family expired"/gm)].map(([, time]) => Date.parse(time));
  return times.filter((time, i) => i === 0 || time - times[i - 1] > PACE / 2).length;
}

export async function sweeping({ rounds, folder, file, upstream, ttl }) {
  const servers = [];
  const flags = ['--push.disable-consistency-check', '--persistence.interval=1h', '--log.level=debug'];
  try {
    for (const [which, { binary, more }] of [
      { binary: ttl, more: ['--metric.timetolive=1h'] },
      { binary: ttl, more: [] },
      { binary: upstream, more: [] },
    ].entries()) {
      const own = join(folder, `sweeping-${which}`);
      copyFileSync(file, own);
      servers.push(await start(binary, [`--persistence.file=${own}`, ...flags, ...more]));
    }
    const idle = [];
    const busy = [];
    const counts = [];
    for (let round = 0; round < rounds; round++) {
      idle.push(await watch(servers, () => sleep(WINDOW / 2)));
      const logged = servers[0].log().length;
      busy.push(await watch(servers, (began) => expireAllTheTime(servers, began)));
      counts.push(sweeps(servers[0].log().slice(logged)));
      await sleep(2 * PACE + 1000); // What was pushed last expires as well.
    }
    report(idle, busy, counts);
    const expired = await metric(servers[0], 'pushgateway_metric_families_expired_total');
    const pushed = (rounds * WINDOW) / TICK;
    console.log(`  expired families by the server's own count: ${expired} of ${pushed} pushed`);
    if (expired < 0.95 * pushed) throw new Error('much has not expired');
  } finally {
    for (const server of servers) await server.stop();
  }
}

function report(idle, busy, counts) {
  const name = `sweeping, ${GROUPS} groups`;
  const unit = ' % of one core';
  tell(
    `${name}, at full pace, on − off`,
    busy.map(([on, off]) => on - off),
    { unit, limit: 2 },
  );
  tell(
    `${name}, control: upstream − off`,
    busy.map(([, off, upstream]) => upstream - off),
    { unit },
  );
  tell(`${name}, sweeps in ${WINDOW / 1000} s`, counts, { digits: 0, goal: `${WINDOW / PACE}, the full pace` });
  tell(
    `${name}, nothing to expire for now, on − off`,
    idle.map(([on, off]) => on - off),
    { unit, goal: '0' },
  );
  // Each comes a little late, and none is due in the first second of the first window.
  if (Math.min(...counts) < 0.75 * (WINDOW / PACE)) throw new Error('the sweeps did not come at their full pace');
}
