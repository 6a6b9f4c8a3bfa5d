import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { folderForTests, wholeResult } from '../integration/folders.js';
import { annotations, outputsOf, startAction } from '../support/as-action.js';
import { distrolessLike, pushMade, writeMadeLayout } from '../support/base-images.js';
import { newCanary } from '../support/canary.js';
import { startFaultProxy } from '../support/fault-proxy.js';
import { scratch } from '../support/files.js';
import { programsOf, storageOf } from '../support/left-behind.js';
import { publicScratch } from '../support/nobody.js';
import { watchProcesses } from '../support/process-watch.js';
import { exec, PROJECT } from '../support/program.js';
import { startSecureRegistry } from '../support/registry.js';
import { makeRepository, SMALL_TREE, serveGit, writeFiles } from '../support/repository.js';
import {
  LEAKS,
  leakingProgram,
  publicProgram,
  publicRunner,
  type StartedBuild,
  startBuild,
  watchSecond,
} from '../support/second-build.js';
import { QUICK, RELEASE_TIME } from '../support/small-builds.js';

// The second build compiles Go's runtime anew.
vi.setConfig({ testTimeout: 600_000 });

const IS_ROOT = process.getuid?.() === 0;
const CHECKED = [...QUICK, '--rebuild-check', '--patches', 'none'];
const EPOCH = ['--source-date-epoch', String(RELEASE_TIME)];

/** Milliseconds in which a build that is cancelled must have ended. */
const LIMIT = 10_000;

/** Waits until the build has said something. */
async function untilSaid({ said, ended }: StartedBuild, words: string): Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!said().includes(words)) {
    if (isOver) throw new Error(`it never said ${JSON.stringify(words)}:\n${said()}`);
    await sleep(10);
  }
}

describe('a build that is checked', () => {
  it('is made again from all that there is to build from, by another user, in an unlike environment', async () => {
    const [program, runner] = [await publicProgram(), await publicRunner()];
    const { folder } = runner;
    chmodSync(folder, 0o777);
    const registryFolder = scratch();
    const canary = newCanary();
    const registry = await startSecureRegistry(registryFolder, { users: { robot: canary.password } });
    const proxy = await startFaultProxy(registry.url, { rules: [] });
    onTestFinished(() => proxy.close());
    const login = Buffer.from(`robot:${canary.password}`).toString('base64');
    const base = `${registry.url}/v2/distroless/static`;
    await pushMade(base, 'nonroot', distrolessLike(1), login);

    // All paths are relative: the second build runs elsewhere.
    writeFiles(folder, { motd: 'hello\n', 'say/say.go': 'package main\n\nfunc init() { println("patched") }\n' });
    const path = join(folder, 'repository');
    writeFiles(path, SMALL_TREE);
    const repository = await makeRepository([], path);
    const commit = await repository.commit({});
    const args = [
      ...[...QUICK, '--rebuild-check', '--source', `./repository#${commit}`, '--patches', 'say'],
      ...['--extra-files', 'motd:/etc/motd:0640', '--extra-files', '/etc/issue -> motd', '--labels', 'a=b'],
      ...['--base-image', `${proxy.host}/distroless/static:nonroot`, '--registry-username', 'robot'],
    ];
    const build = startBuild(program, runner, args, { REGISTRY_PASSWORD: canary.password });
    const watch = watchProcesses(build.pid, canary, true);
    const second = watchSecond(folder, build);
    await untilSaid(build, '\nSecond build\n');
    const asked = proxy.seen.length;
    // A tag that moves between the two changes nothing.
    await pushMade(base, 'nonroot', distrolessLike(2), login);
    const { code, stderr, outputs } = await build.ended;
    const leaked = watch.stop();
    expect(code, stderr).toBe(0);
    expect(outputs.reproducible).toBe('true');
    expect(await wholeResult(join(folder, 'out'))).toBe(outputs.digest);
    expect(asked).toBeGreaterThan(0);
    expect(proxy.seen.slice(asked)).toEqual([]);
    expect(leaked).toEqual([]);
    expect(watch.programs).toContain('go');

    const { uid, groups, cpus, cwd, masks, env } = (await second) ?? expect.fail('no second process was seen');
    expect(uid).toBe(String(IS_ROOT ? 65_534 : process.getuid?.()));
    if (IS_ROOT) expect(groups).toBe('');
    if (availableParallelism() > 1) expect(cpus).not.toBe(/list:\s*(.*)/.exec(readStatus())?.[1]);
    expect(cwd).toContain(join(folder, 'temporary'));
    expect(masks.at(-1)).toBe('0027');
    const { HOME = '', TMPDIR = '', PUSHGATEWAY_TTL_CACHE = '' } = env;
    for (const own of [HOME, TMPDIR, PUSHGATEWAY_TTL_CACHE]) expect(own).toContain(join(folder, 'temporary'));
    expect(env).toMatchObject({ TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'again' });
    expect(
      Object.keys(env).filter((name) => /^(XDG_|GITHUB_|RUNNER_|REGISTRY_|GOMODCACHE|GOCACHE)/.test(name)),
    ).toEqual([]);
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
    expect(programsOf(folder)).toEqual([]);
  });

  it('is made again by the same user where another may not read what it takes, and reaches what the first reached', async () => {
    const [program, runner] = [await publicProgram(), await publicRunner()];
    const { folder } = runner;
    const served = scratch();
    const repository = await makeRepository([], join(writeFiles(served, { 'a.git/.keep': '' }), 'a.git'));
    const commit = await repository.commit(SMALL_TREE);
    const { base, requests } = await serveGit(served);
    // Only the user's own configuration leads to it; HOME is for its owner alone.
    const config = `[url "${base}/a.git"]\n\tinsteadOf = https://git.example.com/gateway\n`;
    writeFiles(join(folder, 'home'), { '.gitconfig': config });
    const layout = writeMadeLayout(join(folder, 'base'), [['x', distrolessLike()]]);
    chmodSync(layout, 0o700);
    const source = ['--source', `https://git.example.com/gateway#${commit}`];
    const build = startBuild(program, runner, [...CHECKED, ...source, '--base-image', `oci:${layout}:x`]);
    const second = watchSecond(folder, build);
    await untilSaid(build, '\nSecond build\n');
    const before = requests.length;
    const { code, stderr, outputs } = await build.ended;
    expect(code, stderr).toBe(0);
    expect(outputs.reproducible).toBe('true');
    expect(requests.length).toBeGreaterThan(before);
    expect((await second)?.uid).toBe(String(process.getuid?.()));
    if (IS_ROOT)
      expect(stderr).toContain('note: The second build runs as the same user, since another one cannot read');
    else expect(stderr).not.toContain('note:');
  });
});

function readStatus(): string {
  return readFileSync('/proc/self/status', 'utf8');
}

describe('a build that does not come out again', () => {
  it('fails the step with what differs, and nothing is loaded or pushed', async () => {
    const runner = await publicRunner();
    const registry = await startSecureRegistry(scratch());
    const proxy = await startFaultProxy(registry.url, { rules: [] });
    onTestFinished(() => proxy.close());
    const source = writeFiles(await publicScratch(), SMALL_TREE);
    const outputDir = join(runner.folder, 'out');
    const { child, ended } = startAction(runner, {
      ...{ source, patches: 'none', platforms: 'linux/amd64', 'source-date-epoch': String(RELEASE_TIME) },
      ...{ image: `${proxy.host}/a/b`, tags: 'x', push: 'true', load: 'true', cache: 'true', 'tls-verify': 'false' },
      ...{ 'rebuild-check': 'true', 'smoke-test': 'false', 'output-dir': outputDir },
    });
    let said = '';
    let isChanged = false;
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (isChanged || !said.includes('::group::Compile')) return;
      isChanged = true;
      appendFileSync(join(source, 'main.go'), '\nfunc init() { println("late") }\n');
    });
    const result = await ended;
    expect(result.code, result.stdout).toBe(1);
    const { reproducible, digest, changed } = outputsOf(runner);
    expect({ reproducible, changed }).toEqual({ reproducible: 'false', changed: '' });
    const [error, ...more] = annotations('error', result);
    expect(more).toEqual([]);
    expect(error).toContain('A second build gave another image (content-differs)');
    expect(error).toContain(`${digest} and sha256:`);
    expect(error).toContain('Nothing was loaded or pushed.');
    // The folder's hash, as both specs have it.
    expect(error).toMatch(/h1:.*h1:/);
    expect(await wholeResult(outputDir)).toBe(digest);
    expect(proxy.seen.filter((kind) => kind.includes('write') || kind.includes('upload'))).toEqual([]);
    expect((await storageOf(runner)).names).toEqual([]);
    expect(readdirSync(runner.temp)).toEqual([]);
  });

  it('for want of the source is an error, and leaves the results of before', async () => {
    const [program, runner] = [await publicProgram(), await publicRunner()];
    const source = writeFiles(await publicScratch(), SMALL_TREE);
    const build = startBuild(program, runner, [...CHECKED, '--source', source, ...EPOCH]);
    await untilSaid(build, '\nCompile\n');
    writeFileSync(join(source, 'main.go'), 'package main\n\nfunc main() {\n\tnowhere()\n}\n');
    const { code, stderr } = await build.ended;
    expect(code, stderr).toBe(1);
    expect(stderr).toMatch(
      /^error: The second build \(rebuild-check\) failed: Compiling for linux\/amd64 failed:\n.*\n.*nowhere/m,
    );
    expect(existsSync(join(runner.folder, 'out'))).toBe(false);
    expect(readdirSync(join(runner.folder, 'temporary'))).toEqual([]);
  });
});

describe('a program that lets into its images', () => {
  const store = folderForTests('leaks');
  const leaks = Object.entries(LEAKS).filter(([what]) => {
    if (what === 'the user') return IS_ROOT;
    return what !== 'the number of CPUs' || availableParallelism() > 1;
  });

  async function checkedBy(expression: string) {
    const [program, runner] = [await leakingProgram(expression), await publicRunner()];
    const source = writeFiles(await publicScratch(), SMALL_TREE);
    // Its binaries are no good for anybody else; each case's are its own.
    const args = [...CHECKED, '--source', source, ...EPOCH, '--labels', `leak=${expression}`];
    return startBuild(program, runner, args, { PUSHGATEWAY_TTL_CACHE: store }).ended;
  }

  it.each(leaks)('%s is found out', async (_what, expression) => {
    const { code, stderr } = await checkedBy(expression);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('error: A second build gave another image');
    expect(stderr).toMatch(/ - The time in the first build is .*, in the second /);
  });

  it('what is the same everywhere is not', async () => {
    const { code, stderr, outputs } = await checkedBy('process.platform');
    expect(code, stderr).toBe(0);
    expect(outputs.reproducible).toBe('true');
  });
});

describe('a check that is cancelled', () => {
  /** A build whose second half is compiling. */
  async function compiling() {
    const [program, runner] = [await publicProgram(), await publicRunner()];
    const source = writeFiles(await publicScratch(), SMALL_TREE);
    const build = startBuild(program, runner, [...CHECKED, '--source', source, ...EPOCH]);
    await untilSaid(build, '\nSecond build\n');
    const isCompiling = () => programsOf(runner.folder).some((line) => /\/(compile|asm|link) /.test(line));
    while (!isCompiling()) {
      if (build.child.exitCode !== null) throw new Error(`it ended:\n${build.said()}`);
      await sleep(20);
    }
    return { build, runner };
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends at once, and leaves nothing', async (signal) => {
    const { build, runner } = await compiling();
    const started = performance.now();
    build.child.kill(signal);
    const { code, stderr } = await build.ended;
    const took = performance.now() - started;
    expect(programsOf(runner.folder)).toEqual([]);
    expect(took).toBeLessThan(LIMIT);
    expect(code).toBe(1);
    expect(stderr).toContain('cancelled; nothing was left behind');
    expect(existsSync(join(runner.folder, 'out'))).toBe(false);
    expect(readdirSync(join(runner.folder, 'temporary'))).toEqual([]);
    expect(readdirSync(runner.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('by SIGKILL ends its second process, too', async () => {
    const { build, runner } = await compiling();
    build.child.kill('SIGKILL');
    await build.ended;
    for (const end = performance.now() + LIMIT; programsOf(runner.folder).length > 0; await sleep(50)) {
      if (performance.now() > end) throw new Error(`still there: ${programsOf(runner.folder).join('\n')}`);
    }
  });
});

it('the second process is not for people', async () => {
  const { code, stderr } = await exec(process.execPath, [PROJECT, 'rebuild'], { input: 'x' });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: rebuild is what a build with --rebuild-check starts/);
});
