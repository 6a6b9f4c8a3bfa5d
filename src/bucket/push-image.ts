import { API_KEYS, imageKeys } from './image-keys.js';
import type { ImageObjects } from './image-objects.js';
import type { ObjectStore } from './object-store.js';
import { untilNothingIsRemoved } from './removal-marker.js';
import { addTag } from './tag-list.js';
import { bytesUpload, restoreGone, type Upload, type UploadOptions, uploadMissing } from './uploads.js';

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
  const old: Upload[] = [];
  const put = async (uploads: readonly Upload[]) => {
    const result = await uploadMissing(store, uploads, options);
    uploaded += result.written.length;
    skipped += result.skipped.length;
    return result.skipped;
  };
  for (const stage of [objects.blobs, objects.children, [objects.index]]) old.push(...(await put(stage)));
  // What was found there may have been garbage that another run was about to remove. It looks at tags before it does; so
  // what is there now, after the tag was set and it has ended, stays there.
  uploaded += (await restoreGone(store, old, options)).length;
  await put([objects.tag]);
  if (old.length > 0) await untilNothingIsRemoved(store, options.log, options.signal);
  uploaded += (await restoreGone(store, old, options)).length;
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
