import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  annotations,
  type Runner,
  runnerIn,
  runPost,
  type Started,
  startAction,
  startCommandLine,
} from '../support/as-action.js';
import { type Canary, filesWith, newCanary } from '../support/canary.js';
import { scratch } from '../support/files.js';
import { watchProcesses } from '../support/process-watch.js';
import { build, type Ended, freshFolder, SHARED_STORE } from '../support/program.js';
import { recordingPath } from '../support/recording-path.js';
import { type Arranged, folderOf, USERNAME, type Way } from './canary-scenes.js';
import { REPOSITORY, WAYS } from './canary-ways.js';

const INPUTS = {
  platforms: 'linux/amd64',
  push: 'true',
  cache: 'true',
  load: 'false',
  sbom: 'false',
  'smoke-test': 'false',
  'tls-verify': 'false',
  retries: '1',
};

/** Programs that a run may start. */
const TOOLS = ['skopeo', 'podman', 'buildah', 'git', 'go'];

/** How the password gets there. */
type Front = 'the action' | 'REGISTRY_PASSWORD' | 'standard input';

const CASES = WAYS.flatMap((way, index) => {
  const fronts: Front[] = ['the action', index % 2 === 0 ? 'REGISTRY_PASSWORD' : 'standard input'];
  return fronts.map((front) => ({ ...way, front }));
});

beforeAll(async () => {
  // What a canary's run needs is in the store that the tests share.
  await build(['--platforms=linux/amd64', '--sbom=false', '--output-dir', join(freshFolder('canary'), 'out')]);
}, 600_000);

interface Scene {
  readonly canary: Canary;
  readonly runner: Runner;
  readonly arranged: Arranged;
  readonly front: Front;
}

/** Folders of one run; all but what was arranged is searched afterwards. */
async function sceneOf(way: Way, front: Front): Promise<Scene> {
  const place = scratch();
  const canary = newCanary();
  return {
    canary,
    runner: runnerIn(join(place, 'runner')),
    arranged: await way.arrange(folderOf(place), canary),
    front,
  };
}

function inputsOf({ arranged }: Scene): Record<string, string> {
  const image = `${arranged.host}/${REPOSITORY}`;
  return { ...INPUTS, image, 'registry-username': USERNAME, ...arranged.inputs };
}

function passwordOf({ arranged, canary }: Scene): string {
  return arranged.password ?? canary.password;
}

function start(scene: Scene): Started {
  const { runner, arranged, front } = scene;
  const { scripts = {}, isAlone = false, prefix = [] } = arranged;
  const own = recordingPath(join(runner.folder, 'bin'), join(runner.folder, 'recorded'), isAlone ? [] : TOOLS, scripts);
  const env = { PATH: isAlone ? own : `${own}:${runner.env.PATH}`, PUSHGATEWAY_TTL_DEBUG: '1', ...arranged.env };
  const inputs = inputsOf(scene);
  const password = passwordOf(scene);
  if (front === 'the action') return startAction(runner, { ...inputs, 'registry-password': password }, env, prefix);
  const flags = Object.entries(inputs).map(([name, value]) => `--${name}=${value}`);
  const args = ['build', ...flags, '--output-dir', join(runner.folder, 'out')];
  return front === 'standard input'
    ? startCommandLine(runner, [...args, '--registry-password-stdin'], env, prefix, password)
    : startCommandLine(runner, args, { ...env, REGISTRY_PASSWORD: password }, prefix);
}

/** Sweeps after a run that was killed: the post step, or the next run on the command line. */
async function sweep(scene: Scene): Promise<Ended> {
  const { runner, front } = scene;
  if (front === 'the action') return runPost(runner, { ...inputsOf(scene), 'registry-password': passwordOf(scene) });
  const args = ['build', '--platforms=linux/amd64', '--smoke-test=false', '--output-dir', join(runner.folder, 'next')];
  return startCommandLine(runner, args).ended;
}

/** What a run printed, without the lines by which the action has its runner mask what is secret. */
function printed(front: Front, { stdout, stderr }: Ended): string {
  const lines = stdout.split('\n').filter((line) => front !== 'the action' || !line.startsWith('::add-mask::'));
  return [...lines, stderr].join('\n');
}

describe.each(CASES)('where $name, with the password through $front', ({ says, isKilled = false, front, ...way }) => {
  it('the password is nowhere', async () => {
    const begun = Date.now();
    const scene = await sceneOf({ ...way, says }, front);
    const { canary, runner, arranged } = scene;
    const started = start(scene);
    const watch = watchProcesses(started.child.pid ?? 0, canary, front !== 'standard input');
    await arranged.during?.(started);
    const ended = await started.ended;
    const text = printed(front, ended);
    if (says) expect(text).toMatch(says);
    expect(ended.code === 0, text).toBe(way.name === 'nothing goes wrong');

    if (isKilled) {
      // It was there to be found, so that what follows says something.
      const left = filesWith(canary, runner.folder);
      expect(left.map((path) => path.replace(/.*\//, ''))).toEqual(['auth.json']);
      const swept = await sweep(scene);
      expect(swept.code, swept.stderr).toBe(0);
      expect(canary.isIn(printed(front, swept))).toBe(false);
    } else if (front === 'the action') {
      expect((await runPost(runner, inputsOf(scene))).code).toBe(0);
      if (ended.code !== 0) expect(annotations('error', ended)).toHaveLength(1);
    }
    expect(watch.stop()).toEqual([]);
    expect(canary.isIn(text), text).toBe(false);
    expect(filesWith(canary, runner.folder)).toEqual([]);
    expect(filesWith(canary, SHARED_STORE, begun)).toEqual([]);
    if (way.name.includes('report')) expectReport(runner);
  }, 300_000);
});

/** The report was written, and shows the environment. */
function expectReport({ folder }: Runner): void {
  const reports = readdirSync(folder).filter((name) => /^report\..*\.json$/.test(name));
  expect(reports).toHaveLength(1);
  const { environmentVariables } = JSON.parse(readFileSync(join(folder, reports[0] ?? ''), 'utf8'));
  expect(environmentVariables).toMatchObject({ RUNNER_TEMP: join(folder, 'runner-temp') });
}
