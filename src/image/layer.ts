import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, InputError, RunError } from '../base/errors.js';
import { besideName } from '../base/files.js';
import { type Digest, hexOf } from '../base/hash.js';
import { MAX_EPOCH } from '../spec/grammar.js';
import type { Compressor } from './compress.js';
import type { CompressedLayer } from './compress-tar.js';
import { copyBlob } from './copy-blob.js';
import { hashTar } from './hash-tar.js';
import { PROFILE } from './profile1.js';
import { planTar, type TarEntry } from './tar-plan.js';

/** A compressed layer that an earlier run kept. */
export interface StoredLayer {
  path: string;
  digest: Digest;
  size: number;
}

/**
 * Where compressed layers are kept between runs. What it returns is checked by its digest and copied; what it does
 * wrong costs time, never a byte of the image.
 */
export interface LayerStore {
  get(diffId: Digest, profile: number): Promise<StoredLayer | undefined>;
  /** Keeps a copy of `path`, which belongs to a layout. */
  put(diffId: Digest, path: string, digest: Digest, size: number, profile: number): Promise<void>;
}

export interface LayerOptions {
  /** The time of every entry, in seconds since 1970. */
  epochSeconds: number;
  /** The layout's `blobs/sha256`; it must be there. */
  blobsDir: string;
  compressor: Compressor;
  store?: LayerStore | undefined;
  signal?: AbortSignal | undefined;
  /** Called with the length of the archive so far. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/** A layer that stands in the layout. */
export interface Layer extends CompressedLayer {
  /** Whether it came from the store. */
  stored: boolean;
}

/**
 * Makes one layer as `blobsDir/<hex of its digest>`, from the store where it is there and whole.
 * @throws InputError for entries that an image cannot hold (see `planTar`) and for an epoch out of range
 * @throws RunError where a file is not a regular one or changes while it is read
 */
export async function writeLayer(entries: readonly TarEntry[], options: LayerOptions): Promise<Layer> {
  checkEpoch(options.epochSeconds);
  const planned = planTar(entries);
  const { store, epochSeconds, signal } = options;
  if (!store) return compressLayer(planned, options);

  const { diffId, uncompressedSize } = await hashTar(planned, epochSeconds, signal);
  const kept = await store.get(diffId, PROFILE);
  if (kept && (await copyStored(kept, options.blobsDir, signal))) {
    return { diffId, digest: kept.digest, size: kept.size, uncompressedSize, stored: true };
  }
  const layer = await compressLayer(planned, options);
  if (layer.diffId !== diffId) throw new RunError('A file changed while it was read into an image. Run again.');
  await store.put(diffId, join(options.blobsDir, hexOf(layer.digest)), layer.digest, layer.size, PROFILE);
  return layer;
}

/**
 * The one number that all times in an image come from.
 * @throws InputError where it is no integer, negative, or past what a ustar header holds
 */
export function checkEpoch(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_EPOCH) return;
  throw new InputError(`The time ${seconds} is not a whole number of seconds from 0 to ${MAX_EPOCH}.`);
}

async function compressLayer(planned: TarEntry[], options: LayerOptions): Promise<Layer> {
  const output = besideName(join(options.blobsDir, 'layer'));
  try {
    const job = { planned, mtime: options.epochSeconds, output };
    const layer = await options.compressor.compress(job, options.onBytes);
    await rename(output, join(options.blobsDir, hexOf(layer.digest)));
    return { ...layer, stored: false };
  } finally {
    await rm(output, { force: true });
  }
}

/** @returns false where what is stored is gone, or is not what the store says */
async function copyStored(kept: StoredLayer, blobsDir: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return await copyBlob(kept, blobsDir, signal);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    // Whatever is wrong with the store, the layer can be made anew; a full disk shows itself there again.
    return false;
  }
}
