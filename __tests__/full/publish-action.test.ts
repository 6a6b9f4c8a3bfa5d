import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { annotations, type Inputs, outputsOf, runnerIn, runPost, startAction } from '../support/as-action.js';
import { FLAT_KINDS, STORE_KINDS, startFlat, startStore, type TestStore } from '../support/buckets.js';
import type { Fault } from '../support/fault-proxy.js';
import { scratch, until } from '../support/files.js';
import { keysIn, pullWhole, tagsOn, versionedImages } from '../support/published.js';
import { startStoreProxy } from '../support/store-proxy.js';
import { startWebsite } from '../support/website.js';

async function step(store: TestStore, inputs: Inputs) {
  const runner = runnerIn(scratch());
  const ended = await startAction(runner, inputs, { ...store.env }, [], 'publish.js').ended;
  expect(await runPost(runner, inputs, 'publish.js')).toMatchObject({ code: 0 });
  return { ended, outputs: outputsOf(runner), summary: readFileSync(runner.files.GITHUB_STEP_SUMMARY, 'utf8') };
}

describe('the action publish', () => {
  it('publishes image and binaries, keeps the newest tags, and sets the outputs', async () => {
    const folder = scratch();
    const store = await startFlat(join(folder, 'store'));
    const { url } = await startWebsite(store);
    const bin = join(folder, 'bin', 'linux', 'amd64');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'app'), 'binary');
    for (const tag of ['1.9', '1.10', '1.11']) {
      const { index, images } = await versionedImages(join(folder, tag), 1, tag);
      const { ended, outputs, summary } = await step(store, {
        tag: `app:${tag}`,
        layout: join(folder, tag),
        'image-destinations': `${store.destination()}\n`,
        binaries: join(folder, 'bin'),
        'static-destinations': store.destination('files'),
        keep: '2',
      });
      expect([ended.code, ended.stderr]).toEqual([0, '']);
      expect(ended.stdout).toContain('✅ push succeeded');
      expect(outputs.digest).toBe(index.digest);
      expect(Object.values(JSON.parse(outputs['image-digests'] ?? ''))).toEqual(images.map(({ digest }) => digest));
      expect(outputs.references).toBe(`s3://downloads/v2/app/manifests/${tag}`);
      expect(outputs.urls).toBe(`${store.url}/downloads/files/df-dist-v1/app/${tag}/linux/amd64/app`);
      expect(JSON.parse(outputs.checksums ?? '')).toEqual({
        'linux/amd64/app': expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(summary).toContain(index.digest);
      expect(Number(outputs.uploaded)).toBeGreaterThan(5);
    }
    expect(await tagsOn(url, 'app')).toEqual(['1.10', '1.11']);
    for (const tag of ['1.10', '1.11']) await pullWhole(url, 'app', tag);
    expect((await keysIn(store)).filter((key) => key.includes('1.9'))).toEqual([]);
  }, 120_000);

  it('refuses bad input with the name of the input, and never shows the secret key', async () => {
    const store = await startFlat(join(scratch(), 'store'));
    const cases: [Inputs, string][] = [
      [{ tag: 'app:1' }, 'layout'],
      [{ tag: 'app', layout: 'x', 'image-destinations': store.destination() }, 'tag'],
      [{ tag: 'app:1', layout: '/nonexistent', 'image-destinations': store.destination() }, 'layout'],
      [{ tag: 'app:1', layout: 'x', 'image-destinations': 'ftp://x' }, 'image-destinations'],
    ];
    for (const [inputs, name] of cases) {
      const { ended, outputs } = await step(store, inputs);
      expect([inputs, ended.code, annotations('error', ended).length]).toEqual([inputs, 2, 1]);
      expect(ended.stdout).toContain(`Bad input%3A ${name}`);
      expect(ended.stdout + ended.stderr).not.toContain(store.env.AWS_SECRET_ACCESS_KEY);
      expect(outputs).toEqual({});
    }
    expect(await keysIn(store)).toEqual([]);
  }, 120_000);
});

/** Milliseconds for everything that a step has to do after its cancel. The runner kills it after ten seconds. */
const LIMIT = 5000;

/** Takes the first bytes of a body, and no more of it. */
const stall: Fault = ({ request }) => {
  request.once('data', () => request.pause());
};

/**
 * Runs the step with a store before which requests come to a halt, and cancels it when one has.
 * @param isStalled of a request, and how many of those there were before it
 */
async function cancelled(
  store: TestStore,
  inputs: Inputs,
  signal: NodeJS.Signals,
  isStalled: (request: IncomingMessage) => boolean,
) {
  let stalled = 0;
  const fault = (request: IncomingMessage) => (isStalled(request) && ++stalled ? stall : undefined);
  const proxy = await startStoreProxy(store.url, { fault });
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, value.replace(store.url, proxy.url)]),
  );
  const runner = runnerIn(scratch());
  const { child, ended } = startAction(runner, given, { ...store.env }, [], 'publish.js');
  await until(() => stalled > 0);
  const from = performance.now();
  child.kill(signal);
  const result = await ended;
  const took = performance.now() - from;
  expect(await runPost(runner, given, 'publish.js')).toMatchObject({ code: 0 });
  for (const folder of [runner.temp, runner.env.TMPDIR ?? '']) expect(readdirSync(folder)).toEqual([]);
  return { ...result, took, outputs: outputsOf(runner) };
}

/** What a run writes for itself alone. */
async function ownKeys(store: TestStore): Promise<string[]> {
  return (await keysIn(store)).filter((key) => key.startsWith('.pushgateway-ttl-'));
}

describe('the action publish, cancelled', () => {
  it.each(STORE_KINDS.flatMap((kind, i) => [[kind, i % 2 === 0 ? 'SIGINT' : 'SIGTERM'] as const]))(
    'while an image goes to %s leaves every tag whole and says so (%s); the next run goes on',
    async (kind, signal) => {
      const folder = scratch();
      const store = await startStore(kind, join(folder, 'store'));
      const { url } = await startWebsite(store);
      await versionedImages(join(folder, 'a'), 1, 'a');
      await versionedImages(join(folder, 'b'), 2, 'b');
      const inputs = (tag: string, layout: string) => ({
        ...{ tag: `app:${tag}`, layout: join(folder, layout) },
        'image-destinations': store.destination(),
      });
      expect((await step(store, inputs('1', 'a'))).ended.code).toBe(0);

      // One blob after another has gone through before; some of four at once are under way.
      let blobs = 0;
      const isStalled = ({ method, url: path = '' }: IncomingMessage) =>
        method === 'PUT' && path.includes('/blobs/') && ++blobs > 2;
      const run = await cancelled(store, inputs('2', 'b'), signal, isStalled);
      const shown = `${run.stdout}\n${run.stderr}`;
      expect(run.code, shown).toBe(1);
      expect(annotations('error', run), shown).toEqual([
        '::error::The run was cancelled; every tag is whole, what was uploaded stays, and the next push goes on from it.',
      ]);
      expect(annotations('warning', run), shown).toEqual([]);
      expect(run.took).toBeLessThan(LIMIT);
      expect(run.outputs).toEqual({});
      expect(await tagsOn(url, 'app')).toEqual(['1']);
      expect(await keysIn(store)).not.toContain('v2/app/manifests/2');
      expect(await ownKeys(store)).toEqual([]);
      await pullWhole(url, 'app', '1');

      const there = (await keysIn(store)).length;
      const { ended, outputs } = await step(store, inputs('2', 'b'));
      expect([ended.code, ended.stderr]).toEqual([0, '']);
      expect(Number(outputs.uploaded)).toBe((await keysIn(store)).length - there + 1); // the list was there
      expect(await tagsOn(url, 'app')).toEqual(['1', '2']);
      for (const tag of ['1', '2']) await pullWhole(url, 'app', tag);
    },
    120_000,
  );

  it.each(STORE_KINDS)(
    'while a large file goes to %s takes its parts back',
    async (kind) => {
      const folder = scratch();
      const store = await startStore(kind, join(folder, 'store'));
      const bin = join(folder, 'bin', 'linux', 'amd64');
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, 'app'), '');
      truncateSync(join(bin, 'app'), 40_000_000);
      const inputs = {
        ...{ tag: 'app:1', binaries: join(folder, 'bin') },
        'static-destinations': store.destination('', '&suffix=.json'),
      };
      const isStalled = ({ method, url = '' }: IncomingMessage) => method === 'PUT' && url.includes('partNumber=3');
      const run = await cancelled(store, inputs, 'SIGTERM', isStalled);
      const shown = `${run.stdout}\n${run.stderr}`;
      expect([run.code, annotations('error', run).length], shown).toEqual([1, 1]);
      expect(annotations('error', run)[0]).toContain('every tag is whole');
      expect(run.took).toBeLessThan(LIMIT);
      expect(await keysIn(store)).toEqual([]);
      expect(await store.openUploads()).toEqual([]);
      const { ended, outputs } = await step(store, inputs);
      expect([ended.code, outputs.uploaded], ended.stdout).toEqual([0, '3']);
      expect((await step(store, inputs)).outputs.uploaded).toBe('0');
    },
    120_000,
  );

  it.each(FLAT_KINDS)(
    'while old tags go from %s leaves those that are listed whole, and no marker',
    async (kind) => {
      const folder = scratch();
      const store = await startStore(kind, join(folder, 'store'));
      const { url } = await startWebsite(store);
      for (const [seed, tag] of ['1', '2'].entries()) await versionedImages(join(folder, tag), seed, tag);
      const inputs = (tag: string) => ({
        ...{ tag: `app:${tag}`, layout: join(folder, tag), keep: '1' },
        'image-destinations': store.destination(),
      });
      expect((await step(store, inputs('1'))).ended.code).toBe(0);
      const isStalled = ({ method, url: path = '' }: IncomingMessage) => method === 'POST' && /\?.*delete/.test(path);
      const run = await cancelled(store, inputs('2'), 'SIGINT', isStalled);
      const shown = `${run.stdout}\n${run.stderr}`;
      expect([run.code, annotations('error', run).length], shown).toEqual([1, 1]);
      expect(annotations('error', run)[0]).toContain('every tag that is listed is whole');
      // What was published before stays told, whatever comes of the old tags.
      expect(run.outputs.references).toBe('s3://downloads/v2/app/manifests/2');
      expect(run.took).toBeLessThan(LIMIT);
      expect(await ownKeys(store)).toEqual([]);
      expect(await tagsOn(url, 'app')).toEqual(['2']);
      await pullWhole(url, 'app', '2');
    },
    120_000,
  );
});
