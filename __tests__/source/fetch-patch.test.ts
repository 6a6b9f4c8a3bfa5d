import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { patchFetcher } from '../../src/source/fetch-patch.js';
import type { RemotePatch } from '../../src/source/patches.js';
import { patchStore } from '../../src/store/patch-store.js';
import { scratch } from '../support/files.js';
import { makeFork, pin } from '../support/fork.js';
import { writeFiles } from '../support/repository.js';
import { DIFFERENCE, FORK, UPSTREAM } from '../support/small-fork.js';
import { failureOf, nothingThere, serve } from '../toolchain/fixtures.js';

const PATCH = Buffer.from('--- a/main.go\n+++ b/main.go\n');

/** A fetcher with a store of its own, and the folder where it works. */
function fetcher(home = scratch(), kept = patchStore(scratch())) {
  const tempDir = scratch();
  const env = { PATH: process.env.PATH ?? '', HOME: home };
  const { signal } = new AbortController();
  return { fetchPatch: patchFetcher({ tempDir, env, log: silentLog, signal, kept }), kept, tempDir };
}

const from = (base: string, data: Buffer): RemotePatch => ({ type: 'url', url: `${base}/x`, sha256: sha256Hex(data) });

test('a patch from an address is fetched once, and then kept', async () => {
  const site = await serve((_request, response) => response.end(PATCH));
  const { fetchPatch, kept, tempDir } = fetcher();
  expect((await fetchPatch(from(site.base, PATCH))).equals(PATCH)).toBe(true);
  expect((await fetchPatch(from(site.base, PATCH))).equals(PATCH)).toBe(true);
  expect((await fetcher(scratch(), kept).fetchPatch(from(site.base, PATCH))).equals(PATCH)).toBe(true);
  expect(site.requests).toHaveLength(1);
  expect(readdirSync(tempDir)).toEqual([]);
});

test('what is kept is checked, and fetched anew where it is damaged', async () => {
  const site = await serve((_request, response) => response.end(PATCH));
  const { fetchPatch, kept } = fetcher();
  await kept.put(sha256Hex(PATCH), Buffer.from('something else'));
  expect((await fetchPatch(from(site.base, PATCH))).equals(PATCH)).toBe(true);
  expect(site.requests).toHaveLength(1);
  expect((await kept.get(sha256Hex(PATCH)))?.equals(PATCH)).toBe(true);
});

test('a patch with another sum, or none at all, is refused and not kept', async () => {
  const site = await serve((_request, response) => response.end('evil'));
  const { fetchPatch, kept, tempDir } = fetcher();
  const error = await failureOf(fetchPatch(from(site.base, PATCH)));
  expect(error).toMatchObject({ name: 'InputError', input: 'patches' });
  for (const part of [`${site.base}/x`, sha256Hex('evil'), sha256Hex(PATCH)]) expect(error.message).toContain(part);
  expect(await kept.get(sha256Hex(PATCH))).toBeUndefined();
  expect(await kept.get(sha256Hex('evil'))).toBeUndefined();
  expect(readdirSync(tempDir)).toEqual([]);
  const gone = await serve(nothingThere);
  expect(await failureOf(fetchPatch(from(gone.base, PATCH)))).toMatchObject({ name: 'InputError', input: 'patches' });
  expect(gone.requests).toHaveLength(1);
});

test("a fork's difference is kept, too: the next run needs no repository", async () => {
  const fork = await makeFork(UPSTREAM, FORK);
  const address = 'https://fork.invalid/x';
  const config = `[url "${pathToFileURL(fork.repository.path).href}"]\n\tinsteadOf = ${address}\n`;
  const { fetchPatch, kept } = fetcher(writeFiles(scratch(), { '.gitconfig': config }));
  const patch = { type: 'git', ...pin(fork, address).pinned } as const;
  expect((await fetchPatch(patch)).toString()).toBe(DIFFERENCE);
  const world = fetcher(scratch(), kept);
  expect((await world.fetchPatch(patch)).toString()).toBe(DIFFERENCE);
  expect(readdirSync(world.tempDir)).toEqual([]);
});
