import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patchStore } from '../../src/store/patch-store.js';
import { pruneStore } from '../../src/store/store.js';
import { scratch } from '../support/files.js';

test('patches that no run has used for a month are removed, with what a killed run left', async () => {
  const root = scratch();
  const store = patchStore(root);
  const old = Date.now() / 1000 - 31 * 24 * 3600;
  for (const sha256 of ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]) await store.put(sha256, Buffer.from(sha256));
  writeFileSync(join(root, 'patches', '.half.tmp-1-0'), 'half');
  for (const name of readdirSync(join(root, 'patches')).filter((file) => !file.startsWith('c')))
    utimesSync(join(root, 'patches', name), old, old);
  expect((await store.get('a'.repeat(64)))?.toString()).toBe('a'.repeat(64)); // used now
  await pruneStore(root);
  expect(readdirSync(join(root, 'patches')).sort()).toEqual(['a', 'c'].map((letter) => `${letter.repeat(64)}.patch`));
  expect(await store.get('b'.repeat(64))).toBeUndefined();
});
