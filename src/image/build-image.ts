import { performance } from 'node:perf_hooks';
import { CancelledError, explainSystemError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import { rfc3339 } from '../base/time.js';
import { type Platform, sortPlatforms } from '../spec/platform.js';
import { Compressor } from './compress.js';
import { writeConfig } from './config.js';
import type { DeflateEngine } from './deflate-guard.js';
import { writeIndex } from './image-index.js';
import { sortedMap, writeJson } from './json.js';
import { checkEpoch, type Layer, type LayerStore, writeLayer } from './layer.js';
import { finishLayout, startLayout, writeBlob } from './layout.js';
import { writeManifest } from './manifest.js';
import { BINARY_PATH, Config, DOCS_PATH, HISTORY_CREATED_BY, MediaType, Mode } from './profile1.js';
import { type Content, planTar, type TarEntry } from './tar-plan.js';

/** What one platform's image is made of. */
export interface ImageInput {
  platform: Platform;
  /** A regular file on disk. */
  binaryPath: string;
  /** Licences and notices; paths are relative to `usr/share/doc/pushgateway/`. */
  docs: readonly { path: string; content: Content }[];
  /** All labels of the image, the spec's included; their order does not matter. */
  labels: readonly (readonly [key: string, value: string])[];
}

export interface AssembleOptions {
  platforms: readonly ImageInput[];
  /** The one time in the images, in seconds since 1970. */
  epochSeconds: number;
  /** The folder for the layout; new or empty. */
  layoutDir: string;
  layerStore?: LayerStore | undefined;
  engine?: DeflateEngine | undefined;
  /** Layers made at once; see `CompressorOptions`. */
  concurrency?: number | undefined;
  /** Called now and then while a layer is compressed, with the bytes of its archive so far. */
  onProgress?: ((platform: Platform, bytes: number) => void) | undefined;
  /** Called when a platform's image is in the layout. */
  onImage?: ((image: AssembledImage) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** One platform's image in the layout. */
export interface AssembledImage {
  platform: Platform;
  /** Digest and length in bytes of the manifest. */
  digest: Digest;
  size: number;
  configDigest: Digest;
  layers: Layer[];
  manifestJson: string;
  configJson: string;
  /** How long its layer took, waiting for its turn included. */
  milliseconds: number;
}

export interface AssembledIndex {
  index: { digest: Digest; size: number; bytes: Uint8Array };
  /** In the order of the index. */
  images: AssembledImage[];
}

/**
 * Makes the images of all platforms and their index as an OCI image layout. The digests depend on the bytes of the
 * given files, the labels, the epoch and the platforms alone.
 * @throws InputError where an input cannot be put into an image
 * @throws RunError where a file is not a regular one, or the disk is full or may not be written
 * @throws CancelledError where the signal was aborted
 */
export async function assembleImages(options: AssembleOptions): Promise<AssembledIndex> {
  checkEpoch(options.epochSeconds);
  const inputs = sortPlatforms(options.platforms);
  for (const input of inputs) checkInput(input);
  try {
    const blobsDir = await startLayout(options.layoutDir);
    const images = await assembleAll(inputs, blobsDir, options);
    const json = writeIndex(images.map(({ platform, digest, size }) => manifestDescriptor(platform, digest, size)));
    const { digest, size } = await writeBlob(blobsDir, json);
    await finishLayout(options.layoutDir, { mediaType: MediaType.index, digest, size });
    return { index: { digest, size, bytes: Buffer.from(json, 'utf8') }, images };
  } catch (error) {
    throw explainSystemError(error, 'write the image layout');
  }
}

/** Says what is wrong with an input before anything is written. */
function checkInput(input: ImageInput): void {
  planTar(layerEntries(input));
  writeJson(sortedMap(input.labels));
}

function manifestDescriptor(platform: Platform, digest: Digest, size: number) {
  return { mediaType: MediaType.manifest, digest, size, platform };
}

/** Side by side; the first failure stops the others, and is told when none of them writes any more. */
async function assembleAll(
  inputs: readonly ImageInput[],
  blobsDir: string,
  options: AssembleOptions,
): Promise<AssembledImage[]> {
  // One signal for both; `AbortSignal.any` would do it, but came with Node 20.3 only.
  const failure = new AbortController();
  const { signal } = failure;
  const cancel = () => failure.abort(new CancelledError());
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener('abort', cancel, { once: true });
  const compressor = new Compressor({ engine: options.engine, concurrency: options.concurrency, signal });
  try {
    const results = await Promise.allSettled(
      inputs.map((input) =>
        assembleOne(input, blobsDir, compressor, signal, options).catch((error: unknown) => {
          if (!signal.aborted) failure.abort(error);
          throw error;
        }),
      ),
    );
    if (signal.aborted) throw signal.reason;
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    await compressor.close();
  }
}

async function assembleOne(
  input: ImageInput,
  blobsDir: string,
  compressor: Compressor,
  signal: AbortSignal,
  options: AssembleOptions,
): Promise<AssembledImage> {
  const { platform } = input;
  const { epochSeconds, layerStore: store, onProgress } = options;
  const started = performance.now();
  const onBytes = onProgress && ((bytes: number) => onProgress(platform, bytes));
  const layer = await writeLayer(layerEntries(input), { epochSeconds, blobsDir, compressor, store, signal, onBytes });
  const configJson = imageConfig(input, layer, epochSeconds);
  const config = await writeBlob(blobsDir, configJson);
  const manifestJson = writeManifest({ mediaType: MediaType.config, ...config }, [
    { mediaType: MediaType.layer, digest: layer.digest, size: layer.size },
  ]);
  const manifest = await writeBlob(blobsDir, manifestJson);
  const milliseconds = performance.now() - started;
  const image = { platform, ...manifest, configDigest: config.digest, layers: [layer], manifestJson, configJson };
  options.onImage?.({ ...image, milliseconds });
  return { ...image, milliseconds };
}

/** The one layer of an image without a base. */
function layerEntries({ binaryPath, docs }: ImageInput): TarEntry[] {
  const documents = docs.map(({ path, content }): TarEntry => {
    return { path: `${DOCS_PATH}/${path}`, type: 'file', mode: Mode.document, content };
  });
  return [{ path: BINARY_PATH, type: 'file', mode: Mode.binary, content: { file: binaryPath } }, ...documents];
}

function imageConfig({ platform, labels }: ImageInput, layer: Layer, epochSeconds: number): string {
  const created = rfc3339(epochSeconds);
  return writeConfig({
    created,
    platform,
    config: {
      User: Config.user,
      ExposedPorts: [Config.exposedPort],
      Entrypoint: [Config.entrypoint],
      Labels: labels,
    },
    diffIds: [layer.diffId],
    history: [{ created, created_by: HISTORY_CREATED_BY }],
  });
}
