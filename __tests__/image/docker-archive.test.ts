import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../src/base/hash.js';
import { type AssembledIndex, assembleImages } from '../../src/image/build-image.js';
import { writeDockerArchives } from '../../src/image/docker-archive.js';
import { EPOCH } from './example.js';
import { output, python, sampleBytes, scratch } from './helpers.js';

const NAMES = ['ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1', 'pushgateway:latest'];

let folder: string;
let layout: string;
let archives: string;
let images: AssembledIndex['images'];

beforeEach(async () => {
  folder = scratch();
  layout = join(folder, 'layout');
  archives = join(folder, 'archives');
  const platforms = [['amd64'], ['arm', 'v7']].map(([architecture = '', variant], i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes(60_000, i + 1));
    const platform = { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) };
    return { platform, binaryPath, docs: [], labels: [['a', '<&>\u2028"'] as const] };
  });
  ({ images } = await assembleImages({ platforms, epochSeconds: EPOCH, layoutDir: layout }));
});

type Options = Partial<Parameters<typeof writeDockerArchives>[0]>;

function write(options: Options = {}): Promise<void> {
  return writeDockerArchives({
    layoutDir: layout,
    images,
    references: NAMES,
    folder: archives,
    epochSeconds: EPOCH,
    ...options,
  });
}

const FILES = ['linux-amd64.tar', 'linux-arm-v7.tar'];

/** Members of an archive as Python reads them: name → content, and what else their headers say. */
function members(file: string): { name: string; sha256: string; size: number; rest: unknown[] }[] {
  const program = `
import hashlib, json, sys, tarfile
with tarfile.open(sys.argv[1]) as tar:
    print(json.dumps([{
        'name': m.name, 'size': m.size, 'sha256': 'sha256:' + hashlib.sha256(tar.extractfile(m).read()).hexdigest(),
        'rest': [m.isreg(), oct(m.mode), m.uid, m.gid, m.uname, m.gname, m.mtime]} for m in tar]))`;
  return JSON.parse(python(program, '', file).toString());
}

/** What `manifest.json` in an archive says. */
function manifestOf(file: string): { Config: string; RepoTags: string[]; Layers: string[] }[] {
  return JSON.parse(output('tar', ['-xOf', file, 'manifest.json']).toString());
}

describe('archives for docker load', () => {
  it('hold config and layers as they are in the layout, and nothing else', async () => {
    await write();
    expect(readdirSync(archives).sort()).toEqual(FILES);
    for (const [i, file] of FILES.entries()) {
      const { configDigest, layers } = images[i] as AssembledIndex['images'][0];
      const found = members(join(archives, file));
      const config = `${configDigest.slice(7)}.json`;
      const named = layers.map(({ digest }) => `${digest.slice(7)}.tar.gz`);
      expect(found.map(({ name }) => name)).toEqual([...[config, ...named].sort(), 'manifest.json']);
      const blobs = new Map(found.map(({ name, sha256 }) => [name, sha256]));
      expect(blobs.get(config)).toBe(configDigest);
      for (const { digest } of layers) expect(blobs.get(`${digest.slice(7)}.tar.gz`)).toBe(digest);
      for (const { rest } of found) expect(rest).toEqual([true, '0o644', 0, 0, '', '', EPOCH]);
      expect(manifestOf(join(archives, file))).toEqual([
        {
          Config: config,
          RepoTags: ['ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1', 'docker.io/library/pushgateway:latest'],
          Layers: named,
        },
      ]);
    }
  });

  it('are the same bytes each time', async () => {
    await write();
    const first = FILES.map((file) => digestOf(readFileSync(join(archives, file))));
    await write();
    expect(FILES.map((file) => digestOf(readFileSync(join(archives, file))))).toEqual(first);
    expect(readdirSync(archives).sort()).toEqual(FILES);
  });

  it('are read by skopeo, by each name and by none, with the same config', async () => {
    await write();
    for (const [i, file] of FILES.entries()) {
      const { configDigest, layers } = images[i] as AssembledIndex['images'][0];
      for (const name of ['', `:${NAMES[0]}`, ':pushgateway:latest', ':docker.io/library/pushgateway:latest']) {
        const archive = `docker-archive:${join(archives, file)}${name}`;
        expect(digestOf(output('skopeo', ['inspect', '--config', '--raw', archive]))).toBe(configDigest);
      }
      const copied = join(folder, `copied-${i}`);
      output('skopeo', ['copy', `docker-archive:${join(archives, file)}`, `dir:${copied}`]);
      const manifest = JSON.parse(readFileSync(join(copied, 'manifest.json'), 'utf8'));
      expect(manifest.config.digest).toBe(configDigest);
      expect(manifest.layers).toHaveLength(layers.length);
    }
  });

  it.each([
    [[], []],
    [['localhost/a:1', 'localhost/a:1'], ['localhost/a:1']],
    [['me/a'], ['docker.io/me/a:latest']],
    [['127.0.0.1:5000/a:x'], ['127.0.0.1:5000/a:x']],
    [[`ghcr.io/a/b:1@sha256:${'0'.repeat(64)}`], ['ghcr.io/a/b:1']],
  ])('of the references %j name %j', async (references, tags) => {
    await write({ references });
    for (const file of FILES) {
      expect(manifestOf(join(archives, file))[0]?.RepoTags).toEqual(tags);
      output('skopeo', ['inspect', '--raw', `docker-archive:${join(archives, file)}`]);
    }
  });

  it('hold a layer once that an image has twice', async () => {
    const [image] = images;
    if (image === undefined) throw new Error('no image');
    await write({ images: [{ ...image, layers: [...image.layers, ...image.layers] }] });
    const found = members(join(archives, 'linux-amd64.tar'));
    expect(found).toHaveLength(3);
    expect(manifestOf(join(archives, 'linux-amd64.tar'))[0]?.Layers).toHaveLength(2);
  });
});

describe('where an archive cannot be written, nothing of any is left', () => {
  it('by a blob that is missing', async () => {
    const missing = images[1]?.configDigest.slice(7) ?? '';
    rmSync(join(layout, 'blobs', 'sha256', missing));
    await expect(write()).rejects.toThrow();
    expect(existsSync(archives)).toBe(false);
  });

  it('by a reference that is none', async () => {
    await expect(write({ references: ['Not A Name'] })).rejects.toMatchObject({ name: 'InputError' });
    expect(existsSync(archives)).toBe(false);
  });

  it('by a cancel, wherever it comes', async () => {
    mkdirSync(archives);
    writeFileSync(join(archives, 'theirs'), '');
    await expect(write({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'CancelledError' });
    // And once when the first archive is there.
    const abort = new AbortController();
    const [first, second] = images;
    const late = {
      get configDigest(): Digest {
        abort.abort();
        return second?.configDigest as Digest;
      },
      platform: { os: 'linux', architecture: 'late' },
      layers: second?.layers ?? [],
    };
    if (first === undefined) throw new Error('no image');
    await expect(write({ images: [first, late], signal: abort.signal })).rejects.toMatchObject({
      name: 'CancelledError',
    });
    expect(readdirSync(archives)).toEqual(['theirs']);
  });

  it('by a file in the place of the folder', async () => {
    writeFileSync(archives, 'theirs');
    await expect(write()).rejects.toThrow();
    expect(readFileSync(archives, 'utf8')).toBe('theirs');
  });
});
