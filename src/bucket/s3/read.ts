import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { RunError } from '../../base/errors.js';
import { sha256Hex } from '../../base/hash.js';
import type { ObjectInfo, StoredObject } from '../object-store.js';
import { S3Error } from './errors.js';
import { DamagedError, NoStoreError } from './failure.js';
import { askChecksum } from './headers.js';
import { doing, hasCause, objectOf, type S3Session } from './session.js';

/** @throws S3Error; undefined where there is no such object */
export async function headObject(session: S3Session, key: string): Promise<ObjectInfo | undefined> {
  const { client, requests } = session;
  const command = new HeadObjectCommand(objectOf(session, key));
  try {
    const answer = await requests.run(doing(session, 'read', 'look at', key), ({ options }) =>
      client.send(command, options),
    );
    const { ContentLength: size = 0, ETag: etag = '', ContentType: contentType, Metadata, LastModified } = answer;
    return { key, size, etag, contentType, sha256: Metadata?.sha256, modified: LastModified?.getTime() };
  } catch (error) {
    if (hasCause(error, 'missing')) return undefined;
    // An answer to HEAD has no body that says why; one to GET has.
    if (error instanceof S3Error && error.failure.status !== undefined) await askWhy(session, key);
    throw error;
  }
}

async function askWhy(session: S3Session, key: string): Promise<void> {
  const command = new GetObjectCommand({ ...objectOf(session, key), Range: 'bytes=0-0' });
  const { Body } = await session.requests.run(doing(session, 'read', 'look at', key), ({ options }) =>
    session.client.send(command, options),
  );
  (Body as Readable | undefined)?.destroy();
}

/**
 * @param most bytes
 * @throws RunError where there are more, or others than were put there; undefined where there is no such object
 */
export async function getObject(session: S3Session, key: string, most: number): Promise<StoredObject | undefined> {
  const what = doing(session, 'read', 'read', key);
  try {
    return await session.requests.run(what, async ({ options }) => {
      const command = askChecksum(new GetObjectCommand(objectOf(session, key)));
      const answer = await session.client.send(command, options);
      const body = answer.Body as Readable;
      const tooLarge = () => new RunError(`Could not ${what.what}: it is larger than the ${most} bytes that are taken`);
      if ((answer.ContentLength ?? 0) > most) {
        body.destroy();
        throw tooLarge();
      }
      const bytes = await collect(body, most, session.requests.signal, tooLarge);
      checkBytes(bytes, answer);
      return { bytes, etag: answer.ETag ?? '', contentType: answer.ContentType };
    });
  } catch (error) {
    if (hasCause(error, 'missing')) return undefined;
    throw error;
  }
}

async function collect(
  body: Readable,
  most: number,
  signal: AbortSignal | undefined,
  tooLarge: () => Error,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const take = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > most) throw tooLarge();
      chunks.push(chunk);
    }
  };
  await pipeline(body, take, signal === undefined ? {} : { signal });
  return Buffer.concat(chunks);
}

/** By the length, by the digest that `put` has left, and by the checksum that the store keeps of objects of one part. */
function checkBytes(bytes: Buffer, { ContentLength, Metadata, ChecksumSHA256 }: GetObjectCommandOutput): void {
  if (ContentLength !== undefined && ContentLength !== bytes.length) {
    throw new DamagedError(`${bytes.length} bytes arrived instead of ${ContentLength}`);
  }
  const kept = Metadata?.sha256 ?? hexOfChecksum(ChecksumSHA256);
  const found = sha256Hex(bytes);
  if (kept !== undefined && kept !== found) throw new DamagedError(`its SHA-256 is ${found} instead of ${kept}`);
}

function hexOfChecksum(checksum: string | undefined): string | undefined {
  // That of several parts has their number at its end, and is none of the bytes.
  return checksum === undefined || checksum.includes('-') ? undefined : Buffer.from(checksum, 'base64').toString('hex');
}

/** Every object below a prefix. */
export async function* listObjects(session: S3Session, prefix: string): AsyncGenerator<ObjectInfo> {
  const { client, requests, bucket } = session;
  const Prefix = session.prefix + prefix;
  let token: string | undefined;
  do {
    const more = token === undefined ? {} : { ContinuationToken: token };
    const page = await requests.run(doing(session, 'list', 'list', prefix), async ({ options }) => {
      const answer = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ...more }), options);
      if (answer.IsTruncated === undefined) throw new NoStoreError('what it gave is no list');
      return answer;
    });
    for (const { Key, Size: size = 0, ETag: etag = '', LastModified } of page.Contents ?? []) {
      if (Key?.startsWith(Prefix)) {
        const key = Key.slice(session.prefix.length);
        yield { key, size, etag, contentType: undefined, sha256: undefined, modified: LastModified?.getTime() };
      }
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}
