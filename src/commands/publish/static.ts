import { checkStaticPlace, pushStaticTo } from '../../bucket/static/push-static.js';
import { readFlavors } from '../../bucket/static/static-folder.js';
import { type StaticObjects, staticObjects } from '../../bucket/static/static-objects.js';
import type { PublishName } from '../../inputs/publish-name.js';
import type { DestinationTexts, ReachOptions } from '../../inputs/publish-options.js';
import { platformName } from '../../spec/platform.js';
import type { Context } from '../context.js';
import type { OnObject, PushedTo } from './container.js';
import { addressOf, checkPage, pushPage } from './page.js';
import { inPublishRun, LEFT, type OpenedBucket, onlyBuckets, type PublishRun, sayWhatIsLeft } from './run.js';

export interface PushedStatic extends PublishName {
  /** `linux/arm/v7/pushgateway` → SHA-256 in hex. */
  readonly files: Readonly<Record<string, string>>;
  readonly destinations: readonly (PushedTo & { readonly urls: readonly string[] })[];
  /** Address of the name's page; undefined where nobody asked for one. */
  readonly page: string | undefined;
}

export interface StaticPush {
  readonly name: PublishName;
  readonly folder: string;
  readonly destinations: DestinationTexts;
  /** Where the buckets are served, for the page of the name; undefined: one that is there is brought up to date. */
  readonly page: string | undefined;
  readonly reach: ReachOptions;
}

/**
 * `static push`: binaries, `OS/ARCH[/VARIANT]/FILE`, → buckets.
 * @throws InputError before anything is uploaded; RunError
 */
export function pushStatic(push: StaticPush, context: Context, onObject: OnObject): Promise<PushedStatic> {
  return inPublishRun('push files', push.destinations, push.reach, context, async (run) => {
    return (await prepareStatic(push, run, onObject))();
  });
}

/**
 * Reads all files, and sees whether every bucket can take them.
 * @returns what pushes them
 */
export async function prepareStatic(
  { name, folder, destinations: { input }, page: site }: Pick<StaticPush, 'name' | 'folder' | 'destinations' | 'page'>,
  { destinations, context }: PublishRun,
  onObject: OnObject,
): Promise<() => Promise<PushedStatic>> {
  const { env, log, signal } = context;
  const page = { name: name.name, site };
  const flavors = await readFlavors(folder);
  const instead = () => 'which holds images and no single files. Accepted: s3://BUCKET';
  const buckets = onlyBuckets(destinations, input, instead);
  const planned: { bucket: OpenedBucket; objects: StaticObjects }[] = [];
  for (const bucket of buckets) {
    await checkStaticPlace(bucket.store, { ...name, suffix: bucket.suffix }, input);
    planned.push({ bucket, objects: await staticObjects(name, flavors, bucket.suffix, signal) });
  }
  await checkPage(page, buckets);
  return async () => {
    const pushed: PushedStatic['destinations'][number][] = [];
    for (const { bucket, objects } of planned) {
      const { store, shown, prefix, suffix } = bucket;
      log.info(`Pushing ${name.name}:${name.tag} to ${shown}`);
      const onUploaded = ({ source, key }: { source: string; key: string }) => onObject(source, prefix + key);
      const push = async () => {
        const { uploaded, skipped } = await pushStaticTo(store, { ...name, suffix }, objects, {
          log,
          signal,
          onUploaded,
        });
        return { uploaded: uploaded + (await pushPage(bucket, page, context, onUploaded)), skipped };
      };
      const count = await sayWhatIsLeft(context, LEFT.push, push());
      log.info(`${shown}: ${count.uploaded} objects uploaded, ${count.skipped} were there already`);
      const urls = objects.files.map(({ key }) => objectUrl(bucket, key, env));
      pushed.push({ destination: shown, reference: `${shown}/${objects.flavors.key}`, ...count, urls });
    }
    const names = flavors.flatMap(({ platform, files }) =>
      files.map((file) => `${platformName(platform)}/${file.name}`),
    );
    const [first] = planned;
    const files = Object.fromEntries(names.map((file, i) => [file, first?.objects.files[i]?.sha256 ?? '']));
    return { ...name, files, destinations: pushed, page: addressOf(page) };
  };
}

/** Where a bucket's own endpoint has an object; whoever serves it as a website knows another address. */
function objectUrl(
  { bucket, prefix, endpoint, forcePathStyle }: OpenedBucket,
  key: string,
  env: Context['env'],
): string {
  const own = endpoint ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? 'https://s3.amazonaws.com';
  const url = new URL(own);
  if (!forcePathStyle && /[a-z]/i.test(url.hostname)) url.hostname = `${bucket}.${url.hostname}`;
  const base = url.href.replace(/\/$/, '');
  return `${base}/${url.hostname.startsWith(`${bucket}.`) ? '' : `${bucket}/`}${encodeURI(prefix + key)}`;
}
