import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { Compressor, setWorkerEntry } from '../../src/image/compress.js';
import type { CompressJob } from '../../src/image/compress-tar.js';
import { planTar } from '../../src/image/tar-plan.js';
import { fromPlain } from '../../src/image/worker-messages.js';
import { removeFolder } from '../support/files.js';
import { compileWorkerEntry, sampleBytes, scratch } from './helpers.js';

let compiled: string;
let entry: URL;

beforeAll(() => {
  compiled = mkdtempSync(join(tmpdir(), 'image-worker-'));
  entry = compileWorkerEntry(compiled);
}, 60_000);

afterAll(() => removeFolder(compiled));

function jobs(folder: string, count: number, size = 900_000): CompressJob[] {
  return Array.from({ length: count }, (_, i) => {
    const file = join(folder, `input-${i}`);
    writeFileSync(file, sampleBytes(size, i + 1));
    const planned = planTar([{ path: 'bin/x', type: 'file', mode: 0o755, content: { file } }]);
    return { planned, mtime: 5, output: join(folder, `output-${i}`) };
  });
}

async function compressAll(list: CompressJob[], url: URL | undefined, concurrency?: number) {
  setWorkerEntry(url);
  const compressor = new Compressor({ engine: 'pako', concurrency });
  try {
    return await Promise.all(list.map((job) => compressor.compress(job)));
  } finally {
    await compressor.close();
  }
}

describe('Compressor', () => {
  it('gives the same layers from worker threads as from this thread, and says the truth of them', async () => {
    const threaded = await compressAll(jobs(scratch(), 5), entry, 3);
    const folder = scratch();
    const local = await compressAll(jobs(folder, 5), undefined, 1);
    expect(threaded).toEqual(local);
    for (const [i, layer] of local.entries()) {
      const bytes = readFileSync(join(folder, `output-${i}`));
      const tar = gunzipSync(bytes);
      expect(layer).toEqual({
        diffId: digestOf(tar),
        digest: digestOf(bytes),
        size: bytes.length,
        uncompressedSize: tar.length,
      });
    }
    expect(new Set(local.map(({ digest }) => digest)).size).toBe(5);
  }, 60_000);

  it('ends its threads when cancelled, and leaves the disk to the caller', async () => {
    const folder = scratch();
    const abort = new AbortController();
    setWorkerEntry(entry);
    const compressor = new Compressor({ engine: 'pako', concurrency: 2, signal: abort.signal });
    const list = jobs(folder, 4, 6_000_000);
    const results = list.map((job, i) =>
      compressor.compress(job, () => {
        if (i === 0) abort.abort();
      }),
    );
    for (const result of await Promise.allSettled(results)) {
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(CancelledError);
    }
    await compressor.close();
    // Those that waited for their turn never began.
    expect(readdirSync(folder).filter((name) => name.startsWith('output')).length).toBeLessThanOrEqual(2);
  }, 60_000);

  it('brings errors over from a thread with their class and code, and goes on with other layers', async () => {
    const folder = scratch();
    const [good, missing] = jobs(folder, 2);
    if (!good || !missing) throw new Error('no jobs');
    rmSync(join(folder, 'input-1'));
    setWorkerEntry(entry);
    const compressor = new Compressor({ engine: 'pako', concurrency: 1 });
    const failed = compressor.compress(missing);
    await expect(failed).rejects.toMatchObject({ code: 'ENOENT', path: join(folder, 'input-1') });
    await expect(compressor.compress({ ...good, output: join(folder, 'no/such') })).rejects.toThrow(/ENOENT/);
    expect((await compressor.compress(good)).size).toBeGreaterThan(0);
    await compressor.close();
    expect(fromPlain({ name: 'RunError', message: 'm' })).toBeInstanceOf(RunError);
    expect(fromPlain({ name: 'InputError', message: 'm' })).toBeInstanceOf(InputError);
  }, 60_000);

  it('leaves no unfinished file of its own in this thread', async () => {
    const folder = scratch();
    const [job] = jobs(folder, 1);
    if (!job) throw new Error('no job');
    const abort = new AbortController();
    setWorkerEntry(undefined);
    const compressor = new Compressor({ engine: 'pako', signal: abort.signal });
    await expect(compressor.compress(job, () => abort.abort())).rejects.toThrow(CancelledError);
    expect(readdirSync(folder)).toEqual(['input-0']);
  });
});
