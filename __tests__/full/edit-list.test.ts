import { describe, expect, it } from 'vitest';
import { editJson } from '../../src/bucket/edit-list.js';
import type { ObjectStore } from '../../src/bucket/object-store.js';
import { STORE_KINDS, startStore } from '../support/buckets.js';
import type { Fault } from '../support/fault-proxy.js';
import { lostAnswer, reset, status } from '../support/faults.js';
import { scratch } from '../support/files.js';
import { openStore, openThrough } from '../support/open-store.js';
import { startStoreProxy } from '../support/store-proxy.js';

const KEY = 'v2/name/tags/list';

function read(bytes: Buffer | undefined): string[] {
  return bytes === undefined ? [] : JSON.parse(bytes.toString());
}

/** Adds a tag, or takes one away where it has a minus. */
function edit(store: ObjectStore, tag: string): Promise<string[]> {
  const change = (tags: string[]) => {
    const name = tag.replace(/^-/, '');
    const isThere = tags.includes(name);
    if (isThere === !tag.startsWith('-')) return undefined;
    return isThere ? tags.filter((other) => other !== name) : [...tags, name].sort();
  };
  return editJson(store, KEY, 'application/json', read, change, (tags) => Buffer.from(JSON.stringify(tags)));
}

async function tagsOf(store: ObjectStore): Promise<string[]> {
  return read((await store.get(KEY, 1e6))?.bytes);
}

const TAGS = Array.from({ length: 8 }, (_, index) => `v${index}`);

describe.each(STORE_KINDS)('writers at once, in a bucket of %s', (kind) => {
  it('lose nothing, round after round', async () => {
    const server = await startStore(kind, scratch());
    const stores = await Promise.all(TAGS.map(() => openStore(server)));
    const expected: string[] = [];
    for (let round = 0; round < 6; round++) {
      const tags = TAGS.map((tag) => `${tag}.${round}`);
      // Each takes its tag of the round before away, every other time.
      const gone = round % 2 === 1 ? TAGS.map((tag) => `${tag}.${round - 1}`) : [];
      await Promise.all(
        stores.flatMap((store, index) => [
          edit(store, tags[index] ?? ''),
          ...gone.slice(index, index + 1).map((tag) => edit(store, `-${tag}`)),
        ]),
      );
      expected.push(...tags);
      for (const tag of gone) expected.splice(expected.indexOf(tag), 1);
      expect((await tagsOf(stores[0] as ObjectStore)).sort()).toEqual([...expected].sort());
    }
  });

  it('lose nothing where requests and answers are lost', async () => {
    const server = await startStore(kind, scratch());
    const faults: Fault[] = [reset, lostAnswer, status(503), lostAnswer];
    const proxy = await startStoreProxy(server.url, {
      fault: (_request, count) => (count % 4 === 3 ? faults[(count >> 2) % faults.length] : undefined),
    });
    const stores = await Promise.all(TAGS.map(() => openThrough(server, proxy.url, { retries: 20 })));
    await Promise.all(stores.map((store, index) => edit(store, TAGS[index] ?? '')));
    expect(await tagsOf(await openStore(server))).toEqual(TAGS);
    expect(proxy.seen.filter((line) => line.endsWith('!')).length).toBeGreaterThan(8);
  });
});

// The proxy changes what is signed, and moto alone looks at no signature.
describe.each(STORE_KINDS.filter((kind) => kind === 'moto'))(
  'writers at once, in a bucket of %s without conditions',
  (kind) => {
    it('lose nothing, and see that there are none', async () => {
      const server = await startStore(kind, scratch());
      const proxy = await startStoreProxy(server.url, {
        headers: ({ 'if-match': _, 'if-none-match': __, ...headers }) => headers,
      });
      const stores = await Promise.all(TAGS.map(() => openThrough(server, proxy.url)));
      expect(await stores[0]?.isConditional()).toBe(false);
      await Promise.all(stores.map((store, index) => edit(store, TAGS[index] ?? '')));
      expect(await tagsOf(await openStore(server))).toEqual(TAGS);
    }, 120_000);
  },
);
