import type { PublishOptions } from '../../inputs/publish-options.js';
import type { Context } from '../context.js';
import { type OnObject, type PushedImage, prepareContainer } from './container.js';
import { collectPublished, type Kind, type OnRemoved, type RemovedFrom } from './garbage.js';
import { inPublishRun, readDestinations } from './run.js';
import { type PushedStatic, prepareStatic } from './static.js';

/** What was published. */
export interface Pushed {
  readonly image: PushedImage | undefined;
  readonly static: PushedStatic | undefined;
}

/** What was published, and what was removed after it. */
export interface Published extends Pushed {
  readonly removed: readonly (RemovedFrom & { readonly kind: Kind })[];
}

/** Told while it goes on. */
export interface PublishListeners {
  readonly onObject: OnObject;
  /** When all is pushed, before old tags go: whatever comes of that, this much is done. */
  readonly onPushed: (pushed: Pushed) => void;
  readonly onRemoved: OnRemoved;
}

/**
 * `publish`, the action: an image, binaries or both; then tags that are too old go. Everything is read, and every
 * destination asked, before anything is uploaded.
 * @throws InputError before anything is uploaded; RunError
 */
export async function publish(
  options: PublishOptions,
  context: Context,
  { onObject, onPushed, onRemoved }: PublishListeners,
): Promise<Published> {
  const { log } = context;
  const pushed = await prepare(options, context, onObject, (image, files) =>
    log.group('Push', async () => ({ image: await image?.(), static: await files?.() })),
  );
  onPushed(pushed);
  const removed: (RemovedFrom & { kind: Kind })[] = [];
  if (options.keep !== undefined) {
    for (const kind of ['container', 'static'] as const) {
      const request = garbageOf(kind, options, options.keep);
      if (request === undefined) continue;
      const found = await log.group('Old tags', () => collectPublished(kind, request, context, onRemoved));
      removed.push(...found.map((each) => ({ ...each, kind })));
    }
  }
  return { ...pushed, removed };
}

type Push<T> = (() => Promise<T>) | undefined;

/** Opens both runs, where both are wanted, and keeps them open while `body` goes on. */
function prepare<T>(
  { name, image, static: files, page, reach }: PublishOptions,
  context: Context,
  onObject: OnObject,
  body: (image: Push<PushedImage>, files: Push<PushedStatic>) => Promise<T>,
): Promise<T> {
  const withFiles = (pushImage: Push<PushedImage>, work = context.tempDir): Promise<T> => {
    if (!files) return body(pushImage, undefined);
    const { destinations } = files;
    // The login is for a registry, which takes no files.
    const own = { ...reach, ...(image ? { username: undefined, password: undefined } : {}) };
    // A folder within that of the other run, which goes with it.
    const { onWorkspace: _, ...inner } = context;
    const within = image ? { ...inner, tempDir: work } : context;
    return inPublishRun('push files', destinations, own, within, async (run) =>
      body(pushImage, await prepareStatic({ ...files, name, page }, run, onObject)),
    );
  };
  if (!image) return withFiles(undefined);
  if (files) readDestinations(files.destinations);
  // A registry has no page; then it is in the buckets of the binaries.
  const hasBucket = image.destinations.texts.some((text) => text.startsWith('s3://'));
  const pageOfImage = hasBucket || !files ? page : undefined;
  return inPublishRun('push an image', image.destinations, reach, context, async (run) =>
    withFiles(await prepareContainer({ ...image, name, page: pageOfImage }, run, onObject), run.work),
  );
}

/** Registries clean up on their own; undefined where there is no bucket. */
function garbageOf(kind: Kind, { name, image, static: files, reach, grace }: PublishOptions, keep: number) {
  const destinations = kind === 'container' ? image?.destinations : files?.destinations;
  const texts = (destinations?.texts ?? []).filter((text) => text.startsWith('s3://'));
  if (!destinations || texts.length === 0) return undefined;
  const own = { ...reach, username: undefined, password: undefined };
  return { destinations: { ...destinations, texts }, reach: own, keep, names: [name.name], grace, dryRun: false };
}
