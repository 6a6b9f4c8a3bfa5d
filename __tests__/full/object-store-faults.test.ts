import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import type { ObjectStore } from '../../src/bucket/object-store.js';
import { STORE_KINDS, startStore, type TestStore, traitsOf } from '../support/buckets.js';
import {
  changedAnswer,
  changedRequest,
  type Fault,
  lostAnswer,
  reset,
  resetAfter,
  silence,
  status,
  truncatedAnswer,
  truncatedRequest,
} from '../support/faults.js';
import { largeFile, scratch, until } from '../support/files.js';
import { openDestination, openStore, openThrough } from '../support/open-store.js';
import { startStoreProxy } from '../support/store-proxy.js';

const MB = 1024 * 1024;

function put(store: ObjectStore, key: string, text: string, ifMatch?: string | null) {
  const condition = ifMatch === undefined ? {} : { ifMatch };
  return store.put(key, Buffer.from(text), { contentType: 'text/plain', sha256: sha256Hex(text), ...condition });
}

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys.sort();
}

/** Through a proxy that lets requests of a kind go wrong a few times. */
async function through(server: TestStore, method: string, fault: Fault, times = 2) {
  let left = times;
  const proxy = await startStoreProxy(server.url, {
    fault: (request) => (request.method === method && left-- > 0 ? fault : undefined),
  });
  return { store: await openThrough(server, proxy.url), proxy };
}

const FAULTS: [string, Fault][] = [
  ['a reset', reset],
  ['a reset in the middle of the body', resetAfter(1)],
  ['a lost answer', lostAnswer],
  ['503', status(503)],
];

describe.each(STORE_KINDS)('a bucket of %s', (kind) => {
  it.each(FAULTS)('takes an object through %s', async (_name, fault) => {
    const server = await startStore(kind, scratch());
    const { store, proxy } = await through(server, 'PUT', fault);
    expect(await put(store, 'x', 'hello')).toBe('done');
    expect((await store.get('x', 9))?.bytes.toString()).toBe('hello');
    expect(proxy.seen.filter((line) => line.endsWith('!'))).toHaveLength(2);
  });

  it('knows its own object after a lost answer, and that of another', async () => {
    const server = await startStore(kind, scratch());
    const first = await through(server, 'PUT', lostAnswer, 1);
    expect(await put(first.store, 'x', 'mine', null)).toBe('done');
    const second = await through(server, 'PUT', lostAnswer, 1);
    expect(await put(second.store, 'x', 'other', null)).toBe(traitsOf(kind).isConditional ? 'changed' : 'done');
    const etag = (await first.store.head('x'))?.etag ?? '';
    const third = await through(server, 'PUT', lostAnswer, 1);
    expect(await put(third.store, 'x', 'newer', etag)).toBe('done');
  });

  it.each([
    ['a cut', truncatedAnswer],
    ['a reset', reset],
    ['a lost answer', lostAnswer],
    ['a changed byte', changedAnswer],
  ] as const)('gives an object through %s', async (_name, fault) => {
    const server = await startStore(kind, scratch());
    await put(await openStore(server), 'x', 'hello, world');
    const { store } = await through(server, 'GET', fault);
    expect((await store.get('x', 20))?.bytes.toString()).toBe('hello, world');
  });

  it('takes a large file where every third request goes wrong', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const { sha256, ...body } = largeFile(folder, 70 * MB);
    const faults = [reset, lostAnswer, status(500), resetAfter(100_000)];
    const proxy = await startStoreProxy(server.url, {
      fault: (_request, count) => (count % 3 === 2 ? faults[((count / 3) % faults.length) | 0] : undefined),
    });
    const store = await openThrough(server, proxy.url, { retries: 10 });
    expect(await store.put('x', body, { contentType: 'a/b', sha256 })).toBe('done');
    expect(sha256Hex((await (await openStore(server)).get('x', body.size))?.bytes ?? '')).toBe(sha256);
  });

  it('removes and lists through faults', async () => {
    const server = await startStore(kind, scratch());
    const straight = await openStore(server);
    for (const key of ['a', 'b', 'c']) await put(straight, key, key);
    const removing = await through(server, 'POST', lostAnswer);
    await removing.store.remove(['a', 'b']);
    const listing = await through(server, 'GET', truncatedAnswer);
    expect(await keysOf(listing.store)).toEqual(['c']);
  });

  it('is not written where the uploading ends in the middle', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const { sha256, ...body } = largeFile(folder, 40 * MB);
    const proxy = await startStoreProxy(server.url, {
      fault: (request) => (request.url?.includes('partNumber=3') ? status(403) : undefined),
    });
    const store = await openThrough(server, proxy.url);
    await expect(store.put('x', body, { contentType: 'a/b', sha256 })).rejects.toThrow(/refuses it/);
    expect(await keysOf(await openStore(server))).toEqual([]);
    expect(await server.openUploads()).toEqual([]);
  });

  it.each([
    ['begun', '?uploads'],
    ['half done', 'partNumber=3'],
  ])(
    'that falls silent while an upload is %s keeps a cancelled run for less than five seconds',
    async (_when, part) => {
      const folder = scratch();
      const server = await startStore(kind, folder);
      const { sha256, ...body } = largeFile(folder, 40 * MB);
      const cancel = new AbortController();
      let isSilent = false;
      const proxy = await startStoreProxy(server.url, {
        fault: (request) => {
          isSilent ||= request.url?.includes(part) ?? false;
          return isSilent ? silence : undefined;
        },
      });
      const store = await openThrough(server, proxy.url, { signal: cancel.signal });
      // As a push does it, which has an object for its own time beside.
      const push = store
        .put('x', body, { contentType: 'a/b', sha256 })
        .finally(() => store.forget(['marker']))
        .catch((thrown: unknown) => thrown);
      await until(() => isSilent);
      const begun = performance.now();
      cancel.abort();
      expect(await push).toBeInstanceOf(CancelledError);
      expect(performance.now() - begun).toBeLessThan(5000);
      expect(await keysOf(await openStore(server))).toEqual([]);
    },
  );
});

describe.each(STORE_KINDS.filter((kind) => traitsOf(kind).checks))('a store that checks what it gets (%s)', (kind) => {
  it('does not take a changed byte', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const { store } = await through(server, 'PUT', changedRequest);
    expect(await put(store, 'x', 'hello, world')).toBe('done');
    expect((await store.get('x', 20))?.bytes.toString()).toBe('hello, world');
    const { sha256, ...body } = largeFile(folder, 20 * MB);
    const large = await through(server, 'PUT', changedRequest, 1);
    await large.store.put('y', body, { contentType: 'a/b', sha256 });
    expect(sha256Hex((await store.get('y', body.size))?.bytes ?? '')).toBe(sha256);
  });

  it('does not take a body that a proxy has made shorter', async () => {
    const server = await startStore(kind, scratch());
    const { store } = await through(server, 'PUT', truncatedRequest);
    await expect(put(store, 'x', 'hello, world')).rejects.toThrow(/that no proxy on the way changes requests/);
    expect(await keysOf(store)).toEqual([]);
  });

  const wrong: [string, (server: TestStore) => [string, Record<string, string>], RegExp][] = [
    [
      'a wrong region',
      (server) => [server.destination().replace('region=eu-test-1', 'region=us-east-1'), server.env],
      /the bucket downloads is not in the region us-east-1; give its own one with region=eu-test-1/,
    ],
    [
      'a wrong secret',
      (server) => [server.destination(), { ...server.env, AWS_SECRET_ACCESS_KEY: 'another-secret' }],
      /does not accept the signature; check AWS_SECRET_ACCESS_KEY/,
    ],
    [
      'an unknown key',
      (server) => [server.destination(), { ...server.env, AWS_ACCESS_KEY_ID: 'AKIAOTHER' }],
      /does not know the access key/,
    ],
    [
      'a missing bucket',
      (server) => [server.destination().replace('s3://downloads', 's3://uploads'), server.env],
      /has no bucket uploads; create it there/,
    ],
  ];
  it.each(wrong)('says %s in words', async (_name, given, words) => {
    const server = await startStore(kind, scratch());
    const store = await openDestination(...given(server));
    await expect(put(store, 'x', 'hello')).rejects.toThrow(words);
    await expect(store.isConditional()).rejects.toThrow(words);
    await expect(keysOf(store)).rejects.toThrow(words);
    await expect(put(store, 'x', 'hello')).rejects.not.toThrow(/another-secret/);
    expect(store.lines.join('\n')).not.toContain('another-secret');
  });

  it.each(STORE_KINDS)('says a missing bucket of %s, too', async (any) => {
    const server = await startStore(any, scratch());
    const store = await openDestination(server.destination().replace('s3://downloads', 's3://uploads'), server.env);
    await expect(put(store, 'x', 'hello')).rejects.toThrow(/has no bucket uploads/);
    expect(await store.head('x')).toBeUndefined();
    await expect(store.get('x', 1)).rejects.toThrow(/has no bucket uploads/);
    await expect(store.remove(['x', 'y'])).rejects.toThrow(/has no bucket uploads/);
  });
});
