import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../../base/hash.js';
import { pause } from '../../base/limit.js';
import type { Log } from '../../base/log.js';
import type { ObjectStore } from '../object-store.js';

// Pushes and removals that go on at once tell each other of themselves by small objects, markers. A push says which keys it
// needs, waits until removals that are under way have ended, and then looks what is there. A removal sets its marker, looks
// what pushes need, then which tags there are, and removes the rest. Whichever comes later sees the other, so a push finds
// all that it needs still there when it sets its tag.

const REMOVING = '.pushgateway-ttl-removing-';
const PUSHING = '.pushgateway-ttl-pushing-';

/** Longest list of keys that is read, in bytes. */
const MOST_KEYS = 4 * 1024 * 1024;

/** The marker of a removal that is older belongs to one that was killed; milliseconds. */
const OLDEST = 5 * 60_000;

/** How often a push looks whether a removal has ended, and for how long at most; milliseconds. */
const EVERY = 300;
const LONGEST = 60_000;

/** Pushes something that needs these keys. A push that is killed leaves its marker to a later garbage collection. */
export async function whilePushing<T>(
  store: ObjectStore,
  keys: readonly string[],
  { log, signal }: { readonly log: Log; readonly signal?: AbortSignal | undefined },
  work: () => Promise<T>,
): Promise<T> {
  return withMarker(store, PUSHING, JSON.stringify(keys), async () => {
    await untilNothingIsRemoved(store, log, signal);
    return await work();
  });
}

/**
 * Removes something.
 * @param since milliseconds since 1970; the marker of a push that is older belongs to one that was killed
 * @param work is given the keys that pushes need; it looks for tags after that
 */
export async function whileRemoving(
  store: ObjectStore,
  since: number,
  work: (needed: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  await withMarker(store, REMOVING, 'removing', async () => work(await neededByPushes(store, since)));
}

async function withMarker<T>(store: ObjectStore, prefix: string, text: string, work: () => Promise<T>): Promise<T> {
  const key = prefix + randomBytes(8).toString('hex');
  const body = Buffer.from(text);
  try {
    await store.put(key, body, { contentType: 'text/plain', sha256: sha256Hex(body) });
    return await work();
  } finally {
    // Where this fails, the marker is old some time.
    await store.forget([key]);
  }
}

async function neededByPushes(store: ObjectStore, since: number): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  for await (const { key, modified } of store.list(PUSHING)) {
    if (modified !== undefined && modified <= since) continue;
    const found = await store.get(key, MOST_KEYS);
    for (const each of found ? keysIn(found.bytes) : []) needed.add(each);
  }
  return needed;
}

function keysIn(bytes: Buffer): string[] {
  try {
    const keys: unknown = JSON.parse(bytes.toString('utf8'));
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
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
  for await (const { modified } of store.list(REMOVING)) {
    if (modified === undefined || modified > Date.now() - OLDEST) return true;
  }
  return false;
}
