import { silentLog } from '../../src/base/log.js';
import { parseDestination, type S3Destination } from '../../src/bucket/destination.js';
import type { ObjectStore } from '../../src/bucket/object-store.js';
import { openS3, type S3Context } from '../../src/bucket/s3/store.js';
import type { TestStore } from './buckets.js';

export interface Opened extends ObjectStore {
  /** What was logged, at any level. */
  readonly lines: string[];
}

/** Opens a destination with a log that is kept, and retries that come soon. */
export async function openDestination(
  text: string,
  env: Readonly<Record<string, string>>,
  more: Partial<S3Context> = {},
): Promise<Opened> {
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const log = { ...silentLog, info: keep, notice: keep, warning: keep, debug: keep, progress: keep };
  const store = await openS3(parseDestination(text, 'destinations') as S3Destination, {
    ...{ env, log, retries: 5, firstDelay: 10 },
    ...more,
  });
  return { ...store, lines };
}

/** The bucket of a test server, or what is below a prefix in it. */
export function openStore(store: TestStore, prefix = '', more: Partial<S3Context> = {}): Promise<Opened> {
  return openDestination(store.destination(prefix), store.env, more);
}

/** The same through another address, as a proxy's. */
export function openThrough(store: TestStore, url: string, more: Partial<S3Context> = {}): Promise<Opened> {
  return openDestination(store.destination().replace(store.url, url), store.env, more);
}
