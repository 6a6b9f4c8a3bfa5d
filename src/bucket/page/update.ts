import { CancelledError, RunError } from '../../base/errors.js';
import { sha256Hex } from '../../base/hash.js';
import { pause } from '../../base/limit.js';
import { ManifestReader } from '../image/reach.js';
import type { ObjectStore } from '../object-store.js';
import { addressOfPage, writePage } from './html.js';
import { canHavePage, nameOfPage, PAGES_ROOT, pageAddress, pageKey } from './key.js';
import { readPageModel } from './model.js';
import type { PageSite } from './tag.js';

/** Largest page that is read, in bytes; what is larger is somebody else's. */
const MOST = 16 * 1024 * 1024;

/** How often it is tried, where other runs change the bucket or the page meanwhile. */
const ROUNDS = 60;

/** Milliseconds between writing and looking again where a store knows no conditions, as for the lists of tags. */
const SETTLE = 1500;

/** Longest wait before another round where another run was faster, in milliseconds. */
const LONGEST_WAIT = 2000;

/** A page of this program that a bucket has. */
interface OwnPage {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly site: string;
}

/**
 * The page of a name as it is in a bucket.
 * @returns undefined where there is none; `foreign` where something else lies there
 */
export async function findPage(store: ObjectStore, name: string): Promise<OwnPage | 'foreign' | undefined> {
  const key = pageKey(name);
  const info = await store.head(key);
  if (!info) return undefined;
  if (info.size > MOST) return 'foreign';
  const found = await store.get(key, MOST);
  if (!found) return undefined;
  const address = addressOfPage(found.bytes);
  const site = address === undefined || !URL.canParse(address) ? '' : new URL(address).origin;
  return pageAddress(site, name) === address ? { bytes: found.bytes, etag: found.etag, site } : 'foreign';
}

export interface PageOptions extends Pick<PageSite, 'verifyCommand'> {
  /** Undefined: a page that is there is brought up to date, and none is made. */
  readonly site: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of it: `same`, where the page was right already; `none`, where there is none and none is wanted. */
export type PageOutcome = 'written' | 'removed' | 'same' | 'none';

/**
 * Brings the page of a name to what the bucket has; where that is no tag any more, the page goes.
 *
 * It is written only where it is still what it was before the bucket was read, and the bucket is read again after it was
 * written. So of runs that go on at once, the last one writes what all of them have done.
 * @throws RunError, InputError as the store; CancelledError
 */
export async function updatePage(store: ObjectStore, name: string, options: PageOptions): Promise<PageOutcome> {
  if (!canHavePage(name)) return 'none';
  const { verifyCommand, signal } = options;
  const key = pageKey(name);
  const byDigest = new ManifestReader(store, name);
  let outcome: PageOutcome = 'same';
  let site: string | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    if (signal?.aborted) throw new CancelledError();
    const found = await findPage(store, name);
    if (found === 'foreign') {
      if (options.site === undefined) return 'none';
      throw new RunError(
        `${store.shown}/${key} is no page of this program, and stays as it is. Remove it, or do without page`,
      );
    }
    // Once its own address was written, another one comes from another run, which may have it.
    site = (outcome === 'same' ? options.site : undefined) ?? found?.site ?? site;
    if (site === undefined) return 'none';
    const model = await readPageModel(store, name, byDigest);
    if (model.tags.length === 0) {
      if (!found) return outcome;
      await store.remove([key]);
      outcome = 'removed';
      continue;
    }
    const page = writePage(model, { site, verifyCommand });
    if (found?.bytes.equals(page)) return outcome;
    const isConditional = await store.isConditional();
    const condition = isConditional ? { ifMatch: found?.etag ?? null } : {};
    const put = { contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache', sha256: sha256Hex(page) };
    if ((await store.put(key, page, { ...put, ...condition })) === 'done') outcome = 'written';
    else await pause(Math.random() * Math.min(LONGEST_WAIT, 50 * 2 ** round), signal);
    if (!isConditional) await pause(SETTLE * (1 + Math.random() * Math.min(round, 3)), signal);
  }
  throw new RunError(
    `Could not write ${key} in ${store.shown}: other runs were faster ${ROUNDS} times. All else was published; push again once they are done`,
  );
}

/** Names that have a page. */
export async function pageNames(store: ObjectStore): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of store.list(PAGES_ROOT)) {
    const name = nameOfPage(key);
    if (name !== undefined) names.push(name);
  }
  return names;
}
