import { InputError } from '../base/errors.js';
import { type Digest, isDigest } from '../base/hash.js';
import { canonicalPlatform } from '../spec/canonical-platform.js';
import { checkPlatform, comparePlatforms, type Platform } from '../spec/platform.js';

const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const IMAGE_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** One platform's image in an index. */
export interface BaseEntry {
  /** Canonical. */
  readonly platform: Platform;
  /** Digest and length in bytes of its manifest. */
  readonly digest: Digest;
  readonly size: number;
}

/** What a reference leads to: the images of several platforms, or the manifest of one. */
export type BaseDocument =
  | { readonly type: 'index'; readonly entries: readonly BaseEntry[] }
  | { readonly type: 'manifest' };

/**
 * Reads what a reference leads to: an index (OCI, or docker's manifest list) or a single manifest (OCI, or docker's
 * schema 2).
 *
 * Of an index only images count. Attestations (platform `unknown/unknown`, or the annotation
 * `vnd.docker.reference.type`), artifacts, nested indexes and entries without a platform are passed over. Where a
 * platform is there twice the first entry is taken, as containerd and skopeo take it: those who add a second one, with
 * zstd layers for example, put it behind the one that every client can read.
 * @throws InputError where it is nothing of that kind
 */
export function readBaseDocument(bytes: Uint8Array): BaseDocument {
  const document = parse(bytes);
  const { schemaVersion, mediaType } = document;
  if (schemaVersion === 1) {
    throw refuse(
      "is of docker's manifest schema 1, which registries have given up. Copy it to the newer form, or choose a newer image",
    );
  }
  const isIndex = Array.isArray(document.manifests);
  const isManifest = isRecord(document.config) || Array.isArray(document.layers);
  // What can be read in two ways is no image (CVE-2021-41190).
  if (schemaVersion !== 2 || isIndex === isManifest) throw refuse('is neither an image nor an index of images');
  const types = isIndex ? INDEX_TYPES : IMAGE_TYPES;
  if (mediaType !== undefined && !isAmong(types, mediaType)) {
    throw refuse(`has the media type ${JSON.stringify(mediaType)}; ${types.join(' and ')} are accepted`);
  }
  if (!isIndex) return { type: 'manifest' };
  const entries = (document.manifests as readonly unknown[]).flatMap(readEntry);
  if (entries.length === 0) throw refuse('is an index without an image for any platform');
  return { type: 'index', entries: withoutDoubles(entries) };
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {}
  if (!isRecord(value)) throw refuse('is not JSON, as images are');
  return value;
}

function readEntry(entry: unknown): BaseEntry[] {
  if (!isRecord(entry) || !isAmong(IMAGE_TYPES, entry.mediaType)) return [];
  if (entry.artifactType !== undefined) return [];
  if (isRecord(entry.annotations) && entry.annotations['vnd.docker.reference.type'] !== undefined) return [];
  const platform = isRecord(entry.platform) ? readPlatform(entry.platform) : undefined;
  if (platform === undefined) return [];
  const { digest, size } = entry;
  if (typeof digest !== 'string' || !isDigest(digest) || !Number.isSafeInteger(size) || Number(size) < 0) {
    throw refuse(
      `has an entry whose digest or size has no valid form: ${JSON.stringify(digest)}, ${JSON.stringify(size)}`,
    );
  }
  return [{ platform, digest, size: Number(size) }];
}

/** Canonical; undefined where it is unknown, or no platform by its letters. */
function readPlatform(stated: Readonly<Record<string, unknown>>): Platform | undefined {
  const { os, architecture, variant } = stated;
  const osVersion = stated['os.version'];
  const osFeatures = stated['os.features'];
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown') return undefined;
  const platform = canonicalPlatform({
    os,
    architecture,
    ...(typeof variant === 'string' ? { variant } : {}),
    ...(typeof osVersion === 'string' ? { osVersion } : {}),
    ...(Array.isArray(osFeatures) && osFeatures.every((feature) => typeof feature === 'string') ? { osFeatures } : {}),
  });
  try {
    checkPlatform(platform);
    return platform;
  } catch {
    return undefined;
  }
}

function withoutDoubles(entries: readonly BaseEntry[]): BaseEntry[] {
  const isSame = (a: BaseEntry) => (b: BaseEntry) => comparePlatforms(a.platform, b.platform) === 0;
  return entries.filter((entry, index) => entries.findIndex(isSame(entry)) === index);
}

/** A text of a list; what a stranger has put in its place need not even become a text. */
function isAmong(types: readonly string[], value: unknown): boolean {
  return types.some((type) => type === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(what: string): InputError {
  return new InputError(`it ${what}`, 'base-image');
}
