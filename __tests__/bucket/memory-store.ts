import { readFileSync } from 'node:fs';
import { digestOf } from '../../src/base/hash.js';
import type { ObjectInfo, ObjectStore, PutOptions, StoredObject } from '../../src/bucket/object-store.js';

interface Kept extends Omit<PutOptions, 'ifMatch'> {
  readonly bytes: Buffer;
  modified: number;
}

/** A store in memory, for what is decided and in which order; servers of S3 are in the longer tests. */
export class MemoryStore implements ObjectStore {
  readonly shown = 's3://memory';
  readonly objects = new Map<string, Kept>();
  /** `put KEY`, `remove KEY`, in their order. */
  readonly done: string[] = [];
  isFlat = true;
  /** Called before each operation. */
  before: (what: string, key: string) => void = () => {};

  async head(key: string): Promise<ObjectInfo | undefined> {
    this.before('head', key);
    return this.info(key);
  }

  async get(key: string, most: number): Promise<StoredObject | undefined> {
    this.before('get', key);
    const found = this.objects.get(key);
    if (!found) return undefined;
    if (found.bytes.length > most) throw new Error('too large');
    return { bytes: found.bytes, etag: digestOf(found.bytes), contentType: found.contentType };
  }

  async put(key: string, body: Parameters<ObjectStore['put']>[1], options: PutOptions): Promise<'done' | 'changed'> {
    this.before('put', key);
    const found = this.info(key);
    if (options.ifMatch === null && found) return 'changed';
    if (typeof options.ifMatch === 'string' && found?.etag !== options.ifMatch) return 'changed';
    const bytes = body instanceof Uint8Array ? Buffer.from(body) : readFileSync(body.file);
    this.objects.set(key, { ...options, bytes, modified: Date.now() });
    this.done.push(`put ${key}`);
    return 'done';
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    for (const key of [...this.objects.keys()].sort()) {
      const info = key.startsWith(prefix) ? this.info(key) : undefined;
      if (info) yield { ...info, contentType: undefined, sha256: undefined };
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.before('remove', key);
      this.objects.delete(key);
      this.done.push(`remove ${key}`);
    }
  }

  forget(keys: readonly string[]): Promise<void> {
    return this.remove(keys).catch(() => {});
  }

  async removeUnfinished(): Promise<string[]> {
    return [];
  }

  async isConditional(): Promise<boolean> {
    return true;
  }

  async canNest(): Promise<boolean> {
    return this.isFlat;
  }

  keys(): string[] {
    return [...this.objects.keys()].sort();
  }

  /** As if everything had been written so long ago. */
  age(milliseconds: number): void {
    for (const kept of this.objects.values()) kept.modified -= milliseconds;
  }

  private info(key: string): ObjectInfo | undefined {
    const found = this.objects.get(key);
    if (!found) return undefined;
    const { bytes, contentType, sha256, modified } = found;
    return { key, size: bytes.length, etag: digestOf(bytes), contentType, sha256, modified };
  }
}
