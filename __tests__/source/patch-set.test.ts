import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PatchRequest } from '../../src/inputs/requests.js';
import { builtinSets } from '../../src/source/builtin-sets.js';
import { loadPatchSet, versionSuffix } from '../../src/source/patch-set.js';
import { makePatchedTree } from '../../src/source/patched-tree.js';
import type { PatchSet, RemotePatch } from '../../src/source/patches.js';
import type { ResolvedSource } from '../../src/source/source.js';
import { isPatchName, isShownVersion } from '../../src/spec/grammar.js';
import { scratch, snapshot } from '../support/files.js';
import { mustExec, PROJECT } from '../support/program.js';
import { changedReleases } from '../support/released.js';
import { SMALL_TREE, writeFiles } from '../support/repository.js';

const BUILTIN = join(PROJECT, 'patches');
const fetched = () => Promise.reject(new Error('nothing is fetched'));
const load = (request: PatchRequest, patchesDir = BUILTIN) => loadPatchSet(request, patchesDir, fetched);
const fromPath = (path: string) => load({ type: 'path', path });

const DIFF = '--- a/main.go\n+++ b/main.go\n@@ -2,3 +2,3 @@\n \n-func main() {\n+func main() { // patched\n }\n';

describe('the sets that come with the project', () => {
  test('are known by name, and ttl has a revision, a time and an overlay', async () => {
    expect(await builtinSets(BUILTIN)).toEqual(['dinumathai', 'ttl']);
    const set = await load({ type: 'builtin', name: 'ttl', revision: undefined });
    expect(set.spec.name).toBe('ttl');
    expect(set.spec.revision).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(set.time)).toBe(true);
    expect(set.warning).toBeUndefined();
    expect((await set.content()).overlay.map((file) => file.path)).toContain('storage/ttl.go');
    const named = await load({ type: 'builtin', name: 'ttl', revision: set.spec.revision });
    expect(named.spec).toEqual(set.spec);
    expect(await named.content()).toEqual(await set.content());
  });

  test('dinumathai is known without fetching, and warns', async () => {
    const set = await load({ type: 'builtin', name: 'dinumathai', revision: undefined });
    expect(set.spec).toEqual({ name: 'dinumathai', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(set.time).toBe(Date.parse('2021-03-03T11:10:05+05:30') / 1000); // of the fork's committer
    for (const part of [
      'concurrent map iteration and map write',
      'not persisted',
      'negative TTL',
      'push_failure',
      'ttl',
    ])
      expect(set.warning).toContain(part);
    expect(set.warning).not.toContain('\n');
    await expect(load({ type: 'builtin', name: 'dinumathai', revision: 1 })).rejects.toThrow(
      'There is no revision 1 of the patch set dinumathai. Accepted: dinumathai',
    );
  });

  test('what is fetched is asked for by its two commits, once, and when it is needed', async () => {
    const asked: RemotePatch[] = [];
    const set = await loadPatchSet(
      { type: 'builtin', name: 'dinumathai', revision: undefined },
      BUILTIN,
      async (patch) => {
        asked.push(patch);
        return Buffer.from(DIFF);
      },
    );
    expect(asked).toEqual([]);
    expect(await set.content()).toEqual({ overlay: [], diffs: [{ name: 'dinumathai', data: Buffer.from(DIFF) }] });
    await set.content();
    expect(asked).toEqual([
      {
        type: 'git',
        name: 'dinumathai',
        repository: 'https://github.com/dinumathai/pushgateway',
        from: '007ba874bead1b9ad2253d89e3adeb16a73fd012',
        to: 'b28bd0363ed3112fc0c1d39813cdc1c1d335bdf1',
        files: ['main.go', 'storage/diskmetricstore.go'],
        sha256: set.spec.sha256,
      },
    ]);
  });
});

describe('revisions', () => {
  const revision = (number: number, text: string) => ({
    'set.json': JSON.stringify({ name: 'mine', revision: number, time: `2024-01-0${number}T00:00:00Z` }),
    'storage/mine.go': `package storage // ${text}\n`,
  });
  const below = (folder: string, files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
  /** The sets of a project whose set has had three revisions, the second of which was never released. */
  const sets = () =>
    writeFiles(scratch(), {
      ...below('mine', revision(3, 'three')),
      ...below('mine@1', revision(1, 'one')),
      'released.json': '{}\n',
      'other/README.md': 'no set\n',
    });
  const mine = (number: number | undefined, dir: string) =>
    load({ type: 'builtin', name: 'mine', revision: number }, dir);
  const fileOf = async (set: PatchSet) => (await set.content()).overlay[0]?.data.toString();

  test('the current one has the name, and kept ones are none by themselves', async () => {
    expect(await builtinSets(sets())).toEqual(['mine']);
  });

  test('each is found by its number, with its own time and content', async () => {
    const dir = sets();
    const [current, third, first] = [await mine(undefined, dir), await mine(3, dir), await mine(1, dir)];
    expect(current.spec).toMatchObject({ name: 'mine', revision: 3 });
    expect(third.spec).toEqual(current.spec);
    expect(first.spec).toMatchObject({ name: 'mine', revision: 1 });
    expect(first.spec.sha256).not.toBe(current.spec.sha256);
    expect([current.time, first.time]).toEqual(['2024-01-03', '2024-01-01'].map((day) => Date.parse(day) / 1000));
    expect(await fileOf(current)).toContain('three');
    expect(await fileOf(first)).toContain('one');
    expect(versionSuffix([first.spec])).toBe('+mine.1');
  });

  test('a kept one has the digest that it had when it was current', async () => {
    const before = writeFiles(scratch(), below('mine', revision(1, 'one')));
    expect((await mine(1, sets())).spec).toEqual((await mine(undefined, before)).spec);
  });

  test.each([2, 4, 0])('number %d, which there is not, is refused with those that there are', async (number) => {
    await expect(mine(number, sets())).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        input: 'patches',
        message: `There is no revision ${number} of the patch set mine. Accepted: mine, mine@1, mine@3`,
      }),
    );
  });

  test('released ones are as they were released', async () => {
    expect(await changedReleases(BUILTIN)).toEqual([]);
  });

  test('a released one that was changed, or is gone, is seen', async () => {
    const dir = sets();
    const entries = [await mine(1, dir), await mine(3, dir)].map(({ spec, time }) => [
      `mine@${spec.revision}`,
      { sha256: spec.sha256, time },
    ]);
    writeFiles(dir, { 'released.json': JSON.stringify(Object.fromEntries(entries)) });
    expect(await changedReleases(dir)).toEqual([]);
    const { 'set.json': about } = revision(1, '');
    writeFiles(dir, { 'mine@1/set.json': about.replace('2024', '2025') });
    expect(await changedReleases(dir)).toEqual(['mine@1']);
    writeFiles(dir, { 'mine@1/set.json': about });
    expect(await changedReleases(dir)).toEqual([]);
    writeFiles(dir, { 'mine@1/storage/mine.go': 'package storage // another\n' });
    expect(await changedReleases(dir)).toEqual(['mine@1']);
    writeFiles(dir, { 'mine/set.json': revision(4, '')['set.json'] }); // and the third was not kept
    expect(await changedReleases(dir)).toEqual(['mine@1', 'mine@3']);
  });
});

describe('a patch file', () => {
  test('is known by its name without ending and the sha256 of its bytes, wherever it lies', async () => {
    const folder = writeFiles(scratch(), { 'a/my fix.patch': DIFF, 'b/my fix.patch': DIFF });
    const set = await fromPath(join(folder, 'a', 'my fix.patch'));
    const sha256 = (await mustExec('sha256sum', [join(folder, 'a', 'my fix.patch')])).slice(0, 64);
    expect(set.spec).toEqual({ name: 'my-fix', sha256 });
    const other = await fromPath(join(folder, 'b', 'my fix.patch'));
    expect(other.spec).toEqual(set.spec);
    expect(await other.content()).toEqual(await set.content());
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
    const { diffs, overlay } = await (await fromPath(writeFiles(scratch(), FILES))).content();
    expect(diffs.map((diff) => diff.name)).toEqual(['10-b.patch', '2-a.diff']);
    expect(overlay.map((file) => file.path)).toEqual(['storage/ttl.go', 'storage/ttl_test.go']);
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

test('a set at an address is what was fetched under its sha256, named by its path, and not before it is needed', async () => {
  const url = 'https://example.com/x/fix.patch?token=s3cret';
  const request = { type: 'url', url, sha256: 'a'.repeat(64) } as const;
  const asked: RemotePatch[] = [];
  const set = await loadPatchSet(request, BUILTIN, async (patch) => {
    asked.push(patch);
    return Buffer.from(DIFF);
  });
  expect(set.spec).toEqual({ name: 'fix', sha256: request.sha256 });
  expect(asked).toEqual([]);
  expect((await set.content()).diffs).toEqual([{ name: 'fix', data: Buffer.from(DIFF) }]);
  expect(asked).toEqual([request]);
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

  test('names the set that does not fit onto those before it', async () => {
    const folder = writeFiles(scratch(), {
      'first.patch': DIFF,
      'second.patch': DIFF.replace('+func main() { // patched', '+func main() { // second'),
    });
    const sets = await Promise.all(['first', 'second'].map((name) => fromPath(join(folder, `${name}.patch`))));
    const failure = makePatchedTree(source, sets, scratch(), options);
    await expect(failure).rejects.toThrow(
      /^The patch second does not apply; .*\n {2}main\.go, hunk @@ -2,3 \+2,3 @@\n/s,
    );
    await expect(failure).rejects.toThrow('      | func main() { // patched\n');
  });

  test('is not begun where a set cannot be had', async () => {
    const folder = scratch();
    const [set] = [await folderSet({ 'a.patch': DIFF })];
    const gone: PatchSet = { ...set, content: () => Promise.reject(new Error('it cannot be had')) };
    await expect(makePatchedTree(source, [set, gone], folder, options)).rejects.toThrow('it cannot be had');
    expect(await snapshot(folder)).toEqual({});
  });

  test('refuses a release that a set is known not to apply to, and else says so where it does not fit', async () => {
    const reach = { first: '1.3.1', last: '1.10.0', instead: 'ttl' };
    const set = { ...(await folderSet({ 'a.patch': DIFF })), reach };
    await makePatchedTree(source, [set], scratch(), options);
    const says = 'applies to 1.3.1–1.10.0 and cannot apply to 1.11 and newer. For others there is ttl';
    for (const version of ['1.11.0', '1.11.3', '1.12.0', '1.3.0', '1.0.0']) {
      const attempt = makePatchedTree({ ...source, version }, [set], scratch(), options);
      await expect(attempt).rejects.toThrow(says);
      await expect(attempt).rejects.toThrow(`Pushgateway ${version} was asked for.`);
    }
    const misfit = { ...(await folderSet({ 'a.patch': DIFF.replace('-func', '-fun') })), reach };
    await expect(makePatchedTree(source, [misfit], scratch(), options)).rejects.toThrow(
      `Is it made for this version of Pushgateway?\nThe patch set ${misfit.spec.name} ${says}`,
    );
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
