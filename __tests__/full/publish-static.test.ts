import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { FLAT_KINDS, STORE_KINDS, startFlat, startStore, traitsOf } from '../support/buckets.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { keysIn, mustPublish, publish } from '../support/published.js';
import { startWebsite } from '../support/website.js';

/** A folder as a build leaves its binaries. */
function binaries(folder: string, text = 'binary'): string {
  for (const platform of ['linux/amd64', 'linux/arm/v7', 'linux/arm64']) {
    const path = join(folder, platform, 'pushgateway');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text} for ${platform}`);
  }
  return folder;
}

describe('static push', () => {
  it.each([...FLAT_KINDS.map((kind) => [kind, ''] as const), ...STORE_KINDS.map((kind) => [kind, '.json'] as const)])(
    'to %s, with the suffix %j, gives what curl gets',
    async (kind, suffix) => {
      const folder = scratch();
      const store = await startStore(kind, join(folder, 'store'));
      const { url } = await startWebsite(store, 'site/');
      const dir = binaries(join(folder, 'bin'));
      const to = store.destination('site', suffix === '' ? '' : `&suffix=${suffix}`);
      const said = await mustPublish(store, 'static', 'push', '-t', 'pushgateway:1.11.3', dir, to);
      const base = 'df-dist-v1/pushgateway';
      expect(said.trim().split('\n').slice(-3)).toEqual([
        `list of files -> site/${base}/1.11.3${suffix}`,
        `list of tags -> site/${base}${suffix}`,
        '✅ push succeeded',
      ]);
      const curl = async (path: string) => {
        const answer = await mustExec('curl', ['-sS', '--fail', '-D', join(folder, 'head'), `${url}/${path}`]);
        const [, type] = /^content-type: (.*?)\r?$/im.exec(readFileSync(join(folder, 'head'), 'utf8')) ?? [];
        return [type, answer];
      };
      expect(await curl(`${base}/1.11.3/linux/arm/v7/pushgateway`)).toEqual([
        'application/octet-stream',
        'binary for linux/arm/v7',
      ]);
      expect(await curl(`${base}${suffix}`)).toEqual(['application/json', '{"name":"pushgateway","tags":["1.11.3"]}']);
      const flavor = (platform: string) => `{"resources":[{"path":"pushgateway"}],"platform":${platform}}`;
      expect(await curl(`${base}/1.11.3${suffix}`)).toEqual([
        'application/json',
        `{"flavors":[${[
          flavor('{"architecture":"amd64","os":"linux"}'),
          flavor('{"architecture":"arm","os":"linux","variant":"v7"}'),
          flavor('{"architecture":"arm64","os":"linux"}'),
        ].join(',')}]}`,
      ]);

      // Nothing is uploaded twice; what has changed is.
      const push = async () =>
        JSON.parse(await mustPublish(store, 'static', 'push', '-t', 'pushgateway:1.11.3', dir, to, '--json'));
      expect((await push()).destinations[0]).toMatchObject({ uploaded: 0, skipped: 4 });
      writeFileSync(join(dir, 'linux/amd64/pushgateway'), 'binary for linux/amd65');
      const { destinations, files } = await push();
      expect(destinations[0]).toMatchObject({ uploaded: 1, skipped: 3 });
      expect(files['linux/amd64/pushgateway']).toBe(sha256Hex('binary for linux/amd65'));
      expect(await curl(`${base}/1.11.3/linux/amd64/pushgateway`)).toContain('binary for linux/amd65');
      expect(destinations[0].urls).toContain(`${store.url}/downloads/site/${base}/1.11.3/linux/amd64/pushgateway`);
    },
    120_000,
  );

  it('loses no tag where eight push at once; gc and rm leave what stays whole', async () => {
    const folder = scratch();
    const store = await startFlat(join(folder, 'store'));
    const to = store.destination();
    const tags = Array.from({ length: 8 }, (_, position) => `1.${position}`);
    await Promise.all(
      tags.map((tag) => mustPublish(store, 'static', 'push', '-t', `app:${tag}`, binaries(join(folder, tag), tag), to)),
    );
    const list = async (...args: string[]) =>
      (await mustPublish(store, 'static', 'ls', ...args, to)).trim().split('\n');
    expect(await list()).toEqual(['app']);
    expect(await list('app')).toEqual([...tags].reverse());
    expect(await list('app:1.3')).toEqual([
      'linux/amd64/pushgateway',
      'linux/arm/v7/pushgateway',
      'linux/arm64/pushgateway',
    ]);
    const before = await keysIn(store);
    await mustPublish(store, 'static', 'gc', '--keep', '2', to, '--dry-run');
    expect(await keysIn(store)).toEqual(before);
    await mustPublish(store, 'static', 'gc', '--keep', '2', to);
    expect(await keysIn(store)).toEqual(
      before.filter((key) => key === 'df-dist-v1/app' || /\/1\.[67](\/|$)/.test(key)),
    );
    await mustPublish(store, 'static', 'rm', '-t', 'app:1.6', to);
    expect(await list('app')).toEqual(['1.7']);
    expect((await publish(store, 'static', 'rm', '-t', 'app:1.6', to)).code).toBe(2);
  }, 120_000);

  const asFiles = STORE_KINDS.filter((kind) => !traitsOf(kind).nests);
  it.each(asFiles)(
    'says so before anything is uploaded, where the store keeps objects as files (%s)',
    async (kind) => {
      const folder = scratch();
      const store = await startStore(kind, join(folder, 'store'));
      const args = ['static', 'push', '-t', 'app:1', binaries(join(folder, 'bin')), store.destination()];
      const { code, stderr } = await publish(store, ...args);
      expect([code, stderr.trim().split('\n').at(-1)]).toEqual([
        2,
        expect.stringMatching(/keeps objects as files.*suffix=\.json/),
      ]);
      expect(await keysIn(store)).toEqual([]);
    },
    60_000,
  );

  it('refuses folders and destinations in a sentence, and uploads nothing', async () => {
    const folder = scratch();
    const store = await startFlat(join(folder, 'store'));
    const [dir, to] = [binaries(join(folder, 'bin')), store.destination()];
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'odd/linux/amd46'), { recursive: true });
    writeFileSync(join(folder, 'odd/linux/amd46/app'), '');
    const cases: [string[], RegExp][] = [
      [['-t', 'app:1', join(folder, 'empty'), to], /is empty/],
      [['-t', 'app:1', join(folder, 'odd'), to], /no known platform.*linux\/amd46/],
      [['-t', 'app:1', join(folder, 'nothing'), to], /there is no folder/],
      [['-t', 'app', dir, to], /is no NAME:TAG/],
      [['-t', 'app:1', dir, 'docker://127.0.0.1:1/app'], /holds images and no single files/],
      [['-t', 'app:1', dir], /there is no destination/],
    ];
    for (const [args, said] of cases) {
      const { code, stderr } = await publish(store, 'static', 'push', ...args);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringMatching(said)]);
    }
    expect(await keysIn(store)).toEqual([]);
  }, 120_000);
});
