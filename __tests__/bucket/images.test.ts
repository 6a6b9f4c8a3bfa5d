import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { collectImages, removeImage } from '../../src/bucket/image/collect-garbage.js';
import { type ImageObjects, imageObjects } from '../../src/bucket/image/image-objects.js';
import { imageNames, imageTags, taggedImages } from '../../src/bucket/image/list-images.js';
import { pushImageTo } from '../../src/bucket/image/push-image.js';
import { openOwnImage } from '../../src/verify/open/open-image.js';
import { removeFolder } from '../support/files.js';
import { freshFolder } from '../support/program.js';
import { smallImages } from '../support/small-images.js';
import { MemoryStore } from './memory-store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Layouts of small images for two platforms; another seed, another image. */
const root = freshFolder('images');
afterAll(() => removeFolder(root));
beforeAll(async () => {
  for (const seed of [1, 2, 3]) await smallImages(join(root, String(seed)), seed);
});

async function objectsOf(tag: string, seed: number): Promise<ImageObjects> {
  const folder = join(root, String(seed));
  const image = await openOwnImage(join(folder, 'layout'), { tempDir: folder });
  return imageObjects({ name: 'app', tag }, image, 'out/oci');
}

async function push(store: MemoryStore, tag: string, seed: number): Promise<ImageObjects> {
  const objects = await objectsOf(tag, seed);
  await pushImageTo(store, { name: 'app', tag }, objects, { log: silentLog, onUploaded: () => {} });
  return objects;
}

const OPTIONS = { dryRun: false, grace: DAY, log: silentLog, onRemoved: () => {} };

/** Every key that a tag needs, told from the documents themselves. */
function needs(store: MemoryStore, tag: string): string[] {
  const keys: string[] = [];
  const follow = (reference: string) => {
    const key = `v2/app/manifests/${reference}`;
    keys.push(key);
    const bytes = store.objects.get(key)?.bytes ?? Buffer.from('{}');
    keys.push(`v2/app/manifests/${digestOf(bytes)}`);
    const { manifests = [], config, layers = [] } = JSON.parse(bytes.toString());
    for (const { digest } of manifests) follow(digest);
    for (const { digest } of [...(config ? [config] : []), ...layers]) keys.push(`v2/app/blobs/${digest}`);
  };
  follow(tag);
  return keys;
}

function isWhole(store: MemoryStore, tag: string): boolean {
  return needs(store, tag).every((key) => store.objects.has(key));
}

describe('a push', () => {
  it('writes blobs, children, index, tag, list and API in this order, each with its type', async () => {
    const store = new MemoryStore();
    const { digest, images } = await push(store, '1.0', 1);
    const stage = (line: string) => {
      const key = line.replace('put ', '');
      if (key.includes('/blobs/')) return 'blob';
      if (Object.values(images).some((child) => key.endsWith(child))) return 'child';
      if (key.endsWith(digest)) return 'index';
      return key;
    };
    const stages = store.done.filter((line) => !line.includes('-pushing-')).map(stage);
    expect(stages.filter((each, i) => each !== stages[i - 1])).toEqual([
      'blob',
      'child',
      'index',
      'v2/app/manifests/1.0',
      'v2/app/tags/list',
      'v2/',
      'v2/index.html',
    ]);
    const types = new Set([...store.objects].map(([key, { contentType }]) => `${stage(key)} ${contentType}`));
    expect([...types].sort()).toEqual([
      'blob application/octet-stream',
      'child application/vnd.oci.image.manifest.v1+json',
      'index application/vnd.oci.image.index.v1+json',
      'v2/ application/json',
      'v2/app/manifests/1.0 application/vnd.oci.image.index.v1+json',
      'v2/app/tags/list application/json',
      'v2/index.html application/json',
    ]);
    expect(store.objects.get('v2/app/tags/list')?.bytes.toString()).toBe('{"name":"app","tags":["1.0"]}');
    expect(isWhole(store, '1.0')).toBe(true);
  });

  it('leaves every earlier tag whole, and no new one broken, wherever it ends', async () => {
    const whole = new MemoryStore();
    await push(whole, '1.0', 1);
    const objects = await objectsOf('2.0', 2);
    const writes = new MemoryStore();
    await pushImageTo(writes, { name: 'app', tag: '2.0' }, objects, { log: silentLog, onUploaded: () => {} });
    for (let last = 0; last <= writes.done.length; last++) {
      const store = new MemoryStore();
      await push(store, '1.0', 1);
      let left = last;
      store.before = (what) => {
        if (what === 'put' && left-- <= 0) throw new RunError('killed');
      };
      await pushImageTo(store, { name: 'app', tag: '2.0' }, objects, { log: silentLog, onUploaded: () => {} }).catch(
        (error) => expect(error).toBeInstanceOf(RunError),
      );
      expect(isWhole(store, '1.0')).toBe(true);
      if (store.objects.has('v2/app/manifests/2.0')) expect(isWhole(store, '2.0')).toBe(true);
      // And the next one repairs.
      store.before = () => {};
      await pushImageTo(store, { name: 'app', tag: '2.0' }, objects, { log: silentLog, onUploaded: () => {} });
      expect(isWhole(store, '2.0')).toBe(true);
      expect(store.objects.get('v2/app/tags/list')?.bytes.toString()).toContain('"tags":["1.0","2.0"]');
    }
  });

  it('writes nothing where all is there, and again what has another length, type or content', async () => {
    const store = new MemoryStore();
    const objects = await push(store, '1.0', 1);
    const again = async () => {
      store.done.length = 0;
      const options = { log: silentLog, onUploaded: () => {} };
      await pushImageTo(store, { name: 'app', tag: '1.0' }, objects, options);
      return store.done.filter((line) => !line.includes('-pushing-'));
    };
    expect(await again()).toEqual([]);
    const [blob] = objects.blobs;
    const { key = '' } = blob ?? {};
    const kept = store.objects.get(key);
    if (!kept) throw new Error('no blob');
    for (const wrong of [
      { ...kept, bytes: kept.bytes.subarray(1) },
      { ...kept, contentType: 'text/html' },
      { ...kept, sha256: '0'.repeat(64) },
    ]) {
      store.objects.set(key, wrong);
      expect(await again()).toEqual([`put ${key}`]);
    }
  });

  it('writes a blob again that a garbage collection has taken while it went on', async () => {
    const store = new MemoryStore();
    const objects = await push(store, '1.0', 1);
    for (const key of ['v2/app/manifests/1.0', objects.index.key, 'v2/app/tags/list']) store.objects.delete(key);
    const [blob] = objects.blobs;
    store.before = (what, key) => {
      if (what === 'put' && key === 'v2/app/manifests/1.0') store.objects.delete(blob?.key ?? '');
    };
    await pushImageTo(store, { name: 'app', tag: '1.0' }, objects, { log: silentLog, onUploaded: () => {} });
    expect(isWhole(store, '1.0')).toBe(true);
  });

  it('writes again what it wrote itself, where one of two garbage collections took it before the tag was set', async () => {
    const store = new MemoryStore();
    const objects = await objectsOf('1.0', 1);
    for (const { key } of [...objects.blobs, ...objects.children, objects.index]) {
      store.objects.clear();
      store.before = (what, written) => {
        if (what === 'put' && written === 'v2/app/manifests/1.0') store.objects.delete(key);
      };
      await pushImageTo(store, { name: 'app', tag: '1.0' }, objects, { log: silentLog, onUploaded: () => {} });
      expect([key, isWhole(store, '1.0')]).toEqual([key, true]);
    }
  });
});

describe('ls', () => {
  it('tells names, tags and images', async () => {
    const store = new MemoryStore();
    const { digest, images } = await push(store, '1.9', 1);
    await push(store, '1.10', 2);
    expect(await imageNames(store)).toEqual(['app']);
    const tags = await imageTags(store, 'app');
    expect(tags.map(({ tag }) => tag)).toEqual(['1.10', '1.9']);
    expect(tags[1]?.digest).toBe(digest);
    const found = await taggedImages(store, { name: 'app', tag: '1.9' });
    expect(found.digest).toBe(digest);
    expect(Object.fromEntries(found.images.map((image) => [image.platform, image.digest]))).toEqual(images);
    await expect(taggedImages(store, { name: 'app', tag: '3' })).rejects.toThrow(InputError);
  });
});

describe('gc and rm', () => {
  it('keep what a tag that stays needs, whatever else goes, and leave nothing that none needs', async () => {
    const store = new MemoryStore();
    // Each image is there under two tags, an old and a young one.
    const seeds = [1, 2, 3, 1, 2];
    for (const [position, seed] of seeds.entries()) await push(store, `1.${position}`, seed);
    const before = store.keys();
    const tried = await collectImages(store, 'app', 2, { ...OPTIONS, dryRun: true });
    expect(store.keys()).toEqual(before);
    const result = await collectImages(store, 'app', 2, OPTIONS);
    expect(result.tags).toEqual(['1.0', '1.1', '1.2']);
    expect(result).toEqual(tried);
    const wanted = [...needs(store, '1.3'), ...needs(store, '1.4'), 'v2/', 'v2/index.html', 'v2/app/tags/list'];
    expect(store.keys()).toEqual([...new Set(wanted)].sort());
    expect(store.objects.get('v2/app/tags/list')?.bytes.toString()).toBe('{"name":"app","tags":["1.3","1.4"]}');
    await removeImage(store, { name: 'app', tag: '1.3' }, OPTIONS);
    expect(isWhole(store, '1.4')).toBe(true);
    await expect(removeImage(store, { name: 'app', tag: '1.3' }, OPTIONS)).rejects.toThrow(
      'there is no app:1.3; s3://memory has 1.4',
    );
    await removeImage(store, { name: 'app', tag: '1.4' }, OPTIONS);
    expect(store.keys()).toEqual(['v2/', 'v2/app/tags/list', 'v2/index.html']);
  });

  it('go the other way: list, tag, index, children, blobs; and leave every tag whole wherever they end', async () => {
    const count = await (async () => {
      const store = new MemoryStore();
      for (const seed of [1, 2, 3]) await push(store, `1.${seed}`, seed);
      store.done.length = 0;
      await collectImages(store, 'app', 1, OPTIONS);
      const kinds = store.done
        .filter((line) => !line.includes(' .pushgateway-ttl-'))
        .map((line) => (line.includes('/blobs/') ? 'blob' : line.replace(/sha256:.*/, '')));
      expect(kinds.filter((each, i) => each !== kinds[i - 1])).toEqual([
        'put v2/app/tags/list',
        'remove v2/app/manifests/1.1',
        'remove v2/app/manifests/1.2',
        'remove v2/app/manifests/',
        'blob',
      ]);
      return store.done.length;
    })();
    for (let last = 0; last <= count; last++) {
      const store = new MemoryStore();
      for (const seed of [1, 2, 3]) await push(store, `1.${seed}`, seed);
      let left = last;
      store.before = (what) => {
        if (what !== 'get' && what !== 'head' && left-- <= 0) throw new RunError('killed');
      };
      await collectImages(store, 'app', 1, OPTIONS).catch((error) => expect(error).toBeInstanceOf(RunError));
      const tags = JSON.parse(store.objects.get('v2/app/tags/list')?.bytes.toString() ?? '{}').tags as string[];
      for (const tag of tags) expect(isWhole(store, tag)).toBe(true);
    }
  }, 60_000);

  it('leave what no tag leads to until it is old, and a push that goes on is whole in the end', async () => {
    const store = new MemoryStore();
    await push(store, '1.0', 1);
    await push(store, '2.0', 2);
    store.age(2 * DAY);
    // A push of the first image that has got as far as its children, and shares its blobs with the tag that goes.
    const half = await objectsOf('3.0', 3);
    let left = half.blobs.length + 1;
    store.before = (what, key) => {
      if (what === 'put' && key.startsWith('v2/') && left-- <= 0) throw new RunError('killed');
    };
    const options = { log: silentLog, onUploaded: () => {} };
    await expect(pushImageTo(store, { name: 'app', tag: '3.0' }, half, options)).rejects.toThrow('killed');
    store.before = () => {};
    const { young } = await collectImages(store, 'app', 1, OPTIONS);
    expect(half.blobs.every(({ key }) => store.objects.has(key))).toBe(true);
    expect(store.objects.has(half.children[0]?.key ?? '')).toBe(true);
    expect(young.length).toBeGreaterThan(0);
    store.age(2 * DAY);
    await collectImages(store, 'app', 1, OPTIONS);
    expect(half.blobs.some(({ key }) => store.objects.has(key))).toBe(false);
    expect(isWhole(store, '2.0')).toBe(true);
  });

  it('keep what a tag needs that came while they went on', async () => {
    const store = new MemoryStore();
    const old = await push(store, '1.0', 1);
    await push(store, '2.0', 2);
    const bytes = store.objects.get(old.tag.key);
    if (!bytes) throw new Error('no tag');
    store.before = (what, key) => {
      // Another push of the same image, under another tag, that found all of its blobs there.
      if (what === 'remove' && key === 'v2/app/manifests/1.0') store.objects.set('v2/app/manifests/3.0', bytes);
    };
    await removeImage(store, { name: 'app', tag: '1.0' }, OPTIONS);
    expect(isWhole(store, '3.0')).toBe(true);
  });

  it('keep what a push needs that has set no tag yet', async () => {
    const store = new MemoryStore();
    await push(store, '1.0', 1);
    await push(store, '2.0', 2);
    store.age(2 * DAY);
    const next = await objectsOf('3.0', 1);
    const all = [...next.blobs, ...next.children, next.index].map(({ key }) => key);
    const put = store.put.bind(store);
    let gone: readonly string[] = [];
    store.put = async (key, ...rest) => {
      // The push has found all of it there, as the tag that goes now has the same image.
      if (key === next.tag.key) gone = (await collectImages(store, 'app', 1, OPTIONS)).tags;
      if (key === next.tag.key) expect(all.filter((each) => !store.objects.has(each))).toEqual([]);
      return put(key, ...rest);
    };
    await pushImageTo(store, { name: 'app', tag: '3.0' }, next, { log: silentLog, onUploaded: () => {} });
    expect(gone).toEqual(['1.0']);
    expect(isWhole(store, '3.0')).toBe(true);
    expect(store.keys().filter((key) => key.startsWith('.'))).toEqual([]);
  });

  it('do not take a tag for damaged that another run is removing', async () => {
    const store = new MemoryStore();
    await push(store, '1.0', 1);
    const second = await push(store, '2.0', 2);
    store.before = (what, key) => {
      if (what !== 'get' || key !== second.children[0]?.key) return;
      for (const each of [second.tag, second.index, ...second.children]) store.objects.delete(each.key);
    };
    const { kept } = await collectImages(store, 'app', 1, OPTIONS);
    expect(kept).toEqual(['1.0']);
    expect(isWhole(store, '1.0')).toBe(true);
  });

  it('leave no marker behind, for which pushes would wait, where they are cancelled or fail', async () => {
    const store = new MemoryStore();
    await push(store, '1.0', 1);
    await push(store, '2.0', 2);
    const markers = () => store.keys().filter((key) => key.includes('removing'));
    const seen: string[][] = [];
    store.before = (what, key) => {
      if (what !== 'remove' || !key.includes('/blobs/')) return;
      seen.push(markers());
      throw new CancelledError();
    };
    await expect(removeImage(store, { name: 'app', tag: '1.0' }, OPTIONS)).rejects.toThrow(CancelledError);
    expect(seen.map(({ length }) => length)).toEqual([1]);
    expect(markers()).toEqual([]);
  });

  it('take tags off the list that have no object', async () => {
    const store = new MemoryStore();
    await push(store, '1.0', 1);
    await push(store, '2.0', 2);
    store.objects.delete('v2/app/manifests/2.0');
    expect((await collectImages(store, 'app', 1, OPTIONS)).kept).toEqual(['1.0']);
    expect(store.objects.get('v2/app/tags/list')?.bytes.toString()).toBe('{"name":"app","tags":["1.0"]}');
    expect(isWhole(store, '1.0')).toBe(true);
  });

  it('touch nothing where a tag that stays is not whole', async () => {
    const store = new MemoryStore();
    await push(store, '1.0', 1);
    const { children } = await push(store, '2.0', 2);
    store.objects.delete(children[0]?.key ?? '');
    const before = store.keys();
    await expect(collectImages(store, 'app', 1, OPTIONS)).rejects.toThrow(/^app:2\.0 is not whole/);
    await expect(removeImage(store, { name: 'app', tag: '1.0' }, OPTIONS)).rejects.toThrow(RunError);
    expect(store.keys()).toEqual(before);
    // But the broken one itself can go.
    await removeImage(store, { name: 'app', tag: '2.0' }, OPTIONS);
    expect(isWhole(store, '1.0')).toBe(true);
  });
});
