import { performance } from 'node:perf_hooks';
import { explainSystemError, RunError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import { linked } from '../base/limit.js';
import { type Platform, sortPlatforms } from '../spec/platform.js';
import { Compressor } from './compress.js';
import type { DeflateEngine } from './deflate-guard.js';
import { imageConfig } from './image-config.js';
import { writeIndex } from './image-index.js';
import { type ImageInput, isWindows, onItsBase } from './image-input.js';
import { binaryEntries, extraEntries, type ImageLayer, LayerWriter } from './image-layers.js';
import { checkEpoch, type LayerStore } from './layer.js';
import { finishLayout, startLayout, writeBlob } from './layout.js';
import { writeManifest } from './manifest.js';
import { MediaType } from './profile1.js';
import type { TarEntry } from './tar-plan.js';

export type { ImageInput } from './image-input.js';
export type { ImageLayer } from './image-layers.js';

export interface AssembleOptions {
  platforms: readonly ImageInput[];
  /** The one time in the images, in seconds since 1970. */
  epochSeconds: number;
  /** The folder for the layout; new or empty. */
  layoutDir: string;
  /** Extra files, as `planExtraFiles` returns them: one more layer on each image. */
  extra?: readonly TarEntry[] | undefined;
  /** Diff ID of that layer as the spec has it; checked on all platforms but Windows, whose layers have another form. */
  extraDiffId?: Digest | undefined;
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
  /** The lowest first: the base's, the binary's, the extra files'. */
  layers: ImageLayer[];
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
  const inputs = sortPlatforms(options.platforms.map(onItsBase));
  for (const input of inputs) checkInput(input, options);
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
function checkInput(input: ImageInput, { extra, epochSeconds }: AssembleOptions): void {
  binaryEntries(input);
  extraEntries(input.platform, extra);
  imageConfig(input, [], false, epochSeconds);
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
  const { controller: failure, release } = linked(options.signal);
  const { signal } = failure;
  const compressor = new Compressor({ engine: options.engine, concurrency: options.concurrency, signal });
  const { epochSeconds, layerStore: store, extra } = options;
  const layerWriter = new LayerWriter({ epochSeconds, blobsDir, compressor, store, signal }, extra);
  try {
    const results = await Promise.allSettled(
      inputs.map((input) =>
        assembleOne(input, blobsDir, layerWriter, options).catch((error: unknown) => {
          if (!signal.aborted) failure.abort(error);
          throw error;
        }),
      ),
    );
    if (signal.aborted) throw signal.reason;
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  } finally {
    release();
    await compressor.close();
  }
}

async function assembleOne(
  input: ImageInput,
  blobsDir: string,
  layerWriter: LayerWriter,
  options: AssembleOptions,
): Promise<AssembledImage> {
  const { platform } = input;
  const { epochSeconds, extraDiffId, onProgress } = options;
  const started = performance.now();
  const hasExtra = (options.extra ?? []).length > 0;
  const layers = await layerWriter.write(input, onProgress && ((bytes: number) => onProgress(platform, bytes)));
  if (hasExtra && extraDiffId && !isWindows(platform) && layers.at(-1)?.diffId !== extraDiffId) {
    throw new RunError('An extra file changed since the build began. Run again when nothing else writes to it.');
  }
  const configJson = imageConfig(input, layers, hasExtra, epochSeconds);
  const config = await writeBlob(blobsDir, configJson);
  const manifestJson = writeManifest({ mediaType: MediaType.config, ...config }, layers);
  const manifest = await writeBlob(blobsDir, manifestJson);
  const milliseconds = performance.now() - started;
  const image = { platform, ...manifest, configDigest: config.digest, layers, manifestJson, configJson };
  options.onImage?.({ ...image, milliseconds });
  return { ...image, milliseconds };
}
