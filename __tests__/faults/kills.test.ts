import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { halfMade } from '../integration/folders.js';
import { startCommandLine } from '../support/as-action.js';
import { programsOf } from '../support/left-behind.js';
import { randomFrom } from '../support/random.js';
import { until } from '../support/servers.js';
import { type Ground, makeSite, prepareGround, type Site } from './site.js';
import { type Scene, VICTIMS } from './victims.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const SEED = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31);

/** Runs a command in peace; how long it took. */
async function inPeace(site: Site, { args, env, code = 0, prepare, isDone }: Scene): Promise<number> {
  await prepare?.();
  const began = performance.now();
  const ended = await startCommandLine(site, args, env).ended;
  const duration = performance.now() - began;
  expect(ended.code, ended.stderr).toBe(code);
  await isDone(ended.stdout);
  return duration;
}

/** Starts a command and ends it after so many milliseconds. @returns whether the signal came before the end */
async function killAfter(site: Site, scene: Scene, signal: NodeJS.Signals, after: number): Promise<boolean> {
  await scene.prepare?.();
  const { child, ended } = startCommandLine(site, scene.args, scene.env);
  const timer = setTimeout(() => child.kill(signal), after);
  const { signal: endedBy, stderr } = await ended;
  clearTimeout(timer);
  expect(stderr).not.toMatch(/^\s+at |This is a defect/m);
  return endedBy === signal || /^cancelled; /m.test(stderr);
}

/** Nothing that the killed run had started goes on. */
async function untilQuiet(site: Site): Promise<void> {
  let left: string[] = [];
  const isQuiet = await until(60_000, async () => {
    left = programsOf(site.folder).filter((line) => !line.includes('moto_server'));
    return left.length === 0;
  });
  expect(isQuiet, left.join('\n')).toBe(true);
}

async function kill(site: Site, scene: Scene, signal: NodeJS.Signals, times: number, random: () => number) {
  let duration = await inPeace(site, scene);
  let kills = 0;
  for (let tries = 0; kills < times && tries < 5 * times; tries++) {
    const after = Math.round(random() * duration);
    const isKilled = await killAfter(site, scene, signal, after);
    if (isKilled) kills++;
    else duration = Math.min(duration, Math.max(after, 50));
    await untilQuiet(site);
    await scene.isWhole?.();
    if (signal === 'SIGTERM') {
      expect(readdirSync(site.temporary), `after ${after} ms`).toEqual([]);
      expect(halfMade(site.store)).toEqual([]);
    }
  }
  // One run after many: all that they have left is mended, and swept.
  await inPeace(site, scene);
  expect(readdirSync(site.temporary)).toEqual([]);
  return kills;
}

describe(`programs that are killed at random (KILL_SEED=${SEED})`, () => {
  it.for(VICTIMS)('$name', { timeout: 600_000 }, async ({ kills, set }, { task }) => {
    const random = randomFrom(SEED);
    const site = await makeSite(ground);
    const scene = await set(site);
    const [killed, ended] = [
      await kill(site, scene, 'SIGKILL', kills[0], random),
      await kill(site, scene, 'SIGTERM', kills[1], random),
    ];
    expect([killed, ended]).toEqual(kills);
    task.meta.kills = killed + ended;
  });
});
