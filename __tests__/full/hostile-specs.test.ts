import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import type { Outputs } from '../../src/output/result.js';
import { SPEC_LABEL } from '../../src/spec/build-spec.js';
import { canonicalJson } from '../../src/spec/canonical.js';
import { madeImage, madeIndex, writeMadeLayout } from '../support/base-images.js';
import { removeFolder, scratch } from '../support/files.js';
import { plainPush } from '../support/plain-push.js';
import { build, freshFolder } from '../support/program.js';
import { recordingPath } from '../support/recording-path.js';
import { schemaErrors } from '../support/report-schema.js';
import { makeRepository } from '../support/repository.js';
import { startRegistry } from '../support/servers.js';
import { asStranger, type StrangerRun } from '../support/stranger.js';
import { changedLayout, type Json } from '../support/taken-apart.js';
import { patchThatSays, VERSIONED_TREE } from '../support/versioned-tree.js';
import { HOSTILE_SPECS, withFields } from '../verify/hostile-specs.js';
import { folderRecipe, type Recipe } from './published-kinds.js';

vi.setConfig({ testTimeout: 300_000 });

const PLACE = freshFolder('hostile-specs');

let recipe: Recipe;
let outputs: Outputs;

beforeAll(async () => {
  recipe = folderRecipe(PLACE, { build: ['--platforms=linux/amd64,linux/arm64', '--patches=none'] });
  outputs = await build([...recipe.build, '--sbom=false', '--output-dir', join(PLACE, 'out')], { cwd: PLACE });
}, 300_000);

afterAll(() => removeFolder(PLACE));

/** The good image with another spec in the labels of its platforms. */
function imageWith(...texts: readonly (string | undefined)[]): string {
  const to = join(scratch(), 'image');
  changedLayout(outputs.layout, to, ({ images }) => {
    images.forEach(({ config }, position) => {
      const text = texts[position % texts.length];
      if (text === undefined) delete config.json.config.Labels[SPEC_LABEL];
      else config.json.config.Labels[SPEC_LABEL] = text;
    });
  });
  return to;
}

interface Watched {
  readonly run: StrangerRun;
  /** What was started, as its arguments and environment. */
  readonly started: string;
  /** How often the network was asked for. */
  readonly connections: number;
}

/** Verifies where every program that is started is written down, and whatever the network is asked for is counted. */
async function watched(image: string, more: readonly string[] = []): Promise<Watched> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'GOPROXY'];
  const place = scratch();
  const record = join(place, 'record');
  const path = recordingPath(join(place, 'bin'), record, ['go', 'git', 'skopeo', 'podman', 'buildah', 'taskset']);
  const env = { ...Object.fromEntries(names.map((name) => [name, address])), PATH: `${path}:${process.env.PATH}` };
  const run = await asStranger(['verify', image, ...more], { env });
  return { run, started: existsSync(record) ? readFileSync(record, 'latin1') : '', connections };
}

function expectRefused({ run, started, connections }: Watched, kind: string, field: string): void {
  const { code, stdout, stderr, report, temporary, folder, home } = run;
  expect({ code, stdout }, stderr).toEqual({ code: 3, stdout: 'not-performed\n' });
  expect({ started, connections }).toEqual({ started: '', connections: 0 });
  expect(schemaErrors(report)).toEqual([]);
  expect(report).toMatchObject({
    verdict: 'not-performed',
    rebuiltDigest: null,
    platforms: [],
    reason: { kind, field },
  });
  expect(report.reason.message).toMatch(/^untrusted spec: /);
  expect(report.reason.message).toContain(field);
  // What a stranger wrote is shown on one line, and not whole where it is long.
  expect(report.reason.message.length).toBeLessThan(2100);
  expect(report.reason.message).not.toMatch(/\p{Cc}/u);
  expect(stderr).toContain(`reason:   ${kind}, ${field}`);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(home)).toEqual([]);
  expect(readdirSync(folder)).toEqual(['verify-report']);
}

describe('an otherwise good image', () => {
  it('for want of hostile specs', () => expect(HOSTILE_SPECS.length).toBeGreaterThan(60));

  it.each(HOSTILE_SPECS)('is not rebuilt with $title', async ({ text, kind, field }) => {
    expectRefused(await watched(`oci:${imageWith(text)}`), kind, field);
  });

  it('is not rebuilt where its platforms do not agree', async () => {
    const other = canonicalJson({ ...JSON.parse(outputs.spec), version: '1.11.3-evil' });
    const differs = await watched(`oci:${imageWith(outputs.spec, other)}`, recipe.named);
    expectRefused(differs, 'spec-differs', 'version');
    const missing = await watched(`oci:${imageWith(outputs.spec, undefined)}`, recipe.named);
    expectRefused(missing, 'spec-differs', 'spec');
  });

  it('is not rebuilt where one platform is there twice, with two specs', async () => {
    const image = join(scratch(), 'image');
    changedLayout(outputs.layout, image, ({ images: [first, second] }) => {
      if (!first || !second) return;
      first.config.json.config.Labels[SPEC_LABEL] = withFields({ go: '1.25.0' });
      second.entry.platform = first.entry.platform;
    });
    expectRefused(await watched(`oci:${image}`, recipe.named), 'spec-differs', 'go');
  });

  it('is not rebuilt with a trusted spec that is hidden behind a hostile config', async () => {
    const image = join(scratch(), 'image');
    changedLayout(outputs.layout, image, ({ images: [first] }) => {
      if (!first) return;
      first.config.bytes = (bytes) => Buffer.from(bytes.toString().replace('"Labels":', '"Labels":{},"Labels":'));
    });
    expectRefused(await watched(`oci:${image}`, recipe.named), 'bad-spec', 'spec');
  });

  it('is read from its registry, and nothing more', async () => {
    const place = scratch();
    const port = await startRegistry(place);
    const [fork] = HOSTILE_SPECS.filter(({ title }) => title === 'a fork');
    await plainPush(`http://127.0.0.1:${port}`, 'a/b', 'x', imageWith(fork?.text));
    const { run, started, connections } = await watched(`127.0.0.1:${port}/a/b:x`, ['--tls-verify=false']);
    expect({ code: run.code, connections }, run.stderr).toEqual({ code: 3, connections: 0 });
    expect(run.report.reason).toMatchObject({ kind: 'untrusted-spec', field: 'source.url' });
    const programs = [...started.matchAll(/\/bin\/sh\0[^\0]*\/bin\/([^\0/]+)\0/g)].map(([, name]) => name);
    expect(new Set(programs)).toEqual(new Set(['skopeo']));
  });
});

describe('what the caller names exactly is followed', () => {
  const COMMIT = 'a'.repeat(40);
  const git = (url: string) => withFields({ source: { type: 'git', url, commit: COMMIT } });
  const text = (fields: Json) => canonicalJson({ ...JSON.parse(outputs.spec), ...fields });

  it.each([
    ['a fork', 'https://github.com/evil/pushgateway'],
    ['a loopback address', 'https://127.0.0.1:1/a/b'],
    ['a link-local address', 'http://169.254.169.254/latest/meta-data'],
  ])('%s as the source', async (_, url) => {
    const image = `oci:${imageWith(git(url))}`;
    for (const named of [`${url}#${'b'.repeat(40)}`, `${url}2#${COMMIT}`, '/etc']) {
      expectRefused(await watched(image, ['--allow-source', named]), 'untrusted-spec', 'source.url');
    }
    // It goes on, to where there is nothing.
    const { run, started } = await watched(image, ['--allow-source', `${url}#${COMMIT}`, '--patches=ttl']);
    expect(started, run.stderr).toContain(COMMIT);
    expect(started).toContain('fetch\0');
    expect(run.code, run.stderr).not.toBe(0);
    expect(run.report?.reason?.kind).not.toBe('untrusted-spec');
  });

  it('a base', async () => {
    const base = madeIndex([madeImage({ os: 'linux', architecture: 'amd64' })]);
    const layout = writeMadeLayout(join(scratch(), 'base'), [['', base]]);
    const image = `oci:${imageWith(text({ base: { digest: base.digest } }))}`;
    expectRefused(await watched(image, recipe.named), 'untrusted-spec', 'base.digest');
    const other = writeMadeLayout(join(scratch(), 'base'), [
      ['', madeIndex([madeImage({ os: 'linux', architecture: 'amd64' }, { seed: 2 })])],
    ]);
    expectRefused(
      await watched(image, [...recipe.named, '--base-image', `oci:${other}`]),
      'untrusted-spec',
      'base.digest',
    );
    const { run, started } = await watched(image, [
      ...recipe.named,
      '--base-image',
      `oci:${layout}`,
      '--platforms=linux/amd64',
    ]);
    expect(started, run.stderr).not.toBe('');
    expect(run.report).toMatchObject({ verdict: 'content-differs' }); // the image is not on that base
    expect(run.report.causes.map(({ id }: { id: string }) => id)).toContain('base');
  });

  it('a patch, by what is in it', async () => {
    const [patch, other] = ['You', 'Everyone'].map(patchThatSays) as [string, string];
    const [path, otherPath] = ['a.patch', 'b.patch'].map((name) => join(scratch(), name)) as [string, string];
    writeFileSync(path, patch);
    writeFileSync(otherPath, other);
    const image = `oci:${imageWith(text({ patches: [{ name: 'evil', sha256: sha256Hex(patch) }] }))}`;
    expectRefused(await watched(image, recipe.named), 'untrusted-spec', 'patches[0].name');
    expectRefused(await watched(image, [...recipe.named, '--patches', otherPath]), 'untrusted-spec', 'patches[0].name');
    const { run, started } = await watched(image, [...recipe.named, '--patches', path, '--platforms=linux/amd64']);
    expect(started, run.stderr).toContain('apply\0');
    expect(run.report).toMatchObject({ verdict: 'content-differs' });
  });

  it('extra files, by what is in them', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'motd'), 'hello\n');
    const files = ['--extra-files', `${join(folder, 'motd')}:/etc/motd`];
    const made = await build([...recipe.build, ...files, '--sbom=false', '--output-dir', join(folder, 'out')]);
    const image = `oci:${made.layout}`;
    expectRefused(await watched(image, recipe.named), 'untrusted-spec', 'files');
    writeFileSync(join(folder, 'motd'), 'evil\n');
    expectRefused(await watched(image, [...recipe.named, ...files]), 'untrusted-spec', 'files');
    writeFileSync(join(folder, 'motd'), 'hello\n');
    const { run } = await watched(image, [...recipe.named, ...files, '--platforms=linux/amd64']);
    expect(run, run.stderr).toMatchObject({ code: 0, stdout: 'reproducible\n' });
  });

  it('a folder, by what is in it', async () => {
    const image = `oci:${outputs.layout}`;
    expectRefused(await watched(image), 'untrusted-spec', 'source.hash');
    const other = folderRecipe(scratch(), {}, { 'main.go': 'package main\n\nfunc main() {\n\tprintln("evil")\n}\n' });
    expectRefused(await watched(image, other.named), 'untrusted-spec', 'source.hash');
    const { run } = await watched(image, [...recipe.named, '--platforms=linux/amd64']);
    expect(run, run.stderr).toMatchObject({ code: 0, stdout: 'reproducible\n' });
  });

  it('a commit of a repository on disk', async () => {
    const repository = await makeRepository([], scratch());
    const commit = await repository.commit({ ...VERSIONED_TREE });
    const later = await repository.commit({ 'evil.go': 'package main\n' });
    const source = `${repository.path}#${commit}`;
    const args = ['--source', source, '--patches=none', '--pushgateway-version=1.11.3', '--platforms=linux/amd64'];
    const made = await build([...args, '--sbom=false', '--output-dir', join(scratch(), 'out')]);
    const image = `oci:${made.layout}`;
    expectRefused(await watched(image), 'untrusted-spec', 'source.commit');
    const other = ['--allow-source', `${repository.path}#${later}`];
    expectRefused(await watched(image, other), 'untrusted-spec', 'source.commit');
    const { run } = await watched(image, ['--allow-source', source]);
    expect(run, run.stderr).toMatchObject({ code: 0, stdout: 'reproducible\n' });
  });
});
