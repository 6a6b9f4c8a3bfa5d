import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { convertArchives, findArchives } from '../../src/bucket/image/convert-archives.js';
import { writeDockerArchives } from '../../src/image/docker-archive.js';
import { openOwnImage } from '../../src/verify/open/open-image.js';
import { scratch } from '../support/files.js';
import { smallImages } from '../support/small-images.js';

async function convert(folder: string): Promise<{ digest: string; layout: string }> {
  const tempDir = scratch();
  const layout = join(tempDir, 'oci');
  await convertArchives(await findArchives(folder), { layoutDir: layout, tempDir, log: silentLog });
  const image = await openOwnImage(layout, { tempDir });
  for (const entry of image.entries) await image.layerFiles(entry, (await image.read(entry)).layers);
  expect(readdirSync(tempDir)).toEqual(['oci']);
  return { digest: image.digest, layout };
}

interface Layer {
  readonly name: string;
  readonly content: Buffer;
}

/** A tar archive with one file. */
function tarOf(text: string): Buffer {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), text);
  return execFileSync('tar', ['--owner=0', '--group=0', '--mtime=@0', '-C', folder, '-c', 'file']);
}

/** An archive as docker wrote them up to version 24: a folder a layer, one that is there twice as a link. */
function dockerSave(
  file: string,
  {
    architecture = 'amd64',
    variant = undefined as string | undefined,
    diffIds = undefined as string[] | undefined,
  } = {},
): { config: Buffer; layers: Layer[] } {
  const folder = scratch();
  const first = tarOf('one');
  const layers = [
    { name: 'a/layer.tar', content: first },
    { name: 'b/layer.tar', content: first },
    { name: 'c/layer.tar', content: tarOf('two') },
  ];
  const ids = diffIds ?? layers.map(({ content }) => `sha256:${sha256Hex(content)}`);
  const config = Buffer.from(
    // What docker writes and the OCI does not know stays.
    JSON.stringify({
      architecture,
      os: 'linux',
      variant,
      docker_version: '20.10',
      rootfs: { type: 'layers', diff_ids: ids },
    }),
  );
  for (const { name, content } of layers) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (name === 'b/layer.tar') symlinkSync('../a/layer.tar', join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, 'config.json'), config);
  const manifest = [{ Config: 'config.json', RepoTags: ['app:1'], Layers: layers.map(({ name }) => name) }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const tar = execFileSync('tar', ['-C', folder, '-c', '.']);
  writeFileSync(file, file.endsWith('gz') ? gzipSync(tar) : tar);
  return { config, layers };
}

describe('archives of docker', () => {
  it('that this project wrote give the index that they came from', async () => {
    const folder = scratch();
    const { index, images } = await smallImages(folder, 5);
    const archives = join(folder, 'docker');
    await writeDockerArchives({
      ...{ layoutDir: join(folder, 'layout'), folder: archives, references: ['app:1'], epochSeconds: 0 },
      images,
    });
    expect(readdirSync(archives)).toEqual(['linux-amd64.tar', 'linux-arm64.tar']);
    expect((await convert(archives)).digest).toBe(index.digest);
    for (const name of readdirSync(archives)) {
      writeFileSync(join(archives, `${name.replaceAll('-', '.')}.gz`), gzipSync(readFileSync(join(archives, name))));
      execFileSync('rm', [join(archives, name)]);
    }
    expect((await convert(archives)).digest).toBe(index.digest);
  });

  it('that docker save wrote become an index, the same each time, with their configs and layers as they were', async () => {
    const folder = scratch();
    const { config, layers } = dockerSave(join(folder, 'linux.amd64.tar'));
    dockerSave(join(folder, 'linux.arm.v7.tar.gz'), { architecture: 'arm', variant: 'v7' });
    writeFileSync(join(folder, 'README'), '');
    const [first, again] = [await convert(folder), await convert(folder)];
    expect(again.digest).toBe(first.digest);
    const blob = (digest: string) => readFileSync(join(first.layout, 'blobs/sha256', digest.replace('sha256:', '')));
    const index = JSON.parse(blob(first.digest).toString());
    expect(index.manifests.map((entry: { platform: object }) => entry.platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm', os: 'linux', variant: 'v7' },
    ]);
    const manifest = JSON.parse(blob(index.manifests[0].digest).toString());
    expect(blob(manifest.config.digest)).toEqual(config);
    expect(manifest.config.mediaType).toBe('application/vnd.oci.image.config.v1+json');
    const unpacked = manifest.layers.map(({ digest, mediaType }: { digest: string; mediaType: string }) => {
      expect(mediaType).toBe('application/vnd.oci.image.layer.v1.tar+gzip');
      return execFileSync('gzip', ['-dc'], { input: blob(digest) });
    });
    expect(unpacked).toEqual(layers.map(({ content }) => content));
  });

  it.each([
    ['a name without a platform', 'app.tar', {}, /says no platform/],
    ['a name of an unknown platform', 'linux.amd46.tar.gz', {}, /no known platform/],
    ['another compression', 'linux.amd64.tar.zst', {}, /says no platform/],
    ['an image of another platform', 'linux.arm64.tar', {}, /is for linux\/amd64, and its name says linux\/arm64/],
    [
      'a layer that the config does not name',
      'linux.amd64.tar',
      { diffIds: ['sha256:1', 'sha256:2', 'sha256:3'] },
      /layer 1/,
    ],
    ['a layer too many', 'linux.amd64.tar', { diffIds: [`sha256:${'1'.repeat(64)}`] }, /names 1 layers, and it has 3/],
  ])('are refused for %s', async (_what, name, options, said) => {
    const folder = scratch();
    dockerSave(join(folder, name), options);
    const refused = await convert(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as InputError).message).toMatch(said);
  });

  it('are refused where they break off, are another file, or are there twice', async () => {
    const folder = scratch();
    const file = join(folder, 'linux.amd64.tar');
    dockerSave(file);
    const whole = readFileSync(file);
    for (const bytes of [
      whole.subarray(0, 3000),
      gzipSync(whole).subarray(0, 200),
      Buffer.from('no archive'),
      Buffer.alloc(0),
      tarOf('nothing'),
    ]) {
      writeFileSync(file, bytes);
      await expect(convert(folder)).rejects.toThrow(InputError);
    }
    writeFileSync(file, whole);
    copyFileSync(file, join(folder, 'linux-amd64.tar'));
    await expect(convert(folder)).rejects.toThrow(/are both for linux\/amd64/);
    const other = scratch();
    cpSync(file, join(other, 'x'));
    renameSync(join(other, 'x'), join(other, '.linux.amd64.tar'));
    expect(await findArchives(other)).toEqual([]);
  });
});
