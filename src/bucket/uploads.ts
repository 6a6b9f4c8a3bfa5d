import { CancelledError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import type { Log } from '../base/log.js';
import { inParallel } from '../base/parallel.js';
import type { Body, ObjectInfo, ObjectStore } from './object-store.js';

/** One object to be in a bucket. */
export interface Upload {
  readonly key: string;
  readonly contentType: string;
  /** Hex. */
  readonly sha256: string;
  readonly body: Body;
  /** Where it comes from, for the user: a path, or what it is. */
  readonly source: string;
  /** Whether the key itself says what is in it, by its digest. */
  readonly isByDigest: boolean;
}

/** Files that are uploaded at once. */
const AT_ONCE = 4;

/** Longest object that is read to see whether it is the same, in bytes. */
const MOST_COMPARED = 4 * 1024 * 1024;

export interface UploadOptions {
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** Told of each object that was written. */
  readonly onUploaded: (upload: Pick<Upload, 'source' | 'key'>) => void;
}

/** What came of some uploads. */
export interface Uploaded {
  readonly written: readonly Upload[];
  /** Those that were there already. */
  readonly skipped: readonly Upload[];
}

export function sizeOf(body: Body): number {
  return body instanceof Uint8Array ? body.length : body.size;
}

/** Makes an upload of bytes at hand. */
export function bytesUpload(
  key: string,
  contentType: string,
  bytes: Uint8Array,
  source: string,
  isByDigest = false,
): Upload {
  return { key, contentType, sha256: sha256Hex(bytes), body: bytes, source, isByDigest };
}

/**
 * Writes what is not there yet, several at once.
 * @throws RunError, InputError as the store; CancelledError
 */
export async function uploadMissing(
  store: ObjectStore,
  uploads: readonly Upload[],
  { log, signal, onUploaded }: UploadOptions,
): Promise<Uploaded> {
  const [written, skipped]: [Upload[], Upload[]] = [[], []];
  let done = 0;
  const all = uploads.reduce((sum, { body }) => sum + sizeOf(body), 0);
  await inParallel(uploads, AT_ONCE, async (upload) => {
    if (signal?.aborted) throw new CancelledError();
    log.progress(`${store.shown}: ${megabytes(done)} of ${megabytes(all)} MB; ${upload.source}`);
    if (await isThere(store, upload)) skipped.push(upload);
    else {
      await write(store, upload);
      written.push(upload);
      onUploaded(upload);
    }
    done += sizeOf(upload.body);
  });
  return { written, skipped };
}

/** Writes again what has gone since it was found there or written: another run may have removed it as garbage. */
export async function restoreGone(
  store: ObjectStore,
  uploads: readonly Upload[],
  options: UploadOptions,
): Promise<readonly Upload[]> {
  const { written } = await uploadMissing(store, uploads, options);
  for (const { key } of written) options.log.notice(`${store.shown}/${key} was removed meanwhile, and is there again`);
  return written;
}

async function write(store: ObjectStore, { key, body, contentType, sha256 }: Upload): Promise<void> {
  await store.put(key, body, { contentType, sha256 });
}

/** Whether an object is in the bucket as it should be: length, media type, and content. */
async function isThere(store: ObjectStore, upload: Upload): Promise<boolean> {
  const found = await store.head(upload.key);
  if (!found || found.size !== sizeOf(upload.body)) return false;
  // A folder, to stores that keep objects as files: it has a type of its own, and nothing to compare.
  if (upload.key.endsWith('/')) return true;
  if (!isType(found, upload.contentType)) return false;
  if (found.sha256 !== undefined) return found.sha256 === upload.sha256;
  if (upload.isByDigest) return true;
  if (found.size > MOST_COMPARED) return false;
  const there = await store.get(upload.key, MOST_COMPARED);
  return there !== undefined && sha256Hex(there.bytes) === upload.sha256;
}

/** Stores may write a media type in another case, or add a charset. */
function isType({ contentType = '' }: ObjectInfo, wanted: string): boolean {
  return contentType.toLowerCase() === wanted.toLowerCase();
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
