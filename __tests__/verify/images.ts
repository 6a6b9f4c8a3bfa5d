import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Header } from 'tar';
import { expect } from 'vitest';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import type { ImageLocation } from '../../src/inputs/image-location.js';
import { DamagedImageError, type OpenedImage, openImage } from '../../src/verify/open/open-image.js';
import { descriptor, type Made, TYPES, writeMadeLayout } from '../support/base-images.js';
import { scratch } from '../support/files.js';

export type Json = Record<string, unknown>;

/** Opens what lies on disk; whoever asks for a registry fails the test. */
export function openHere(location: ImageLocation, signal?: AbortSignal): Promise<OpenedImage> {
  const access = () => Promise.reject(new Error('a registry was asked'));
  return openImage(location, { access, tempDir: scratch(), log: silentLog, signal });
}

/** Writes a layout with one image, and opens it. */
export function openMade(image: Made): Promise<OpenedImage> {
  return openHere({ type: 'layout', path: layoutOf(image), tag: undefined });
}

export function layoutOf(image: Made): string {
  return writeMadeLayout(join(scratch(), 'layout'), [['', image]]);
}

export function blobPath(layout: string, digest: Digest): string {
  return join(layout, 'blobs', 'sha256', hexOf(digest));
}

/** What a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error,
  );
}

/** The damage that a promise is rejected with, as `level where: what (cause)`. */
export async function damageOf(promise: Promise<unknown>): Promise<string> {
  const error = await failure(promise);
  if (!(error instanceof DamagedImageError)) throw error;
  const { level, where, weight, a, b, cause } = error.difference;
  expect({ weight, b }).toEqual({ weight: 'content', b: undefined });
  expect(error.message).toContain(a);
  return `${level} ${where}: ${a} (${cause})`;
}

/** A manifest or index of the given bytes, whatever they are. */
export function madeOf(
  bytes: Buffer | string,
  mediaType: string,
  blobs: readonly Buffer[] = [],
  children: readonly Made[] = [],
): Made {
  const content = Buffer.from(bytes as string);
  return { mediaType, digest: digestOf(content), bytes: content, entry: {}, blobs, children };
}

/** One image for linux/amd64, made of what the test gives. */
export interface Parts {
  readonly config?: Buffer | string;
  readonly layers?: readonly Buffer[];
  /** Changes the manifest. */
  readonly change?: (manifest: Json) => void;
  /** The manifest itself. */
  readonly manifest?: Buffer | string;
}

export const CONFIG = {
  architecture: 'amd64',
  os: 'linux',
  config: { Labels: { a: 'b' } } as Json,
  rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] },
};

export function imageOf({
  config = JSON.stringify(CONFIG),
  layers = [Buffer.from('layer')],
  change,
  manifest,
}: Parts): Made {
  const bytes = Buffer.from(config as string);
  const document: Json = {
    schemaVersion: 2,
    mediaType: TYPES.oci.manifest,
    config: descriptor(TYPES.oci.config, bytes),
    layers: layers.map((layer) => descriptor(TYPES.oci.layer, layer)),
  };
  change?.(document);
  return madeOf(manifest ?? JSON.stringify(document), TYPES.oci.manifest, [bytes, ...layers]);
}

/** An index whose entries are changed by the test. */
export function indexOf(
  children: readonly Made[],
  change: (index: { manifests: Json[] } & Json) => void = () => {},
): Made {
  const platforms = ['amd64', 'arm64', 's390x'].map((architecture) => ({ os: 'linux', architecture }));
  const manifests = children.map(
    (child, i): Json => ({ ...descriptor(child.mediaType, child.bytes), platform: platforms[i] }),
  );
  const document = { schemaVersion: 2, mediaType: TYPES.oci.index, manifests };
  change(document);
  return madeOf(JSON.stringify(document), TYPES.oci.index, [], children);
}

export interface TarFile {
  readonly path: string;
  readonly content?: Buffer | string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'FIFO';
  readonly linkpath?: string;
}

/** A tar archive of just these entries, hostile ones included. */
export function tarOf(files: readonly TarFile[]): Buffer {
  const entries = files.map(({ path, content = '', type = 'File', linkpath }) => {
    const bytes = Buffer.from(content as string);
    const header = Buffer.alloc(512);
    new Header({
      path,
      type,
      size: bytes.length,
      mode: 0o644,
      mtime: new Date(0),
      ...(linkpath && { linkpath }),
    }).encode(header);
    return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}

/** The files of a layout with one image, for an archive. */
export function layoutFiles(image: Made): TarFile[] {
  const all = (made: Made): Buffer[] => [made.bytes, ...made.blobs, ...made.children.flatMap(all)];
  return [
    { path: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    {
      path: 'index.json',
      content: JSON.stringify({ schemaVersion: 2, manifests: [descriptor(image.mediaType, image.bytes)] }),
    },
    ...all(image).map((content) => ({ path: `blobs/sha256/${hexOf(digestOf(content))}`, content })),
  ];
}

export function archiveOf(bytes: Buffer): string {
  const path = join(mkdtempSync(join(scratch(), 'archive-')), 'image.tar');
  writeFileSync(path, bytes);
  return path;
}

export function openArchive(bytes: Buffer, signal?: AbortSignal): Promise<OpenedImage> {
  return openHere({ type: 'archive', path: archiveOf(bytes), tag: undefined }, signal);
}
