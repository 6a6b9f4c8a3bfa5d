import type { RegistryDestination } from '../../bucket/destination.js';
import { imageKeys } from '../../bucket/image/image-keys.js';
import { type ImageObjects, imageObjects } from '../../bucket/image/image-objects.js';
import { pushImageTo } from '../../bucket/image/push-image.js';
import { getTagList } from '../../bucket/tag-list.js';
import type { PublishName } from '../../inputs/publish-name.js';
import type { DestinationTexts, ReachOptions } from '../../inputs/publish-options.js';
import { pushImage } from '../../registry/push.js';
import { repositoryName } from '../../spec/reference.js';
import type { Context } from '../context.js';
import { layoutOfOne, openPublishLayout, type PublishLayout } from './layout.js';
import { addressOf, checkPage, type PagePush, pushPage } from './page.js';
import { inPublishRun, LEFT, type OpenedBucket, type PublishRun, sayWhatIsLeft } from './run.js';

/** Told of each object that was uploaded; the key is with the destination's prefix. */
export type OnObject = (source: string, key: string) => void;

/** What came of a push to one destination. */
export interface PushedTo {
  /** As it was given, without its query. */
  readonly destination: string;
  /** Where the tag's own object lies, or the reference of a registry. */
  readonly reference: string;
  /** Objects that were written, and those that were there; of a registry not known. */
  readonly uploaded: number | undefined;
  readonly skipped: number | undefined;
}

export interface PushedImage extends PublishName {
  readonly digest: string;
  /** Platform → digest. */
  readonly images: Readonly<Record<string, string>>;
  readonly destinations: readonly PushedTo[];
  /** Address of the name's page; undefined where nobody asked for one. */
  readonly page: string | undefined;
}

export interface ContainerPush {
  readonly name: PublishName;
  readonly layout: string;
  readonly destinations: DestinationTexts;
  /** Where the buckets are served, for the page of the name; undefined: one that is there is brought up to date. */
  readonly page: string | undefined;
  readonly reach: ReachOptions;
}

/**
 * `container push`: a layout, an archive, or archives of docker → buckets and registries.
 * @throws InputError before anything is uploaded; RunError
 */
export function pushContainer(push: ContainerPush, context: Context, onObject: OnObject): Promise<PushedImage> {
  return inPublishRun('push an image', push.destinations, push.reach, context, async (run) => {
    return (await prepareContainer(push, run, onObject))();
  });
}

/**
 * Reads the whole image, and sees whether every destination can be reached.
 * @returns what pushes it
 */
export async function prepareContainer(
  push: Pick<ContainerPush, 'name' | 'layout' | 'page'>,
  run: PublishRun,
  onObject: OnObject,
): Promise<() => Promise<PushedImage>> {
  const { name } = push;
  const { context, work } = run;
  const page = { name: name.name, site: push.page };
  const layout = await openPublishLayout(push.layout, context, work);
  const objects = await imageObjects(name, layout.image, layout.shown);
  for (const destination of run.destinations) {
    if (destination.type === 's3') await getTagList(destination.store, imageKeys(name.name).tags, name.name);
    else await run.access();
  }
  await checkPage(page, run.destinations);
  return async () => {
    const pushed: PushedTo[] = [];
    for (const destination of run.destinations) {
      context.log.info(`Pushing ${name.name}:${name.tag} to ${destination.shown}`);
      const pushing =
        destination.type === 's3'
          ? toBucket(destination, name, objects, page, run, onObject)
          : toRegistry(destination, name, layout, objects, run, onObject);
      pushed.push(await sayWhatIsLeft(context, LEFT.push, pushing));
    }
    return { ...name, digest: objects.digest, images: objects.images, destinations: pushed, page: addressOf(page) };
  };
}

async function toBucket(
  bucket: OpenedBucket,
  name: PublishName,
  objects: ImageObjects,
  page: PagePush,
  { context }: PublishRun,
  onObject: OnObject,
): Promise<PushedTo> {
  const { log, signal } = context;
  const { store, shown, prefix } = bucket;
  const onUploaded = ({ source, key }: { source: string; key: string }) => onObject(source, prefix + key);
  const { uploaded, skipped } = await pushImageTo(store, name, objects, { log, signal, onUploaded });
  const all = uploaded + (await pushPage(bucket, page, context, onUploaded));
  log.info(`${shown}: ${all} objects uploaded, ${skipped} were there already`);
  return { destination: shown, reference: `${shown}/${objects.tag.key}`, uploaded: all, skipped };
}

async function toRegistry(
  { repository, shown }: RegistryDestination,
  { tag }: PublishName,
  layout: PublishLayout,
  { digest, images }: ImageObjects,
  { work, access }: PublishRun,
  onObject: OnObject,
): Promise<PushedTo> {
  const [pushed] = await pushImage({
    layoutDir: await layoutOfOne(layout, work),
    index: digest as `sha256:${string}`,
    manifests: layout.image.isIndex ? (Object.values(images) as `sha256:${string}`[]) : [],
    targets: [{ repository, tags: [tag], mayMove: true }],
    access: await access(),
  });
  const reference = pushed?.reference ?? `${repositoryName(repository)}:${tag}`;
  if (pushed?.outcome !== 'unchanged') onObject(layout.shown, reference);
  return { destination: shown, reference, uploaded: undefined, skipped: undefined };
}
