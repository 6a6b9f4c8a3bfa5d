import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { writeArchive } from '../../src/image/archive.js';
import { parseBaseManifest } from '../../src/image/base-image.js';
import { Compressor } from '../../src/image/compress.js';
import { type EngineName, openDeflate } from '../../src/image/deflate-engine.js';
import { serve } from '../../src/image/deflate-worker.js';
import { planExtraFiles } from '../../src/image/extra-layer.js';
import { hashTar } from '../../src/image/hash-tar.js';
import { type LayerStore, writeLayer } from '../../src/image/layer.js';
import { tarChunks } from '../../src/image/tar.js';
import { tarHeader } from '../../src/image/tar-header.js';
import type { TarEntry } from '../../src/image/tar-plan.js';
import { fromPlain, toPlain } from '../../src/image/worker-messages.js';
import { scratch } from './helpers.js';

const ABORTED = AbortSignal.abort();
const FILE: TarEntry = { path: 'a', type: 'file', mode: 0o644, content: Buffer.from('content') };

async function all(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}

describe('what was cancelled', () => {
  it('is hashed no further', async () => {
    await expect(hashTar([FILE], 0, ABORTED)).rejects.toThrow(CancelledError);
  });

  it('leaves no archive', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'x'), 'x');
    const file = join(scratch(), 'image.tar');
    await expect(writeArchive(folder, file, 0, ABORTED)).rejects.toThrow(CancelledError);
    expect(existsSync(file)).toBe(false);
    await expect(writeArchive(folder, join(folder, 'no', 'a.tar'), 0)).rejects.toThrow(/ENOENT/);
  });

  it('is not made anew because the store could not be read to its end', async () => {
    const blobsDir = join(scratch(), 'blobs');
    mkdirSync(blobsDir);
    const path = join(scratch(), 'kept');
    writeFileSync(path, 'kept');
    const controller = new AbortController();
    const store: LayerStore = {
      get: async () => {
        controller.abort();
        return { path, digest: `sha256:${'0'.repeat(64)}`, size: 4 };
      },
      put: () => Promise.reject(new Error('it was kept')),
    };
    const compressor = new Compressor({ engine: 'pako' });
    const options = { epochSeconds: 0, blobsDir, compressor, store, signal: controller.signal };
    await expect(writeLayer([FILE], options)).rejects.toThrow(CancelledError);
  });
});

describe('errors', () => {
  it('cross threads as what they are: their class, their code, their path', () => {
    const there = (error: unknown) => fromPlain(structuredClone(toPlain(error)));
    expect(there(new InputError('a'))).toBeInstanceOf(InputError);
    expect(there(new RunError('a'))).toBeInstanceOf(RunError);
    const missing = Object.assign(new Error('b'), { code: 'ENOENT', path: '/x' });
    expect(there(missing)).toMatchObject({ message: 'b', code: 'ENOENT', path: '/x' });
    expect(there('a text')).toMatchObject({ message: 'a text' });
    expect(there(new Error('c'))).not.toHaveProperty('code');
  });

  it('are told where the worker is no worker', () => {
    expect(() => serve()).toThrow(/in a worker thread only/);
  });

  it.each<EngineName>(['pako', 'node'])('of %s are told where its stream has ended', async (engine) => {
    const deflate = openDeflate(engine);
    await deflate.push(Buffer.from('x'));
    await deflate.end();
    await expect(deflate.push(Buffer.from('y'))).rejects.toThrow();
  });

  it('name a number that no header holds', () => {
    expect(() => tarHeader(FILE, 8 ** 11, 0)).toThrow(/The size 8589934592 of "a" does not fit/);
    expect(() => tarHeader(FILE, 0, -1)).toThrow(/The time -1 of "a"/);
  });

  it('of the disk come as they are, where a file is not there', async () => {
    const gone: TarEntry = { ...FILE, content: { file: join(scratch(), 'gone') } };
    await expect(all(tarChunks([gone], 0))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('extra files', () => {
  it('are no sockets, devices or pipes', async () => {
    const folder = scratch();
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(join(folder, 'socket'), resolve));
    const plan = (source: string) =>
      planExtraFiles([{ type: 'copy', source, target: '/a/b', mode: undefined }], folder);
    await expect(plan('socket')).rejects.toThrow(/is a socket, neither a regular file nor a folder/);
    await expect(plan('.')).rejects.toThrow(/socket is a socket, which an image cannot hold/);
    await expect(plan('/dev/null')).rejects.toThrow(/is a device/);
    await expect(plan('none')).rejects.toThrow(/there is no /);
    await expect(plan('socket/none')).rejects.toThrow(InputError);
    await new Promise((resolve) => server.close(resolve));
  });

  it('are links without a slash at their end', async () => {
    const plan = planExtraFiles([{ type: 'link', target: '/a/', to: 'b' }], '/');
    await expect(plan).rejects.toThrow(/does not end in a slash/);
  });
});

it('a base without any layer is one, in whatever it leaves out', () => {
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${'a'.repeat(64)}`, size: 2 };
  expect(parseBaseManifest(JSON.stringify({ schemaVersion: 2, config }))).toEqual({
    config: { digest: config.digest, size: 2 },
    layers: [],
  });
});
