import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../base/hash.js';
import { pause } from '../base/limit.js';
import type { Log } from '../base/log.js';
import type { ObjectStore } from './object-store.js';

const PREFIX = '.pushgateway-ttl-removing-';

/** A marker that is older belongs to a run that was killed; milliseconds. */
const OLDEST = 5 * 60_000;

/** How often a push looks whether a removal has ended, and for how long at most; milliseconds. */
const EVERY = 300;
const LONGEST = 60_000;

/**
 * Removes something with a marker beside it, which `untilNothingIsRemoved` waits for. With it a push and a removal that go on
 * at once cannot miss each other: the removal sets its marker, looks which tags there are, and removes; the push sets its
 * tag, looks for markers, and then whether all that it needs is there. Whichever comes later sees the other.
 */
export async function withMarker(store: ObjectStore, work: () => Promise<void>): Promise<void> {
  const key = PREFIX + randomBytes(8).toString('hex');
  const body = Buffer.from('removing');
  await store.put(key, body, { contentType: 'text/plain', sha256: sha256Hex(body) });
  try {
    await work();
  } finally {
    // Where this fails, the marker is old in a few minutes.
    await store.forget([key]);
  }
}

/** Waits until removals that are under way have ended. */
export async function untilNothingIsRemoved(store: ObjectStore, log: Log, signal?: AbortSignal): Promise<void> {
  for (let waited = 0; waited < LONGEST && (await isBeingRemoved(store)); waited += EVERY) {
    log.progress(`${store.shown}: waiting for another run that removes objects`);
    await pause(EVERY, signal);
  }
}

async function isBeingRemoved(store: ObjectStore): Promise<boolean> {
  for await (const { modified } of store.list(PREFIX)) {
    if (modified === undefined || modified > Date.now() - OLDEST) return true;
  }
  return false;
}
