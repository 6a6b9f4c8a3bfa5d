import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { silentLog } from '../../src/base/log.js';
import { checkStaticPlace, pushStaticTo } from '../../src/bucket/static/push-static.js';
import { collectStatic, removeStatic } from '../../src/bucket/static/remove-static.js';
import { readFlavors } from '../../src/bucket/static/static-folder.js';
import { allStaticNames, staticNames } from '../../src/bucket/static/static-inventory.js';
import { staticObjects } from '../../src/bucket/static/static-objects.js';
import { scratch } from '../support/files.js';
import { MemoryStore } from './memory-store.js';

const DAY = 24 * 3_600_000;
const OPTIONS = { dryRun: false, grace: DAY, log: silentLog, onRemoved: () => {} };

function folderWith(...files: string[]): string {
  const folder = scratch();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  return folder;
}

async function push(store: MemoryStore, name: string, tag: string, folder: string, suffix = ''): Promise<void> {
  const place = { name, tag, suffix };
  await checkStaticPlace(store, place, 'destination');
  const objects = await staticObjects(place, await readFlavors(folder), suffix);
  await pushStaticTo(store, place, objects, { log: silentLog, onUploaded: () => {} });
}

describe('static push', () => {
  it('writes the files, what the tag has, and the list of tags, exactly so', async () => {
    const folder = folderWith('linux/arm/v7/app', 'linux/amd64/app', 'linux/amd64/app.sig', 'windows/amd64/app.exe');
    const store = new MemoryStore();
    await push(store, 'pushgateway', '1.11.3', folder);
    const base = 'df-dist-v1/pushgateway';
    expect(store.done.slice(-2)).toEqual([`put ${base}/1.11.3`, `put ${base}`]);
    expect(store.keys()).toEqual([
      base,
      `${base}/1.11.3`,
      `${base}/1.11.3/linux/amd64/app`,
      `${base}/1.11.3/linux/amd64/app.sig`,
      `${base}/1.11.3/linux/arm/v7/app`,
      `${base}/1.11.3/windows/amd64/app.exe`,
    ]);
    const text = (key: string) => store.objects.get(key)?.bytes.toString();
    expect(text(base)).toBe('{"name":"pushgateway","tags":["1.11.3"]}');
    expect(text(`${base}/1.11.3`)).toBe(
      '{"flavors":[{"resources":[{"path":"app"},{"path":"app.sig"}],"platform":{"architecture":"amd64","os":"linux"}},' +
        '{"resources":[{"path":"app"}],"platform":{"architecture":"arm","os":"linux","variant":"v7"}},' +
        '{"resources":[{"path":"app.exe"}],"platform":{"architecture":"amd64","os":"windows"}}]}',
    );
    const types = [base, `${base}/1.11.3`, `${base}/1.11.3/linux/amd64/app`].map(
      (key) => store.objects.get(key)?.contentType,
    );
    expect(types).toEqual(['application/json', 'application/json', 'application/octet-stream']);
  });

  it('writes the platform as it is called, however the folder was', async () => {
    const store = new MemoryStore();
    await push(store, 'app', '1', folderWith('linux/arm/app', 'linux/arm64/v8/app'));
    expect(store.keys().filter((key) => key.includes('linux'))).toEqual([
      'df-dist-v1/app/1/linux/arm/v7/app',
      'df-dist-v1/app/1/linux/arm64/app',
    ]);
  });

  it('calls the lists by the suffix', async () => {
    const store = new MemoryStore();
    store.isFlat = false;
    await push(store, 'app', '1', folderWith('linux/amd64/app'), '.json');
    expect(store.keys()).toEqual(['df-dist-v1/app.json', 'df-dist-v1/app/1.json', 'df-dist-v1/app/1/linux/amd64/app']);
  });

  it('says so before anything is written where the store keeps objects as files', async () => {
    const store = new MemoryStore();
    store.isFlat = false;
    const said = await push(store, 'app', '1', folderWith('linux/amd64/app')).catch((error: Error) => error.message);
    expect(said).toMatch(/^s3:\/\/memory is in a store that keeps objects as files, .*suffix=\.json/);
    expect(store.done).toEqual([]);
  });

  it('refuses a name or tag whose list would lie where another has its own', async () => {
    const store = new MemoryStore();
    const folder = folderWith('linux/amd64/app');
    await push(store, 'a', 'b', folder);
    await expect(push(store, 'a/b', '1', folder)).rejects.toThrow(/is no list of the tags of a\/b/);
    await push(store, 'x/y', '1', folder);
    await expect(push(store, 'x', 'y', folder)).rejects.toThrow(/is no list of a tag's files/);
    await expect(push(store, 'app', '1.json', folder, '.json')).rejects.toThrow(InputError);
  });

  it.each([
    ['an empty folder', [], / is empty\. Accepted:/],
    ['an unknown system', ['plan10/amd64/app'], /of no known platform/],
    ['an unknown architecture', ['linux/amd46/app'], /of no known platform: "linux\/amd46"/],
    ['an unknown variant', ['linux/arm/v9/app'], /of no known platform/],
    ['a file too high', ['linux/app'], /linux\/app is no folder/],
    ['a file at the top', ['app'], /app is no folder/],
    ['a folder too deep', ['linux/arm/v7/more/app'], /more is a folder/],
    ['a platform twice', ['linux/arm/app', 'linux/arm/v7/app'], /linux\/arm\/v7 twice/],
    ['a name that an URL escapes', ['linux/amd64/my app'], /letters that an URL has to escape/],
  ])('refuses %s', async (_what, files, said) => {
    await expect(readFlavors(folderWith(...files))).rejects.toThrow(said);
    await expect(readFlavors(folderWith(...files))).rejects.toThrow(InputError);
  });

  it('refuses links, and what is no folder', async () => {
    const folder = folderWith('linux/amd64/app');
    symlinkSync('/etc/passwd', join(folder, 'linux/amd64/link'));
    await expect(readFlavors(folder)).rejects.toThrow(/link is a link/);
    await expect(readFlavors(join(folder, 'nothing'))).rejects.toThrow(/there is no folder/);
    await expect(readFlavors(join(folder, 'linux/amd64/app'))).rejects.toThrow(/is no folder/);
    const empty = scratch();
    mkdirSync(join(empty, 'linux/amd64'), { recursive: true });
    await expect(readFlavors(empty)).rejects.toThrow(/amd64 is empty/);
  });
});

describe('static gc and rm', () => {
  it('keep the newest tags whole, and leave nothing of the others', async () => {
    const store = new MemoryStore();
    const folder = folderWith('linux/amd64/app', 'linux/arm64/app');
    for (const tag of ['1.9', '1.10', '1.11', 'latest']) await push(store, 'app', tag, folder);
    await push(store, 'app/more', '1', folder);
    const others = store.keys().filter((key) => key.startsWith('df-dist-v1/app/more'));
    store.done.length = 0;
    const { tags } = await collectStatic(store, { name: 'app', suffix: '' }, 2, OPTIONS);
    expect(tags).toEqual(['1.9']);
    expect(store.done.slice(0, 2)).toEqual(['put df-dist-v1/app', 'remove df-dist-v1/app/1.9']);
    expect(store.keys().filter((key) => key.includes('/1.9'))).toEqual([]);
    expect(store.keys().filter((key) => /\/(1\.10|1\.11|latest)\/.*app$/.test(key))).toHaveLength(6);
    store.age(2 * DAY);
    await collectStatic(store, { name: 'app', suffix: '' }, 1, OPTIONS);
    await removeStatic(store, { name: 'app', tag: 'latest', suffix: '' }, OPTIONS);
    await removeStatic(store, { name: 'app', tag: '1.11', suffix: '' }, OPTIONS);
    expect(store.keys()).toEqual(['df-dist-v1/app', ...others]);
    expect(await staticNames(store, '')).toEqual(['app', 'app/more']);
    // A push that was killed has left files, and no list.
    store.objects.delete('df-dist-v1/app/more');
    store.objects.delete('df-dist-v1/app/more/1');
    expect(await allStaticNames(store, '')).toEqual(['app', 'app/more']);
    await expect(removeStatic(store, { name: 'app', tag: '1.11', suffix: '' }, OPTIONS)).rejects.toThrow(InputError);
  });

  it('take files that no tag names once they are old', async () => {
    const store = new MemoryStore();
    await push(store, 'app', '1', folderWith('linux/amd64/app', 'linux/arm64/app'));
    await push(store, 'app', '1', folderWith('linux/amd64/app'));
    const stale = 'df-dist-v1/app/1/linux/arm64/app';
    expect((await collectStatic(store, { name: 'app', suffix: '' }, 1, OPTIONS)).young).toEqual([stale]);
    expect(store.objects.has(stale)).toBe(true);
    store.age(2 * DAY);
    await collectStatic(store, { name: 'app', suffix: '' }, 1, OPTIONS);
    expect(store.keys()).toEqual(['df-dist-v1/app', 'df-dist-v1/app/1', 'df-dist-v1/app/1/linux/amd64/app']);
  });
});
