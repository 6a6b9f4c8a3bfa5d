import { InputError } from '../../base/errors.js';
import { canHavePage, pageAddress, pageKey } from '../../bucket/page/key.js';
import { pageTags } from '../../bucket/page/model.js';
import { findPage, type PageOutcome, pageNames, updatePage } from '../../bucket/page/update.js';
import { verifyMergedCommands } from '../../output/summary-text.js';
import { isRepositoryPath } from '../../spec/reference.js';
import type { Context } from '../context.js';
import type { OpenedBucket, OpenedDestination } from './run.js';

/** What a push does about the page of its name. */
export interface PagePush {
  readonly name: string;
  /** Where the bucket is served; undefined: nobody asked for a page. */
  readonly site: string | undefined;
}

/**
 * Sees whether buckets can have a page of a name, before anything is uploaded.
 * @throws InputError where none of the destinations is a bucket, or something else lies where the page would
 */
export async function checkPage({ name, site }: PagePush, destinations: readonly OpenedDestination[]): Promise<void> {
  if (site === undefined) return;
  if (!canHavePage(name)) throw new InputError(`${name} can have no page: a part of it is called index.html`, 'page');
  const buckets = destinations.flatMap((each) => (each.type === 's3' ? [each] : []));
  if (buckets.length === 0) {
    throw new InputError('a page is for buckets, and no destination is one. Accepted: s3://BUCKET', 'page');
  }
  for (const { store, shown } of buckets) {
    if ((await findPage(store, name)) !== 'foreign') continue;
    throw new InputError(
      `${shown}/${pageKey(name)} is there, and is no page of this program. Remove it, or do without page`,
      'page',
    );
  }
}

/**
 * Writes the page of a name after a push, and brings one that is there up to date where nobody asked.
 * @param onWritten told of its key
 * @returns how many objects were written
 */
export async function pushPage(
  { store }: OpenedBucket,
  { name, site }: PagePush,
  { signal }: Context,
  onWritten: (upload: { source: string; key: string }) => void,
): Promise<number> {
  const outcome = await updatePage(store, name, { site, verifyCommand, signal });
  if (outcome !== 'written') return 0;
  onWritten({ source: 'page', key: pageKey(name) });
  return 1;
}

/** Where the page of a push is served. */
export function addressOf({ name, site }: PagePush): string | undefined {
  return site === undefined ? undefined : pageAddress(site, name);
}

/** What has gone of a name, or would go. */
interface Removed {
  readonly name: string;
  readonly tags: readonly string[];
}

export interface PageRemoval {
  readonly kind: 'container' | 'static';
  readonly dryRun: boolean;
  /** Told of the key of a page that goes with its last tag. */
  readonly onRemoved: (key: string) => void;
}

/** Brings the page of a name up to date after tags were removed, where there is one. */
export async function refreshPage(
  { store }: OpenedBucket,
  removed: Removed,
  { kind, dryRun, onRemoved }: PageRemoval,
  { signal, log }: Context,
): Promise<void> {
  const { name } = removed;
  let outcome: PageOutcome;
  if (dryRun) outcome = (await wouldGo(store, removed, kind)) ? 'removed' : 'same';
  else outcome = await updatePage(store, name, { site: undefined, verifyCommand, signal });
  if (outcome === 'removed') onRemoved(pageKey(name));
  if (outcome === 'written') log.info(`${store.shown}/${pageKey(name)} is up to date`);
}

/** Pages of names that are not among those: a run that was killed may have left them. */
export async function refreshOtherPages(
  bucket: OpenedBucket,
  names: readonly string[],
  removal: PageRemoval,
  context: Context,
): Promise<void> {
  for (const name of await pageNames(bucket.store)) {
    if (names.includes(name) || !isRepositoryPath(name)) continue;
    await refreshPage(bucket, { name, tags: [] }, removal, context);
  }
}

async function wouldGo(
  store: OpenedBucket['store'],
  { name, tags }: Removed,
  kind: PageRemoval['kind'],
): Promise<boolean> {
  if (!canHavePage(name)) return false;
  const page = await findPage(store, name);
  if (page === undefined || page === 'foreign') return false;
  const { images, binaries } = await pageTags(store, name);
  const [own, other] = kind === 'container' ? [images, binaries] : [binaries, images];
  return other.size === 0 && [...own.keys()].every((tag) => tags.includes(tag));
}

/** With what the image's spec tells; nobody knows the inputs of its build. */
const verifyCommand: Parameters<typeof updatePage>[2]['verifyCommand'] = (repository, digest, { base }) => {
  const slash = repository.indexOf('/');
  const place = { registry: repository.slice(0, slash), path: repository.slice(slash + 1) };
  const names = { repositories: [{ repository: place, tags: [], mayMove: false }] };
  return verifyMergedCommands({ names, digest: digest as `sha256:${string}`, base })[0] ?? '';
};
