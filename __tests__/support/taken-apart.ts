import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';

// biome-ignore lint/suspicious/noExplicitAny: tests reach anywhere into documents, and put anything there
export type Json = any;

/** A document of an image. Where nothing of it is changed, its bytes stay as they were. */
export interface DocumentParts {
  readonly json: Json;
  /** Changes it once it names its parts as they are by then; lies belong here. */
  finish?: (json: Json) => void;
  /** The last word on its bytes. */
  bytes?: (bytes: Buffer) => Buffer;
}

export interface LayerParts {
  archive: Buffer;
  /** The layer's own bytes; by default the archive, as it was compressed before where it is the same. */
  packed?: Buffer;
  mediaType: string;
}

export interface ImageParts {
  /** The index's entry. */
  readonly entry: Json;
  readonly manifest: DocumentParts;
  readonly config: DocumentParts;
  readonly layers: LayerParts[];
}

/** An image with an index, in parts that can be changed. */
export interface TakenApart {
  readonly index: DocumentParts;
  readonly images: ImageParts[];
}

/** Takes the one image with an index of a layout apart. */
export function takeApart(layout: string): TakenApart {
  const read = (digest: string) => readFileSync(blobOf(layout, digest));
  const parse = (digest: string) => JSON.parse(read(digest).toString());
  const index = parse(rootOf(layout));
  const images = index.manifests.map((entry: Json): ImageParts => {
    const manifest = parse(entry.digest);
    const layers = manifest.layers.map(({ digest, mediaType }: Json): LayerParts => {
      return { archive: gunzipSync(read(digest)), mediaType };
    });
    return { entry, manifest: { json: manifest }, config: { json: parse(manifest.config.digest) }, layers };
  });
  return { index: { json: index }, images };
}

/**
 * Copies a layout with its image changed, so that all of it fits together again: each blob is named by its digest,
 * wherever it is named, and no other is there. Nothing but the content tells, unless the change says otherwise.
 * @param to a folder that is made
 * @returns the digest of the new index
 */
export function changedLayout(from: string, to: string, change: (image: TakenApart) => void): Digest {
  cpSync(realpathSync(from), to, { recursive: true });
  const originals = new Map<string, Buffer>();
  const { index, images } = takeApart(from);
  for (const { manifest } of images) {
    for (const { digest } of manifest.json.layers) {
      const packed = readFileSync(blobOf(from, digest));
      originals.set(digestOf(gunzipSync(packed)), packed);
    }
  }
  const documents = [index, ...images.flatMap(({ manifest, config }) => [manifest, config])];
  const before = new Map(documents.map((document) => [document, JSON.stringify(document.json)]));
  const texts = new Map(documents.map((document) => [document, originalOf(from, document.json)]));
  change({ index, images });

  const blobs = join(to, 'blobs', 'sha256');
  rmSync(blobs, { recursive: true });
  mkdirSync(blobs);
  const put = (bytes: Buffer) => {
    writeFileSync(blobOf(to, digestOf(bytes)), bytes);
    return { digest: digestOf(bytes), size: bytes.length };
  };
  const putDocument = (document: DocumentParts) => {
    document.finish?.(document.json);
    const text = JSON.stringify(document.json);
    const bytes = text === before.get(document) ? texts.get(document) : Buffer.from(text);
    if (!bytes) throw new Error('a document that was not there');
    return put(document.bytes?.(bytes) ?? bytes);
  };
  const entries = images.map(({ entry, manifest, config, layers }) => {
    manifest.json.layers = layers.map(({ archive, packed, mediaType }) => {
      return { mediaType, ...put(packed ?? originals.get(digestOf(archive)) ?? gzipSync(archive)) };
    });
    config.json.rootfs.diff_ids = layers.map(({ archive }) => digestOf(archive));
    Object.assign(manifest.json.config, putDocument(config));
    return Object.assign(entry, putDocument(manifest));
  });
  index.json.manifests = entries;
  const root = putDocument(index);
  const outer = JSON.parse(readFileSync(join(to, 'index.json'), 'utf8'));
  Object.assign(outer.manifests[0], root);
  writeFileSync(join(to, 'index.json'), JSON.stringify(outer));
  return root.digest;
}

/** Path of a layout's blob. */
export function blobOf(layout: string, digest: string): string {
  return join(layout, 'blobs', 'sha256', hexOf(digest as Digest));
}

/** Digest of the index of a layout's one image. */
export function rootOf(layout: string): string {
  return JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')).manifests[0].digest;
}

/** The bytes of a document that was just parsed. */
function originalOf(layout: string, json: Json): Buffer {
  const names = [rootOf(layout)];
  for (const name of names) {
    const bytes = readFileSync(blobOf(layout, name));
    const found = JSON.parse(bytes.toString());
    if (JSON.stringify(found) === JSON.stringify(json)) return bytes;
    for (const { digest } of found.manifests ?? []) names.push(digest);
    if (found.config?.digest) names.push(found.config.digest);
  }
  throw new Error('the document is not in the layout');
}
