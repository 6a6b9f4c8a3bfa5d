import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CancelledError } from './errors.js';

/** A digest as the OCI image spec writes it: `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

/** Lower-case hex SHA-256. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function digestOf(data: string | Uint8Array): Digest {
  return `sha256:${sha256Hex(data)}`;
}

/** The digest of a hash that has been fed; ends the hash. */
export function digestFrom(hash: Hash): Digest {
  return `sha256:${hash.digest('hex')}`;
}

/** Bytes that are read at once: by Node's own choice, 64 KiB, reading takes longer than hashing. */
const CHUNK = 1024 * 1024;

/**
 * Streams a file through SHA-256; lower-case hex.
 * @throws CancelledError where the signal is aborted; system errors
 */
export async function sha256File(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK, signal })) hash.update(chunk);
  } catch (error) {
    throw signal?.aborted ? new CancelledError() : error;
  }
  return hash.digest('hex');
}

/** The hex digits of a digest, as blobs are named in an OCI layout. */
export function hexOf(digest: Digest): string {
  return digest.slice('sha256:'.length);
}
