import { RunError } from '../base/errors.js';
import type { RemoveOptions } from './image/collect-garbage.js';
import type { ObjectStore } from './object-store.js';

/** What keys of this program's own begin with: those that a store was tried with, and markers of removals. */
const OWN = '.pushgateway-ttl-';

/**
 * Takes back what killed runs have left: keys of their own, and parts of large objects. Not every store
 * can list those, and not every key may; then they stay.
 * @param before milliseconds since 1970
 */
export async function takeBackUnfinished(
  store: ObjectStore,
  prefix: string,
  before: number,
  { dryRun, log }: RemoveOptions,
): Promise<void> {
  if (dryRun) return;
  const own: string[] = [];
  for await (const { key, modified } of store.list(OWN)) {
    if (modified !== undefined && modified < before) own.push(key);
  }
  if (own.length > 0) await store.remove(own);
  try {
    const keys = await store.removeUnfinished(prefix, before);
    if (keys.length > 0) log.info(`${store.shown}: took back ${keys.length} uploads that were never ended`);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    log.debug(`Unfinished uploads in ${store.shown} stay: ${error.message}`);
  }
}
