import { InputError } from '../base/errors.js';

/** What a store says of an object without giving it. */
export interface ObjectInfo {
  /** Without the destination's prefix. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** As the store writes it, quotes included; another content has another one. */
  readonly etag: string;
  /** Undefined in a list. */
  readonly contentType: string | undefined;
  /** Hex, as `put` has kept it; undefined in a list, and where another program has written the object. */
  readonly sha256: string | undefined;
  /** When it was written last, in milliseconds since 1970, by the store's clock. */
  readonly modified: number | undefined;
}

/** Bytes at hand, or a file of so many bytes that is read as it is sent. */
export type Body = Uint8Array | { readonly file: string; readonly size: number };

export interface PutOptions {
  readonly contentType: string;
  readonly cacheControl?: string;
  /** Of the whole body, lower-case hex. Sent as checksum, and kept as metadata, by which `get` checks what it gets. */
  readonly sha256: string;
  /** Write only where the object has this etag; null: only where there is none. Not every store obeys it. */
  readonly ifMatch?: string | null;
}

export interface StoredObject {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly contentType: string | undefined;
}

/**
 * A bucket, or what is below a prefix in one; keys have no prefix here. Every operation is tried again where that may
 * help, and throws RunError or InputError in words, KeyConflictError, or CancelledError.
 */
export interface ObjectStore {
  /** The destination as it was given, without its query: `s3://bucket/prefix`. */
  readonly shown: string;
  /** Undefined where there is no such object. */
  head(key: string): Promise<ObjectInfo | undefined>;
  /** @param most bytes; a larger object is an error */
  get(key: string, most: number): Promise<StoredObject | undefined>;
  /** Writes an object whole or not at all. `changed`: the condition did not hold, and nothing was written. */
  put(key: string, body: Body, options: PutOptions): Promise<'done' | 'changed'>;
  /** Every object whose key begins so, in the order of the store. */
  list(prefix: string): AsyncGenerator<ObjectInfo>;
  /** What is not there counts as removed. */
  remove(keys: readonly string[]): Promise<void>;
  /** Removes what was there for this run alone, also where it was cancelled, within seconds; or leaves it. */
  forget(keys: readonly string[]): Promise<void>;
  /**
   * Takes back what killed runs have left of large objects: parts, which are in no list.
   * @param before milliseconds since 1970; what was begun later may still be under way
   * @returns keys
   */
  removeUnfinished(prefix: string, before: number): Promise<string[]>;
  /** Whether the store obeys the conditions of `put`; found out once, by trying on a key of its own. */
  isConditional(): Promise<boolean>;
  /** Whether the store can hold an object `a` beside one `a/b`; found out once, by trying on keys of its own. */
  canNest(): Promise<boolean>;
}

/**
 * The store maps keys to files, and cannot hold an object `a` beside one `a/b`. Nothing was written. `canNest` says it
 * before.
 */
export class KeyConflictError extends InputError {
  /** The key that could not be written, without the destination's prefix. */
  readonly key: string;

  constructor(message: string, key: string) {
    super(message);
    this.key = key;
  }
}
