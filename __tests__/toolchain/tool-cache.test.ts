import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderToolCache } from '../../src/toolchain/tool-cache.js';
import { temporaryFolder, writeFiles } from './fixtures.js';

test('a folder is kept by moving it, and found again', async () => {
  const root = join(await temporaryFolder(), 'cache');
  const cache = folderToolCache(root, 'amd64');
  expect(await cache.find('1.30.5')).toBeUndefined();
  expect(await cache.versions?.()).toEqual([]);
  const scratch = (await cache.scratch?.()) ?? '';
  const folder = await writeFiles(join(scratch, 'made'), { name: 'first' });
  expect(await cache.keep(folder, '1.30.5')).toBe(join(root, 'go', '1.30.5', 'amd64'));
  expect(await cache.find('1.30.5')).toBe(join(root, 'go', '1.30.5', 'amd64'));
  expect(await cache.versions?.()).toEqual(['1.30.5']);
  expect(await readdir(scratch)).toEqual([]);
});

test('what was found before is replaced; what another run has put there since is not', async () => {
  const folder = await temporaryFolder();
  const root = join(folder, 'cache');
  const made = (name: string) => writeFiles(join(folder, name), { name });
  const name = async (place: string) => await readFile(join(place, 'name'), 'utf8');
  const [first, second] = [folderToolCache(root, 'amd64'), folderToolCache(root, 'amd64')];
  await first.keep(await made('damaged'), '1.30.5');
  await first.find('1.30.5');
  await second.find('1.30.5');
  expect(await name(await first.keep(await made('one'), '1.30.5'))).toBe('one');
  expect(await name(await second.keep(await made('two'), '1.30.5'))).toBe('one');
  expect(await readdir(join(root, 'go', '1.30.5'))).toEqual(['amd64']);
  expect(await readdir(folder)).toEqual(['cache']);
});

test('many runs at once end with one whole folder', async () => {
  const folder = await temporaryFolder();
  const root = join(folder, 'cache');
  await folderToolCache(root, 'amd64').keep(await writeFiles(join(folder, 'old'), { a: 'old', b: 'old' }), '1.30.5');
  const runs = Array.from({ length: 12 }, async (_, i) => {
    const cache = folderToolCache(root, 'amd64');
    await cache.find('1.30.5');
    const made = await writeFiles(join(folder, `run${i}`), { a: `${i}`, b: `${i}` });
    return await cache.keep(made, '1.30.5');
  });
  const [place = ''] = new Set(await Promise.all(runs));
  const a = await readFile(join(place, 'a'), 'utf8');
  expect(a).not.toBe('old');
  expect(await readFile(join(place, 'b'), 'utf8')).toBe(a);
  expect(await readdir(join(root, 'go', '1.30.5'))).toEqual(['amd64']);
});

test('a file in the way is an error that names the folder', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'cache'), '');
  const made = await writeFiles(join(folder, 'made'), { a: '' });
  await expect(folderToolCache(join(folder, 'cache'), 'amd64').keep(made, '1.30.5')).rejects.toThrow(/cache/);
});
