import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, InputError } from '../base/errors.js';
import { type Digest, digestOf, hexOf } from '../base/hash.js';
import type { ImageBase } from '../spec/build-spec.js';
import { type ImageReference, repositoryName } from '../spec/reference.js';
import type { BlobCache } from '../store/blob-store.js';
import { type BaseSource, type BlobInfo, checkBytes, checkFile, MAX_DOCUMENT, WrongBytesError } from './base-source.js';
import { copyToFolder, NotFoundError, type RegistryAccess, rawConfig, rawManifest } from './skopeo.js';

export interface RegistryBaseOptions {
  /** Asked for only where something is not among `blobs`. */
  readonly access: () => Promise<RegistryAccess>;
  /** A folder for what is fetched, which lives as long as it is needed. */
  readonly tempDir: string;
  readonly blobs?: BlobCache | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The input to blame; default `base-image`. */
  readonly input?: string | undefined;
}

/** The registry answers, and has no such image. */
export class NoSuchImageError extends InputError {}

/**
 * An image in a registry. Its reference is looked up once, here; a tag that moves later changes nothing. A reference
 * with a digest needs no registry where an earlier run kept all that belongs to it; of a tag and a digest, the digest
 * counts.
 * @throws NoSuchImageError where the registry has no such image
 * @throws WrongBytesError where it gives other bytes than those of the digest
 * @throws RunError where the registry cannot be asked
 */
export async function openRegistryBase(reference: ImageReference, options: RegistryBaseOptions): Promise<BaseSource> {
  const { repository } = reference;
  const explainMissing = missingIn(options.input ?? 'base-image');
  const kept = new KeptDocuments(options, repositoryName(repository));
  const get = async (wanted: ImageReference): Promise<Buffer> => {
    const bytes = await rawManifest(await options.access(), wanted).catch(explainMissing);
    if (bytes.length > MAX_DOCUMENT)
      throw new WrongBytesError(`a manifest of ${bytes.length} bytes; at most ${MAX_DOCUMENT} are read`);
    if (wanted.digest !== undefined && digestOf(bytes) !== wanted.digest) {
      throw new WrongBytesError(`the registry gave ${digestOf(bytes)} for ${wanted.digest}`);
    }
    await kept.put(bytes);
    return bytes;
  };
  const copies = new Map<Digest, Promise<string>>();
  const byDigest = async (digest: Digest) => (await kept.get(digest)) ?? (await get({ repository, digest }));
  const { digest } = reference;
  const bytes = digest === undefined ? await get(reference) : await byDigest(digest);
  const spec: ImageBase = { repository: repositoryName(repository), digest: digestOf(bytes) };
  return {
    spec,
    bytes,
    manifest: async (info) => checkBytes(await byDigest(info.digest), info),
    config: async (manifest, info) => {
      const image = { repository, digest: manifest };
      return checkBytes(await rawConfig(await options.access(), image, info.digest).catch(explainMissing), info);
    },
    blobs: async (manifest, wanted, most) => {
      const { files, missing } = await keptBlobs(wanted, options);
      if (missing.length === 0) return files;
      // One copy has all blobs of an image, whichever are wanted first.
      const copy = copies.get(manifest) ?? copyImage({ repository, digest: manifest }, most, options);
      copies.set(manifest, copy);
      const folder = await copy.catch(explainMissing);
      for (const info of missing) {
        if (options.signal?.aborted) throw new CancelledError();
        const path = join(folder, hexOf(info.digest));
        await checkFile(path, info, options.signal);
        await options.blobs?.put(info.digest, path);
        files.set(info.digest, path);
      }
      return files;
    },
  };
}

/** What the registry has not is a mistake in the reference, not a failure of the world. */
function missingIn(input: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof NotFoundError ? new NoSuchImageError(error.message, input) : error;
  };
}

/** Those of the wanted blobs that the cache has, as files, and the others. */
async function keptBlobs(
  wanted: readonly BlobInfo[],
  { blobs, signal }: RegistryBaseOptions,
): Promise<{ files: Map<Digest, string>; missing: BlobInfo[] }> {
  const files = new Map<Digest, string>();
  const missing: BlobInfo[] = [];
  for (const info of wanted) {
    if (signal?.aborted) throw new CancelledError();
    const path = await blobs?.get(info.digest);
    if (path === undefined) missing.push(info);
    else files.set(info.digest, path);
  }
  return { files, missing };
}

/** @returns the folder with the image's blobs, each under the hex digits of its digest */
async function copyImage(
  image: ImageReference,
  most: number | undefined,
  { access, tempDir }: RegistryBaseOptions,
): Promise<string> {
  const folder = join(await mkdtemp(join(tempDir, 'image-')), 'image');
  await copyToFolder(await access(), image, folder, most);
  return folder;
}

/**
 * Manifests and indexes that earlier runs kept, each as a blob. Beside each lies a note under its own digest that says
 * which repository it came from: a digest that is known from elsewhere must not pass as one of this repository, since
 * the spec names both.
 */
class KeptDocuments {
  private readonly options: RegistryBaseOptions;
  private readonly repository: string;

  constructor(options: RegistryBaseOptions, repository: string) {
    this.options = options;
    this.repository = repository;
  }

  async get(digest: Digest): Promise<Buffer | undefined> {
    const { blobs } = this.options;
    const path = (await blobs?.get(digestOf(this.note(digest)))) && (await blobs?.get(digest));
    const bytes = path === undefined ? undefined : await readFile(path);
    return bytes && digestOf(bytes) === digest ? bytes : undefined;
  }

  async put(bytes: Buffer): Promise<void> {
    const { blobs, tempDir } = this.options;
    if (!blobs) return;
    for (const content of [bytes, Buffer.from(this.note(digestOf(bytes)))]) {
      const path = join(await mkdtemp(join(tempDir, 'base-')), 'document');
      await writeFile(path, content);
      await blobs.put(digestOf(content), path);
    }
  }

  private note(digest: Digest): string {
    return `${this.repository}@${digest}\n`;
  }
}
