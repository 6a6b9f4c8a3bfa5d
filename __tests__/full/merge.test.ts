import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { digestOf, sha256Hex } from '../../src/base/hash.js';
import type { MergeOutputs } from '../../src/commands/merge/merge.js';
import { MediaType } from '../../src/image/profile1.js';
import { MERGE_OUTPUTS } from '../../src/inputs/merge-inputs.js';
import { makeBase } from '../image/base.js';
import { contentOf, folderForTests, wholeResult } from '../integration/folders.js';
import {
  annotations,
  outputsOf,
  type Runner,
  runnerIn,
  runPost,
  startAction,
  startCommandLine,
} from '../support/as-action.js';
import { tagsOf } from '../support/complete-image.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { startSecureRegistry } from '../support/registry.js';
import { type Built, runBuild, smallRepository } from '../support/small-builds.js';

// Builds take some seconds each, on machines that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const HERE = folderForTests('merge');
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];
const QUIET = ['--cache', '--labels', 'a=b'];

let source: string[];
let once: Built;
/** Where each platform was built alone. */
let apart: string[];

async function buildIn(name: string, args: readonly string[]): Promise<Built> {
  const built = await runBuild(runnerIn(join(HERE, name)), [...source, ...QUIET, ...args]);
  expect(built.code, built.stderr).toBe(0);
  return built;
}

function folderOf(built: Built): string {
  return join(built.outputs.layout, '..');
}

beforeAll(async () => {
  const repository = join(HERE, 'repository');
  mkdirSync(repository);
  ({ source } = await smallRepository(repository));
  once = await buildIn(
    'once',
    PLATFORMS.flatMap((platform) => ['--platforms', platform]),
  );
  apart = [];
  for (const [i, platform] of PLATFORMS.entries()) {
    apart.push(folderOf(await buildIn(`apart-${i}`, ['--platforms', platform])));
  }
}, 600_000);

interface Merged {
  readonly code: number;
  readonly stderr: string;
  readonly outputs: MergeOutputs;
  readonly out: string;
}

async function merge(words: readonly string[], runner: Runner = runnerIn(scratch())): Promise<Merged> {
  const out = join(runner.folder, 'out');
  const args = ['merge', '--json', '--smoke-test=false', '--output-dir', out, ...words];
  const { code, stdout, stderr } = await startCommandLine(runner, args).ended;
  return { code, stderr, out, outputs: (code === 0 ? JSON.parse(stdout) : {}) as MergeOutputs };
}

/** The files of a result, without the name of its folder. */
function filesOf(folder: string): readonly string[] | undefined {
  return contentOf(join(folder, readdirSync(folder).find((name) => name.startsWith('.result-')) ?? 'none'));
}

describe('three platforms that were built singly', () => {
  it('are merged into every file and every output of one build of the three', async () => {
    const { code, stderr, outputs, out } = await merge(apart);
    expect(code, stderr).toBe(0);
    expect(await wholeResult(out)).toBe(once.outputs.digest);
    expect(filesOf(out)).toEqual(filesOf(folderOf(once)));
    expect(Object.keys(outputs)).toEqual(MERGE_OUTPUTS);
    const elsewhere = (text: string) => text.replace(folderOf(once), out);
    for (const name of MERGE_OUTPUTS) expect(outputs[name], name).toBe(elsewhere(once.outputs[name]));
  });

  it('are merged from what an artifact of each has, in another order and another environment', async () => {
    const download = scratch();
    for (const [i, folder] of apart.toReversed().entries()) {
      mkdirSync(join(download, `pushgateway-${i}`));
      cpSync(join(folder, 'pushgateway.oci.tar'), join(download, `pushgateway-${i}`, 'pushgateway.oci.tar'), {
        dereference: true,
      });
    }
    const { code, stderr, out } = await merge(['--layouts', download]);
    expect(code, stderr).toBe(0);
    expect(filesOf(out)).toEqual(filesOf(folderOf(once)));
  });

  it('print the digest alone without --json, and the usual end on standard error', async () => {
    const runner = runnerIn(scratch());
    const ended = await startCommandLine(runner, ['merge', '--smoke-test', 'false', ...apart]).ended;
    expect(ended.stdout).toBe(`${once.outputs.digest}\n`);
    expect(ended.stderr).toContain(`index digest:    ${once.outputs.digest}\n`);
    expect(await wholeResult(join(runner.folder, 'out'))).toBe(once.outputs.digest);
  });

  it('are pushed byte for byte, loaded, and archived for docker', async () => {
    const registry = await startSecureRegistry(scratch());
    const runner = runnerIn(scratch());
    const image = `${registry.host}/team/gateway`;
    const to = ['--image', image, '--tags', 'v1,latest', '--tls-verify=false', '--push', '--load', '--docker-archives'];
    const { code, stderr, outputs, out } = await merge([...apart, ...to], runner);
    expect(code, stderr).toBe(0);
    const tags = await tagsOf(registry.url, 'team/gateway');
    expect([...tags]).toEqual(['latest', 'v1'].map((tag) => [tag, { digest: once.outputs.digest, flaws: [] }]));
    expect(outputs).toMatchObject({ image, tags: 'v1\nlatest', digest: once.outputs.digest });
    expect(readdirSync(join(out, 'docker'))).toEqual(['linux-amd64.tar', 'linux-arm-v7.tar', 'linux-arm64.tar']);
    const list = await mustExec('buildah', ['manifest', 'inspect', `${image}:v1`], { env: runner.env });
    const digests = (JSON.parse(list).manifests as { digest: string }[]).map(({ digest }) => digest);
    expect(digests).toEqual(Object.values(JSON.parse(outputs['image-digests'])));
  });

  it('are compared with what was published, and nothing is pushed where nothing has changed', async () => {
    const registry = await startSecureRegistry(scratch());
    const image = `${registry.host}/team/gateway`;
    const to = ['--image', image, '--tags', 'latest', '--tls-verify=false', '--push'];
    const compared = [...to, '--published-image', `${image}:latest`];
    const first = await merge([...apart.slice(0, 2), ...compared]);
    expect(first.outputs.changed, first.stderr).toBe('true');
    const all = await merge([...apart, ...compared]);
    expect(all.outputs.changed).toBe('true');
    expect(all.stderr).toContain(
      `The image has changed: it was ${first.outputs.digest}, and is ${once.outputs.digest}`,
    );
    const again = await merge([...apart, ...compared]);
    expect(again.outputs.changed).toBe('false');
    expect(again.stderr).toContain('Nothing is pushed: every tag is at');
    expect(await registry.digestOf('team/gateway', 'latest')).toBe(once.outputs.digest);
  });

  it('may be one, which stays itself', async () => {
    const { code, stderr, out } = await merge([apart[0] ?? '']);
    expect(code, stderr).toBe(0);
    expect(filesOf(out)).toEqual(filesOf(apart[0] ?? ''));
  });

  it('are merged into the folder of one of them, which then holds all', async () => {
    const runner = runnerIn(scratch());
    const [amd64 = '', ...others] = apart;
    const out = join(runner.folder, 'out');
    cpSync(amd64, out, { recursive: true, verbatimSymlinks: true });
    expect((await merge([out, ...others], runner)).code).toBe(0);
    expect(await wholeResult(out)).toBe(once.outputs.digest);
  });
});

/** A base image whose layers are what its configs say, in an OCI layout. */
function baseLayout(folder: string, platforms: readonly Record<string, string>[]): string {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (mediaType: string, bytes: Buffer) => {
    writeFileSync(join(blobs, sha256Hex(bytes)), bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  };
  const manifests = platforms.map((platform, i) => {
    const { manifestJson, configJson, blobs: layers } = makeBase({ platform, layers: [[`layer ${i}`, 'gzip']] });
    for (const bytes of [Buffer.from(configJson), ...layers.values()]) put('', bytes);
    return { ...put(MediaType.manifest, Buffer.from(manifestJson)), platform };
  });
  const index = { schemaVersion: 2, mediaType: MediaType.index };
  const whole = put(MediaType.index, Buffer.from(JSON.stringify({ ...index, manifests })));
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ ...index, manifests: [whole] }));
  return folder;
}

describe('platforms of Windows, told apart by os.version', () => {
  it('are merged as one build of all has them', async () => {
    const versions = ['10.0.20348.2700', '10.0.26100.1'];
    const windows = versions.map((version) => ({ os: 'windows', architecture: 'amd64', 'os.version': version }));
    const base = baseLayout(join(scratch(), 'base'), [{ os: 'linux', architecture: 'amd64' }, ...windows]);
    const on = ['--base-image', `oci:${base}`];
    const whole = await buildIn('windows', [...on, '--platforms', 'linux/amd64,windows/amd64']);
    const one = await buildIn('windows-1', [...on, '--platforms', 'linux/amd64']);
    const two = await buildIn('windows-2', [...on, '--platforms', 'windows/amd64']);
    expect(Object.keys(JSON.parse(two.outputs['image-digests']))).toHaveLength(2);
    const { code, stderr, out } = await merge([folderOf(two), folderOf(one)]);
    expect(code, stderr).toBe(0);
    expect(filesOf(out)).toEqual(filesOf(folderOf(whole)));
  });
});

describe('what cannot be merged', () => {
  it('is told with its exit code, and leaves nothing', async () => {
    const [amd64 = '', arm64 = ''] = apart;
    const labelled = folderOf(await buildIn('labelled', ['--platforms', 'linux/arm64', '--labels', 'c=d']));
    const damaged = join(scratch(), 'damaged');
    cpSync(join(arm64, 'oci'), damaged, { recursive: true, dereference: true });
    const blobs = join(damaged, 'blobs', 'sha256');
    const [blob = ''] = readdirSync(blobs);
    writeFileSync(join(blobs, blob), Buffer.concat([readFileSync(join(blobs, blob)), Buffer.from('x')]));
    const cases: [string[], number, RegExp][] = [
      [[amd64, labelled], 2, /labels: the images are not|layouts: the images are not of one build spec: labels\.c is/],
      [[amd64, arm64, amd64], 2, /layouts: linux\/amd64 is there twice/],
      [[amd64, scratch()], 2, /layouts: .* holds no OCI image layout/],
      [[], 2, /layouts: there is nothing to merge/],
      [[''], 2, /layouts: /],
      [[amd64, '--platforms', 'linux/amd64'], 2, /unknown flag --platforms/],
      [[amd64, damaged], 1, new RegExp(blob)],
    ];
    for (const [words, code, message] of cases) {
      const runner = runnerIn(scratch());
      const ended = await merge(words, runner);
      expect(ended.code, `${words} ${ended.stderr}`).toBe(code);
      expect(ended.stderr).toMatch(message);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(existsSync(ended.out)).toBe(false);
      expect(readdirSync(runner.env.TMPDIR ?? '')).toEqual([]);
    }
  });
});

describe('the action', () => {
  it('sets its outputs, writes a summary, and leaves nothing but the result', async () => {
    const runner = runnerIn(scratch());
    const inputs = { layouts: apart.join('\n'), load: 'false', 'smoke-test': 'false' };
    const ended = await startAction(runner, inputs, {}, [], 'merge.js').ended;
    expect(ended.code, ended.stdout).toBe(0);
    const outputs = outputsOf(runner);
    expect(Object.keys(outputs)).toEqual(MERGE_OUTPUTS);
    expect(outputs.digest).toBe(once.outputs.digest);
    expect(readFileSync(runner.files.GITHUB_STEP_SUMMARY, 'utf8')).toContain(once.outputs.digest);
    expect(await runPost(runner, inputs, 'merge.js')).toMatchObject({ code: 0 });
    expect(readdirSync(runner.temp)).toHaveLength(1);
    expect(await wholeResult(join(outputs.layout ?? '', '..'))).toBe(once.outputs.digest);
  });

  it('shows what is wrong as one annotation', async () => {
    const runner = runnerIn(scratch());
    const inputs = { layouts: `${apart[0]}\n${apart[0]}`, load: 'false' };
    const ended = await startAction(runner, inputs, {}, [], 'merge.js').ended;
    expect(ended.code).toBe(2);
    expect(annotations('error', ended)).toHaveLength(1);
    expect(annotations('error', ended)[0]).toContain('title=Bad input%3A layouts::linux/amd64 is there twice');
    expect(readdirSync(runner.temp)).toEqual([]);
  });

  it('is ended in the midst of it within seconds, and leaves nothing', async () => {
    const runner = runnerIn(scratch());
    const { child, ended } = startAction(runner, { layouts: apart.join('\n'), load: 'false' }, {}, [], 'merge.js');
    child.stdout?.on('data', (chunk) => /Images/.test(String(chunk)) && child.kill('SIGTERM'));
    expect(await ended).toMatchObject({ code: 1 });
    expect(readdirSync(runner.temp)).toEqual([]);
  });
});

it('keeps no link to what was merged: the result is whole without it', async () => {
  const copies = apart.slice(0, 2).map((folder) => {
    const copy = join(scratch(), 'oci');
    cpSync(join(folder, 'oci'), copy, { recursive: true, dereference: true });
    return copy;
  });
  const { out, outputs } = await merge(copies);
  for (const copy of copies) rmSync(copy, { recursive: true });
  expect(await wholeResult(out)).toBe(outputs.digest);
});
