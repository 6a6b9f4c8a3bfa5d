import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { annotations, type Inputs, outputsOf, runnerIn, runPost, startAction } from '../support/as-action.js';
import { startMoto, type TestStore } from '../support/buckets.js';
import { scratch } from '../support/files.js';
import { keysIn, pullWhole, tagsOn, versionedImages } from '../support/published.js';
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
    const store = await startMoto(join(folder, 'store'));
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
    }
    expect(await tagsOn(url, 'app')).toEqual(['1.10', '1.11']);
    for (const tag of ['1.10', '1.11']) await pullWhole(url, 'app', tag);
    expect((await keysIn(store)).filter((key) => key.includes('1.9'))).toEqual([]);
  }, 120_000);

  it('refuses bad input with the name of the input, and never shows the secret key', async () => {
    const store = await startMoto(join(scratch(), 'store'));
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
