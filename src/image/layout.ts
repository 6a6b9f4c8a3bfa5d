import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../base/errors.js';
import { type Digest, digestOf, hexOf } from '../base/hash.js';
import { object, writeJson } from './json.js';
import { type Descriptor, descriptorJson } from './manifest.js';
import { MediaType } from './profile1.js';

/** Where blobs are in a layout (image-spec image-layout.md). */
export function blobsDirOf(layoutDir: string): string {
  return join(layoutDir, 'blobs', 'sha256');
}

/**
 * Begins an OCI image layout.
 * @returns the folder for blobs
 * @throws RunError where the folder holds something already: foreign blobs would reach the archive
 */
export async function startLayout(layoutDir: string): Promise<string> {
  const blobsDir = blobsDirOf(layoutDir);
  await mkdir(layoutDir, { recursive: true });
  if ((await readdir(layoutDir)).length > 0) throw new RunError(`The folder ${layoutDir} for the image is not empty.`);
  await mkdir(blobsDir, { recursive: true });
  return blobsDir;
}

/** Writes a small blob under its digest; the text's UTF-8 bytes are the blob. */
export async function writeBlob(blobsDir: string, text: string): Promise<{ digest: Digest; size: number }> {
  const bytes = Buffer.from(text, 'utf8');
  const digest = digestOf(bytes);
  await writeFile(join(blobsDir, hexOf(digest)), bytes);
  return { digest, size: bytes.length };
}

/** Ends a layout: `oci-layout`, and `index.json` with the one descriptor of the image index. */
export async function finishLayout(layoutDir: string, index: Descriptor): Promise<void> {
  await writeFile(join(layoutDir, 'oci-layout'), writeJson(object(['imageLayoutVersion', '1.0.0'])));
  const entry = writeJson(
    object(['schemaVersion', 2], ['mediaType', MediaType.index], ['manifests', [descriptorJson(index)]]),
  );
  // Last, since a layout is complete once it is there.
  await writeFile(join(layoutDir, 'index.json'), entry);
}
