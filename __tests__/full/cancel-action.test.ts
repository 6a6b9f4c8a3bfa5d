import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { annotations, outputsOf, type Runner, runnerIn, runPost, startAction } from '../support/as-action.js';
import { tagsOf } from '../support/complete-image.js';
import { removeFolder } from '../support/files.js';
import { programsOf, storageOf } from '../support/left-behind.js';
import { build, type Ended, exec, mustExec, SHARED_STORE } from '../support/program.js';
import { randomFrom } from '../support/random.js';
import { startRegistry } from '../support/servers.js';
import { tool } from '../support/tools.js';

const HERE = folderForTests('cancel');
const STORE = join(HERE, 'store');
const SEED = Number(process.env.CANCEL_SEED ?? Date.now() % 2 ** 31);

/** Where the signals come; more of them where something outside is being changed. */
const PHASES = ['Compile', 'Images', 'Smoke test', 'Load', 'Push', 'Smoke test', 'Load', 'Push'] as const;

/** Phases that take no time where an earlier run has done the work. */
const WORK: readonly string[] = ['Compile', 'Images'];

/** Much more than it takes, since the machine may have other things to do; what it took is printed. */
const LIMIT = 15_000;

const TAG = '1.11.3-ttl.1';

beforeAll(async () => {
  await build(['--output-dir', join(HERE, 'warm-up')]);
  await mustExec('cp', ['-a', SHARED_STORE, STORE]);
}, 900_000);

/** Has the next run compile, link and compress again; Go's build cache stays warm, so that this takes seconds. */
function forgetResults(): void {
  for (const part of ['binaries', 'layers']) removeFolder(join(STORE, part));
}

interface Cancelled {
  readonly ended: Ended;
  readonly inputs: Readonly<Record<string, string>>;
  /** Milliseconds from the signal to the end. */
  readonly tookToEnd: number;
}

/** When to send a signal: so many milliseconds after a phase has begun. */
interface Moment {
  readonly signal: NodeJS.Signals;
  readonly phase: string;
  readonly after: number;
}

/** Builds, loads and pushes as the action; cancelled at a moment, unless it has ended by then. */
async function run(runner: Runner, image: string, moment?: Moment): Promise<Cancelled> {
  const inputs = { image, push: 'true', load: 'true', cache: 'true', 'tls-verify': 'false' };
  const { child, ended } = startAction(runner, inputs, { PUSHGATEWAY_TTL_CACHE: STORE });
  let said = '';
  let signalled = Number.NaN;
  let timer: NodeJS.Timeout | undefined;
  child.stdout?.on('data', (chunk) => {
    said += chunk;
    if (timer !== undefined || moment === undefined || !said.includes(`::group::${moment.phase}\n`)) return;
    timer = setTimeout(() => {
      signalled = performance.now();
      child.kill(moment.signal);
    }, moment.after);
  });
  const result = await ended;
  clearTimeout(timer);
  return { ended: result, inputs, tookToEnd: performance.now() - signalled };
}

/** Phase → milliseconds that it took in a run that came to its end, as its summary says. */
function phasesOf(runner: Runner): Map<string, number> {
  const summary = readFileSync(runner.files.GITHUB_STEP_SUMMARY, 'utf8');
  const bars = summary.matchAll(/^ {2}(.+) \(\d+\.\d s\) : (\d+), (\d+)$/gm);
  return new Map([...bars].map(([, title = '', from, to]) => [title, Number(to) - Number(from)]));
}

/** What a run that was cancelled may leave: whole things only. */
async function expectClean(runner: Runner, host: string, path: string, { ended, inputs }: Cancelled): Promise<void> {
  const shown = `${ended.stdout}\n${ended.stderr}`;
  expect(annotations('error', ended), shown).toHaveLength(1);
  expect(annotations('error', ended)[0], shown).toMatch(/cancelled/);
  expect(ended.code, shown).not.toBe(0);

  expect(await runPost(runner, inputs)).toMatchObject({ code: 0 });
  expect(readdirSync(runner.env.TMPDIR ?? '')).toEqual([]);
  // The folder of the results, where it came to that.
  const outputs = outputsOf(runner);
  const results = outputs.layout === undefined ? [] : [outputs.layout.split('/').at(-2)];
  expect(readdirSync(runner.temp), shown).toEqual(results);

  const { digest } = outputs;
  for (const [tag, state] of await tagsOf(`http://${host}`, path)) {
    expect({ tag, ...state }, shown).toEqual({ tag: TAG, digest, flaws: [] });
  }
  const { names, containers } = await storageOf(runner);
  expect(containers, shown).toEqual([]);
  const list = `${host}/${path}:${TAG}`;
  for (const name of names) expect(name, shown).toMatch(/:1\.11\.3-ttl\.1$|^localhost\/pushgateway-ttl-native:/);
  if (names.includes(list)) {
    const inspected = await exec(tool('podman'), ['manifest', 'inspect', list], { env: { ...runner.env } });
    const children = JSON.parse(inspected.stdout).manifests.map((manifest: { digest: string }) => manifest.digest);
    expect(children).toEqual(Object.values(JSON.parse(outputs['image-digests'] ?? '')));
  }
}

describe(`the action, cancelled in each of its phases at random moments (CANCEL_SEED=${SEED})`, () => {
  it('ends soon, with one annotation, and leaves nothing that is not whole', async () => {
    const random = randomFrom(SEED);
    const host = `127.0.0.1:${await startRegistry(HERE)}`;
    forgetResults();
    const first = runnerIn(join(HERE, 'whole'));
    const whole = await run(first, `${host}/team/whole`);
    expect(whole.ended.code, whole.ended.stdout).toBe(0);
    const durations = phasesOf(first);
    expect([...durations.keys()]).toEqual(expect.arrayContaining([...PHASES]));

    const told: string[] = [];
    for (const [turn, phase] of PHASES.entries()) {
      const signal = turn % 2 === 0 ? 'SIGTERM' : 'SIGINT';
      let within = durations.get(phase) ?? 0;
      for (let tries = 0, isCancelled = false; !isCancelled; tries++) {
        expect(tries, `${phase}: always too late\n${told.join('\n')}`).toBeLessThan(10);
        if (WORK.includes(phase)) forgetResults();
        const [runner, path] = [runnerIn(join(HERE, `runner-${turn}-${tries}`)), `team/run-${turn}-${tries}`];
        const after = Math.round(random() * within);
        const result = await run(runner, `${host}/${path}`, { signal, phase, after });
        const left = programsOf(runner.folder);
        isCancelled = result.ended.code !== 0;
        // What it took with everything else on the machine is known only by trying.
        within = Math.min(within, after);
        if (isCancelled) {
          told.push(`${signal} ${after} ms into ${phase}: ended within ${Math.round(result.tookToEnd)} ms`);
          expect(result.tookToEnd, told.join('\n')).toBeLessThan(LIMIT);
          expect(left, told.at(-1)).toEqual([]);
          await expectClean(runner, host, path, result);
        }
        removeFolder(runner.folder);
      }
    }
    console.log(`CANCEL_SEED=${SEED}\n${told.join('\n')}`);
    expect(told).toHaveLength(PHASES.length);
  }, 1_800_000);
});
