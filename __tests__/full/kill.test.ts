import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentOf, emptyFolder, folderForTests, wholeResult } from '../integration/folders.js';
import { removeFolder } from '../support/files.js';
import { build, mustExec, PROJECT, SHARED_STORE } from '../support/program.js';
import { randomFrom } from '../support/random.js';

const HERE = folderForTests('kill');
const OUT = join(HERE, 'out');
const STORE = join(HERE, 'store');
const TEMPORARY = join(HERE, 'temporary');
const MODULES = process.env.GOMODCACHE;
const AMD64 = ['--platforms', 'linux/amd64', '--output-dir', OUT];
const ENV = { PUSHGATEWAY_TTL_CACHE: STORE, TMPDIR: TEMPORARY, GOMODCACHE: MODULES };
/** Another spec, so that an earlier result can be told from the new one. */
const EARLIER = ['--labels', 'result=earlier'];

const SEED = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31);
const KILLS = 20;

/** Has the next run compile, link and compress again; Go's build cache stays warm, so that this takes seconds. */
function forgetResults(): void {
  for (const part of ['binaries', 'layers']) removeFolder(join(STORE, part));
}

/** Programs, as `PID COMMAND`, that work with our folder for temporary files: what the killed run had started. */
function survivors(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const env = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
        if (!env.includes(`TMPDIR=${TEMPORARY}`)) return [];
        const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
        return line[0] ? [`${pid} ${line.slice(0, 2).join(' ').replace(/.*\//, '')}`] : [];
      } catch {
        return []; // ended meanwhile
      }
    });
}

/** Starts a build and ends it, with a signal that nothing can catch, after so many milliseconds. */
async function killedBuild(after: number): Promise<{ isKilled: boolean }> {
  const child = spawn(process.execPath, [PROJECT, 'build', '--smoke-test=false', ...AMD64], {
    cwd: PROJECT,
    env: { ...process.env, ...ENV, GITHUB_ACTIONS: undefined },
    stdio: 'ignore',
  });
  const ended = new Promise<boolean>((resolve) => child.on('close', (_code, signal) => resolve(signal === 'SIGKILL')));
  const timer = setTimeout(() => child.kill('SIGKILL'), after);
  const isKilled = await ended;
  clearTimeout(timer);
  return { isKilled };
}

let digest: string;
let earlier: string;
let duration: number;

beforeAll(async () => {
  emptyFolder(HERE, 'temporary');
  await build(['--platforms', 'linux/amd64', '--output-dir', join(HERE, 'warm-up')]);
  await mustExec('cp', ['-a', SHARED_STORE, STORE]);
  earlier = (await build([...AMD64, ...EARLIER], { env: ENV })).digest;
  forgetResults();
  const started = Date.now();
  digest = (await build(AMD64, { env: ENV })).digest;
  duration = Date.now() - started;
}, 600_000);

/** Waits until none of these programs is left, a minute at most; the milliseconds that it took. */
async function untilGone(programs: readonly string[]): Promise<number> {
  const started = Date.now();
  for (;;) {
    const left = programs.filter((program) => existsSync(`/proc/${program.split(' ')[0]}`));
    if (left.length === 0) return Date.now() - started;
    if (Date.now() - started > 60_000) throw new Error(`still alive after a minute: ${left.join('; ')}`);
    await sleep(10);
  }
}

/**
 * Kills a build after so many milliseconds and looks at what is left: nothing, the earlier result or the new one, whole;
 * the next run, at once, has the same digest as ever; and no file of the killed one is left after it.
 * @param isThere whether an earlier result stands where the killed run is to write
 * @returns what happened, in words
 */
async function killAndLook(after: number, isThere: boolean): Promise<string> {
  const { isKilled } = await killedBuild(after);
  const alive = survivors();
  const found = await wholeResult(OUT);
  expect(isThere ? [earlier, digest] : [undefined, digest], `after ${after} ms`).toContain(found);
  if (!isKilled) expect(found).toBe(digest);

  // At once, while what the killed run had started may still be at work.
  const [next, lingering] = await Promise.all([build(AMD64, { env: ENV }), untilGone(alive)]);
  expect(next.digest, `after ${after} ms`).toBe(digest);
  expect(await wholeResult(OUT)).toBe(digest);

  // By now nobody writes any more; one more run finds nothing to mend, and nothing to sweep after it.
  expect((await build(AMD64, { env: ENV })).digest).toBe(digest);
  expect(contentOf(TEMPORARY)?.map((line) => line.split(' ')[0])).toEqual([]);
  const hidden = readdirSync(OUT).filter((name) => /^\.(result|link)-/.test(name));
  expect(hidden, `after ${after} ms`).toHaveLength(1);
  const what = found === undefined ? 'nothing' : found === digest ? 'the new result' : 'the earlier result';
  const children = alive.length === 0 ? '' : `; ${alive.join(', ')} lived on for ${lingering} ms`;
  return `${isKilled ? 'killed' : 'ended'} after ${after} ms: ${what}${children}`;
}

describe(`${KILLS} builds, killed at random (KILL_SEED=${SEED})`, () => {
  const random = randomFrom(SEED);

  /**
   * Kills until so many builds were killed. How long one takes is only known by trying, and changes with what else the
   * machine does: a build that was faster than its killer shortens what follows.
   * @param moments the part of a build's time in which to kill, from 0 to 1
   */
  async function killMany(duration: number, moments: [number, number], prepare: (isThere: boolean) => Promise<void>) {
    const told: string[] = [];
    let killed = 0;
    for (let tries = 0; killed < KILLS && tries < 5 * KILLS; tries++) {
      const isThere = tries % 2 === 1;
      emptyFolder(HERE, 'out');
      await prepare(isThere);
      const after = Math.round((moments[0] + random() * (moments[1] - moments[0])) * duration);
      const what = await killAndLook(after, isThere);
      told.push(what);
      if (what.startsWith('killed')) killed++;
      else duration = Math.min(duration, after);
    }
    console.log(`KILL_SEED=${SEED}\n${told.join('\n')}`);
    expect(killed).toBe(KILLS);
  }

  it('while they compile and compress: what stands is whole, and the next run mends all', async () => {
    await killMany(duration, [0, 1], async (isThere) => {
      if (isThere) await build([...AMD64, ...EARLIER], { env: ENV });
      forgetResults();
    });
  }, 1_200_000);

  it('while they put a result from the store in the place of another', async () => {
    emptyFolder(HERE, 'out');
    await build(AMD64, { env: ENV });
    const started = Date.now();
    await build([...AMD64, ...EARLIER], { env: ENV });
    await killMany(Date.now() - started, [0.5, 1], async (isThere) => {
      if (isThere) await build([...AMD64, ...EARLIER], { env: ENV });
    });
  }, 1_200_000);

  it('do no harm to the store: a last run takes all from it', async () => {
    const before = contentOf(join(STORE, 'layers'));
    expect(before?.length).toBeGreaterThan(0);
    expect((await build(AMD64, { env: { ...ENV, PATH: HERE, GOPROXY: 'off' } })).digest).toBe(digest);
    expect(contentOf(join(STORE, 'layers'))).toEqual(before);
  });
});
