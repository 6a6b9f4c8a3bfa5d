import type { RegistryDestination } from '../../bucket/destination.js';
import { collectImages, type RemovedOf, type RemoveOptions, removeImage } from '../../bucket/image/collect-garbage.js';
import { allImageNames } from '../../bucket/image/list-images.js';
import { nothingThere } from '../../bucket/not-there.js';
import { collectStatic, removeStatic } from '../../bucket/static/remove-static.js';
import { allStaticNames } from '../../bucket/static/static-inventory.js';
import type { PublishName } from '../../inputs/publish-name.js';
import type { DestinationTexts, ReachOptions } from '../../inputs/publish-options.js';
import { repositoryName } from '../../spec/reference.js';
import type { Context } from '../context.js';
import { refreshOtherPages, refreshPage } from './page.js';
import { inPublishRun, LEFT, type OpenedBucket, onlyBuckets, sayWhatIsLeft } from './run.js';

/** What is published in a bucket: images, or binaries. */
export type Kind = 'container' | 'static';

/** How things are removed. */
export interface RemoveRequest {
  readonly destinations: DestinationTexts;
  readonly reach: ReachOptions;
  readonly dryRun: boolean;
  /** Milliseconds. */
  readonly grace: number;
}

export interface GarbageRequest extends RemoveRequest {
  /** Tags that stay of each name. */
  readonly keep: number;
  /** Empty: all that the bucket has. */
  readonly names: readonly string[];
}

/** What has gone from one bucket, or would go. */
export interface RemovedFrom {
  readonly destination: string;
  readonly names: readonly RemovedOf[];
}

/** Told of each object that was removed, or would be; the key is with the destination's prefix. */
export type OnRemoved = (key: string) => void;

/** `rm`: one tag, and what no other tag needs. @throws InputError where there is no such tag; RunError */
export function removePublished(
  kind: Kind,
  name: PublishName,
  request: RemoveRequest,
  context: Context,
  onRemoved: OnRemoved,
): Promise<RemovedFrom[]> {
  return inBuckets(kind, 'remove a tag', request, context, async (bucket) => {
    const options = optionsFor(bucket, request, context, onRemoved);
    const removed =
      kind === 'container'
        ? await removeImage(bucket.store, name, options)
        : await removeStatic(bucket.store, { ...name, suffix: bucket.suffix }, options);
    await refreshPage(bucket, removed, { kind, ...options }, context);
    return { destination: bucket.shown, names: [removed] };
  });
}

/** `gc`: the newest tags of each name stay, and what they need. @throws RunError where a tag that stays is not whole */
export function collectPublished(
  kind: Kind,
  request: GarbageRequest,
  context: Context,
  onRemoved: OnRemoved,
): Promise<RemovedFrom[]> {
  return inBuckets(kind, 'collect garbage', request, context, async (bucket) => {
    const { store, suffix, shown } = bucket;
    const options = optionsFor(bucket, request, context, onRemoved);
    const all = () => (kind === 'container' ? allImageNames(store) : allStaticNames(store, suffix));
    const names: RemovedOf[] = [];
    for (const name of request.names.length > 0 ? request.names : await all()) {
      const removed =
        kind === 'container'
          ? await collectImages(store, name, request.keep, options)
          : await collectStatic(store, { name, suffix }, request.keep, options);
      const { kept, tags, keys, young } = removed;
      const isThere = [kept, tags, keys, young].some(({ length }) => length > 0);
      if (!isThere && request.names.length > 0) throw nothingThere(store, name);
      names.push(removed);
      await refreshPage(bucket, removed, { kind, ...options }, context);
    }
    if (request.names.length === 0) {
      const done = names.map(({ name }) => name);
      await refreshOtherPages(bucket, done, { kind, ...options }, context);
    }
    return { destination: shown, names };
  });
}

function inBuckets(
  kind: Kind,
  what: string,
  { destinations, reach, dryRun }: RemoveRequest,
  context: Context,
  work: (bucket: OpenedBucket) => Promise<RemovedFrom>,
): Promise<RemovedFrom[]> {
  return inPublishRun(what, destinations, reach, context, async (run) => {
    const instead = kind === 'container' ? insteadOfRemoving : () => 'which holds images and no single files';
    const results: RemovedFrom[] = [];
    for (const bucket of onlyBuckets(run.destinations, destinations.input, instead)) {
      const removing = work(bucket);
      results.push(await (dryRun ? removing : sayWhatIsLeft(context, LEFT.removal, removing)));
    }
    return results;
  });
}

/** Registries remove by digest, which takes other tags of the same image along, and clean up on their own. */
function insteadOfRemoving({ repository }: RegistryDestination): string {
  const name = repositoryName(repository);
  return `and registries have ways of their own to remove images: their web page or retention rules, or skopeo delete docker://${name}:TAG, which removes every tag of that digest. Accepted: s3://BUCKET`;
}

function optionsFor(
  { prefix }: OpenedBucket,
  { dryRun, grace }: RemoveRequest,
  { log, signal }: Context,
  onRemoved: OnRemoved,
): RemoveOptions {
  return { dryRun, grace, log, signal, onRemoved: (key) => onRemoved(prefix + key) };
}
