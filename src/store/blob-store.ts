import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, hexOf, sha256File } from '../base/hash.js';
import { BLOBS, copyInto, ignoreUnusable, touch } from './entries.js';

/**
 * Blobs of base images by their digest: layers, configs, manifests and indexes. Whoever gets one gets it whole; one with
 * a bit changed is as if it were not there.
 */
export interface BlobCache {
  /** Path of a file with exactly that content. It must not be changed. */
  get(digest: Digest): Promise<string | undefined>;
  /** Keeps a copy of `path`, which has that digest. */
  put(digest: Digest, path: string): Promise<void>;
}

/** The blobs in the store's folder `root`: `blobs/sha256/HEX`, as in an OCI image layout. */
export function blobStore(root: string): BlobCache {
  const folder = join(root, BLOBS);
  return {
    get: async (digest) => {
      const path = join(folder, hexOf(digest));
      const isFile = (await stat(path).catch(ignoreUnusable))?.isFile() ?? false;
      if (!isFile) return undefined;
      // First, so that no other run finds it too old while it is read.
      await touch(path);
      return (await sha256File(path).catch(ignoreUnusable)) === hexOf(digest) ? path : undefined;
    },
    put: async (digest, path) => {
      await mkdir(folder, { recursive: true });
      await copyInto(path, join(folder, hexOf(digest)));
    },
  };
}
