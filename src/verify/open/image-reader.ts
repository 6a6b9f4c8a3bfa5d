import type { Digest } from '../../base/hash.js';
import { type BaseSource, MAX_DOCUMENT } from '../../registry/base-source.js';
import { DamagedImageError, damaged, fetching, hostile, type Place } from '../damaged.js';
import type { Level } from '../difference.js';
import type { ImageEntry, LayerInfo, PlatformImage } from './opened-image.js';
import { type BlobDescriptor, readConfig, readManifest } from './read-image.js';

/** What a copy has beside the documents and blobs of an image, in bytes, and room to spare. */
const ROOM = 64 * 1024;

/** What is known of an image once its manifest has been read. */
interface Known {
  readonly layers: readonly BlobDescriptor[];
  /** Bytes of all that belongs to it. */
  readonly size: number;
}

/** Reads the images of one index, or a single one. See `OpenedImage`. */
export class ImageReader {
  private readonly name: string;
  private readonly source: BaseSource;
  private readonly known = new Map<Digest, Known>();

  constructor(name: string, source: BaseSource) {
    this.name = name;
    this.source = source;
  }

  async read(entry: ImageEntry): Promise<PlatformImage> {
    const manifest = await this.manifest(entry);
    const { config: configInfo, layers } = readManifest(manifest, this.place(entry, 'manifest'));
    this.known.set(entry.digest, { layers, size: sum([entry, configInfo, ...layers]) });
    const place = this.place(entry, 'config');
    const config = await fetching(place, () => this.source.config(entry.digest, configInfo));
    const { diffIds, platform, labels } = readConfig(config, place);
    return {
      ...{ entry, manifest, configInfo, config, platform, labels },
      layers: layers.map((layer, position) => ({ ...layer, diffId: diffIds[position] })),
    };
  }

  async layerFiles(entry: ImageEntry, wanted: readonly LayerInfo[]): Promise<Map<Digest, string>> {
    if (wanted.length === 0) return new Map();
    if (!this.known.has(entry.digest)) await this.read(entry);
    const { layers = [], size = 0 } = this.known.get(entry.digest) ?? {};
    const once = [...new Map(wanted.map((layer) => [layer.digest, layer])).values()];
    const place = this.place(entry, 'layer');
    try {
      return await fetching(place, () => this.source.blobs(entry.digest, once, size + ROOM));
    } catch (error) {
      throw error instanceof DamagedImageError ? atLayer(place, error, layers) : error;
    }
  }

  private async manifest(entry: ImageEntry): Promise<Buffer> {
    const place = this.place(entry, 'manifest');
    if (entry.size > MAX_DOCUMENT) throw hostile(place, `${entry.size} bytes; at most ${MAX_DOCUMENT} are read`);
    if (entry.digest === this.source.spec.digest) return this.source.bytes;
    return fetching(place, () => this.source.manifest(entry));
  }

  private place(entry: ImageEntry, level: Level): Place {
    return { image: `${this.name} (${entry.name})`, level, where: level };
  }
}

function sum(blobs: readonly { readonly size: number }[]): number {
  return blobs.reduce((total, { size }) => total + size, 0);
}

/** All blobs of an image are copied at once; which of them is damaged is said by its digest in the message. */
function atLayer(place: Place, error: DamagedImageError, layers: readonly BlobDescriptor[]): DamagedImageError {
  const { a = '' } = error.difference;
  const position = layers.findIndex(({ digest }) => a.includes(digest));
  return position < 0 ? error : damaged({ ...place, where: `layer ${position + 1}` }, a);
}
