import { stat } from 'node:fs/promises';
import { ignoreMissing, RunError } from '../base/errors.js';
import { type Digest, digestOf, sha256File } from '../base/hash.js';
import type { ImageBase } from '../spec/build-spec.js';

/** Longest manifest, index or config that is read, in bytes: what registries accept (distribution's limit is 4 MiB). */
export const MAX_DOCUMENT = 4 * 1024 * 1024;

/** A blob by its digest and length in bytes. */
export interface BlobInfo {
  readonly digest: Digest;
  readonly size: number;
}

/** Bytes that are not there, or not those that were asked for. */
export class WrongBytesError extends RunError {}

/**
 * Where a base image, or one under examination, comes from, when its reference has been resolved: all that follows goes by
 * digest.
 */
export interface BaseSource {
  /** How the spec records it; the digest is that of `bytes`. */
  readonly spec: ImageBase;
  /** The index or manifest that the reference leads to. */
  readonly bytes: Buffer;
  /** The bytes of one platform's manifest, checked. */
  manifest(info: BlobInfo): Promise<Buffer>;
  /** The bytes of the config of the image `manifest`, checked; no layer is fetched for it. */
  config(manifest: Digest, info: BlobInfo): Promise<Buffer>;
  /**
   * Files with the given blobs of the image `manifest`, each checked.
   * @param most bytes that the whole image may come to; what sends more is stopped
   */
  blobs(manifest: Digest, wanted: readonly BlobInfo[], most?: number): Promise<Map<Digest, string>>;
}

/** @throws WrongBytesError where the bytes are others than those that were asked for */
export function checkBytes(bytes: Buffer, { digest, size }: BlobInfo): Buffer {
  if (bytes.length !== size)
    throw new WrongBytesError(`${digest} has ${bytes.length} bytes; its descriptor says ${size}`);
  const found = digestOf(bytes);
  if (found !== digest) throw new WrongBytesError(`what was given for ${digest} has the digest ${found}`);
  return bytes;
}

/** @throws WrongBytesError where the file is not there, or holds another content than that of the digest */
export async function checkFile(path: string, { digest, size }: BlobInfo, signal?: AbortSignal): Promise<void> {
  const stats = await stat(path).catch(ignoreMissing);
  if (!stats?.isFile()) throw new WrongBytesError(`the blob ${digest} is missing`);
  if (stats.size !== size)
    throw new WrongBytesError(`the blob ${digest} has ${stats.size} bytes; its descriptor says ${size}`);
  const found = `sha256:${await sha256File(path, signal)}`;
  if (found !== digest) throw new WrongBytesError(`what was given for the blob ${digest} has the digest ${found}`);
}
