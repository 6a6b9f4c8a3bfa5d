import type { ObjectStore } from '../object-store.js';
import { addTag } from '../tag-list.js';
import { bytesUpload, restoreGone, type Upload, type UploadOptions, uploadMissing } from '../uploads.js';
import { API_KEYS, imageKeys } from './image-keys.js';
import type { ImageObjects } from './image-objects.js';
import { untilNothingIsRemoved, whilePushing } from './removal-marker.js';

/** How much a push wrote. */
export interface PushCount {
  /** Objects that were written. */
  readonly uploaded: number;
  /** Objects that were there already. */
  readonly skipped: number;
}

/**
 * Pushes an image into a bucket: blobs, manifests, index, tag, list of tags, and what clients ask first. Each is there
 * whole before anything names it, so whatever ends the push, every tag leads to a whole image.
 * @throws RunError, InputError as the store; CancelledError
 */
export async function pushImageTo(
  store: ObjectStore,
  { name, tag }: { readonly name: string; readonly tag: string },
  objects: ImageObjects,
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
  const all = [...objects.blobs, ...objects.children, objects.index];
  const needed = all.map(({ key }) => key);
  await whilePushing(store, needed, options, async () => {
    for (const stage of [objects.blobs, objects.children, [objects.index], [objects.tag]]) await put(stage);
  });
  // A removal that gives pushes no time (`--grace 0`), or that none has waited for to its end, looks at tags alone: what is
  // there now, after the tag was set and it has ended, stays.
  await untilNothingIsRemoved(store, options.log, options.signal);
  uploaded += (await restoreGone(store, all, options)).length;
  const { tags } = imageKeys(name);
  if (await addTag(store, tags, name, tag, options.signal)) {
    uploaded++;
    options.onUploaded({ source: 'list of tags', key: tags });
  }
  await put(API_KEYS.map((key) => bytesUpload(key, 'application/json', contentOf(key), 'registry API')));
  return { uploaded, skipped };
}

/** A key that ends with a slash is a folder to stores that map keys to files, and those take no content for one. */
function contentOf(key: string): Uint8Array {
  return Buffer.from(key.endsWith('/') ? '' : '{}', 'utf8');
}
