import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { digestOf } from '../../src/base/hash.js';
import { tarChunks } from '../../src/image/tar.js';
import { planTar } from '../../src/image/tar-plan.js';
import type { Difference } from '../../src/verify/difference.js';
import { compareLayers, type LayerFile } from '../../src/verify/layers/layers.js';
import { TAR_LIMITS } from '../../src/verify/layers/tar-limits.js';
import { ROOT } from '../image/helpers.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch } from '../support/files.js';
import { archive, layer, raw, read } from '../verify/archives.js';

const noFiles = async () => [];

/** A layer that buildah commits, of a program and a link, at time 5. */
function buildahLayer(folder: string): LayerFile {
  const env = isolatedStorage(folder);
  const run = (...args: string[]) => execFileSync('buildah', args, { env, encoding: 'utf8' }).trim();
  const layout = (name: string) => `oci:${join(folder, name)}:x`;
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'usr', 'bin'), { recursive: true, mode: 0o755 });
  writeFileSync(join(tree, 'usr', 'bin', 'program'), 'program\n'.repeat(1000));
  chmodSync(join(tree, 'usr', 'bin', 'program'), 0o755);
  symlinkSync('program', join(tree, 'usr', 'bin', 'link'));
  const container = run('from', 'scratch');
  run('copy', container, tree, '/');
  run('commit', '--timestamp', '5', '--identity-label=false', '--omit-history', container, layout('plain'));
  // What is not compressed is compressed on the way.
  execFileSync('skopeo', ['--insecure-policy', 'copy', '--quiet', layout('plain'), layout('oci')], { env });
  const blob = (digest: string) => join(folder, 'oci', 'blobs', 'sha256', digest.slice(7));
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const manifest = json(blob(json(join(folder, 'oci', 'index.json')).manifests[0].digest));
  const [diffId] = json(blob(manifest.config.digest)).rootfs.diff_ids;
  const [{ digest, mediaType, size }] = manifest.layers;
  return { digest, mediaType, size, diffId, path: blob(digest) };
}

/** The same files as our own writer has them. */
async function ownTar(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const entries = planTar([
    { path: 'usr/bin/program', type: 'file', mode: 0o755, content: Buffer.from('program\n'.repeat(1000)) },
    { path: 'usr/bin/link', type: 'symlink', mode: 0o777, target: 'program' },
  ]);
  for await (const chunk of tarChunks(entries, 5)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

it("finds nothing but form in buildah's layer of the same files, and its compressor", async () => {
  const folder = scratch();
  const theirs = buildahLayer(folder);
  const options = { tempDir: folder, compareFiles: noFiles };
  const found = await compareLayers([theirs], [layer(folder, await ownTar())], options);
  expect(found.filter(({ weight }) => weight === 'content')).toEqual([]);
  const version = execFileSync('buildah', ['--version'], { encoding: 'utf8' });
  // Measured: buildah 1.28 puts type bits into modes, 1.39 and later do not (design, section 9).
  if (/ 1\.2\d/.test(version)) {
    expect(found.map(({ cause }) => cause)).toContain('tar-modes');
    expect(found.find(({ cause }) => cause === 'tar-modes')?.a).toMatch(/^0(040|100|120)/);
  }
  const tar = execFileSync('gzip', ['-dc'], { input: readFileSync(theirs.path) });
  expect(await compareLayers([theirs], [layer(folder, tar)], options)).toMatchObject([
    { weight: 'compression', cause: 'compressor', a: expect.stringContaining('OS 255') },
  ]);
  const { entries } = await read(tar);
  expect(entries.flatMap(({ problems }) => problems)).toEqual([]);
}, 120_000);

it('unpacks zstd, many frames and damaged ones, where Node has it', async () => {
  const folder = scratch();
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', join(folder, 'home'), 'node@24']);
  const node = join(folder, 'home', 'node_modules', 'node', 'bin', 'node');
  execFileSync(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    ...['-p', join(ROOT, 'tsconfig.json'), '--outDir', join(folder, 'lib'), '--noCheck'],
  ]);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const tar = await ownTar();
  const zstd = (bytes: Buffer) => execFileSync('zstd', ['-q', '-c'], { input: bytes });
  const frames = [0, 512, 2000, 5000].map((at, i, all) => zstd(tar.subarray(at, all[i + 1] ?? tar.length)));
  const skipped = Buffer.from('502a4d1804000000deadbeef', 'hex');
  const layers = {
    one: zstd(tar),
    many: Buffer.concat([...frames, skipped]),
    cut: zstd(tar).subarray(0, -20),
    broken: Buffer.concat([zstd(tar), Buffer.from('garbage')]),
    bomb: execFileSync('sh', ['-c', 'head -c 100000000 /dev/zero | zstd -q -c']),
  };
  const script = join(folder, 'run.mjs');
  writeFileSync(
    script,
    `import { compareLayers } from './lib/verify/layers/layers.js';
const [a, b] = JSON.parse(process.argv[2]);
const found = await compareLayers([a], [b], { tempDir: '.', compareFiles: async () => [] });
console.log(JSON.stringify(found));`,
  );
  const gzip = layer(folder, tar);
  const against = (packed: Buffer): Difference[] => {
    const mediaType = 'application/vnd.oci.image.layer.v1.tar+zstd';
    const pair = [gzip, layer(folder, tar, { packed, mediaType })];
    return JSON.parse(execFileSync(node, [script, JSON.stringify(pair)], { encoding: 'utf8', cwd: folder }));
  };
  for (const packed of [layers.one, layers.many]) {
    expect(against(packed)).toMatchObject([
      { weight: 'compression', cause: 'compressor', b: `zstd; ${packed.length} bytes` },
    ]);
  }
  expect(against(layers.cut)).toMatchObject([{ weight: 'content', cause: 'damaged' }]);
  expect(against(layers.broken)).toMatchObject([{ weight: 'content', cause: 'damaged' }]);
  expect(against(layers.bomb)).toMatchObject([{ weight: 'content', cause: 'hostile' }]);
}, 300_000);

it('takes layers of gigabytes in little memory', async () => {
  const folder = scratch();
  const size = 3 * 2 ** 30;
  const huge = async (name: string): Promise<LayerFile> => {
    const path = join(folder, name);
    writeFileSync(path, raw({ name, size, content: '' }));
    truncateSync(path, 512 + size + 1024);
    const mediaType = 'application/vnd.oci.image.layer.v1.tar';
    return { mediaType, digest: digestOf(name), size: 1536 + size, diffId: digestOf(name), path };
  };
  const layers = [await huge('a'), await huge('b')] as const;
  let peak = 0;
  const before = process.memoryUsage().rss;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - before);
  }, 20);
  const found = await compareLayers([layers[0]], [layers[1]], { tempDir: folder, compareFiles: noFiles });
  clearInterval(timer);
  expect(found.filter(({ cause }) => cause === 'files').map(({ where }) => where)).toEqual(['a', 'b']);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(200 * 2 ** 20);
}, 300_000);

it('takes as many entries as the limit says, and no more', async () => {
  const folder = scratch();
  const write = async (name: string, count: number, mtime: number) => {
    const path = join(folder, name);
    const file = await open(path, 'w');
    for (let from = 0; from < count; from += 1000) {
      const entries = Array.from({ length: Math.min(1000, count - from) }, (_, i) => ({ name: `f${from + i}`, mtime }));
      await file.appendFile(archive(entries, Buffer.alloc(0)));
    }
    await file.appendFile(Buffer.alloc(1024));
    await file.close();
    const mediaType = 'application/vnd.oci.image.layer.v1.tar';
    return { mediaType, digest: digestOf(name), size: 0, diffId: digestOf(name), path };
  };
  const full = await write('full', TAR_LIMITS.entries, 5);
  const found = await compareLayers([full], [await write('other', TAR_LIMITS.entries, 6)], {
    tempDir: folder,
    compareFiles: noFiles,
  });
  expect(found.filter(({ cause }) => cause === 'epoch')).toMatchObject([
    { where: `layer 1: mtime: ${TAR_LIMITS.entries} entries, as f0` },
  ]);
  const more = await compareLayers([full], [await write('more', TAR_LIMITS.entries + 1, 5)], {
    tempDir: folder,
    compareFiles: noFiles,
  });
  expect(more).toMatchObject([{ cause: 'hostile', b: `it has more than ${TAR_LIMITS.entries} entries` }]);
  expect(readdirSync(folder).sort()).toEqual(['full', 'more', 'other']);
}, 300_000);
