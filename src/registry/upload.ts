import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, digestOf } from '../base/hash.js';
import { blobsDirOf } from '../image/layout.js';
import { type ImageReference, type Repository, referenceName } from '../spec/reference.js';
import { callSkopeo, type RegistryAccess } from './call-skopeo.js';
import { damaged } from './failure.js';
import { type Doing, registryError } from './registry-error.js';
import { withRetries } from './retry.js';
import { accessFlags, copyTimeout, dockerName, rawManifest } from './skopeo.js';

export interface Upload {
  readonly layoutDir: string;
  readonly index: Digest;
  readonly access: RegistryAccess;
}

/** A registry that takes less than so many bytes in a millisecond counts as stalled. */
const SLOWEST = 500;

/** Uploads the blobs that a repository lacks, then the manifests, then the index: all by digest, without a tag. */
export async function uploadImage(upload: Upload, repository: Repository): Promise<void> {
  await copyLayout(upload, { repository, digest: upload.index }, ['--all']);
}

/**
 * Lets a tag point to an image that is there, and reads it back.
 * @throws RegistryError where it does not point there in the end
 */
export async function setTag(upload: Upload, reference: ImageReference): Promise<void> {
  const { access, index } = upload;
  // Without that flag it looks for each blob once more.
  const canIndexOnly = await access.skopeo.has(['copy'], 'multi-arch');
  const doing: Doing = { what: `set ${referenceName(reference)}`, repository: reference.repository, access: 'write' };
  await copyLayout(upload, reference, canIndexOnly ? ['--multi-arch', 'index-only'] : ['--all']);
  await withRetries(doing.what, access, async () => {
    const there = digestOf(await rawManifest({ ...access, retries: 0 }, reference));
    if (there !== index) throw registryError(damaged(`${referenceName(reference)} points to ${there}`), doing);
  });
}

function copyLayout({ layoutDir, access }: Upload, to: ImageReference, which: readonly string[]): Promise<void> {
  const { repository } = to;
  const doing: Doing = { what: `push ${referenceName(to)}`, repository, access: 'write' };
  return withRetries(doing.what, access, async () => {
    const canPreserve = await access.skopeo.has(['copy'], 'preserve-digests');
    const preserve = canPreserve ? ['--preserve-digests'] : [];
    const flags = accessFlags(access, repository, 'dest-');
    await callSkopeo(access, {
      command: 'copy',
      // The format is the image's own. Left to itself, skopeo tries Docker's list where a registry refuses the index for
      // once: an older one writes it, a newer one says that it may not, and never says what was wrong with the index.
      // From within, since skopeo takes what comes after a colon in a path for a tag.
      args: [...which, '--format', 'oci', ...preserve, ...flags, 'oci:.', dockerName(to)],
      cwd: layoutDir,
      timeoutMs: copyTimeout(access) + (await layoutSize(layoutDir)) / SLOWEST,
      doing,
    });
  });
}

async function layoutSize(layoutDir: string): Promise<number> {
  const blobs = blobsDirOf(layoutDir);
  const sizes = (await readdir(blobs)).map(async (name) => (await stat(join(blobs, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
