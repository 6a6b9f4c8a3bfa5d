import { InputError, RunError } from '../../base/errors.js';
import type { PushCount } from '../image/push-image.js';
import type { ObjectStore } from '../object-store.js';
import { S3Error } from '../s3/errors.js';
import { addTag, getTagList } from '../tag-list.js';
import { type Upload, type UploadOptions, uploadMissing } from '../uploads.js';
import { readStaticTag } from './static-inventory.js';
import { staticKeys } from './static-keys.js';
import type { StaticObjects } from './static-objects.js';

/** Under what binaries are published, and how their lists are called. */
export interface StaticName {
  readonly name: string;
  readonly tag: string;
  /** Of the lists: `''`, or as `.json`. */
  readonly suffix: string;
}

/**
 * Sees whether a bucket can take binaries under a name, before any of them is uploaded.
 * @param input that named the bucket
 * @throws InputError where the store maps keys to files and no suffix is given, or the name belongs to something else
 */
export async function checkStaticPlace(
  store: ObjectStore,
  { name, tag, suffix }: StaticName,
  input: string,
): Promise<void> {
  if (suffix !== '' && [name, tag].some((text) => text.endsWith(suffix))) {
    throw new InputError(`${name}:${tag} ends with the suffix ${suffix} of lists. Give another suffix or tag`, 'tag');
  }
  const keys = staticKeys(name, suffix);
  try {
    await getTagList(store, keys.name, name);
    await readStaticTag(store, keys.tag(tag));
  } catch (error) {
    if (!(error instanceof RunError) || error instanceof S3Error) throw error;
    throw new InputError(`${name}:${tag} cannot be published there: ${error.message}`, 'tag');
  }
  if (suffix === '' && !(await store.canNest())) {
    throw new InputError(
      `${store.shown} is in a store that keeps objects as files, and cannot hold the list ${keys.name} beside the objects below ${keys.below}. Add suffix=.json to the destination, which calls the lists NAME.json and TAG.json`,
      input,
    );
  }
}

/**
 * Pushes binaries into a bucket: files, then what the tag has, then the list of tags.
 * @throws RunError, InputError as the store; CancelledError
 */
export async function pushStaticTo(
  store: ObjectStore,
  { name, tag, suffix }: StaticName,
  objects: StaticObjects,
  options: UploadOptions,
): Promise<PushCount> {
  // Asked beside the uploads, and wanted when the list is written; what fails there fails then.
  store.isConditional().catch(() => {});
  let [uploaded, skipped] = [0, 0];
  const put = async (uploads: readonly Upload[]) => {
    const result = await uploadMissing(store, uploads, options);
    uploaded += result.written.length;
    skipped += result.skipped.length;
  };
  await put(objects.files);
  await put([objects.flavors]);
  const key = staticKeys(name, suffix).name;
  if (await addTag(store, key, name, tag, options.signal)) {
    uploaded++;
    options.onUploaded({ source: 'list of tags', key });
  }
  return { uploaded, skipped };
}
