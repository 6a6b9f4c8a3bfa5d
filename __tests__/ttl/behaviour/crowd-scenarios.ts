import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { family } from '../../support/families.js';
import { type Groups, groupsOfMetrics } from '../../support/groups.js';
import { freePort } from '../../support/program.js';
import type { Pushed } from '../../support/push.js';
import type { Server } from '../../support/pushgateway.js';
import { TooLate, ttl } from './rows.js';
import type { Scenario, Stage } from './scenarios.js';
import { groups, namesOf, pushTo, shown } from './shown.js';
import { moveStamps } from './stamps.js';

const FAMILIES = 1000;

/** Flags of a server that is quick to push to, and does not write its file before its end. */
const QUICK = ['--push.disable-consistency-check', '--persistence.interval=1h'];

/** What is left of every crowd. */
const STAYS = groups({ stays: ['a', 'push_ttl_seconds'] });

/** A group that stays, and many that do not; the first push and the last. */
async function pushCrowd(server: Server, size: number): Promise<[first: Pushed, last: Pushed]> {
  const first = await pushTo(server, 'stays', [family('a', 1), ttl(0)]);
  const many = Array.from({ length: FAMILIES }, (_, index) => family(`many_${index}`, index));
  let last = first;
  for (let index = 0; index < size; index++) last = await pushTo(server, `many-${index}`, many);
  return [first, last];
}

/**
 * SIGTERM in the middle of a sweep: what is in the file afterwards is whole, and what expired is gone at the next start.
 * @param logs whether the release logs what expires: then the log says when a sweep is on its way
 */
export function shutdownWhileSweeping(logs: boolean): Scenario {
  const [size, seconds] = [20, 4];
  // Of the log, once a quarter of all has expired; a line has a few more characters than this.
  const quarter = (size * FAMILIES * 150) / 4;
  return async (stage) => {
    const server = await stage.start([`--metric.timetolive=${seconds}s`, '--log.level=debug', ...QUICK]);
    const [first, last] = await pushCrowd(server, size);
    const due = last.answered + seconds * 1000;
    if (last.answered > first.sent + (seconds - 1) * 1000)
      throw new TooLate('the first was not to expire before the last came');

    if (logs) {
      while (server.log().length < quarter && performance.now() < due + 20_000) await sleep(2);
      expect(server.log()).toContain('metric family expired');
    } else await sleep(due - performance.now());
    expect(await server.stop('SIGTERM')).toBe(0);
    const left = await countCrowd(stage);
    if (logs && (left === 0 || left === size * FAMILIES)) throw new TooLate(`${left} families are left`);

    await sleep(Math.max(0, due - performance.now()));
    expect(await shown(await stage.start([`--metric.timetolive=${seconds}s`]))).toEqual(STAYS);
  };
}

/** How many of the crowd are in the file, which upstream can read, and in which everything else is as it was pushed. */
async function countCrowd(stage: Stage): Promise<number> {
  const upstream = await stage.start([], { patches: 'none', file: stage.copy() });
  const response = await fetch(`${upstream.url}/metrics`);
  expect(response.status).toBe(200);
  const found: Groups = groupsOfMetrics(await response.text());
  await upstream.stop();

  expect(namesOf(new Map([...found].filter(([job]) => job === 'stays')))).toEqual(STAYS);
  expect(
    found
      .get('stays')
      ?.get('push_ttl_seconds')
      ?.samples.map(({ value }) => value),
  ).toEqual(['0']);
  found.delete('stays');
  let left = 0;
  for (const [job, families] of found) {
    expect(job).toMatch(/^many-\d+$/);
    expect([...families.keys()]).toContain('push_time_seconds');
    const many = [...families].filter(([name]) => name.startsWith('many_'));
    expect(many.map(([name, { samples }]) => `${name} ${samples[0]?.value}`)).toEqual(
      many.map(([name]) => name.replace(/^many_(\d+)$/, 'many_$1 $1')),
    );
    left += many.length;
  }
  return left;
}

/** However much has expired while the server was down, whoever asks at once sees nothing of it. */
export const crowdIsGoneAtFirstRead: Scenario = async (stage) => {
  const server = await stage.start(QUICK);
  await pushCrowd(server, 60);
  expect(await server.stop('SIGTERM')).toBe(0);
  // Each family, and three of each group
  expect(moveStamps(stage.file, -3600)).toBeGreaterThan(60 * FAMILIES);
  const binary = await stage.binary();
  const port = await freePort();
  const flags = [`--web.listen-address=127.0.0.1:${port}`, `--persistence.file=${stage.file}`];
  const child = spawn(binary, [...flags, '--metric.timetolive=1h'], { stdio: 'ignore' });
  const ended = once(child, 'close');
  try {
    let text: string | undefined;
    while (text === undefined && child.exitCode === null)
      text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
        (response) => response.text(),
        () => undefined,
      );
    expect(namesOf(groupsOfMetrics(text ?? ''))).toEqual(STAYS);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
};
