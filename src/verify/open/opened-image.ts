import type { Digest } from '../../base/hash.js';
import type { Platform } from '../../spec/platform.js';
import type { Difference } from '../difference.js';

/** An image under examination, whose index or single manifest has been read. All else is read when it is asked for. */
export interface OpenedImage {
  /** As the user named it. */
  readonly name: string;
  /** Of the index, or of the single manifest. */
  readonly digest: Digest;
  /** As that document says; '' where it does not. */
  readonly mediaType: string;
  /** That document, exactly. */
  readonly bytes: Buffer;
  readonly isIndex: boolean;
  /** The images, in the order of the index, also those that are there twice; at least one. Of a single manifest: one. */
  readonly entries: readonly ImageEntry[];
  /**
   * What is odd about the index on its own: a nested or cyclic index, a platform that is there twice, entries without a
   * platform or of an unknown kind (weight `content`); attestations and artifacts (weight `metadata`). In `a` is what was
   * found, `b` is undefined.
   */
  readonly oddities: readonly Difference[];
  /**
   * Manifest and config of one of `entries`, no layers.
   * @throws DamagedImageError where they are not what the digests say, or cannot be read
   * @throws RunError where the registry cannot be asked
   */
  read(entry: ImageEntry): Promise<PlatformImage>;
  /**
   * Files of the wanted layers of `entry`, each checked against its digest and size. From a registry an image's layers are
   * fetched once, whatever is asked for later.
   * @throws DamagedImageError where one is missing, too large, or not what its digest says
   * @throws RunError where the registry cannot be asked
   */
  layerFiles(entry: ImageEntry, wanted: readonly LayerInfo[]): Promise<Map<Digest, string>>;
}

export interface ImageEntry {
  /** Canonical; of a single manifest, what its config says. Undefined where there is none, or none by its letters. */
  readonly platform: Platform | undefined;
  /** As `linux/arm/v7`; the digest where there is no platform. */
  readonly name: string;
  /** Digest, length in bytes and media type of its manifest. */
  readonly digest: Digest;
  readonly size: number;
  readonly mediaType: string;
  /** The descriptor as it stands in the index; '' for a single manifest. */
  readonly raw: string;
}

/** A layer as the manifest describes it. */
export interface LayerInfo {
  readonly mediaType: string;
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
  /** What the config says that its content is; undefined where the config has fewer of them than there are layers. */
  readonly diffId: string | undefined;
}

/** The image of one platform, without its layers' content. */
export interface PlatformImage {
  readonly entry: ImageEntry;
  readonly manifest: Buffer;
  /** How the manifest describes the config. */
  readonly configInfo: { readonly mediaType: string; readonly digest: Digest; readonly size: number };
  readonly config: Buffer;
  /** Canonical, as the config says; undefined where that is no platform. */
  readonly platform: Platform | undefined;
  /** The lowest first. */
  readonly layers: readonly LayerInfo[];
  /** `config.Labels`. */
  readonly labels: ReadonlyMap<string, string>;
}
