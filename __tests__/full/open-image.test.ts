import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { type Digest, digestOf, hexOf, sha256File } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { parseImageLocation } from '../../src/inputs/image-location.js';
import { NoSuchImageError } from '../../src/registry/base-registry.js';
import type { RegistryAccess } from '../../src/registry/skopeo.js';
import { DamagedImageError, type OpenedImage, openImage } from '../../src/verify/open/open-image.js';
import { scratch as lowerCaseScratch } from '../image/helpers.js';
import {
  distrolessLike,
  type Made,
  madeImage,
  madeIndex,
  pushMade,
  TYPES,
  writeMadeLayout,
} from '../support/base-images.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch } from '../support/files.js';
import { serveHttp } from '../support/loopback.js';
import { freePort, mustExec } from '../support/program.js';
import { REGISTRY_KINDS, startSecureRegistry } from '../support/registry.js';
import { accessFor } from '../support/registry-access.js';
import { tool } from '../support/tools.js';
import { CONFIG, damageOf, failure, imageOf, indexOf, type Json, madeOf } from '../verify/images.js';

async function open(text: string, changes: Partial<RegistryAccess> = {}): Promise<OpenedImage> {
  const folder = scratch();
  const options = { access: () => accessFor(folder, changes), tempDir: folder, log: silentLog, signal: changes.signal };
  return openImage(parseImageLocation(text, 'image'), options);
}

/** Reads every image, and all layers of it. */
async function readAll(opening: Promise<OpenedImage>) {
  const image = await opening;
  const read = [];
  for (const entry of image.entries) {
    const platform = await image.read(entry);
    const files = await image.layerFiles(entry, platform.layers);
    for (const [digest, path] of files) expect(`sha256:${await sha256File(path)}`).toBe(digest);
    read.push({ platform, files });
  }
  return { image, read };
}

/** A registry that serves whatever a test wants, under its digests and the tag `t`; and what it was asked for. */
async function serveMade(image: Made, answers: ReadonlyMap<string, (response: ServerResponse) => void> = new Map()) {
  const asked: string[] = [];
  const all = (made: Made): Made[] => [made, ...made.children.flatMap(all)];
  const manifests = new Map(all(image).map((made) => [made.digest as string, made]));
  const blobs = new Map(
    all(image).flatMap(({ blobs }) => blobs.map((bytes) => [digestOf(bytes) as string, bytes] as const)),
  );
  const server = await serveHttp((request, response) => {
    const [, kind = '', name = ''] = /\/(manifests|blobs)\/([^/]+)$/.exec(request.url ?? '') ?? [];
    if (name !== '') asked.push(`${kind} ${name}`);
    const answer = answers.get(name);
    if (answer) return answer(response);
    const made = kind === 'manifests' ? (name === 't' ? image : manifests.get(name)) : undefined;
    const bytes = made?.bytes ?? (kind === 'blobs' ? blobs.get(name) : undefined);
    if (request.url === '/v2/') return void response.writeHead(200).end('{}');
    if (!bytes) return void response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    response.writeHead(200, {
      'content-type': made?.mediaType ?? 'application/octet-stream',
      'content-length': bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  onTestFinished(() => server.close());
  return { name: `${new URL(server.url).host}/a/b`, asked };
}

const IMAGE = imageOf({ layers: [Buffer.from('one'), Buffer.from('two')] });
const INDEX = indexOf([IMAGE, imageOf({ config: JSON.stringify({ ...CONFIG, architecture: 'arm64' }) })]);
const [CONFIG_BLOB, FIRST, SECOND] = IMAGE.blobs.map(digestOf) as [Digest, Digest, Digest];

describe.each(REGISTRY_KINDS)('an image in %s', (kind) => {
  it('is read byte for byte, by tag and by digest, an index or a single manifest', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    const made = distrolessLike(3);
    await pushMade(`${registry.url}/v2/a/b`, 'x', made);
    for (const reference of [
      `${registry.host}/a/b:x`,
      `docker://${registry.host}/a/b:x`,
      `${registry.host}/a/b@${made.digest}`,
    ]) {
      const { image, read } = await readAll(open(reference));
      expect(image.name).toBe(reference.replace('docker://', ''));
      expect(image.bytes).toEqual(made.bytes);
      expect(image.entries.map(({ name }) => name)).toEqual([
        'linux/amd64',
        'linux/arm64',
        'linux/arm/v7',
        'linux/s390x',
        'linux/riscv64',
      ]);
      expect(image.oddities.map(({ weight }) => weight)).toEqual(['metadata', 'metadata']);
      read.forEach(({ platform, files }, i) => {
        const child = made.children[i];
        expect(platform.manifest).toEqual(child?.bytes);
        expect(platform.config).toEqual(child?.blobs[0]);
        expect([...files.keys()]).toEqual(child?.blobs.slice(1).map(digestOf));
      });
    }
    for (const format of ['oci', 'docker'] as const) {
      const single = madeImage({ os: 'linux', architecture: 'arm' }, { format });
      await pushMade(`${registry.url}/v2/a/b`, format, single);
      const { image } = await readAll(open(`${registry.host}/a/b:${format}`));
      expect([image.digest, image.entries.map(({ name }) => name)]).toEqual([single.digest, ['linux/arm/v7']]);
    }
  });

  it('that is not there is the user’s mistake, and damage on its disk is a finding', async () => {
    const folder = scratch();
    const registry = await startSecureRegistry(folder, { kind });
    for (const made of [INDEX, IMAGE]) await pushMade(`${registry.url}/v2/a/b`, made === INDEX ? 'x' : 'y', made);
    for (const name of ['a/b:none', 'c/d:x', `a/b@${digestOf('none')}`]) {
      const error = await failure(open(`${registry.host}/${name}`));
      expect(error).toBeInstanceOf(NoSuchImageError);
      expect(error).toMatchObject({ input: 'image' });
    }
    const data = (digest: Digest) => {
      const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
        path.endsWith(`/blobs/sha256/${digest.slice(7, 9)}/${hexOf(digest)}/data`),
      );
      return join(folder, found ?? 'none');
    };
    truncateSync(data(SECOND), 2);
    expect(await damageOf(readAll(open(`${registry.host}/a/b:x`)))).toMatch(/^layer (layer|layer 2): .*\(damaged\)$/);
    rmSync(data(FIRST));
    expect(await damageOf(readAll(open(`${registry.host}/a/b:x`)))).toMatch(/^layer .*\(damaged\)$/);
    writeFileSync(data(CONFIG_BLOB), '{"config":{}}');
    expect(await damageOf(readAll(open(`${registry.host}/a/b:x`)))).toMatch(/^config config: .*\(damaged\)$/);
    const single = await open(`${registry.host}/a/b:y`);
    expect(single.entries.map(({ platform }) => platform)).toEqual([undefined]);
    rmSync(data(IMAGE.digest));
    expect(await damageOf(readAll(open(`${registry.host}/a/b:x`)))).toMatch(/^manifest manifest: .*\(damaged\)$/);
  });
});

describe('a registry that cannot be asked is no finding', () => {
  it('where nobody answers, where it fails, and where it wants a login', async () => {
    const failing = (status: number) =>
      new Map(
        ['t', INDEX.digest].map((name) => [name, (response: ServerResponse) => void response.writeHead(status).end()]),
      );
    const texts = [`127.0.0.1:${await freePort()}/a/b:t`];
    for (const status of [500, 401, 403]) texts.push(`${(await serveMade(INDEX, failing(status))).name}:t`);
    for (const text of texts) {
      const error = await failure(open(text));
      expect(error, text).toBeInstanceOf(RunError);
      expect(error, text).not.toBeInstanceOf(DamagedImageError);
    }
  });

  it('where it fails later', async () => {
    const fail = (response: ServerResponse) => void response.writeHead(503).end();
    for (const digest of [IMAGE.digest, CONFIG_BLOB, SECOND]) {
      const { name } = await serveMade(INDEX, new Map([[digest, fail]]));
      const error = await failure(readAll(open(`${name}:t`)));
      expect(error, digest).toBeInstanceOf(RunError);
      expect(error, digest).not.toBeInstanceOf(DamagedImageError);
    }
  });
});

describe('what is asked for', () => {
  it('no layer for what is read, and each layer once afterwards', async () => {
    const { name, asked } = await serveMade(INDEX);
    const image = await open(`${name}:t`);
    expect(asked.filter((line) => line.startsWith('blobs'))).toEqual([]);
    const [entry] = image.entries;
    if (!entry) throw new Error('no entry');
    const { layers } = await image.read(entry);
    const before = asked.filter((line) => line.startsWith('blobs'));
    expect(new Set(before)).toEqual(new Set([`blobs ${CONFIG_BLOB}`]));
    for (const layer of [...layers, ...layers]) await image.layerFiles(entry, [layer]);
    for (const digest of [FIRST, SECOND]) expect(asked.filter((line) => line === `blobs ${digest}`)).toHaveLength(1);
  });

  it('a label with the letter that stands for broken text is none', async () => {
    const labels = { a: '\uFFFD\uFEFF' };
    const image = imageOf({ config: JSON.stringify({ ...CONFIG, config: { Labels: labels } }) });
    const { read } = await readAll(open(`${(await serveMade(indexOf([image]))).name}:t`));
    expect(read[0]?.platform.labels).toEqual(new Map(Object.entries(labels)));
  });

  it('nothing where a size is beyond all measure', async () => {
    const huge = indexOf([IMAGE], ({ manifests }) => void Object.assign(manifests[0] ?? {}, { size: 1e12 }));
    const one = await serveMade(huge);
    expect(await damageOf(readAll(open(`${one.name}:t`)))).toMatch(
      /^manifest manifest: 1000000000000 bytes.*\(hostile\)$/,
    );
    expect(one.asked.every((line) => line.startsWith('manifests t'))).toBe(true);
    const change = (manifest: Json) => void Object.assign(manifest.config as Json, { size: 1e9 });
    const two = await serveMade(indexOf([imageOf({ change })]));
    expect(await damageOf(readAll(open(`${two.name}:t`)))).toMatch(/^config config: 1000000000 bytes.*\(hostile\)$/);
    expect(two.asked.filter((line) => line.startsWith('blobs'))).toEqual([]);
  });

  it('nothing of an address in a descriptor', async () => {
    const elsewhere: string[] = [];
    const server = await serveHttp((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end('one');
    });
    onTestFinished(() => server.close());
    for (const part of ['config', 'layers']) {
      const change = (manifest: Json) => {
        const [target] = [manifest[part]].flat() as Json[];
        Object.assign(target ?? {}, { urls: [`${server.url}/x`] });
      };
      const { name, asked } = await serveMade(indexOf([imageOf({ change })]));
      expect(await damageOf(readAll(open(`${name}:t`)))).toMatch(/is to be fetched from elsewhere: http.*\(hostile\)$/);
      expect(asked.filter((line) => line.startsWith('blobs'))).toEqual([]);
    }
    expect(elsewhere).toEqual([]);
  });
});

describe('a hostile registry', () => {
  const send =
    (bytes: Buffer | string, type: string = TYPES.oci.manifest) =>
    (response: ServerResponse) =>
      void response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(bytes) }).end(bytes);
  const endless = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const chunk = Buffer.alloc(65_536, 'x');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  const cases: readonly (readonly [string, string, (response: ServerResponse) => void, RegExp])[] = [
    ['another manifest for a digest', IMAGE.digest, send(imageOf({}).bytes), /^manifest manifest: .*\(damaged\)$/],
    [
      'a manifest that is no UTF-8',
      IMAGE.digest,
      send(Buffer.from('{"\xff":1}', 'latin1')),
      /^manifest manifest: it is not UTF-8 \(damaged\)$/,
    ],
    ['an endless manifest', IMAGE.digest, endless, /^manifest manifest: .*exceeded maximum allowed size.*\(hostile\)$/],
    ['another config', CONFIG_BLOB, send('{}'), /^config config: .*\(damaged\)$/],
    ['an endless config', CONFIG_BLOB, endless, /^config config: .*exceeded maximum allowed size.*\(hostile\)$/],
    ['half of a layer', SECOND, send('tw'), /^layer .*\(damaged\)$/],
    ['another layer', FIRST, send('eno'), /^layer layer 1: .*\(damaged\)$/],
    ['an endless layer', FIRST, endless, /^layer .*more than \d+ bytes came.*\(damaged\)$/],
    [
      'an index that is no UTF-8',
      't',
      send(Buffer.from('{"\xff":1}', 'latin1')),
      /^index index: it is not UTF-8 \(damaged\)$/,
    ],
    ['an endless index', 't', endless, /^index index: .*exceeded maximum allowed size.*\(hostile\)$/],
    ['a page', 't', send('<html>please log in</html>', 'text/html'), /^index .*\(damaged\)$/],
    [
      'an index under which it has another',
      't',
      send('{"schemaVersion":2,"manifests":[],"layers":[]}', TYPES.oci.index),
      /\(hostile\)$/,
    ],
  ];
  it.each(cases)('gives %s', async (_what, name, answer, found) => {
    const registry = await serveMade(INDEX, new Map([[name, answer]]));
    expect(await damageOf(readAll(open(`${registry.name}:t`)))).toMatch(found);
  });

  it('gives another index for a digest', async () => {
    const registry = await serveMade(INDEX, new Map([[INDEX.digest, send(IMAGE.bytes)]]));
    expect(await damageOf(open(`${registry.name}@${INDEX.digest}`))).toMatch(/^index index: .*\(damaged\)$/);
  });

  it('gives an image that says it is an index', async () => {
    const nested = { ...madeIndex([madeImage({ os: 'linux', architecture: 'amd64' })]), mediaType: TYPES.oci.manifest };
    const registry = await serveMade(indexOf([nested]));
    expect(await damageOf(readAll(open(`${registry.name}:t`)))).toMatch(/is an index of several images.*\(hostile\)$/);
  });

  it('gives a document of the schema that registries have given up', async () => {
    const old = madeOf(
      '{"schemaVersion":1,"name":"a/b","tag":"t","fsLayers":[],"history":[]}',
      'application/vnd.docker.distribution.manifest.v1+json',
    );
    const registry = await serveMade(old);
    expect(await damageOf(open(`${registry.name}:t`))).toMatch(/schema 1.*\(damaged\)$/);
  });
});

describe('archives of other tools', () => {
  const layoutHere = (images: Parameters<typeof writeMadeLayout>[1]) =>
    writeMadeLayout(join(scratch(), 'layout'), images);
  /** An image that podman takes: its layers are tar archives. */
  async function realImage(): Promise<{ layout: string; folder: string }> {
    const folder = lowerCaseScratch();
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'a'), 'a');
    await mustExec('tar', ['-C', join(folder, 'files'), '-cf', join(folder, 'layer.tar'), 'a']);
    const layer = readFileSync(join(folder, 'layer.tar'));
    const config = JSON.stringify({ ...CONFIG, rootfs: { type: 'layers', diff_ids: [digestOf(layer)] } });
    const change = (manifest: Json) =>
      void Object.assign((manifest.layers as Json[])[0] ?? {}, { mediaType: 'application/vnd.oci.image.layer.v1.tar' });
    const image = imageOf({ config, layers: [layer], change });
    return { layout: writeMadeLayout(join(folder, 'layout'), [['1.0', image]]), folder };
  }

  it('skopeo copy … oci-archive:', async () => {
    const layout = layoutHere([['1.0', distrolessLike(2)]]);
    const path = join(scratch(), 'x.tar');
    const env = isolatedStorage(scratch());
    await mustExec(
      tool('skopeo'),
      ['--insecure-policy', 'copy', '--all', `oci:${layout}:1.0`, `oci-archive:${path}:2.0`],
      { env },
    );
    for (const text of [path, `oci-archive:${path}`, `oci-archive:${path}:2.0`]) {
      const { image } = await readAll(open(text));
      expect(image.digest).toBe(distrolessLike(2).digest);
    }
    expect(await failure(open(`oci-archive:${path}:1.0`))).toBeInstanceOf(InputError);
  });

  it('podman save, in its own form and in that of OCI', async () => {
    const { layout, folder } = await realImage();
    const env = isolatedStorage(join(folder, 'storage'));
    await mustExec(tool('podman'), ['pull', '--quiet', `oci:${layout}:1.0`], { env });
    const id = (await mustExec(tool('podman'), ['images', '--quiet', '--no-trunc'], { env })).trim();
    const [oci, docker] = [join(folder, 'oci.tar'), join(folder, 'docker.tar')];
    await mustExec(tool('podman'), ['save', '--quiet', '--format', 'oci-archive', '-o', oci, id], { env });
    await mustExec(tool('podman'), ['save', '--quiet', '--format', 'docker-archive', '-o', docker, id], { env });
    const { image, read } = await readAll(open(oci));
    expect(image.entries.map(({ name }) => name)).toEqual(['linux/amd64']);
    expect(read[0]?.platform.labels.get('a')).toBe('b');
    const refused = await failure(open(docker));
    expect(refused).toBeInstanceOf(InputError);
    expect(String(refused)).toContain('skopeo copy docker-archive:');
    // The way out that the message names is one.
    const converted = join(folder, 'converted');
    await mustExec(
      tool('skopeo'),
      ['--insecure-policy', 'copy', '--quiet', `docker-archive:${docker}`, `oci:${converted}`],
      { env },
    );
    expect((await readAll(open(`oci:${converted}`))).image.isIndex).toBe(false);
  });
});
