import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Outputs } from '../../src/output/result.js';
import { filesWith, newCanary } from '../support/canary.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch, until } from '../support/files.js';
import { programsOf } from '../support/left-behind.js';
import { watchProcesses } from '../support/process-watch.js';
import { build, freePort, mustExec } from '../support/program.js';
import { recordingPath } from '../support/recording-path.js';
import { startSecureRegistry, type TestRegistry } from '../support/registry.js';
import { schemaErrors } from '../support/report-schema.js';
import { asStranger, type StrangerOptions, type StrangerRun, startStranger } from '../support/stranger.js';
import { takeApart } from '../support/taken-apart.js';
import { tool } from '../support/tools.js';
import { folderRecipe, PUBLISHED_KINDS, type PublishedKind, type Recipe } from './published-kinds.js';

vi.setConfig({ testTimeout: 600_000 });

const USER = 'me';
const { password: PASSWORD } = newCanary();
const LOGIN = ['--tls-verify=false', '--retries=0', '--registry-username', USER];

interface Published {
  /** Where the registry's data is, among other things. */
  readonly folder: string;
  readonly registry: TestRegistry;
  /** Without tag. */
  readonly name: string;
  readonly recipe: Recipe;
  readonly outputs: Outputs;
}

/** Builds an image and pushes it to a registry that wants a login. */
async function publish({ recipe: recipeOf }: PublishedKind, password = PASSWORD): Promise<Published> {
  const place = scratch();
  const registry = await startSecureRegistry(join(place, 'registry'), { users: { [USER]: password } });
  const login = Buffer.from(`${USER}:${password}`).toString('base64');
  const recipe = await recipeOf(place, { host: registry.host, url: registry.url, login });
  const name = `${registry.host}/team/pushgateway`;
  const where = ['--push', '--image', name, ...LOGIN, '--sbom=false', '--output-dir', join(place, 'out')];
  const env = { ...recipe.env, REGISTRY_PASSWORD: password };
  const outputs = await build([...recipe.build, ...where], { env, cwd: place });
  return { folder: place, registry, name, recipe, outputs };
}

/** Verifies as somebody who has nothing but the reference, and what must be named. */
function verify(image: string, { recipe }: Published, more: readonly string[] = [], options: StrangerOptions = {}) {
  const isRemote = !image.startsWith('oci') && !image.endsWith('.tar');
  const env = { ...recipe.env, ...(isRemote && { REGISTRY_PASSWORD: PASSWORD }), ...options.env };
  return asStranger(['verify', image, ...recipe.named, ...(isRemote ? LOGIN : []), ...more], { ...options, env });
}

/** It is reproducible, says so in every way, and left nothing but its report. */
function expectReproducible(run: StrangerRun, expected: Readonly<Record<string, unknown>>): void {
  const { code, stdout, stderr, report, folder, home, temporary } = run;
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'reproducible\n' });
  expect(schemaErrors(report)).toEqual([]);
  expect(report).toMatchObject({ verdict: 'reproducible', reason: null, causes: [], index: [], ...expected });
  expect(stderr).toMatch(/^verdict: {2}reproducible/m);
  expect(readdirSync(folder)).toEqual(['verify-report']);
  expect(readdirSync(join(folder, 'verify-report')).sort()).toEqual(['report.json', 'report.md']);
  expect(readdirSync(temporary)).toEqual([]);
  // Go keeps its modules there, and what it counts; no cache is of this program's.
  expect(readdirSync(home).filter((name) => name !== 'go' && name !== '.config')).toEqual([]);
}

describe('an image in a registry that wants a login, from its reference', () => {
  it.each(PUBLISHED_KINDS)('$title', async (kind) => {
    const published = await publish(kind);
    const { name, outputs } = published;
    const run = await verify(`${name}@${outputs.digest}`, published);
    const platforms = Object.keys(JSON.parse(outputs['image-digests']));
    expectReproducible(run, {
      image: `${name}@${outputs.digest}`,
      digest: outputs.digest,
      rebuiltDigest: outputs.digest,
      specDigest: outputs['spec-digest'],
      checked: { platforms: platforms.length, of: platforms.length },
      unchecked: [],
    });
    console.log(`${kind.title}: ${run.milliseconds} ms, ${Math.round(run.peak)} MB`);
  });
});

const TWO_PLATFORMS = PUBLISHED_KINDS[0] as PublishedKind;
const ONE_PLATFORM: PublishedKind = { title: 'one platform', recipe: (place) => folderRecipe(place) };

/** An image that lies on disk alone. */
async function built(recipeOf = (place: string) => folderRecipe(place)): Promise<{ recipe: Recipe; outputs: Outputs }> {
  const place = scratch();
  const recipe = recipeOf(place);
  const where = ['--sbom=false', '--output-dir', join(place, 'out')];
  return { recipe, outputs: await build([...recipe.build, ...where], { cwd: place }) };
}

describe('the ways to name an image', () => {
  it('by its tag, with the login that podman has', async () => {
    const published = await publish(ONE_PLATFORM);
    const { name, outputs, registry, recipe } = published;
    const auth = join(scratch(), 'auth.json');
    const login = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    writeFileSync(auth, JSON.stringify({ auths: { [registry.host]: { auth: login } } }));
    const words = ['verify', `docker://${name}:1.11.3`, ...recipe.named, '--tls-verify=false'];
    const run = await asStranger(words, { env: { REGISTRY_AUTH_FILE: auth } });
    expectReproducible(run, { image: `${name}:1.11.3`, digest: outputs.digest });
    // The tag may point elsewhere tomorrow.
    expect(run.report.command).toMatch(new RegExp(`^node \\. verify ${name}@${outputs.digest} `));
    expect(run.report.command).toContain(`--allow-source ${recipe.named[1]}`);
  });

  it('one manifest of it, one platform of it', async () => {
    const published = await publish(TWO_PLATFORMS);
    const { name, outputs } = published;
    const single = await verify(`${name}@${outputs['digest-arm64']}`, published);
    const digests = { digest: outputs['digest-arm64'], rebuiltDigest: outputs['digest-arm64'] };
    expectReproducible(single, { ...digests, checked: { platforms: 1, of: 1 }, unchecked: [] });

    const some = await verify(`${name}@${outputs.digest}`, published, ['--platforms=linux/arm64']);
    const part = { checked: { platforms: 1, of: 2 }, unchecked: ['linux/amd64'], digest: outputs.digest };
    expectReproducible(some, part);
    expect(some.report.platforms).toMatchObject([{ platform: 'linux/arm64', ...digests }]);
    expect(some.stderr).toMatch(/^verdict: {2}reproducible \(1 of 2 platforms\)$/m);
    expect(some.stderr).toMatch(/^not checked: linux\/amd64$/m);
    expect(some.stderr).not.toContain('linux/amd64: compiled');
    expect(readFileSync(join(some.folder, 'verify-report', 'report.md'), 'utf8')).toMatch(/1 of 2 platforms/);
  });

  it('in a folder, and in an archive', async () => {
    const { recipe, outputs } = await built();
    const expected = { digest: outputs.digest, rebuiltDigest: outputs.digest };
    for (const image of [`oci:${outputs.layout}`, outputs.archive, `oci-archive:${outputs.archive}`]) {
      expectReproducible(await asStranger(['verify', '--image', image, ...recipe.named]), expected);
    }
  });

  it('with the outputs as JSON, and the report where it is wanted', async () => {
    const { recipe, outputs } = await built();
    const to = join(scratch(), 'a', 'b');
    const words = ['verify', `oci:${outputs.layout}`, ...recipe.named, '--json', '--report-dir', to];
    const { code, stdout, stderr, folder } = await asStranger(words);
    expect(code, stderr).toBe(0);
    const { digest } = outputs;
    const report = join(to, 'report.json');
    expect(JSON.parse(stdout)).toEqual({ verdict: 'reproducible', digest, 'rebuilt-digest': digest, report });
    expect(schemaErrors(JSON.parse(readFileSync(report, 'utf8')))).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an image that carries no spec', () => {
  /** The files of an image, put together by buildah. */
  async function byBuildah({ layout, binaries }: Outputs): Promise<string> {
    const folder = scratch();
    const env = isolatedStorage(folder);
    const buildah = async (...args: string[]) => (await mustExec(tool('buildah'), args, { env, cwd: folder })).trim();
    const [image] = takeApart(layout).images;
    const [layer] = image?.layers ?? [];
    if (!image || !layer) throw new Error('there is no layer');
    const tree = join(folder, 'tree');
    mkdirSync(tree);
    writeFileSync(join(folder, 'layer.tar'), layer.archive);
    await mustExec('tar', ['-xpf', join(folder, 'layer.tar'), '-C', tree]);
    expect(readFileSync(join(tree, 'usr/local/bin/pushgateway'))).toEqual(
      readFileSync(join(binaries, 'linux/amd64/pushgateway')),
    );
    const container = await buildah('from', 'scratch');
    await buildah('copy', container, tree, '/');
    const run = ['--user', '65534', '--port', '9091/tcp', '--cmd', '', '--entrypoint'];
    await buildah('config', '--arch', 'amd64', ...run, '["/usr/local/bin/pushgateway"]', container);
    await buildah('commit', '--format', 'oci', container, 'localhost/theirs:1');
    await buildah('push', 'localhost/theirs:1', `oci:${join(folder, 'theirs')}`);
    return join(folder, 'theirs');
  }

  it('is not performed, and never green; with the spec it is compared', async () => {
    const { recipe, outputs } = await built();
    const theirs = await byBuildah(outputs);
    for (const failOn of [[], ['--fail-on=none'], ['--fail-on=content-differs']]) {
      const { code, stdout, stderr, report } = await asStranger([
        'verify',
        `oci:${theirs}`,
        ...recipe.named,
        ...failOn,
      ]);
      expect({ code, stdout }, stderr).toEqual({ code: 3, stdout: 'not-performed\n' });
      expect(schemaErrors(report)).toEqual([]);
      expect(report).toMatchObject({ reason: { kind: 'no-spec', field: null }, rebuiltDigest: null, platforms: [] });
      expect(stderr).toMatch(/io\.k0sproject\.pushgateway-ttl\.spec.*--?spec|spec/);
    }

    const file = join(scratch(), 'spec.json');
    writeFileSync(file, `${outputs.spec}\n`);
    for (const spec of [outputs.spec, file]) {
      const words = ['verify', `oci:${theirs}`, ...recipe.named, '--spec', spec];
      const { code, stdout, stderr, report } = await asStranger(words);
      expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: 'metadata-differs\n' });
      expect(schemaErrors(report)).toEqual([]);
      expect(report.specDigest).toBe(outputs['spec-digest']);
      expect(report.causes.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['labels', 'history']));
    }
  });

  it('is not performed with a spec that is none', async () => {
    const { outputs } = await built();
    const image = `oci:${outputs.layout}`;
    const bad = await asStranger(['verify', image, '--spec', '{"profile":1}']);
    expect({ code: bad.code, stdout: bad.stdout }, bad.stderr).toEqual({ code: 3, stdout: 'not-performed\n' });
    expect(bad.report.reason).toMatchObject({ kind: 'bad-spec' });
    const missing = await asStranger(['verify', image, '--spec', 'no-such-file']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/^error: spec: "no-such-file" cannot be read/m);
  });
});

describe('what ends before there is a verdict', () => {
  /** Nothing is left, no report either. */
  async function ended(words: readonly string[], options: StrangerOptions = {}) {
    const { code, stdout, stderr, folder, home, temporary } = await asStranger(['verify', ...words], options);
    expect(stdout).toBe('');
    expect([folder, home, temporary].flatMap((path) => readdirSync(path))).toEqual([]);
    expect(stderr).not.toMatch(/^ {4}at /m);
    return { code, said: stderr.trim().split('\n').at(-1) };
  }

  it.each([
    ['no image', [], /^error: image: no image was given/],
    ['the image twice', ['oci:a', '--image', 'oci:b'], /^error: image: the image was given twice/],
    ['two images', ['oci:a', 'oci:b'], /belongs to no flag/],
    ['a folder that is not there', ['oci:nowhere'], /^error: image: there is no folder/],
    ['an archive that is not there', ['nowhere.tar'], /^error: image: there is no file/],
    ['docker’s own archive', ['docker-archive:x.tar'], /^error: image: .*skopeo copy/],
    ['a reference that is none', ['Not A Reference'], /^error: image: /],
    ['a verdict that there is none of', ['oci:a', '--fail-on=bad'], /^error: fail-on: .*content-differs/],
    ['a platform that is none', ['oci:a', '--platforms=x'], /^error: platforms: /],
    ['a flag of build', ['oci:a', '--push'], /^error: unknown flag --push/],
  ])('%s is the user’s mistake', async (_, words, message) => {
    expect(await ended(words)).toEqual({ code: 2, said: expect.stringMatching(message) });
  });

  it('a patch that is not there is the user’s mistake', async () => {
    const { recipe, outputs } = await built();
    const gone = await ended([`oci:${outputs.layout}`, ...recipe.named, '--patches=nowhere.patch']);
    expect(gone).toEqual({ code: 2, said: expect.stringMatching(/^error: patches: .*nowhere\.patch/) });
  });

  it('what a registry has not is the user’s mistake, one that nobody can reach is not', async () => {
    const published = await publish(ONE_PLATFORM);
    const { name, outputs, registry } = published;
    const env = { REGISTRY_PASSWORD: PASSWORD };
    const none = await ended([`${name}:9.9.9`, ...LOGIN], { env });
    expect(none).toEqual({ code: 2, said: expect.stringMatching(/^error: image: .*9\.9\.9/) });
    const platform = await ended([`${name}@${outputs.digest}`, ...LOGIN, '--platforms=linux/s390x'], { env });
    expect(platform).toEqual({ code: 2, said: expect.stringMatching(/^error: platforms: .*It has: linux\/amd64$/) });
    const stranger = await ended([`${name}@${outputs.digest}`, ...LOGIN], { env: { REGISTRY_PASSWORD: 'wrong' } });
    expect(stranger).toEqual({ code: 1, said: expect.stringMatching(/^error: .*(log|password|unauthorized)/i) });
    const away = `127.0.0.1:${await freePort()}/a/b`;
    const lost = await ended([away, '--tls-verify=false', '--retries=0']);
    expect(lost).toEqual({ code: 1, said: expect.stringMatching(/^error: .*connection to 127\.0\.0\.1/) });
    expect(registry.host).not.toBe('');
  });
});

describe('a registry that has lost what it had', () => {
  it.each([
    ['another byte in a layer', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')])],
    ['half a layer', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ])('is found out: %s', async (_, change) => {
    const published = await publish(ONE_PLATFORM);
    const { name, outputs, folder } = published;
    const [image] = takeApart(outputs.layout).images;
    const hex = image?.manifest.json.layers[0].digest.slice('sha256:'.length);
    const path = join(folder, 'registry/data/docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data');
    writeFileSync(path, change(readFileSync(path)));
    const { code, stderr, report } = await verify(`${name}@${outputs.digest}`, published);
    expect({ code, verdict: report?.verdict }, stderr).toEqual({ code: 1, verdict: 'content-differs' });
    expect(schemaErrors(report)).toEqual([]);
    expect(report.causes).toMatchObject([{ id: 'damaged' }]);
    expect(report.platforms[0].differences).toMatchObject([{ level: 'layer', cause: 'damaged' }]);
  });
});

describe('the password', () => {
  it('is in no argument and no environment of what is started, and in no file', async () => {
    const canary = newCanary();
    const published = await publish(ONE_PLATFORM, canary.password);
    const { name, outputs, recipe } = published;
    const place = scratch();
    const record = join(place, 'record');
    const path = recordingPath(join(place, 'bin'), record, ['go', 'git', 'skopeo', 'podman', 'buildah']);
    const env = { PATH: `${path}:${process.env.PATH}` };
    for (const { input, more, own } of [
      { input: '', more: [], own: { REGISTRY_PASSWORD: canary.password } },
      { input: `${canary.password}\n`, more: ['--registry-password-stdin'], own: {} },
    ]) {
      const words = ['verify', `${name}@${outputs.digest}`, ...recipe.named, ...LOGIN, ...more];
      const { child, ended } = startStranger(words, { env: { ...env, ...own }, input });
      const watch = watchProcesses(child.pid ?? 0, canary, input === '');
      const run = await ended;
      expect(watch.stop()).toEqual([]);
      expect([...watch.programs]).toEqual(expect.arrayContaining(['go', 'compile', 'skopeo']));
      expectReproducible(run, { digest: outputs.digest });
      expect(canary.isIn(run.stderr)).toBe(false);
      for (const folder of [run.folder, run.home, run.temporary]) expect(filesWith(canary, folder)).toEqual([]);
    }
    const started = readFileSync(record, 'latin1');
    expect(started).toContain('skopeo');
    expect(canary.isIn(started)).toBe(false);
  });
});

describe('SIGTERM in the midst of a rebuild', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('as %s ends it soon, and leaves nothing', async (signal) => {
    const { recipe, outputs } = await built(() => folderRecipe(scratch()));
    const { child, ended, place } = startStranger(['verify', `oci:${outputs.layout}`, ...recipe.named]);
    await until(() => programsOf(place.temporary).some((line) => line.includes('/compile ')));
    const asked = performance.now();
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    const took = performance.now() - asked;
    expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^cancelled; nothing was left behind$/m);
    expect(took).toBeLessThan(10_000);
    expect(programsOf(place.temporary)).toEqual([]);
    expect([place.folder, place.temporary].flatMap((path) => readdirSync(path))).toEqual([]);
    console.log(`${signal}: ended after ${Math.round(took)} ms`);
  });
});
