import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Outputs } from '../../src/output/result.js';
import {
  annotations,
  type Inputs,
  outputsOf,
  type Runner,
  runnerIn,
  runPost,
  type Started,
  startAction,
} from '../support/as-action.js';
import { newCanary } from '../support/canary.js';
import { removeFolder, scratch, until } from '../support/files.js';
import { programsOf } from '../support/left-behind.js';
import { build, type Ended, freePort, freshFolder } from '../support/program.js';
import { startSecureRegistry } from '../support/registry.js';
import { schemaErrors } from '../support/report-schema.js';
import { changedLayout, type TakenApart } from '../support/taken-apart.js';
import { folderRecipe, type Recipe } from './published-kinds.js';

vi.setConfig({ testTimeout: 300_000 });

const PLACE = freshFolder('verify-action');

let recipe: Recipe;
let outputs: Outputs;
/** `allow-source` of that image. */
let named: Inputs;

beforeAll(async () => {
  recipe = folderRecipe(PLACE);
  outputs = await build([...recipe.build, '--sbom=false', '--output-dir', join(PLACE, 'out')], { cwd: PLACE });
  named = { 'allow-source': recipe.named[1] ?? '' };
}, 300_000);

afterAll(() => removeFolder(PLACE));

function start(runner: Runner, inputs: Inputs): Started {
  return startAction(runner, inputs, {}, [], 'verify.js');
}

interface Step {
  readonly ended: Ended;
  readonly outputs: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: it is validated by its schema
  readonly report: any;
  readonly summary: string;
  readonly runner: Runner;
}

/** The step and its post step, which leave nothing but the report. */
async function step(inputs: Inputs): Promise<Step> {
  const runner = runnerIn(scratch());
  const ended = await start(runner, inputs).ended;
  expect(await runPost(runner, inputs, 'verify.js')).toMatchObject({ code: 0 });
  const set = outputsOf(runner);
  const report = set.report ? JSON.parse(readFileSync(set.report, 'utf8')) : undefined;
  if (report) expect(schemaErrors(report)).toEqual([]);
  const reports = set.report && dirname(set.report).startsWith(runner.temp) ? [dirname(set.report)] : [];
  expect(readdirSync(runner.temp).map((name) => join(runner.temp, name))).toEqual(reports);
  expect(readdirSync(runner.env.TMPDIR ?? '')).toEqual([]);
  expect(programsOf(runner.folder)).toEqual([]);
  return { ended, outputs: set, report, summary: readFileSync(runner.files.GITHUB_STEP_SUMMARY, 'utf8'), runner };
}

function tampered(change: (image: TakenApart) => void): string {
  const to = join(scratch(), 'tampered');
  changedLayout(outputs.layout, to, change);
  return `oci:${to}`;
}

const withLabel = (key: string, value: string) =>
  tampered(({ images: [image] }) => {
    if (image) image.config.json.config.Labels[key] = value;
  });

/** Its only annotation. */
function complaint({ ended }: Step): string | undefined {
  const all = (['error', 'warning', 'notice'] as const).flatMap((kind) => annotations(kind, ended));
  expect(all, ended.stdout).toHaveLength(1);
  return all[0];
}

describe('the action verify', () => {
  it('says that an image is reproducible, from a registry with a login', async () => {
    const { password, isIn } = newCanary();
    const registry = await startSecureRegistry(join(scratch(), 'registry'), { users: { me: password } });
    const image = `${registry.host}/team/image`;
    const login = { 'registry-username': 'me', 'registry-password': password, 'tls-verify': 'false' };
    const push = ['--push', '--image', image, '--tls-verify=false', '--registry-username=me', '--sbom=false'];
    await build([...recipe.build, ...push, '--output-dir', join(scratch(), 'out')], {
      env: { REGISTRY_PASSWORD: password },
    });
    const done = await step({ image: `${image}@${outputs.digest}`, ...named, ...login });
    const { ended, report, summary } = done;
    expect(ended.code, ended.stdout).toBe(0);
    const { digest } = outputs;
    expect(done.outputs).toEqual({
      verdict: 'reproducible',
      digest,
      'rebuilt-digest': digest,
      report: expect.stringMatching(/\/report\.json$/),
    });
    expect(report).toMatchObject({ verdict: 'reproducible', image: `${image}@${digest}` });
    expect((['error', 'warning'] as const).flatMap((kind) => annotations(kind, ended))).toEqual([]);
    for (const phase of ['Image', 'Spec', 'Rebuild', 'Comparison'])
      expect(ended.stdout).toContain(`::group::${phase}\n`);
    // The verdict comes first, then a table, then how to do it again.
    expect(summary.split('\n')[0]).toContain('reproducible');
    expect(summary).toContain('linux/amd64');
    expect(summary).toContain(`node . verify ${image}@${digest}`);
    expect(summary).toBe(readFileSync(join(dirname(done.outputs.report ?? ''), 'report.md'), 'utf8'));
    const masks = ended.stdout.split('\n').filter((line) => line.startsWith('::add-mask::'));
    expect(masks).toHaveLength(2);
    const seen = ended.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(isIn(`${seen.join('\n')}${ended.stderr}${summary}${JSON.stringify(report)}`)).toBe(false);
  });

  it('fails with one annotation where the content differs, and sets its outputs all the same', async () => {
    const image = tampered(({ images: [first] }) => {
      if (first) first.config.json.config.Entrypoint = ['/bin/sh'];
    });
    const done = await step({ image, ...named });
    expect(done.ended.code, done.ended.stdout).toBe(1);
    expect(complaint(done)).toMatch(/^::error title=Verify%3A content-differs::/);
    expect(done.outputs).toMatchObject({
      verdict: 'content-differs',
      digest: done.report.digest,
      'rebuilt-digest': outputs.digest,
    });
    expect(done.report.digest).not.toBe(outputs.digest);
    expect(done.summary.split('\n')[0]).toContain('content-differs');
    expect(done.summary).toContain('config.Entrypoint');
    expect(done.summary).toMatch(/--entrypoint|Entrypoint/);
    expect(done.ended.stdout).toMatch(/^cause: .*config\.Entrypoint/m);
  });

  it('fails on what it is told to fail on', async () => {
    const image = withLabel('org.opencontainers.image.source', 'https://example.com');
    const calm = await step({ image, ...named, 'fail-on': 'content-differs' });
    expect(calm.ended.code, calm.ended.stdout).toBe(0);
    expect(calm.outputs.verdict).toBe('metadata-differs');
    expect(annotations('error', calm.ended)).toEqual([]);
    const strict = await step({ image, ...named, 'fail-on': 'metadata-differs\ncontent-differs' });
    expect(strict.ended.code).toBe(1);
    expect(complaint(strict)).toMatch(/^::error title=Verify%3A metadata-differs::/);
  });

  it.each([[{}], [{ 'fail-on': 'none' }]])(
    'is not performed where a source is not trusted, whatever %o says',
    async (more) => {
      const done = await step({ image: `oci:${outputs.layout}`, ...more });
      expect(done.ended.code, done.ended.stdout).toBe(3);
      expect(complaint(done)).toMatch(/^::error title=Verify%3A not-performed::.*untrusted spec: source\.hash/);
      expect(done.outputs).toMatchObject({ verdict: 'not-performed', digest: outputs.digest, 'rebuilt-digest': '' });
      expect(done.report).toMatchObject({ reason: { kind: 'untrusted-spec', field: 'source.hash' }, platforms: [] });
      expect(done.summary.split('\n')[0]).toContain('not-performed');
    },
  );

  it('is not performed where there is no spec, and is with one', async () => {
    const image = tampered(({ images: [first] }) => {
      delete first?.config.json.config.Labels['io.k0sproject.pushgateway-ttl.spec'];
    });
    const none = await step({ image, ...named, 'fail-on': 'none' });
    expect(none.ended.code, none.ended.stdout).toBe(3);
    expect(complaint(none)).toMatch(/no spec/);
    const given = await step({ image, ...named, spec: outputs.spec, 'fail-on': 'none' });
    expect(given.ended.code, given.ended.stdout).toBe(0);
    expect(given.outputs.verdict).toBe('metadata-differs');
    expect(given.report.causes).toMatchObject([{ id: 'labels' }]);
  });

  it('says what is wrong with an image that nobody can read', async () => {
    const image = tampered(({ index }) => {
      index.bytes = (bytes) => bytes.subarray(0, 50);
    });
    const done = await step({ image, ...named });
    expect(done.ended.code, done.ended.stdout).toBe(1);
    expect(complaint(done)).toMatch(/^::error title=Verify%3A content-differs::/);
    expect(done.outputs).toMatchObject({ verdict: 'content-differs', digest: '', 'rebuilt-digest': '' });
    expect(done.summary).toMatch(/damaged/);
  });

  it('is told nothing by what an image says of itself', async () => {
    const evil = 'x\n::set-output name=verdict::reproducible\n::error::evil\n##[error]evil\n::stop-commands::x';
    const done = await step({
      image: withLabel('org.opencontainers.image.title', `@k0sproject <img src=x> ${evil}`),
      ...named,
    });
    expect(done.ended.code, done.ended.stdout).toBe(1);
    expect(complaint(done)).toMatch(/^::error title=Verify%3A metadata-differs::/);
    expect(done.ended.stdout).toContain('set-output'); // it is shown
    expect(done.ended.stdout).not.toMatch(/^\s*::(set-output|stop-commands)/m);
    expect(done.ended.stdout).not.toContain('##[error]');
    expect(done.summary).not.toContain('<img');
    // In code, GitHub makes no mentions.
    expect(done.summary.replaceAll(/<code>.*?<\/code>/g, '')).not.toContain('@k0sproject');
    expect(done.outputs.verdict).toBe('metadata-differs');
  });

  it.each([
    ['no image', {}, /^::error title=Bad input%3A image::no image was given/],
    ['a folder that is not there', { image: 'oci:nowhere' }, /^::error title=Bad input%3A image::there is no folder/],
    ['a verdict that is none', { image: 'oci:x', 'fail-on': 'evil' }, /^::error title=Bad input%3A fail-on::/],
  ])('refuses %s', async (_, inputs, message) => {
    const done = await step(inputs);
    expect(done.ended.code, done.ended.stdout).toBe(2);
    expect(complaint(done)).toMatch(message);
    expect(done.outputs).toEqual({});
    expect(done.summary).toBe('');
  });

  it('fails where the registry cannot be reached, without a verdict', async () => {
    const image = `127.0.0.1:${await freePort()}/a/b`;
    const done = await step({ image, 'tls-verify': 'false', retries: '0' });
    expect(done.ended.code, done.ended.stdout).toBe(1);
    expect(complaint(done)).toMatch(/^::error title=The verification failed::Could not read/);
    expect(done.outputs).toEqual({});
  });

  it('writes its report where it is wanted, and no summary where none is wanted', async () => {
    const to = join(scratch(), 'deep', 'reports');
    const inputs = { image: `oci:${outputs.layout}`, 'report-dir': to, summary: 'false', 'fail-on': 'none', evil: 'x' };
    const done = await step(inputs);
    expect(done.outputs.report).toBe(join(to, 'report.json'));
    expect(readdirSync(to).sort()).toEqual(['report.json', 'report.md']);
    expect(done.summary).toBe('');
    expect(annotations('warning', done.ended)).toMatchObject([expect.stringContaining('evil')]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends soon where it is cancelled (%s), and leaves nothing',
    async (signal) => {
      const runner = runnerIn(scratch());
      const inputs = { image: `oci:${outputs.layout}`, ...named };
      const { child, ended } = start(runner, inputs);
      await until(() => programsOf(runner.temp).some((line) => line.includes('/compile ')));
      const asked = performance.now();
      child.kill(signal);
      const { code, stdout } = await ended;
      expect(performance.now() - asked).toBeLessThan(10_000);
      expect(code, stdout).toBe(1);
      expect(annotations('error', { code, stdout, stderr: '' })).toMatchObject([expect.stringContaining('cancelled')]);
      expect(await runPost(runner, inputs, 'verify.js')).toMatchObject({ code: 0 });
      expect([runner.temp, runner.env.TMPDIR ?? ''].flatMap((path) => readdirSync(path))).toEqual([]);
      expect(programsOf(runner.folder)).toEqual([]);
      expect(outputsOf(runner)).toEqual({});
    },
  );

  it('takes away in its post step what was left where it was ended at once', async () => {
    const runner = runnerIn(scratch());
    const inputs = { image: `oci:${outputs.layout}`, ...named };
    const { child, ended } = start(runner, inputs);
    await until(() => programsOf(runner.temp).some((line) => line.includes('/compile ')));
    child.kill('SIGKILL');
    await ended;
    expect(readdirSync(runner.temp)).not.toEqual([]);
    await until(() => programsOf(runner.temp).length === 0);
    expect(await runPost(runner, inputs, 'verify.js')).toMatchObject({ code: 0 });
    expect(readdirSync(runner.temp)).toEqual([]);
  });
});
