import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { CancelledError, messageOf, RunError } from '../../base/errors.js';
import { sha256Hex } from '../../base/hash.js';
import type { Log } from '../../base/log.js';
import { type ChecksumKind, changed, checksumOf, PART, type PartBuffers, readPart } from './body.js';
import type { S3Doing } from './errors.js';
import { classifyS3 } from './failure.js';
import { signBody } from './headers.js';
import type { S3Requests, Try } from './requests.js';

/** Most parts of an upload, by the S3 API. */
const MOST_PARTS = 10_000;

export interface Multipart {
  readonly client: S3Client;
  readonly requests: S3Requests;
  /** For what takes back an upload that failed or was cancelled. */
  readonly undo: () => AbortSignal;
  readonly buffers: PartBuffers;
  readonly log: Log;
  readonly checksum: ChecksumKind;
  readonly doing: S3Doing;
  readonly file: string;
  readonly size: number;
  /** Lower-case hex, of the whole file. */
  readonly sha256: string;
  /** Bucket, key, and what the object is to be. */
  readonly object: CreateMultipartUploadCommandInput;
  readonly condition: { readonly IfMatch?: string; readonly IfNoneMatch?: string };
}

interface Upload {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly UploadId: string | undefined;
}

/**
 * Uploads a large file in parts, which become an object when the last request says so; before that nothing is visible.
 * What fails is taken back: parts that lie about cost money, and nobody sees them.
 * @param complete makes of the last request what `put` does: tells whether the condition held
 */
export async function uploadParts(
  work: Multipart,
  complete: (send: (once: Try) => Promise<unknown>) => Promise<'done' | 'changed'>,
): Promise<'done' | 'changed'> {
  if (work.size > PART * MOST_PARTS) {
    throw new RunError(`${work.file} is larger than the ${PART * MOST_PARTS} bytes that can be uploaded`);
  }
  const { client, requests, doing, object } = work;
  const handle = await open(work.file, 'r');
  try {
    const algorithm = work.checksum === 'sha256' ? { ChecksumAlgorithm: 'SHA256' as const } : {};
    const begin = new CreateMultipartUploadCommand({ ...object, ...algorithm });
    const upload = await requests.run(doing, ({ options }) => beginUpload(work, begin, options.abortSignal));
    try {
      const parts = await sendParts(work, upload, handle);
      const end = { ...upload, ...work.condition, MultipartUpload: { Parts: parts } };
      const result = await complete(({ options }) => client.send(new CompleteMultipartUploadCommand(end), options));
      if (result === 'changed') await takeBack(work, upload);
      return result;
    } catch (error) {
      await takeBack(work, upload);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/**
 * Begins an upload. Where the run is cancelled meanwhile, the answer is waited for all the same, and the upload taken back:
 * the store has begun it, and its id is told but once.
 */
async function beginUpload(
  work: Multipart,
  begin: CreateMultipartUploadCommand,
  signal: AbortSignal | undefined,
): Promise<Upload> {
  const late = new AbortController();
  const onAbort = () => work.undo().addEventListener('abort', () => late.abort(), { once: true });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const { UploadId } = await work.client.send(begin, { abortSignal: late.signal });
    const upload = { Bucket: work.object.Bucket, Key: work.object.Key, UploadId };
    if (signal?.aborted) {
      await takeBack(work, upload);
      throw new CancelledError();
    }
    return upload;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Reads the file once, in order, and sends its parts side by side. */
async function sendParts(work: Multipart, upload: Upload, handle: FileHandle): Promise<CompletedPart[]> {
  const { size, file, buffers, log, doing } = work;
  const whole = createHash('sha256');
  const parts: Promise<CompletedPart>[] = [];
  let sent = 0;
  let hasFailed = false;
  try {
    for (let position = 0; position < size && !hasFailed; position += PART) {
      const length = Math.min(PART, size - position);
      const buffer = await buffers.take();
      const bytes = await readPart(handle, buffer, { position, length, file }).catch((error: unknown) => {
        buffers.give(buffer);
        throw error;
      });
      whole.update(bytes);
      const part = sendPart(work, upload, parts.length + 1, bytes).finally(() => buffers.give(buffer));
      parts.push(part);
      part.then(
        () => {
          sent += length;
          log.progress(`${doing.what}: ${megabytes(sent)} of ${megabytes(size)} MB`);
        },
        () => {
          hasFailed = true;
        },
      );
    }
  } finally {
    await Promise.allSettled(parts);
  }
  const completed = await Promise.all(parts);
  if (whole.digest('hex') !== work.sha256) throw changed(file);
  return completed;
}

async function sendPart(
  { client, requests, doing, checksum }: Multipart,
  upload: Upload,
  PartNumber: number,
  Body: Buffer,
): Promise<CompletedPart> {
  const hex = sha256Hex(Body);
  const sums = checksumOf(Body, hex, checksum);
  const answer = await requests.run(doing, ({ options }) =>
    client.send(signBody(new UploadPartCommand({ ...upload, PartNumber, Body, ...sums }), hex), options),
  );
  const { ChecksumSHA256 = sums.ChecksumSHA256 } = answer;
  return { PartNumber, ETag: answer.ETag, ...(ChecksumSHA256 === undefined ? {} : { ChecksumSHA256 }) };
}

/**
 * Without the caller's signal, which may be what ended the upload. A part that was on its way can still arrive after the
 * upload was taken back, bring it to life again, or make the store fail; so it is asked again until the store knows the
 * upload no more, as S3's description of `AbortMultipartUpload` has it.
 */
async function takeBack({ client, log, doing, undo }: Multipart, upload: Upload): Promise<void> {
  const abortSignal = undo();
  for (;;) {
    try {
      await client.send(new AbortMultipartUploadCommand(upload), { abortSignal });
      await sleep(100);
      await client.send(new ListPartsCommand({ ...upload, MaxParts: 1 }), { abortSignal });
    } catch (error) {
      if (classifyS3(error).cause === 'missing') return;
      log.debug(`${doing.what}: the parts that were uploaded could not be taken back: ${messageOf(error)}`);
      if (abortSignal.aborted) return;
      await sleep(100);
    }
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
