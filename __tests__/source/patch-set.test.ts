import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PatchRequest } from '../../src/inputs/requests.js';
import { builtinSets, loadPatchSet, type PatchSet, versionSuffix } from '../../src/source/patch-set.js';
import { makePatchedTree } from '../../src/source/patched-tree.js';
import type { ResolvedSource } from '../../src/source/source.js';
import { isPatchName, isShownVersion } from '../../src/spec/grammar.js';
import { scratch, snapshot } from '../support/files.js';
import { mustExec, PROJECT } from '../support/program.js';
import { SMALL_TREE, writeFiles } from '../support/repository.js';

const BUILTIN = join(PROJECT, 'patches');
const fetched = () => Promise.reject(new Error('nothing is fetched'));
const load = (request: PatchRequest, patchesDir = BUILTIN) => loadPatchSet(request, patchesDir, fetched);
const fromPath = (path: string) => load({ type: 'path', path });

const DIFF = '--- a/main.go\n+++ b/main.go\n@@ -2,3 +2,3 @@\n \n-func main() {\n+func main() { // patched\n }\n';

describe('the sets that come with the project', () => {
  test('are known by name, and ttl has a revision, a time and an overlay', async () => {
    expect(await builtinSets(BUILTIN)).toContain('ttl');
    const set = await load({ type: 'builtin', name: 'ttl', revision: undefined });
    expect(set.spec.name).toBe('ttl');
    expect(set.spec.revision).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(set.time)).toBe(true);
    expect(set.overlay.map((file) => file.path)).toContain('storage/ttl.go');
    expect(await load({ type: 'builtin', name: 'ttl', revision: set.spec.revision })).toEqual(set);
  });

  test('a revision that there is not is refused with those that there are', async () => {
    await expect(load({ type: 'builtin', name: 'ttl', revision: 99 })).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(/revision 99 .*Accepted: ttl, ttl@\d+/),
      }),
    );
  });
});

describe('a patch file', () => {
  test('is known by its name without ending and the sha256 of its bytes, wherever it lies', async () => {
    const folder = writeFiles(scratch(), { 'a/my fix.patch': DIFF, 'b/my fix.patch': DIFF });
    const set = await fromPath(join(folder, 'a', 'my fix.patch'));
    const sha256 = (await mustExec('sha256sum', [join(folder, 'a', 'my fix.patch')])).slice(0, 64);
    expect(set.spec).toEqual({ name: 'my-fix', sha256 });
    expect(await fromPath(join(folder, 'b', 'my fix.patch'))).toEqual(set);
  });

  test('that is not there is refused with its path', async () => {
    await expect(fromPath('/nowhere/x.patch')).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        input: 'patches',
        message: expect.stringContaining('"/nowhere/x.patch"'),
      }),
    );
  });

  test.each([
    'x.diff',
    '-flag.patch',
    '.hidden.patch',
    'äöü.patch',
    `${'l'.repeat(100)}.patch`,
    '....patch',
    'a b;c.patch',
  ])('named %s gets a name that a spec can hold', async (file) => {
    const { spec } = await fromPath(join(writeFiles(scratch(), { [file]: DIFF }), file));
    expect(isPatchName(spec.name)).toBe(true);
    expect(isShownVersion(`1.11.3${versionSuffix([spec])}`)).toBe(true);
  });
});

describe('a folder of patches', () => {
  const FILES = {
    '10-b.patch': DIFF,
    '2-a.diff': DIFF,
    'storage/ttl.go': 'package storage\n',
    'storage/ttl_test.go': 'package storage\n',
    'README.md': 'about\n',
    'below/not-applied.patch': DIFF,
  };

  test('gives its diffs in the order of their names, and its Go files by their places', async () => {
    const set = await fromPath(writeFiles(scratch(), FILES));
    expect(set.diffs.map((diff) => diff.name)).toEqual(['10-b.patch', '2-a.diff']);
    expect(set.overlay.map((file) => file.path)).toEqual(['storage/ttl.go', 'storage/ttl_test.go']);
  });

  test('is known by what can reach a binary: the digest that sha256sum gives of these files', async () => {
    const folder = writeFiles(scratch(), FILES);
    const list = await mustExec('sha256sum', ['10-b.patch', '2-a.diff', 'storage/ttl.go'], { cwd: folder });
    const digest = (await mustExec('sha256sum', [], { input: list })).slice(0, 64);
    const { spec } = await fromPath(folder);
    expect(spec.sha256).toBe(digest);

    writeFiles(folder, { 'storage/ttl_test.go': 'package other\n', 'README.md': 'more\n', 'x.txt': '' });
    expect((await fromPath(folder)).spec.sha256).toBe(digest);
    writeFiles(folder, { 'storage/ttl.go': 'package storage // changed\n' });
    expect((await fromPath(folder)).spec.sha256).not.toBe(digest);
  });

  test('with a file moved to another name is another set', async () => {
    const folder = writeFiles(scratch(), FILES);
    const before = (await fromPath(folder)).spec.sha256;
    renameSync(join(folder, 'storage', 'ttl.go'), join(folder, 'storage', 'ttl2.go'));
    expect((await fromPath(folder)).spec.sha256).not.toBe(before);
  });

  test('without anything to apply is refused', async () => {
    await expect(fromPath(writeFiles(scratch(), { 'README.md': '' }))).rejects.toMatchObject({ input: 'patches' });
    await expect(fromPath(scratch())).rejects.toThrow(/holds no patch/);
  });

  test('that leads elsewhere by a link is refused', async () => {
    const folder = writeFiles(scratch(), FILES);
    symlinkSync('/etc/passwd', join(folder, 'storage', 'link.go'));
    await expect(fromPath(folder)).rejects.toThrow(/^storage\/link\.go in the patch set .* is a link/);
  });

  test('cannot pass for another by a line break in a name', async () => {
    await expect(fromPath(writeFiles(scratch(), { 'a\nb.go': 'package a\n' }))).rejects.toMatchObject({
      input: 'patches',
    });
  });
});

test('a set at an address is what was fetched under its sha256, named by its path', async () => {
  const request = { type: 'url', url: 'https://example.com/x/fix.patch?token=s3cret', sha256: 'a'.repeat(64) } as const;
  const set = await loadPatchSet(request, BUILTIN, async (url, sha256) => Buffer.from(`${url} ${sha256}`));
  expect(set.spec.name).toBe('fix');
  expect(set.diffs[0]?.data.toString()).toBe(`${request.url} ${request.sha256}`);
});

test.each([
  [[], ''],
  [[{ name: 'ttl', revision: 1 }], '+ttl.1'],
  [[{ name: 'ttl', revision: 2 }, { name: 'my_fix.v2' }], '+ttl.2.my-fix-v2'],
])('the suffix of %j is %j', (sets, suffix) => {
  expect(versionSuffix(sets.map((set) => ({ ...set, sha256: '' })))).toBe(suffix);
});

describe('the patched tree', () => {
  const source: ResolvedSource = {
    spec: { type: 'folder', hash: '' },
    version: '1.10.0',
    time: undefined,
    write: async (folder) => void writeFiles(folder, SMALL_TREE),
  };
  const options = { userEnv: { PATH: process.env.PATH ?? '' }, withTests: false };
  const folderSet = (files: Readonly<Record<string, string>>): Promise<PatchSet> =>
    fromPath(writeFiles(scratch(), files));

  test('has the sets in their order, without their tests unless somebody wants to look', async () => {
    const sets = [
      await folderSet({
        'a.patch': DIFF,
        'storage/x.go': 'package storage\n',
        'storage/x_test.go': 'package storage\n',
      }),
      await folderSet({
        'b.patch': DIFF.replace('-func main() {', '-func main() { // patched').replace(
          '+func main() { // patched',
          '+func main() { // twice',
        ),
      }),
    ];
    const [plain, withTests] = [scratch(), scratch()];
    await makePatchedTree(source, sets, plain, options);
    await makePatchedTree(source, sets, withTests, { ...options, withTests: true });
    const tree = await snapshot(plain);
    expect(tree['main.go']).toContain('func main() { // twice');
    expect(tree['storage/x.go']).toBe('package storage\n');
    expect(tree['storage/x_test.go']).toBeUndefined();
    expect(await snapshot(withTests)).toEqual({ ...tree, 'storage/x_test.go': 'package storage\n' });
    await expect(makePatchedTree(source, [...sets].reverse(), scratch(), options)).rejects.toThrow(/does not apply/);
  });

  test('a set that brings a file that is there already is refused', async () => {
    const set = await folderSet({ 'storage/store.go': 'package mine\n' });
    await expect(makePatchedTree(source, [set], scratch(), options)).rejects.toThrow(
      expect.objectContaining({ input: 'patches', message: expect.stringContaining('storage/store.go') }),
    );
  });

  test('a link in it, however it came there, is refused', async () => {
    const linking: ResolvedSource = {
      ...source,
      write: async (folder) => {
        writeFiles(folder, SMALL_TREE);
        mkdirSync(join(folder, 'web'));
        symlinkSync('/etc/passwd', join(folder, 'web', 'NOTICE'));
      },
    };
    await expect(makePatchedTree(linking, [], scratch(), options)).rejects.toThrow(/web\/NOTICE/);
  });

  test('the set ttl applies to the tree of the default release', async () => {
    const modules = join((await mustExec('go', ['env', 'GOMODCACHE'])).trim(), 'cache', 'download');
    await mustExec('go', ['mod', 'download', 'github.com/prometheus/pushgateway@v1.11.3'], { cwd: '/' });
    const folder = scratch();
    const unpacked = scratch();
    const zip = join(modules, 'github.com', 'prometheus', 'pushgateway', '@v', 'v1.11.3.zip');
    await mustExec('python3', ['-m', 'zipfile', '-e', zip, unpacked]);
    const upstream: ResolvedSource = {
      ...source,
      write: async (to) => {
        await mustExec('cp', ['-r', `${join(unpacked, 'github.com/prometheus/pushgateway@v1.11.3')}/.`, to]);
      },
    };
    await makePatchedTree(
      upstream,
      [await load({ type: 'builtin', name: 'ttl', revision: undefined })],
      folder,
      options,
    );
    const tree = await snapshot(folder);
    expect(tree['main.go']).toContain('metric.timetolive');
    expect(tree['storage/diskmetricstore.go']).toContain('dms.startTTL()');
  });
});
