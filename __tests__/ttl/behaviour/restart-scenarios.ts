import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { family } from '../../support/families.js';
import { until } from '../../support/files.js';
import { stampsOfApi } from '../../support/groups.js';
import type { Times } from '../../support/push.js';
import { stays } from './lives.js';
import { life } from './parts.js';
import { groupLives, TooLate, ttl } from './rows.js';
import type { Scenario } from './scenarios.js';
import { groups, isGone, pushTo, shown } from './shown.js';
import { moveStamps } from './stamps.js';
import { checkReads } from './table.js';

const a = family('a', 1);
const b = family('b', 2);

/** Deletions are persisted like pushes. Upstream, and the TTL off, show everything that is in the file. */
const expiredStaysAway: Scenario = async (stage) => {
  const server = await stage.start(['--metric.timetolive=3s']);
  const reads = stage.watch(server);
  await pushTo(server, 'plain', [a]);
  await pushTo(server, 'gone', [a, ttl(7)]);
  await pushTo(server, 'part', [a, ttl(7)], 'protobuf');
  await pushTo(server, 'stays', [a, ttl(0)]);
  await sleep(5000);
  const last = await pushTo(server, 'part', [b]);
  // Nothing is pushed any more, so that only the sweep can be why the file is written.
  await until(() => isGone(server, ['gone push_time_seconds', 'part a']));
  await stage.untilPersisted(reads);
  await reads.stop();
  await server.stop('SIGKILL');

  const files = [stage.copy(), stage.copy(), stage.copy()];
  const after = await Promise.all([
    stage.start([], { patches: 'none', file: files[0] ?? '' }),
    stage.start(['--metric.timetolive=0'], { file: files[1] ?? '' }),
    stage.start(['--metric.timetolive=3s'], { file: files[2] ?? '' }),
  ]);
  const found = await Promise.all(after.map(shown));
  if (performance.now() > last.sent + 6900) throw new TooLate('b of part may be gone by now');
  const expected = groups({ part: ['b', 'push_ttl_seconds'], stays: ['a', 'push_ttl_seconds'] });
  expect(found).toEqual([expected, expected, expected]);
};

const goneAtFirstRead: Scenario = async (stage) => {
  const server = await stage.start(['--metric.timetolive=3s']);
  const reads = stage.watch(server);
  const first = await pushTo(server, 'x', [a]);
  await pushTo(server, 'y', [a, ttl(4)]);
  const last = await pushTo(server, 'z', [a, ttl(1000)], 'protobuf');
  await stage.untilPushesPersisted(reads);
  await reads.stop();
  await server.stop('SIGKILL');
  if (performance.now() > first.sent + 2900) throw new TooLate('x was not to expire before the end');

  const upstream = await stage.start([], { patches: 'none', file: stage.copy() });
  const z = ['a', 'push_ttl_seconds'];
  expect(await shown(upstream)).toEqual(groups({ x: ['a'], y: z, z }));
  await sleep(Math.max(0, last.answered + 4050 - performance.now()));
  expect(await shown(await stage.start(['--metric.timetolive=3s']))).toEqual(groups({ z }));
};

const ageGoesOn: Scenario = async (stage) => {
  const before = await stage.start(['--metric.timetolive=5s']);
  const pushed = {
    x: await pushTo(before, 'x', [a]),
    y: await pushTo(before, 'y', [a, ttl(6.5)]),
    z: await pushTo(before, 'z', [a, ttl(0)]),
  };
  expect(await before.stop('SIGTERM')).toBe(0);
  const reads = stage.watch(await stage.start(['--metric.timetolive=5s']));
  const check = (job: keyof typeof pushed, lives: ReturnType<typeof groupLives>) =>
    checkReads(reads, { name: job, lives }, [pushed[job]], job);
  await check('x', groupLives(life(0, 0, 5), 'a'));
  await check('y', groupLives(life(0, 0, 6.5), 'a', 'push_ttl_seconds'));
  await check('z', groupLives({ from: 0, to: stays(0, 7) }, 'a', 'push_ttl_seconds'));
};

const oneHourDown: Scenario = async (stage) => {
  const before = await stage.start(['--metric.timetolive=1h']);
  await pushTo(before, 'x', [a]);
  const pushed = await pushTo(before, 'y', [a, ttl(3605)]);
  await pushTo(before, 'z', [a, ttl(7200)]);
  await pushTo(before, 'never', [a, ttl(0)]);
  expect(await before.stop('SIGTERM')).toBe(0);
  expect(moveStamps(stage.file, -3600)).toBe(3 + 4 + 4 + 4);

  const server = await stage.start(['--metric.timetolive=1h']);
  const first = await shown(server);
  if (performance.now() > pushed.sent + 4900) throw new TooLate('y may be gone by now');
  const chosen = ['a', 'push_ttl_seconds'];
  expect(first).toEqual(groups({ y: chosen, z: chosen, never: chosen }));
  // An hour and five seconds after its push, which was five seconds ago for those who push.
  const lives = groupLives(life(0, 0, 5), 'a', 'push_ttl_seconds');
  await checkReads(stage.watch(server), { name: 'y', lives }, [pushed], 'y');
  expect(await shown(server)).toEqual(groups({ z: chosen, never: chosen }));
};

const future: Scenario = async (stage) => {
  const before = await stage.start(['--metric.timetolive=4s']);
  await pushTo(before, 'x', [a]);
  await pushTo(before, 'y', [a, ttl(5.5)], 'protobuf');
  expect(await before.stop('SIGTERM')).toBe(0);
  expect(moveStamps(stage.file, 1000 * 3600)).toBe(3 + 4);

  const [sent, sentDate] = [performance.now(), Date.now()];
  const server = await stage.start(['--metric.timetolive=4s']);
  const restored: Times = { sent, sentDate, answered: performance.now(), answeredDate: Date.now() };
  const reads = stage.watch(server);
  const stamps = stampsOfApi(await (await fetch(`${server.url}/api/v1/metrics`)).text());
  if (performance.now() > sent + 3900) throw new TooLate('x may be gone by now');
  expect([...stamps.keys()]).toContain('x a');
  expect([...stamps.keys()]).toContain('y a');
  for (const [name, stamp] of stamps) {
    expect(stamp, name).toBeGreaterThanOrEqual(sentDate);
    expect(stamp, name).toBeLessThanOrEqual(restored.answeredDate);
  }
  await checkReads(reads, { name: 'x', lives: groupLives(life(0, 0, 4), 'a') }, [restored], 'x');
  await checkReads(reads, { name: 'y', lives: groupLives(life(0, 0, 5.5), 'a', 'push_ttl_seconds') }, [restored], 'y');
};

export const RESTARTS: Readonly<Record<string, Scenario>> = {
  'past the interval, neither kill -9 nor a restart, with the TTL on or off, brings back what has expired':
    expiredStaysAway,
  'what expires while the server is down is gone at the first read': goneAtFirstRead,
  'the age of everything goes on over a restart': ageGoesOn,
  'an hour’s sleep counts': oneHourDown,
  'times in the future count as the start': future,
};
