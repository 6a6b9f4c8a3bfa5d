import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../../base/hash.js';
import { KeyConflictError, type ObjectStore } from '../object-store.js';
import { hasCause } from './session.js';

/** What a store is tried with. */
export type Probed = Pick<ObjectStore, 'put' | 'head' | 'forget'>;

/** A key that nobody else has; its name says where it comes from if it should stay behind. */
function probeKey(): string {
  return `.pushgateway-ttl-probe-${randomBytes(8).toString('hex')}`;
}

function write(store: Probed, key: string, text: string, ifMatch?: string | null): Promise<'done' | 'changed'> {
  const body = Buffer.from(text);
  const condition = ifMatch === undefined ? {} : { ifMatch };
  return store.put(key, body, { contentType: 'text/plain', sha256: sha256Hex(body), ...condition });
}

/**
 * Whether a store obeys the conditions of `put`, found out by trying each of them both ways.
 * @throws what the store's operations throw, as where one may not write there
 */
export async function obeysConditions(store: Probed): Promise<boolean> {
  const key = probeKey();
  try {
    if ((await write(store, key, 'first', null)) !== 'done') return false;
    if ((await write(store, key, 'second', null)) !== 'changed') return false;
    const etag = (await store.head(key))?.etag;
    if (!etag || (await write(store, key, 'third', `"${'0123456789abcdef'.repeat(2)}"`)) !== 'changed') return false;
    return (await write(store, key, 'fourth', etag)) === 'done';
  } catch (error) {
    // Some stores refuse requests with conditions instead of passing over them.
    if (hasCause(error, 'refused', 'unable')) return false;
    throw error;
  } finally {
    await store.forget([key]);
  }
}

/** Whether a store can hold an object `a` beside one `a/b`. */
export async function holdsNested(store: Probed): Promise<boolean> {
  const key = probeKey();
  try {
    await write(store, key, 'outer');
    await write(store, `${key}/inner`, 'inner');
    return true;
  } catch (error) {
    if (error instanceof KeyConflictError) return false;
    throw error;
  } finally {
    await store.forget([`${key}/inner`, key]);
  }
}
