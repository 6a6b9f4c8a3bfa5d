import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGarage } from '../support/buckets.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { keysIn, mustPublish, versionedImages } from '../support/published.js';
import { cargoTool } from '../support/tools.js';

/** What a path of the website is, before any redirect: status, content type, body; where it leads. */
async function answerOf(url: string) {
  const answer = await fetch(url, { redirect: 'manual' });
  return [
    answer.status,
    answer.headers.get('content-type') ?? answer.headers.get('location'),
    await answer.text(),
  ] as const;
}

describe('the website of Garage', () => {
  it('is that of the version which the documents name', async () => {
    expect(await mustExec(cargoTool('garage', 'garage'), ['--version'])).toMatch(/\b2\.5\.0\b/);
  });

  it('serves v2/index.html as /v2/, beside an object that is called v2/', async () => {
    const folder = scratch();
    const store = await startGarage(join(folder, 'store'));
    expect((await answerOf(`${store.website}/v2/`))[0]).toBe(404);
    await versionedImages(join(folder, 'image'), 1, '1');
    await mustPublish(store, 'container', 'push', '-t', 'app:1', join(folder, 'image'), store.destination());
    expect(await keysIn(store)).toEqual(expect.arrayContaining(['v2/', 'v2/index.html']));
    expect(await answerOf(`${store.website}/v2/`)).toEqual([200, 'application/json', '{}']);
    expect(await answerOf(`${store.website}/v2`)).toEqual([302, '/v2/', '']);
    // What registries answer for what is not there; crane and podman take any 404.
    expect((await answerOf(`${store.website}/v2/app/manifests/2`))[0]).toBe(404);
    expect(await answerOf(`${store.website}/v2/app/tags/list`)).toEqual([
      200,
      'application/json',
      '{"name":"app","tags":["1"]}',
    ]);
  });

  it('gives the rest of a blob to a client that has its beginning', async () => {
    const folder = scratch();
    const store = await startGarage(join(folder, 'store'));
    const { images } = await versionedImages(join(folder, 'image'), 1, '1');
    await mustPublish(store, 'container', 'push', '-t', 'app:1', join(folder, 'image'), store.destination());
    const { digest, size } = images[0]?.layers[0] ?? { digest: '', size: 0 };
    const url = `${store.website}/v2/app/blobs/${digest}`;
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(whole).toHaveLength(size);
    const rest = await fetch(url, { headers: { range: 'bytes=100000-' } });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes 100000-${size - 1}/${size}`]);
    expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(100_000))).toBe(true);
  });

  it('is closed to a bucket that is none, and to writers', async () => {
    const folder = scratch();
    const store = await startGarage(join(folder, 'store'));
    const { port } = new URL(store.website ?? '');
    await versionedImages(join(folder, 'image'), 1, '1');
    await mustPublish(store, 'container', 'push', '-t', 'app:1', join(folder, 'image'), store.destination());
    // By another name there is no bucket.
    expect((await answerOf(`http://127.0.0.1:${port}/v2/`))[0]).toBe(404);
    const put = await fetch(`${store.website}/v2/app/manifests/2`, { method: 'PUT', body: '{}' });
    expect(put.status).toBe(400);
    const unsigned = await fetch(`${store.url}/${store.bucket}/v2/index.html`);
    expect(unsigned.status).toBe(403);
  });
});
