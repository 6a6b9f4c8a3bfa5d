import type { RegistryDestination } from '../../bucket/destination.js';
import {
  imageNames,
  imageTags,
  type ListedImage,
  type ListedTag,
  taggedImages,
} from '../../bucket/image/list-images.js';
import { noTag, nothingThere } from '../../bucket/not-there.js';
import { readStaticTag, type StaticFile, staticNames } from '../../bucket/static/static-inventory.js';
import { staticKeys } from '../../bucket/static/static-keys.js';
import { getTagList } from '../../bucket/tag-list.js';
import { compareVersions } from '../../bucket/version-order.js';
import type { DestinationTexts, ReachOptions } from '../../inputs/publish-options.js';
import { listTags } from '../../registry/list-tags.js';
import { openImage } from '../../verify/open/open-image.js';
import type { Context } from '../context.js';
import { inPublishRun, onlyBuckets, type PublishRun } from './run.js';

/** What to list: all names, the tags of one, or what one tag has. */
export interface ListRequest {
  readonly about: { readonly name: string; readonly tag?: string } | undefined;
  readonly destinations: DestinationTexts;
  readonly reach: ReachOptions;
}

/** What one destination has; which of the lists is there follows from the request. */
export interface Listing {
  readonly destination: string;
  readonly names?: readonly string[];
  readonly name?: string;
  readonly tags?: readonly ListedTag[];
  readonly tag?: string;
  readonly digest?: string;
  readonly images?: readonly ListedImage[];
  readonly files?: readonly StaticFile[];
}

/** `container ls`. @throws InputError where there is no such tag; RunError where there is no such name */
export function listContainers({ about, destinations, reach }: ListRequest, context: Context): Promise<Listing[]> {
  return inPublishRun('list images', destinations, reach, context, async (run) => {
    const listings: Listing[] = [];
    for (const destination of run.destinations) {
      const { shown } = destination;
      if (destination.type === 'registry') {
        listings.push(await listRegistry(destination, about?.tag, run));
      } else if (about === undefined) {
        listings.push({ destination: shown, names: await imageNames(destination.store) });
      } else if (about.tag === undefined) {
        const tags = await imageTags(destination.store, about.name);
        if (tags.length === 0) throw nothingThere(destination.store, about.name);
        listings.push({ destination: shown, name: about.name, tags });
      } else {
        const { name, tag } = about;
        listings.push({ destination: shown, name, tag, ...(await taggedImages(destination.store, { name, tag })) });
      }
    }
    return listings;
  });
}

/** A destination in a registry is one name already. */
async function listRegistry(
  { repository, shown }: RegistryDestination,
  tag: string | undefined,
  { access, work, context: { log, signal } }: PublishRun,
): Promise<Listing> {
  const name = repository.path;
  if (tag === undefined) {
    const tags = (await listTags(await access(), repository)).sort(compareVersions).reverse();
    return { destination: shown, name, tags: tags.map((each) => ({ tag: each, digest: undefined })) };
  }
  const location = { type: 'registry', reference: { repository, tag } } as const;
  const image = await openImage(location, { access, tempDir: work, log, signal, input: 'tag' });
  const images: ListedImage[] = [];
  for (const entry of image.entries) {
    const { configInfo, layers } = await image.read(entry);
    const size = [configInfo, ...layers].reduce((sum, blob) => sum + blob.size, 0);
    images.push({ platform: entry.platform && entry.name, digest: entry.digest, size });
  }
  return { destination: shown, name, tag, digest: image.digest, images };
}

/** `static ls`. @throws InputError where there is no such tag; RunError where there is no such name */
export function listStatic({ about, destinations, reach }: ListRequest, context: Context): Promise<Listing[]> {
  return inPublishRun('list files', destinations, reach, context, async (run) => {
    const buckets = onlyBuckets(run.destinations, destinations.input, () => 'which holds images. Use container ls');
    const listings: Listing[] = [];
    for (const { store, shown, suffix } of buckets) {
      if (about === undefined) {
        listings.push({ destination: shown, names: await staticNames(store, suffix) });
        continue;
      }
      const { name, tag } = about;
      const keys = staticKeys(name, suffix);
      const list = await getTagList(store, keys.name, name);
      if (tag === undefined) {
        if (list.tags.length === 0) throw nothingThere(store, name);
        const sorted = [...list.tags].sort(compareVersions).reverse();
        listings.push({ destination: shown, name, tags: sorted.map((each) => ({ tag: each, digest: undefined })) });
        continue;
      }
      const files = await readStaticTag(store, keys.tag(tag));
      if (!files) throw noTag(store, name, tag, list.tags);
      listings.push({ destination: shown, name, tag, files });
    }
    return listings;
  });
}
