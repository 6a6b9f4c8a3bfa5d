import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstDifference, hashGoroot } from '../../src/toolchain/goroot-hash.js';
import { fakeGoFiles, temporaryFolder, writeFiles } from './fixtures.js';

async function fakeGoroot(): Promise<string> {
  return await writeFiles(join(await temporaryFolder(), 'go'), fakeGoFiles('1.30.5'));
}

test('the hash is the dirhash of exactly bin, pkg/include, pkg/tool and src', async () => {
  const goroot = await fakeGoroot();
  const names = Object.keys(fakeGoFiles('1.30.5')).filter((name) => name.includes('/'));
  const hex = (text: string) => createHash('sha256').update(text).digest('hex');
  const lines = names.sort().map((name) => `${hex(fakeGoFiles('1.30.5')[name] ?? '')}  ${name}\n`);
  const expected = `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
  expect((await hashGoroot(goroot)).hash).toBe(expected);

  await writeFiles(goroot, { 'go.env': 'GOTOOLCHAIN=local\n', 'pkg/linux_amd64/fmt.a': 'x', 'test/a.go': 'x' });
  expect((await hashGoroot(goroot)).hash).toBe(expected);
});

test('a changed, a missing and an additional file each change the hash, and are named', async () => {
  const goroot = await fakeGoroot();
  const official = await hashGoroot(goroot);
  const difference = async () => {
    const tree = await hashGoroot(goroot);
    expect(tree.hash).not.toBe(official.hash);
    return firstDifference(tree, official);
  };
  await writeFile(join(goroot, 'src/os/file.go'), 'package os // changed\n');
  expect(await difference()).toBe('src/os/file.go differs from the official one');
  await rm(join(goroot, 'src/fmt/print.go'));
  expect(await difference()).toBe('src/fmt/print.go is missing');
  await writeFile(join(goroot, 'bin/gopls'), '');
  expect(await difference()).toBe('bin/gopls is no file of the official Go');
});

test('_go.mod counts as go.mod, and beside a go.mod must equal it', async () => {
  const goroot = await fakeGoroot();
  const official = await hashGoroot(goroot);
  await copyFile(join(goroot, 'src/go.mod'), join(goroot, 'src/_go.mod'));
  expect((await hashGoroot(goroot)).hash).toBe(official.hash);
  await writeFile(join(goroot, 'src/_go.mod'), 'module other\n');
  await expect(hashGoroot(goroot)).rejects.toThrow('src/go.mod differs from the _go.mod beside it');
  await rm(join(goroot, 'src/_go.mod'));
  await rename(join(goroot, 'src/go.mod'), join(goroot, 'src/_go.mod'));
  expect((await hashGoroot(goroot)).hash).toBe(official.hash);
});

test('a link in a GOROOT is refused, even to equal files; a GOROOT that is a link is followed', async () => {
  const goroot = await fakeGoroot();
  const official = await hashGoroot(goroot);
  await symlink(goroot, `${goroot}-link`);
  expect((await hashGoroot(`${goroot}-link`)).hash).toBe(official.hash);

  await rename(join(goroot, 'src/fmt'), join(goroot, 'fmt'));
  await symlink('../fmt', join(goroot, 'src/fmt'));
  await expect(hashGoroot(goroot)).rejects.toThrow('src/fmt is a link');
  await rename(join(goroot, 'src'), join(goroot, 'elsewhere'));
  await symlink('elsewhere', join(goroot, 'src'));
  await expect(hashGoroot(goroot)).rejects.toThrow('src is a link');
});

test('a pipe is refused, not read; a missing folder is named', async () => {
  const goroot = await fakeGoroot();
  execFileSync('mkfifo', [join(goroot, 'src/pipe')]);
  await expect(hashGoroot(goroot)).rejects.toThrow('src/pipe is no regular file');
  await rm(join(goroot, 'pkg/tool'), { recursive: true });
  await expect(hashGoroot(goroot)).rejects.toThrow(/pkg\/tool is missing/);
});
