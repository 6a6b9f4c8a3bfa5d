import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STORE_KINDS, startFlat, startStore } from '../support/buckets.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch } from '../support/files.js';
import { exec, mustExec } from '../support/program.js';
import { keysIn, mustPublish, publish, pullWhole, tagsOn, versionedImages } from '../support/published.js';
import { startRegistry } from '../support/servers.js';
import { goTool, tool } from '../support/tools.js';
import { startWebsite } from '../support/website.js';

describe.each(STORE_KINDS)('container push to %s', (kind) => {
  it('gives what skopeo, podman, buildah and crane pull by tag and by digest, index and children', async () => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    const { host, url } = await startWebsite(store);
    const { index, images } = await versionedImages(join(folder, 'image'), 1, '1.11.3');
    const said = await mustPublish(
      store,
      'container',
      'push',
      '-t',
      'monitoring/app:1.11.3',
      join(folder, 'image'),
      store.destination(),
    );
    expect(said.trim().split('\n').at(-1)).toBe('✅ push succeeded');
    const lines = said.trim().split('\n').slice(0, -1);
    expect(lines.every((line) => /^\S.* -> v2\/\S*$/.test(line))).toBe(true);
    expect(lines.map((line) => line.split(' -> ')[1]).sort()).toEqual(await keysIn(store));

    const types = async (path: string) => (await fetch(`${url}/${path}`)).headers.get('content-type');
    const [indexType, childType] = [
      'application/vnd.oci.image.index.v1+json',
      'application/vnd.oci.image.manifest.v1+json',
    ];
    expect(await types('v2/monitoring/app/manifests/1.11.3')).toBe(indexType);
    expect(await types(`v2/monitoring/app/manifests/${index.digest}`)).toBe(indexType);
    for (const { digest } of images) expect(await types(`v2/monitoring/app/manifests/${digest}`)).toBe(childType);
    expect((await fetch(`${url}/v2/`)).status).toBe(200);

    const references = [':1.11.3', `@${index.digest}`, ...images.map(({ digest }) => `@${digest}`)];
    const names = references.map((reference) => `${host}/monitoring/app${reference}`);
    const env = isolatedStorage(join(folder, 'containers'));
    for (const [position, name] of names.entries()) {
      const copy = join(folder, `copy-${position}`);
      const args = ['--insecure-policy', 'copy', '--all', '--preserve-digests', '--src-tls-verify=false'];
      await mustExec(tool('skopeo'), [...args, `docker://${name}`, `oci:${copy}:x`], { env });
      const { manifests } = JSON.parse(await mustExec('cat', [join(copy, 'index.json')]));
      expect(manifests[0].digest).toBe(position < 2 ? index.digest : images[position - 2]?.digest);
      expect(await mustExec(goTool('crane'), ['validate', '--remote', name, '--insecure'])).toContain('PASS');
      const id = (said: string) => said.trim().split('\n').at(-1);
      const pulled = id(
        await mustExec(tool('podman'), ['pull', '-q', '--tls-verify=false', name], { env, cwd: folder }),
      );
      const again = id(
        await mustExec(tool('buildah'), ['pull', '-q', '--tls-verify=false', name], { env, cwd: folder }),
      );
      expect(again).toBe(pulled);
      expect(images.map(({ configDigest }) => configDigest)).toContain(`sha256:${pulled}`);
    }
    expect(await mustExec(goTool('crane'), ['ls', '--insecure', `${host}/monitoring/app`])).toBe('1.11.3\n');
    expect((await mustExec(goTool('crane'), ['digest', '--insecure', names[0] ?? ''])).trim()).toBe(index.digest);
    const layout = join(folder, 'crane');
    await mustExec(goTool('crane'), ['pull', '--insecure', '--format', 'oci', names[0] ?? '', layout]);
    expect(JSON.parse(await mustExec('cat', [join(layout, 'index.json')])).manifests[0].digest).toBe(index.digest);
  }, 300_000);

  it('uploads nothing of an image that is there, and only its tag under another', async () => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    await versionedImages(join(folder, 'image'), 1, '1');
    const push = async (tag: string) => {
      const args = [
        'container',
        'push',
        '-t',
        `app:${tag}`,
        join(folder, 'image', 'oci'),
        store.destination('a/b'),
        '--json',
      ];
      const { code, stdout, stderr } = await publish(store, ...args);
      expect(code).toBe(0);
      return { ...JSON.parse(stdout).destinations[0], lines: stderr.match(/^.* -> .*$/gm) ?? [] };
    };
    expect(await push('1')).toMatchObject({ destination: 's3://downloads/a/b', uploaded: 11, skipped: 0 });
    expect(await push('1')).toMatchObject({ uploaded: 0, skipped: 10, lines: [] });
    const { lines } = await push('2');
    expect(lines.map((line: string) => line.split(' -> ')[1])).toEqual([
      'a/b/v2/app/manifests/2',
      'a/b/v2/app/tags/list',
    ]);
    const { url } = await startWebsite(store, 'a/b/');
    for (const tag of ['1', '2']) await pullWhole(url, 'app', tag);
  }, 120_000);

  it('loses no tag where eight push at once', async () => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    const { url } = await startWebsite(store);
    const tags = Array.from({ length: 8 }, (_, position) => `1.${position}`);
    for (const [position, tag] of tags.entries()) await versionedImages(join(folder, tag), position % 3, tag);
    await Promise.all(
      tags.map((tag) =>
        mustPublish(store, 'container', 'push', '-t', `app:${tag}`, join(folder, tag), store.destination()),
      ),
    );
    expect(await tagsOn(url, 'app')).toEqual(tags);
    for (const tag of tags) await pullWhole(url, 'app', tag);
  }, 300_000);

  it('gc leaves the newest whole and no orphan, and rm the others', async () => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    const { url } = await startWebsite(store);
    const to = store.destination();
    for (let i = 1; i <= 10; i++) {
      await versionedImages(join(folder, `1.${i}`), i % 4, `1.${i}`);
      await mustPublish(store, 'container', 'push', '-t', `app:1.${i}`, join(folder, `1.${i}`), to);
    }
    await mustPublish(store, 'container', 'push', '-t', 'other/app:1.1', join(folder, '1.1'), to);
    const before = await keysIn(store);
    const dry = await mustPublish(store, 'container', 'gc', '--keep', '2', 'app', to, '--dry-run');
    expect(await keysIn(store)).toEqual(before);
    const said = await mustPublish(store, 'container', 'gc', '--keep', '2', 'app', to);
    expect(said).toBe(dry.replaceAll('would remove ', 'removed ').replace('would go', 'removed'));
    expect(await tagsOn(url, 'app')).toEqual(['1.10', '1.9']);
    const needed = new Set(['v2/app/tags/list', 'v2/', 'v2/index.html']);
    for (const tag of ['1.9', '1.10']) for (const key of await pullWhole(url, 'app', tag)) needed.add(key);
    const others = before.filter((key) => key.startsWith('v2/other/'));
    expect(others).toHaveLength(9);
    expect(await keysIn(store)).toEqual([...needed, ...others].sort());
    const removed = (said.match(/^removed (v2.*)$/gm) ?? []).map((line) => line.replace('removed ', ''));
    expect([...(await keysIn(store)), ...removed].sort()).toEqual(before);

    const list = async (...args: string[]) =>
      JSON.parse(await mustPublish(store, 'container', 'ls', ...args, to, '--json'));
    expect((await list()).destinations[0].names).toEqual(['app', 'other/app']);
    expect((await list('app')).destinations[0].tags.map(({ tag }: { tag: string }) => tag)).toEqual(['1.10', '1.9']);
    await mustPublish(store, 'container', 'rm', '-t', 'app:1.9', to);
    await pullWhole(url, 'app', '1.10');
    expect(await tagsOn(url, 'app')).toEqual(['1.10']);
    const gone = await publish(store, 'container', 'rm', '-t', 'app:1.9', to);
    expect([gone.code, gone.stderr]).toEqual([
      2,
      expect.stringContaining('there is no app:1.9; s3://downloads has 1.10'),
    ]);
  }, 300_000);
});

describe('container push', () => {
  it('takes an OCI archive, and archives of podman save, as they are', async () => {
    const folder = scratch();
    const store = await startFlat(join(folder, 'store'));
    const { url, host } = await startWebsite(store);
    const env = isolatedStorage(join(folder, 'containers'));
    const { index, images } = await versionedImages(join(folder, 'image'), 1, '1');
    await mustExec('tar', ['-C', join(folder, 'image', 'oci'), '-cf', join(folder, 'image.tar'), '.']);
    await mustPublish(store, 'container', 'push', '-t', 'app:archive', join(folder, 'image.tar'), store.destination());
    const digest = async (tag: string) =>
      (await mustExec(goTool('crane'), ['digest', '--insecure', `${host}/app:${tag}`])).trim();
    expect(await digest('archive')).toBe(index.digest);

    const saved = join(folder, 'saved');
    await mustExec('mkdir', [saved]);
    for (const { platform, digest: child, configDigest } of images) {
      const name = `${host}/app@${child}`;
      await mustExec(tool('podman'), ['pull', '-q', '--tls-verify=false', name], { env, cwd: folder });
      const file = join(saved, `linux.${platform.architecture}.tar`);
      const id = configDigest.replace('sha256:', '');
      await mustExec(tool('podman'), ['save', '-q', '--format', 'docker-archive', '-o', file, id], {
        env,
        cwd: folder,
      });
    }
    await mustExec('gzip', [join(saved, 'linux.amd64.tar')]);
    await mustPublish(store, 'container', 'push', '-t', 'app:saved', saved, store.destination());
    // Unpacked by podman, and compressed again to the same bytes: the layers are those that were there.
    const keys = async (tag: string) => (await pullWhole(url, 'app', tag)).filter((key) => key.includes('/blobs/'));
    const layers = images.flatMap((image) => image.layers.map((layer) => `v2/app/blobs/${layer.digest}`));
    expect(await keys('saved')).toEqual(expect.arrayContaining(layers));
  }, 300_000);

  it('pushes to a registry and a bucket at once, lists both, and removes in the bucket alone', async () => {
    const folder = scratch();
    const store = await startFlat(join(folder, 'store'));
    const registry = `docker://127.0.0.1:${await startRegistry(folder)}/monitoring/app`;
    const { index } = await versionedImages(join(folder, 'image'), 1, '1');
    const tls = '--tls-verify=false';
    const args = [
      'container',
      'push',
      '-t',
      'app:1',
      join(folder, 'image'),
      store.destination(),
      registry,
      tls,
      '--json',
    ];
    const { digest, destinations } = JSON.parse(await mustPublish(store, ...args));
    expect(digest).toBe(index.digest);
    expect(destinations.map(({ reference }: { reference: string }) => reference)).toEqual([
      's3://downloads/v2/app/manifests/1',
      `${registry.replace('docker://', '')}:1`,
    ]);
    const list = async (...about: string[]) =>
      JSON.parse(await mustPublish(store, 'container', 'ls', ...about, store.destination(), registry, tls, '--json'))
        .destinations;
    expect((await list('app')).map(({ tags }: { tags: { tag: string }[] }) => tags.map(({ tag }) => tag))).toEqual([
      ['1'],
      ['1'],
    ]);
    const [bucket, other] = await list('app:1');
    expect(bucket.digest).toBe(index.digest);
    expect(other.images).toEqual(bucket.images);
    for (const command of [
      ['rm', '-t', 'app:1'],
      ['gc', '--keep', '1'],
    ]) {
      const { code, stderr } = await publish(store, 'container', ...command, registry, tls);
      expect([code, stderr]).toEqual([2, expect.stringContaining('skopeo delete docker://')]);
    }
    const { code, stderr } = await publish(store, 'static', 'push', '-t', 'app:1', folder, registry);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: /m);
  }, 300_000);

  it('says what is wrong before anything is uploaded', async () => {
    const folder = scratch();
    const store = await startFlat(join(folder, 'store'));
    await versionedImages(join(folder, 'image'), 1, '1');
    const [layout, to] = [join(folder, 'image'), store.destination()];
    await mustExec('mkdir', [join(folder, 'empty')]);
    const damaged = join(folder, 'damaged');
    await mustExec('cp', ['-r', join(layout, 'oci'), damaged]);
    await mustExec('sh', [
      '-c',
      `for f in ${damaged}/blobs/sha256/*; do s=$(stat -c %s $f); [ $s -gt 100000 ] && printf x | dd of=$f bs=1 seek=50000 conv=notrunc; done; true`,
    ]);
    const push = (...args: string[]) => ['container', 'push', ...args];
    const cases: [string[], number, RegExp][] = [
      [push(layout, to), 2, /tag: there is no name and tag/],
      [push('-t', 'App:1', layout, to), 2, /"App:1" is no NAME:TAG/],
      [push('-t', 'app:1', layout), 2, /there is no destination/],
      [push('-t', 'app:1', to), 2, /there is nothing to push/],
      [push('-t', 'app:1', layout, to, to), 2, /is given twice/],
      [push('-t', 'app:1', layout, 's3://'), 2, /is no destination/],
      [push('-t', 'app:1', layout, 's3://downloads?nonsense=1'), 2, /is none of them/],
      [push('-t', 'app:1', join(folder, 'nothing'), to), 2, /there is no /],
      [push('-t', 'app:1', join(folder, 'empty'), to), 2, /is empty/],
      [push('-t', 'app:1', damaged, to), 1, /has the digest/],
      [push('-t', 'app:1', layout, to.replace('downloads', 'uploads')), 1, /no bucket uploads/],
      [push('-t', 'app:1', '--tga', layout, to), 2, /did you mean --tag\?/],
      [['container', 'gc', to], 2, /Give keep/],
      [['container', 'gc', '--keep', '0', to], 2, /whole number from 1/],
      [['container', 'rm', '-t', 'app:1', to], 2, /there is no app:1/],
      [['container', 'ls', 'app', to], 1, /has nothing of app/],
      [['container', 'pull', to], 2, /unknown command/],
      [['container'], 2, /Usage: /],
    ];
    for (const [args, code, said] of cases) {
      const ended = await publish(store, ...args);
      expect([args, ended.code, ended.stderr]).toEqual([args, code, expect.stringMatching(said)]);
      expect(ended.stderr).not.toMatch(/\n\s+at |This is a defect/);
    }
    expect(await keysIn(store)).toEqual([]);
    const { code, stderr } = await exec(process.execPath, ['.', ...push('-t', 'app:1', layout, to)], {
      env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' },
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('credentials')]);
  }, 300_000);
});
