import { mkdtempSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reverseTree } from '../../src/source/reverse-tree.js';
import { removeFolder, scratch, snapshot } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { SMALL_TREE, writeFiles } from '../support/repository.js';

it('leaves the same files, and nothing beside them', async () => {
  const place = scratch();
  const tree = join(place, 'tree');
  writeFiles(tree, {
    ...SMALL_TREE,
    'a/b/c.go': 'package b\n',
    'a/b.go': 'package a\n',
    'z.bin': Buffer.from([0, 255]),
  });
  const [before, { ino }] = [await snapshot(place), await stat(join(tree, 'main.go'))];
  await reverseTree(tree);
  expect(await snapshot(place)).toEqual(before);
  // Moved, not copied: it is the same file.
  expect((await stat(join(tree, 'main.go'))).ino).toBe(ino);
});

it('leaves an empty folder empty', async () => {
  const tree = join(scratch(), 'tree');
  writeFiles(tree, {});
  await mustExec('mkdir', ['-p', tree]);
  await reverseTree(tree);
  expect(await snapshot(tree)).toEqual({});
});

it('turns the order around in which the system lists a folder', async () => {
  // A file system in memory lists by age, whatever the disk here does.
  const folder = mkdtempSync('/dev/shm/pushgateway-ttl-test-');
  onTestFinished(() => removeFolder(folder));
  const names = ['a', 'b', 'c/x', 'd', 'e'];
  const tree = join(folder, 'tree');
  writeFiles(tree, Object.fromEntries(names.map((name) => [name, name])));
  const order = async () => (await mustExec('ls', ['-U', tree])).trim().split('\n');
  const before = await order();
  await reverseTree(tree);
  expect(await order()).toEqual(before.toReversed());
});
