import { open } from 'node:fs/promises';
import { DeleteObjectCommand, DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { sha256Hex } from '../../base/hash.js';
import type { Body, PutOptions } from '../object-store.js';
import { type ChecksumKind, changed, checksumOf, PART, type PartBuffers, readPart } from './body.js';
import { NoStoreError } from './failure.js';
import { signBody } from './headers.js';
import { uploadParts } from './multipart.js';
import { headObject } from './read.js';
import type { Try } from './requests.js';
import { doing, hasCause, objectOf, type S3Session } from './session.js';

/** Most keys of one request to remove objects, by the S3 API. */
const MOST_KEYS = 1000;

/** Puts objects into a bucket. */
export class S3Writer {
  private readonly session: S3Session;
  private readonly buffers: PartBuffers;
  /** What the store takes; found out as objects are put. */
  private checksum: ChecksumKind = 'sha256';

  constructor(session: S3Session, buffers: PartBuffers) {
    this.session = session;
    this.buffers = buffers;
  }

  async put(key: string, body: Body, options: PutOptions): Promise<'done' | 'changed'> {
    try {
      return await this.putWith(key, body, options);
    } catch (error) {
      // Stores that are older than this checksum refuse its header, or that of Content-MD5 where both are there.
      if (this.checksum !== 'sha256' || !hasCause(error, 'refused', 'unable')) throw error;
      this.checksum = 'md5';
      return await this.putWith(key, body, options).catch((second: unknown) => {
        this.checksum = 'sha256';
        throw second;
      });
    }
  }

  private async putWith(key: string, body: Body, options: PutOptions): Promise<'done' | 'changed'> {
    if (body instanceof Uint8Array) return await this.putBytes(key, body, options, 'the body');
    if (body.size > PART) return await this.putParts(key, body.file, body.size, options);
    const buffer = await this.buffers.take();
    const handle = await open(body.file, 'r').catch((error: unknown) => {
      this.buffers.give(buffer);
      throw error;
    });
    try {
      const bytes = await readPart(handle, buffer, { position: 0, length: body.size, file: body.file });
      return await this.putBytes(key, bytes, options, body.file);
    } finally {
      this.buffers.give(buffer);
      await handle.close();
    }
  }

  private async putBytes(
    key: string,
    Body: Uint8Array,
    options: PutOptions,
    file: string,
  ): Promise<'done' | 'changed'> {
    const hex = sha256Hex(Body);
    if (hex !== options.sha256) throw changed(file);
    const input = { ...this.objectFor(key, options), ...conditionOf(options), ...checksumOf(Body, hex, this.checksum) };
    return await this.settle(key, options, async ({ options: how }) => {
      const answer = await this.session.client.send(signBody(new PutObjectCommand({ ...input, Body }), hex), how);
      if (!answer.ETag) throw new NoStoreError('it took the object without a word');
    });
  }

  private putParts(key: string, file: string, size: number, options: PutOptions): Promise<'done' | 'changed'> {
    const { client, requests, undo, log } = this.session;
    const work = {
      ...{ client, requests, undo, log, file, size, buffers: this.buffers, checksum: this.checksum },
      sha256: options.sha256,
      doing: doing(this.session, 'write', 'write', key),
      object: this.objectFor(key, options),
      condition: conditionOf(options),
    };
    return uploadParts(work, (send) => this.settle(key, options, send));
  }

  /** Sends what makes the object, and says whether the condition held. */
  private async settle(
    key: string,
    options: PutOptions,
    send: (once: Try) => Promise<unknown>,
  ): Promise<'done' | 'changed'> {
    let tries = 0;
    try {
      await this.session.requests.run(doing(this.session, 'write', 'write', key), (once) => {
        tries++;
        return send(once);
      });
      return 'done';
    } catch (error) {
      if (!hasCause(error, 'condition', 'missing')) throw error;
      // An earlier try may have done it, and its answer been lost.
      if (tries > 1 && (await headObject(this.session, key))?.sha256 === options.sha256) return 'done';
      const isCondition = hasCause(error, 'condition') || (options.ifMatch !== undefined && options.ifMatch !== null);
      if (isCondition) return 'changed';
      throw error;
    }
  }

  private objectFor(key: string, { contentType, cacheControl, sha256 }: PutOptions) {
    const more = cacheControl === undefined ? {} : { CacheControl: cacheControl };
    return { ...objectOf(this.session, key), ContentType: contentType, Metadata: { sha256 }, ...more };
  }
}

function conditionOf({ ifMatch }: PutOptions): { IfMatch?: string; IfNoneMatch?: string } {
  if (ifMatch === undefined) return {};
  return ifMatch === null ? { IfNoneMatch: '*' } : { IfMatch: ifMatch };
}

/** Removes objects, many with a request where the store can. */
export async function removeObjects(session: S3Session, keys: readonly string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    const some = keys.slice(from, from + MOST_KEYS);
    if (some.length > 1 && (await removeTogether(session, some))) continue;
    for (const key of some) await removeOne(session, key);
  }
}

async function removeOne(session: S3Session, key: string): Promise<void> {
  const command = new DeleteObjectCommand(objectOf(session, key));
  try {
    await session.requests.run(doing(session, 'remove', 'remove', key), ({ options }) =>
      session.client.send(command, options),
    );
  } catch (error) {
    if (!hasCause(error, 'missing')) throw error;
  }
}

/** @returns false where they have to be removed one by one: the store cannot do it, or did not remove them all */
async function removeTogether(session: S3Session, keys: readonly string[]): Promise<boolean> {
  const Objects = keys.map((key) => ({ Key: session.prefix + key }));
  const command = new DeleteObjectsCommand({ Bucket: session.bucket, Delete: { Objects, Quiet: true } });
  try {
    const { Errors = [] } = await session.requests.run(
      doing(session, 'remove', `remove ${keys.length} objects, the first`, keys[0] ?? ''),
      ({ options }) => session.client.send(command, options),
    );
    return Errors.length === 0;
  } catch (error) {
    if (hasCause(error, 'refused', 'unable', 'other')) return false;
    throw error;
  }
}
