import { RunError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import { pause } from '../base/limit.js';
import type { ObjectStore } from './object-store.js';

/** Largest document that is read, in bytes. */
const MOST = 16 * 1024 * 1024;

/** How often it is tried: where so many rounds do not do, something writes all the time. */
const ROUNDS = 60;

/**
 * Milliseconds between writing and reading back, where a store knows no conditions: longer than another writer takes from
 * reading to the end of writing.
 */
const SETTLE = 1500;

/** Longest wait before another round where another writer was faster, in milliseconds. */
const LONGEST_WAIT = 2000;

/**
 * Changes a small document that several writers change, as a list of tags.
 *
 * Where the store obeys conditions, it is written only if it is still what was read, and no change is lost. Where it does
 * not, it is written, read back after a while, and changed again where the change has gone. A change is lost there only to a
 * writer who takes longer than that while from reading to the end of writing: over a connection that stalls, say.
 * @param read of undefined: there is no such object
 * @param change undefined: the document is as it should be. It is asked again for what it has changed, and must then say so
 * @returns the document as it is now
 */
export async function editJson<T>(
  store: ObjectStore,
  key: string,
  contentType: string,
  read: (bytes: Buffer | undefined) => T,
  change: (value: T) => T | undefined,
  write: (value: T) => Buffer,
  signal?: AbortSignal,
): Promise<T> {
  const isConditional = await store.isConditional();
  for (let round = 0; round < ROUNDS; round++) {
    const found = await store.get(key, MOST);
    const value = read(found?.bytes);
    const changed = change(value);
    if (changed === undefined) return value;
    const body = write(changed);
    const options = { contentType, sha256: sha256Hex(body) };
    if (!isConditional) {
      await store.put(key, body, options);
      await pause(SETTLE * (1 + Math.random() * Math.min(round, 3)), signal);
      continue;
    }
    if ((await store.put(key, body, { ...options, ifMatch: found?.etag ?? null })) === 'done') return changed;
    await pause(Math.random() * Math.min(LONGEST_WAIT, 50 * 2 ** round), signal);
  }
  throw new RunError(
    `Could not change ${key} in ${store.shown}: other writers were faster ${ROUNDS} times. Run again once they are done`,
  );
}
