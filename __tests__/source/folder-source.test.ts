import { chmodSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderSource } from '../../src/source/folder-source.js';
import { scratch, snapshot } from '../support/files.js';
import { askGo } from '../support/go-oracle.js';
import { mustExec } from '../support/program.js';
import { SMALL_TREE, writeFiles } from '../support/repository.js';

const hashOf = async (folder: string) => {
  const { spec } = await folderSource(folder, '1.10.0');
  return spec.type === 'folder' ? spec.hash : '';
};

test("the hash is the one that Go's library gives the files, as in a module zip", async () => {
  const { Trees } = await askGo({ Trees: [SMALL_TREE] });
  expect(await hashOf(writeFiles(scratch(), SMALL_TREE))).toBe(Trees[0]);
});

test('neither path, times, modes, order, empty folders nor records of version control reach the hash', async () => {
  const plain = await hashOf(writeFiles(scratch(), SMALL_TREE));
  const other = writeFiles(scratch(), Object.fromEntries(Object.entries(SMALL_TREE).reverse()));
  utimesSync(join(other, 'main.go'), 1, 1);
  chmodSync(join(other, 'main.go'), 0o700);
  mkdirSync(join(other, 'empty', 'folder'), { recursive: true });
  writeFiles(other, { '.git/config': 'x', 'storage/.git': 'gitdir: /x', '.hg/store': 'x', '.svn/x': 'y' });
  symlinkSync('/etc/passwd', join(other, '.git', 'link'));
  expect(await hashOf(other)).toBe(plain);
  expect(await hashOf(`${other}/`)).toBe(plain);
  symlinkSync(other, `${other}-link`);
  expect(await hashOf(`${other}-link`)).toBe(plain);
  await mustExec('rm', [`${other}-link`]);
});

test('any file, by name or content, reaches the hash', async () => {
  const hashes = new Set<string>();
  const folder = writeFiles(scratch(), SMALL_TREE);
  hashes.add(await hashOf(folder));
  writeFileSync(join(folder, 'main.go'), 'package main\n');
  hashes.add(await hashOf(folder));
  renameSync(join(folder, 'LICENSE'), join(folder, 'LICENCE'));
  hashes.add(await hashOf(folder));
  writeFileSync(join(folder, '.hidden'), '');
  hashes.add(await hashOf(folder));
  writeFiles(folder, { 'vendor/x/x.go': 'package x\n' });
  hashes.add(await hashOf(folder));
  expect(hashes.size).toBe(5);
});

test('what is written is what was hashed, even where somebody edits the folder meanwhile', async () => {
  const folder = writeFiles(scratch(), SMALL_TREE);
  const source = await folderSource(folder, undefined);
  writeFileSync(join(folder, 'main.go'), 'package evil\n');
  const tree = scratch();
  await source.write(tree);
  expect(await hashOf(tree)).toBe(source.spec.type === 'folder' && source.spec.hash);
  expect((await snapshot(tree))['main.go']).toBe(SMALL_TREE['main.go']);
});

test.each([
  ['a link to a file', (folder: string) => symlinkSync('main.go', join(folder, 'link.go')), /^link\.go in the folder/],
  ['a link to a folder', (folder: string) => symlinkSync('storage', join(folder, 'link')), /^link in the folder/],
  ['a broken link', (folder: string) => symlinkSync('nowhere', join(folder, 'storage', 'l')), /^storage\/l in the/],
])('%s is refused by its name', async (_what, change, message) => {
  const folder = writeFiles(scratch(), SMALL_TREE);
  change(folder);
  await expect(folderSource(folder, undefined)).rejects.toThrow(
    expect.objectContaining({ name: 'InputError', input: 'source', message: expect.stringMatching(message) }),
  );
});

test('a named pipe is refused, not waited for', async () => {
  const folder = writeFiles(scratch(), SMALL_TREE);
  await mustExec('mkfifo', [join(folder, 'pipe')]);
  await expect(folderSource(folder, undefined)).rejects.toThrow(/^pipe in the folder .* special file/);
});

test('two folders cannot have one hash by a line break in a name', async () => {
  const folder = writeFiles(scratch(), { ...SMALL_TREE, 'a\nb': 'x' });
  await expect(folderSource(folder, undefined)).rejects.toMatchObject({ name: 'InputError', input: 'source' });
});

test('a folder without go.mod is refused, and says what is accepted', async () => {
  const folder = writeFiles(scratch(), { 'storage/go.mod': 'module x\n', VERSION: '1.10.0' });
  await expect(folderSource(folder, undefined)).rejects.toThrow(
    expect.objectContaining({
      name: 'InputError',
      input: 'source',
      message: expect.stringMatching(/no go\.mod\. Accepted:/),
    }),
  );
});

test.each(['nothing', 'file', 'file/below'])('%s is no folder', async (name) => {
  const folder = writeFiles(scratch(), { file: '' });
  await expect(folderSource(join(folder, name), undefined)).rejects.toThrow(
    expect.objectContaining({
      name: 'InputError',
      input: 'source',
      message: expect.stringMatching(/is no folder\. Accepted:/),
    }),
  );
});

test.each([
  ['1.10.0\n', undefined, '1.10.0'],
  ['  1.10.0  ', '1.10.0', '1.10.0'],
  ['not a version', '1.11.3', '1.11.3'],
  [undefined, '1.11.3', '1.11.3'],
])('with %j in VERSION and %j asked for, the version is %j', async (content, wanted, version) => {
  const { VERSION: _, ...rest } = SMALL_TREE;
  const folder = writeFiles(scratch(), content === undefined ? rest : { ...rest, VERSION: content });
  const source = await folderSource(folder, wanted);
  expect(source).toMatchObject({ version, time: undefined });
});

test.each([
  ['1.10.0\n', '1.11.3', /1\.11\.3 was asked for, but .* says 1\.10\.0/],
  ['main\n', undefined, /no VERSION file that names a release/],
  [undefined, undefined, /no VERSION file that names a release/],
  ['1.10.0 -X a=b\n', undefined, /no VERSION file that names a release/],
])('with %j in VERSION and %j asked for, the version is refused', async (content, wanted, message) => {
  const { VERSION: _, ...rest } = SMALL_TREE;
  const folder = writeFiles(scratch(), content === undefined ? rest : { ...rest, VERSION: content });
  await expect(folderSource(folder, wanted)).rejects.toThrow(
    expect.objectContaining({ input: 'pushgateway-version', message: expect.stringMatching(message) }),
  );
});
