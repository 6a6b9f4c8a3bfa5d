import { InputError, RunError, systemCode } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import type { Platform } from '../spec/platform.js';
import type { BaseLayer } from './base-image.js';
import { copyBlob } from './copy-blob.js';
import { EXTRA_INPUT } from './extra-layer.js';
import { type ImageInput, isWindows } from './image-input.js';
import { type LayerOptions, writeLayer } from './layer.js';
import { BINARY_PATH, DOCS_PATH, MediaType, Mode, Windows } from './profile1.js';
import { planTar, type TarEntry } from './tar-plan.js';
import { windowsEntries } from './windows-layer.js';

/** One layer of an image in the layout. */
export interface ImageLayer {
  readonly mediaType: string;
  readonly digest: Digest;
  /** In bytes, as it stands in the layout. */
  readonly size: number;
  readonly diffId: Digest;
  /** Length in bytes before compression; unknown of a base's layers. */
  readonly uncompressedSize?: number | undefined;
}

/** The layer with the binary and its documents. */
export function binaryEntries({ platform, binaryPath, docs }: ImageInput): TarEntry[] {
  const documents = docs.map(({ path, content }): TarEntry => {
    return { path: `${DOCS_PATH}/${path}`, type: 'file', mode: Mode.document, content };
  });
  const path = isWindows(platform) ? Windows.binaryPath : BINARY_PATH;
  return entriesFor(platform, [{ path, type: 'file', mode: Mode.binary, content: { file: binaryPath } }, ...documents]);
}

/**
 * The layer with the extra files; undefined where there are none.
 * @param extra in their Linux form
 * @throws InputError('extra-files') where the platform cannot hold them
 */
export function extraEntries(platform: Platform, extra: readonly TarEntry[] = []): TarEntry[] | undefined {
  if (extra.length === 0) return undefined;
  try {
    return entriesFor(platform, extra);
  } catch (error) {
    throw error instanceof InputError ? new InputError(error.message, EXTRA_INPUT) : error;
  }
}

/** On Windows the same files stand elsewhere in the layer. */
function entriesFor(platform: Platform, entries: readonly TarEntry[]): TarEntry[] {
  return isWindows(platform) ? windowsEntries(entries) : planTar(entries);
}

/** Writes the layers of several images into one layout; what images share is written once. */
export class LayerWriter {
  private readonly options: Omit<LayerOptions, 'onBytes'>;
  private readonly extra: readonly TarEntry[] | undefined;
  private readonly shared = new Map<string, Promise<ImageLayer>>();

  /** @param extra the extra files, in their Linux form */
  constructor(options: Omit<LayerOptions, 'onBytes'>, extra: readonly TarEntry[] | undefined) {
    this.options = options;
    this.extra = extra;
  }

  /**
   * All layers of one image, the lowest first: the base's, the binary's, the extra files'.
   * @throws RunError where a file is not what it was said to be
   */
  async write(input: ImageInput, onBytes?: (bytes: number) => void): Promise<ImageLayer[]> {
    const layers: ImageLayer[] = [];
    for (const layer of input.base?.layers ?? []) {
      await this.once(`${layer.digest} ${layer.size}`, () => this.copyBase(layer));
      layers.push({ mediaType: layer.mediaType, digest: layer.digest, size: layer.size, diffId: layer.diffId });
    }
    layers.push(await this.make(binaryEntries(input), onBytes));
    const extra = extraEntries(input.platform, this.extra);
    if (extra) layers.push(await this.once(`extra ${isWindows(input.platform)}`, () => this.make(extra)));
    return layers;
  }

  private async make(entries: readonly TarEntry[], onBytes?: (bytes: number) => void): Promise<ImageLayer> {
    const layer = await writeLayer(entries, { ...this.options, onBytes });
    const { digest, size, diffId, uncompressedSize } = layer;
    return { mediaType: MediaType.layer, digest, size, diffId, uncompressedSize };
  }

  private async copyBase(layer: BaseLayer): Promise<ImageLayer> {
    const { blobsDir, signal } = this.options;
    const isWhole = await copyBlob(layer, blobsDir, signal).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    });
    if (isWhole) return layer;
    throw new RunError(
      `The layer ${layer.digest} of the base image is not whole on disk (${layer.path}). Run again; ` +
        'where that does not help, with the cache off.',
    );
  }

  private once(key: string, work: () => Promise<ImageLayer>): Promise<ImageLayer> {
    const started = this.shared.get(key) ?? work();
    this.shared.set(key, started);
    return started;
  }
}
