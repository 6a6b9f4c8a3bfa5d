import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, InputError, RunError } from '../base/errors.js';
import { type Digest, digestOf, hexOf } from '../base/hash.js';
import type { ImageBase } from '../spec/build-spec.js';
import { type ImageReference, repositoryName } from '../spec/reference.js';
import type { BlobCache } from '../store/blob-store.js';
import { type BaseSource, type BlobInfo, checkBytes, checkFile, MAX_DOCUMENT } from './base-source.js';
import { copyToFolder, NotFoundError, type RegistryAccess, rawManifest } from './skopeo.js';

export interface RegistryBaseOptions {
  /** Asked for only where something is not among `blobs`. */
  readonly access: () => Promise<RegistryAccess>;
  /** A folder for what is fetched, which lives as long as it is needed. */
  readonly tempDir: string;
  readonly blobs?: BlobCache | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A base image in a registry. Its reference is looked up once, here; a tag that moves later changes nothing. A reference
 * with a digest needs no registry where an earlier run kept all that belongs to it; of a tag and a digest, the digest
 * counts.
 * @throws InputError('base-image') where the registry has no such image
 * @throws RunError where the registry cannot be asked, or gives other bytes than those of the digest
 */
export async function openRegistryBase(reference: ImageReference, options: RegistryBaseOptions): Promise<BaseSource> {
  const { repository } = reference;
  const kept = new KeptDocuments(options, repositoryName(repository));
  const get = async (wanted: ImageReference): Promise<Buffer> => {
    const bytes = await rawManifest(await options.access(), wanted).catch(explainMissing);
    if (bytes.length > MAX_DOCUMENT)
      throw new RunError(`a manifest of ${bytes.length} bytes; at most ${MAX_DOCUMENT} are read`);
    if (wanted.digest !== undefined && digestOf(bytes) !== wanted.digest) {
      throw new RunError(`the registry gave ${digestOf(bytes)} for ${wanted.digest}`);
    }
    await kept.put(bytes);
    return bytes;
  };
  const byDigest = async (digest: Digest) => (await kept.get(digest)) ?? (await get({ repository, digest }));
  const { digest } = reference;
  const bytes = digest === undefined ? await get(reference) : await byDigest(digest);
  const spec: ImageBase = { repository: repositoryName(repository), digest: digestOf(bytes) };
  return {
    spec,
    bytes,
    manifest: async (info) => checkBytes(await byDigest(info.digest), info),
    blobs: (manifest, wanted) => bringBlobs({ repository, digest: manifest }, wanted, options),
  };
}

/** What the registry has not is a mistake in the reference, not a failure of the world. */
function explainMissing(error: unknown): never {
  if (!(error instanceof NotFoundError)) throw error;
  throw new InputError(error.message, 'base-image');
}

/** From the cache where all are whole, else by one copy of the image. */
async function bringBlobs(
  image: ImageReference,
  wanted: readonly BlobInfo[],
  { access, tempDir, blobs, signal }: RegistryBaseOptions,
): Promise<Map<Digest, string>> {
  const files = new Map<Digest, string>();
  const missing: BlobInfo[] = [];
  for (const info of wanted) {
    if (signal?.aborted) throw new CancelledError();
    const path = await blobs?.get(info.digest);
    if (path === undefined) missing.push(info);
    else files.set(info.digest, path);
  }
  if (missing.length === 0) return files;
  const folder = join(await mkdtemp(join(tempDir, 'base-')), 'image');
  await copyToFolder(await access(), image, folder).catch(explainMissing);
  for (const info of missing) {
    if (signal?.aborted) throw new CancelledError();
    const path = join(folder, hexOf(info.digest));
    await checkFile(path, info);
    await blobs?.put(info.digest, path);
    files.set(info.digest, path);
  }
  return files;
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
