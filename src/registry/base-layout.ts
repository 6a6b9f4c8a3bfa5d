import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CancelledError, InputError, ignoreMissing, systemCode } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import { type Digest, hexOf, isDigest } from '../base/hash.js';
import { type BaseSource, type BlobInfo, checkBytes, checkFile, MAX_DOCUMENT } from './base-source.js';

/** What names an image in the `index.json` of a layout (image-spec annotations.md). */
const REF_NAME = 'org.opencontainers.image.ref.name';

const LAYOUT =
  'oci:FOLDER or oci:FOLDER:TAG with a folder that holds an OCI image layout (oci-layout, index.json and blobs)';
const ONE_IMAGE =
  'oci:FOLDER where it holds one image, oci:FOLDER:TAG with the tag of one image where it holds several';

/** One entry of `index.json`. */
interface Descriptor extends BlobInfo {
  readonly tag: string | undefined;
}

/**
 * A base image in an OCI image layout on disk (image-spec image-layout.md), every blob checked by its digest where it
 * lies. No process is started.
 * @param path absolute, or relative to the working directory
 * @param tag which image, where there are several
 * @throws InputError('base-image') where there is no layout, or no one image that is meant
 * @throws RunError where a blob is missing or damaged
 */
export async function openLayoutBase(path: string, tag: string | undefined, signal?: AbortSignal): Promise<BaseSource> {
  const folder = resolve(path);
  const blob = (digest: Digest) => join(folder, 'blobs', 'sha256', hexOf(digest));
  const document = async (info: BlobInfo) => {
    await checkFile(blob(info.digest), info);
    return checkBytes(await readFile(blob(info.digest)), info);
  };
  const { digest, size } = choose(await readDescriptors(folder), tag);
  return {
    spec: { digest },
    bytes: await document({ digest, size }),
    manifest: document,
    blobs: async (_manifest, wanted) => {
      for (const info of wanted) {
        if (signal?.aborted) throw new CancelledError();
        await checkFile(blob(info.digest), info);
      }
      return new Map(wanted.map(({ digest }) => [digest, blob(digest)]));
    },
  };
}

async function readDescriptors(folder: string): Promise<Descriptor[]> {
  const stats = await stat(folder).catch(ignoreMissing);
  if (!stats) throw refuse(`there is no folder ${folder}`, LAYOUT);
  const marker = await readJson(join(folder, 'oci-layout'));
  const index = await readJson(join(folder, 'index.json'));
  if (marker?.imageLayoutVersion !== '1.0.0' || !Array.isArray(index?.manifests)) {
    throw refuse(`${folder} holds no OCI image layout`, LAYOUT);
  }
  return index.manifests.map((entry: unknown): Descriptor => {
    const { digest, size, annotations } = Object(entry) as Readonly<Record<string, unknown>>;
    if (typeof digest !== 'string' || !isDigest(digest) || !isLength(size)) {
      throw refuse('its index.json has an entry whose digest or size has no valid form', LAYOUT);
    }
    const tag = (Object(annotations) as Readonly<Record<string, unknown>>)[REF_NAME];
    return { digest, size, tag: typeof tag === 'string' ? tag : undefined };
  });
}

function isLength(size: unknown): size is number {
  return Number.isSafeInteger(size) && Number(size) >= 0 && Number(size) <= MAX_DOCUMENT;
}

/** The JSON object in a small file; undefined where there is none. */
async function readJson(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > MAX_DOCUMENT) return undefined;
    return Object(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** The entry that is meant: the one with the tag; without a tag, the only one. */
function choose(descriptors: readonly Descriptor[], tag: string | undefined): Descriptor {
  const candidates = descriptors.filter((descriptor) => tag === undefined || descriptor.tag === tag);
  const [first, ...others] = candidates;
  if (first !== undefined && others.every(({ digest }) => digest === first.digest)) return first;
  const tags = [...new Set(descriptors.flatMap((descriptor) => descriptor.tag ?? []))].sort(compareUtf8);
  const has = tags.length === 0 ? 'no tags' : `the tags ${tags.map((known) => JSON.stringify(known)).join(', ')}`;
  const count = candidates.length === 0 ? 'no image' : `${candidates.length} images`;
  throw refuse(`it holds ${count}${tag === undefined ? '' : ' of that tag'}, and ${has}`, ONE_IMAGE);
}

function refuse(what: string, accepted: string): InputError {
  return new InputError(`${what}. Accepted: ${accepted}`, 'base-image');
}
