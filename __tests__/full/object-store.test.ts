import { createHash } from 'node:crypto';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CreateMultipartUploadCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { CancelledError, RunError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { KeyConflictError, type ObjectStore } from '../../src/bucket/object-store.js';
import { STORE_KINDS, startStore, type TestStore, traitsOf } from '../support/buckets.js';
import { largeFile, scratch, until } from '../support/files.js';
import { openStore } from '../support/open-store.js';
import { mustExec, PROJECT } from '../support/program.js';
import { randomFrom } from '../support/random.js';
import { startWebsite } from '../support/website.js';

const MB = 1024 * 1024;

function bytesOf(length: number, seed = 1): Buffer {
  const random = randomFrom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => random() * 256));
}

function put(
  store: ObjectStore,
  key: string,
  body: string | Buffer,
  ifMatch?: string | null,
  contentType = 'text/plain',
) {
  const bytes = Buffer.from(body);
  const condition = ifMatch === undefined ? {} : { ifMatch };
  return store.put(key, bytes, { contentType, sha256: sha256Hex(bytes), ...condition });
}

async function keysOf(store: ObjectStore, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

/** All keys of the bucket, whatever the prefix. */
async function everything(store: TestStore): Promise<string[]> {
  return keysOf(await openStore(store));
}

describe.each(STORE_KINDS)('a bucket of %s', (kind) => {
  it('holds what was put, below its prefix', async () => {
    const server = await startStore(kind, scratch());
    const store = await openStore(server, 'a/b');
    const type = 'application/vnd.oci.image.index.v1+json';
    expect(await store.head('v2/x')).toBeUndefined();
    expect(await store.get('v2/x', 100)).toBeUndefined();
    const body = { contentType: type, cacheControl: 'no-cache', sha256: sha256Hex('hello') };
    const before = Date.now();
    expect(await store.put('v2/x', Buffer.from('hello'), body)).toBe('done');
    const info = await store.head('v2/x');
    expect(info).toMatchObject({ key: 'v2/x', size: 5, contentType: type, sha256: sha256Hex('hello') });
    expect(Math.abs((info?.modified ?? 0) - before)).toBeLessThan(60_000);
    const got = await store.get('v2/x', 5);
    expect(got).toEqual({ bytes: Buffer.from('hello'), contentType: type, etag: info?.etag });
    await expect(store.get('v2/x', 4)).rejects.toThrow(/larger than the 4 bytes/);

    const raw = await server.client.send(new HeadObjectCommand({ Bucket: server.bucket, Key: 'a/b/v2/x' }));
    expect(raw).toMatchObject({ ContentType: type, CacheControl: 'no-cache' });
    expect(await everything(server)).toEqual(['a/b/v2/x']);
    await put(store, 'v2/x', '');
    expect((await store.get('v2/x', 5))?.bytes).toHaveLength(0);
    expect(store.shown).toBe(`s3://${server.bucket}/a/b`);
  });

  it('lists more than a page, and removes it, and what is not there', async () => {
    const server = await startStore(kind, scratch());
    const store = await openStore(server);
    const keys = Array.from({ length: 1005 }, (_, index) => `many/sha256:${index}`);
    for (let at = 0; at < keys.length; at += 20) {
      await Promise.all(keys.slice(at, at + 20).map((key) => put(store, key, key)));
    }
    await put(store, 'many-others', 'x');
    expect(await keysOf(store, 'many/')).toEqual(keys.sort());
    expect(await keysOf(store, 'many/sha256:1000')).toEqual(['many/sha256:1000']);
    await store.remove([]);
    await store.remove([...keys, 'never/there']);
    await store.remove(['never/there']);
    expect(await everything(server)).toEqual(['many-others']);
  });

  it('obeys conditions, or is known not to', async () => {
    const server = await startStore(kind, scratch());
    const store = await openStore(server);
    const { isConditional } = traitsOf(kind);
    expect(await store.isConditional()).toBe(isConditional);
    expect(await put(store, 'x', '1', null)).toBe('done');
    expect(await put(store, 'x', '2', null)).toBe(isConditional ? 'changed' : 'done');
    if (!isConditional) {
      expect((await store.get('x', 9))?.bytes.toString()).toBe('2');
      expect(await everything(server)).toEqual(['x']);
      return;
    }
    const etag = (await store.get('x', 9))?.etag ?? '';
    expect(await put(store, 'x', '3', etag)).toBe('done');
    expect(await put(store, 'x', '4', etag)).toBe('changed');
    expect(await put(store, 'y', '5', etag)).toBe('changed');
    expect((await store.get('x', 9))?.bytes.toString()).toBe('3');
    expect(await everything(server)).toEqual(['x']);
  });

  it('says whether it can nest, and leaves nothing behind', async () => {
    const server = await startStore(kind, scratch());
    const store = await openStore(server, 'p');
    const { nests } = traitsOf(kind);
    expect(await store.canNest()).toBe(nests);
    expect(await everything(server)).toEqual([]);
    await put(store, 'name', '1');
    await put(store, 'other/tag', '1');
    for (const [key, inner] of [
      ['name/tag', 'name'],
      ['other', 'other/tag'],
    ] as const) {
      if (nests) expect(await put(store, key, '2')).toBe('done');
      else {
        const error = await put(store, key, '2').catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(KeyConflictError);
        expect((error as KeyConflictError).key).toBe(key);
        expect((error as Error).message).toMatch(/keeps objects as files, and cannot hold an object a beside one a\/b/);
      }
      expect((await store.get(inner, 9))?.bytes.toString()).toBe('1');
    }
  });

  it('takes files, small and in parts', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const store = await openStore(server);
    const options = { contentType: 'application/x-tar' };
    for (const size of [0, 16 * MB, 16 * MB + 1, 50 * MB]) {
      const { sha256, ...body } = largeFile(folder, size);
      expect(await store.put(`file-${size}`, body, { ...options, sha256 })).toBe('done');
      expect(await store.head(`file-${size}`)).toMatchObject({ size, sha256, contentType: 'application/x-tar' });
      const got = await store.get(`file-${size}`, size);
      expect(sha256Hex(got?.bytes ?? '')).toBe(sha256);
    }
    const { sha256, ...body } = largeFile(folder, 20 * MB);
    const condition = { ...options, sha256, ifMatch: null };
    expect(await store.put('file-0', body, condition)).toBe(traitsOf(kind).isConditional ? 'changed' : 'done');
    expect(await store.put('new', body, { ...options, sha256, ifMatch: null })).toBe('done');
    expect(await server.openUploads()).toEqual([]);
  });

  it('refuses a file that is not what its digest says, before or while it is read', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const store = await openStore(server);
    const sha256 = 'a'.repeat(64);
    const options = { contentType: 'text/plain', sha256 };
    const small = join(folder, 'small');
    writeFileSync(small, 'hello');
    await expect(store.put('x', Buffer.from('x'), options)).rejects.toThrow(/not what its digest says/);
    await expect(store.put('x', { file: small, size: 5 }, options)).rejects.toThrow(/small has changed/);
    await expect(store.put('x', { file: small, size: 6 }, options)).rejects.toThrow(/small has changed/);
    await expect(store.put('x', { file: join(folder, 'none'), size: 6 }, options)).rejects.toThrow(/ENOENT/);
    const large = largeFile(folder, 40 * MB);
    await expect(store.put('x', { ...large, size: 40 * MB }, options)).rejects.toThrow(/has changed/);
    await expect(store.put('x', { ...large, size: 41 * MB }, { ...options, sha256: large.sha256 })).rejects.toThrow(
      RunError,
    );
    expect(await everything(server)).toEqual([]);
    expect(await server.openUploads()).toEqual([]);
    // The buffers that the failures used are free again.
    await store.put('x', { file: large.file, size: large.size }, { ...options, sha256: large.sha256 });
  });

  it('is left as it was when an upload is cancelled', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const cancel = new AbortController();
    const store = await openStore(server, '', { signal: cancel.signal });
    const { sha256, ...body } = largeFile(folder, 200 * MB);
    const upload = store.put('x', body, { contentType: 'text/plain', sha256 }).catch((thrown: unknown) => thrown);
    await until(async () => store.lines.length > 0);
    const begun = performance.now();
    cancel.abort();
    expect(await upload).toBeInstanceOf(CancelledError);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(await everything(server)).toEqual([]);
    expect(await server.openUploads()).toEqual([]);
    await expect(store.head('x')).rejects.toBeInstanceOf(CancelledError);
  });

  it('keeps nothing of an upload, at whatever moment it is cancelled', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const { sha256, ...body } = largeFile(folder, 40 * MB);
    for (let moment = 0; moment < 24; moment++) {
      const cancel = new AbortController();
      const store = await openStore(server, '', { signal: cancel.signal });
      const upload = store.put(`x${moment}`, body, { contentType: 'text/plain', sha256 });
      setTimeout(() => cancel.abort(), moment * 6);
      await expect(upload).rejects.toBeInstanceOf(CancelledError);
    }
    expect([await everything(server), await server.openUploads()]).toEqual([[], []]);
  });

  it('is rid of uploads that were killed, and of those alone', async () => {
    const server = await startStore(kind, scratch());
    const store = await openStore(server, 'p');
    for (const Key of ['p/v2/a', 'p/v2/b', 'p/other', 'v2/c']) {
      await server.client.send(new CreateMultipartUploadCommand({ Bucket: server.bucket, Key }));
    }
    // moto says of every upload that it was begun in 2010.
    if (kind !== 'moto') expect(await store.removeUnfinished('v2/', Date.now() - 3_600_000)).toEqual([]);
    expect((await store.removeUnfinished('v2/', Date.now() + 3_600_000)).sort()).toEqual(['v2/a', 'v2/b']);
    expect((await server.openUploads()).sort()).toEqual(['p/other', 'v2/c']);
  });

  it('is served as a website, for what the project wants of one', async () => {
    const server = await startStore(kind, scratch());
    const store = await openStore(server);
    const type = 'application/vnd.oci.image.manifest.v1+json';
    await put(store, 'v2/', '', undefined, 'application/json');
    await put(store, 'v2/index.html', '{}', undefined, 'application/json');
    await put(store, 'v2/n/manifests/sha256:00', '{"a":1}', undefined, type);
    const { url } = await startWebsite(server);
    const answer = await fetch(`${url}/v2/n/manifests/sha256:00`);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, type, '{"a":1}']);
    const root = await fetch(`${url}/v2/`);
    expect([root.status, root.headers.get('content-type'), await root.text()]).toEqual([200, 'application/json', '{}']);
    const head = await fetch(`${url}/v2/n/manifests/sha256:00`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '7']);
    expect((await fetch(`${url}/v2/none`)).status).toBe(404);
  });
});

/**
 * What a process of its own says of an upload; vitest's own has much else in its memory. Its peak is the kernel's VmHWM:
 * `maxRSS` begins with the peak of the process that started it, and is vitest's where that had more.
 */
const UPLOAD = `
import { readFileSync } from 'node:fs';
import { parseDestination } from './bucket/destination.js';
import { openS3 } from './bucket/s3/store.js';
import { silentLog } from './base/log.js';
const [destination, file, size, sha256] = process.argv.slice(2);
const store = await openS3(parseDestination(destination, 'x'), { env: process.env, log: silentLog, retries: 0 });
const result = await store.put('large', { file, size: Number(size) }, { contentType: 'a/b', sha256 });
const [, kilobytes] = /^VmHWM:\\s*(\\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'));
console.log(JSON.stringify({ result, megabytes: Number(kilobytes) / 1024 }));
`;

// Not with moto, which would keep it in memory.
describe.each(STORE_KINDS.filter((kind) => kind !== 'moto'))('a file of a gigabyte, to %s', (kind) => {
  it('takes less than 150 MB of memory', async () => {
    const folder = scratch();
    const server = await startStore(kind, folder);
    const chunk = bytesOf(8 * MB);
    const hash = createHash('sha256');
    const file = join(folder, 'large');
    for (let count = 0; count < 120; count++) {
      writeFileSync(file, chunk, { flag: 'a' });
      hash.update(chunk);
    }
    const sha256 = hash.digest('hex');
    const compiled = join(folder, 'compiled');
    await mustExec('npx', ['tsc', '-p', 'tsconfig.json', '--outDir', compiled], { cwd: PROJECT });
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(compiled, 'package.json'), '{"type":"module"}');
    writeFileSync(join(compiled, 'upload.js'), UPLOAD);
    const args = [join(compiled, 'upload.js'), server.destination(), file, String(120 * chunk.length), sha256];
    const said = JSON.parse(await mustExec(process.execPath, args, { cwd: folder, env: server.env }));
    expect(said.result).toBe('done');
    expect(said.megabytes).toBeLessThan(150);
    const answer = await server.client.send(new GetObjectCommand({ Bucket: server.bucket, Key: 'large' }));
    const got = createHash('sha256');
    for await (const part of answer.Body as Readable) got.update(part);
    expect(got.digest('hex')).toBe(sha256);
  }, 300_000);
});
