import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareUtf8, listTree, makeFolder, writeFileAtomic } from '../../src/base/files.js';
import { openWorkspace, removeAbandoned, removeTree } from '../../src/base/workspace.js';
import { deadPid, scratch, snapshot } from '../support/files.js';
import { asNobody, compiled, publicScratch } from '../support/nobody.js';

const ID = '0123456789ab';

test('what a run that is no more left behind is removed; that of one that lives, and all else, stays', async () => {
  const folder = scratch();
  const kept = [
    `run-${process.pid}-${ID}`,
    `run-1-${ID}`,
    `run-${deadPid()}`,
    `run-${deadPid()}-short`,
    `run-${deadPid()}-${ID}.txt`,
    `other-${deadPid()}-${ID}`,
    `run-x-${ID}`,
  ];
  for (const name of [...kept, `run-${deadPid()}-${ID}`]) mkdirSync(join(folder, name, 'below'), { recursive: true });
  writeFileSync(join(folder, `run-${deadPid()}-abcdefabcdef`), 'a file');
  await removeAbandoned(folder, 'run-');
  expect((await readdir(folder)).sort()).toEqual([...kept].sort());
});

test('a link that a dead run left is removed, and not what it leads to', async () => {
  const folder = scratch();
  const precious = scratch();
  writeFileSync(join(precious, 'file'), 'precious');
  symlinkSync(precious, join(folder, `run-${deadPid()}-${ID}`));
  await removeAbandoned(folder, 'run-');
  expect(await readdir(folder)).toEqual([]);
  expect(await snapshot(precious)).toEqual({ file: 'precious' });
});

test('a workspace is private, real to the last link, and gone after its run', async () => {
  const parent = scratch();
  mkdirSync(join(parent, 'real'));
  symlinkSync('real', join(parent, 'link'));
  const workspace = await openWorkspace(join(parent, 'link'));
  expect(workspace.path.startsWith(join(parent, 'real', 'pushgateway-ttl-'))).toBe(true);
  expect(statSync(workspace.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(workspace.path, 'file'), '');
  await workspace.remove();
  expect(await readdir(join(parent, 'real'))).toEqual([]);
});

test('two workspaces of one process do not meet, and the second does not remove the first', async () => {
  const parent = scratch();
  const [a, b] = [await openWorkspace(parent), await openWorkspace(parent)];
  expect(a.path).not.toBe(b.path);
  expect(existsSync(a.path)).toBe(true);
});

test('a folder that Go made read-only is removed, by one who is not root too', async () => {
  const folder = await publicScratch();
  const { code, stderr } = await asNobody(
    `
    import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
    import { removeTree } from '${await compiled('base/workspace.js')}';
    const root = '${folder}/mod';
    mkdirSync(root + '/a/b', { recursive: true });
    writeFileSync(root + '/a/b/file', '');
    for (const folder of ['/a/b', '/a', '']) chmodSync(root + folder, 0o555);
    await removeTree(root);
    if (existsSync(root)) process.exit(3);
    `,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('removing what is not there is no failure', async () => {
  await removeTree(join(scratch(), 'nothing'));
});

test('folders that were made for nothing are unmade, and never one that somebody uses', async () => {
  const root = scratch();
  mkdirSync(join(root, 'there'));
  const unmake = await makeFolder(join(root, 'there', 'a', 'b'));
  const other = await makeFolder(join(root, 'there', 'c', 'd'));
  writeFileSync(join(root, 'there', 'c', 'file'), '');
  await unmake();
  await other();
  expect(await snapshot(root)).toEqual({ there: '/', 'there/c': '/', 'there/c/file': '' });
});

test('a file is written whole, with its folders and mode, in the place of an older one, and nothing is left beside it', async () => {
  const folder = scratch();
  const path = join(folder, 'a', 'b', 'file');
  await writeFileAtomic(path, 'old');
  await writeFileAtomic(path, 'new', 0o600);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await snapshot(folder)).toEqual({ a: '/', 'a/b': '/', 'a/b/file': 'new' });
});

test('a write that fails leaves the older file and nothing else', async () => {
  const folder = scratch();
  mkdirSync(join(folder, 'file'));
  writeFileSync(join(folder, 'file', 'inside'), 'x');
  await expect(writeFileAtomic(join(folder, 'file'), 'new')).rejects.toThrow();
  expect(await snapshot(folder)).toEqual({ file: '/', 'file/inside': 'x' });
});

test('a tree is listed by bytes of UTF-8, with links told apart and not followed', async () => {
  const folder = scratch();
  for (const name of ['b', 'a.b', 'a/z', 'é', '\u{ffff}', '\u{1f600}', '.git/x']) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  symlinkSync('a', join(folder, 'link'));
  const found = await listTree(folder, (name) => name === '.git');
  expect(found.map((entry) => entry.path)).toEqual(['a.b', 'a/z', 'b', 'link', 'é', '\u{ffff}', '\u{1f600}']);
  expect(found.filter((entry) => !entry.isRegular).map((entry) => entry.path)).toEqual(['link']);
});

test('the order of texts is that of their UTF-8 bytes, which is that of their code points', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6 });
  const points = (a: string) => [...a].map((letter) => letter.codePointAt(0) ?? 0);
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [x, y] = [points(a), points(b)];
      const at = x.findIndex((point, index) => point !== y[index]);
      const expected = at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
      expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(expected));
    }),
  );
});

test.runIf(process.platform === 'linux')('a folder where none can be is refused, and not tried for ever', async () => {
  await expect(makeFolder('/proc/pushgateway-ttl/a')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a file is no folder, nor is there one below it', async () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
