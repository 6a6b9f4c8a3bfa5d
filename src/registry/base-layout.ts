import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CancelledError, InputError, ignoreMissing, systemCode } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import { type Digest, hexOf, isDigest } from '../base/hash.js';
import { type BaseSource, type BlobInfo, checkBytes, checkFile, MAX_DOCUMENT } from './base-source.js';

/** What names an image in the `index.json` of a layout (image-spec annotations.md). */
const REF_NAME = 'org.opencontainers.image.ref.name';

/** How many tags are listed in a message. */
const MOST_TAGS = 20;

export interface LayoutBaseOptions {
  readonly signal?: AbortSignal | undefined;
  /** The input to blame; default `base-image`. */
  readonly input?: string | undefined;
  /** Where the layout was unpacked from; by this it is called, since nobody knows its folder. */
  readonly archive?: string | undefined;
}

/** One entry of `index.json`. */
interface Descriptor extends BlobInfo {
  readonly tag: string | undefined;
}

/**
 * An image in an OCI image layout on disk (image-spec image-layout.md), every blob checked by its digest where it
 * lies. No process is started.
 * @param path absolute, or relative to the working directory
 * @param tag which image, where there are several
 * @throws InputError where there is no layout, or no one image that is meant
 * @throws WrongBytesError where a blob is missing or damaged
 */
export async function openLayoutBase(
  path: string,
  tag: string | undefined,
  options: LayoutBaseOptions = {},
): Promise<BaseSource> {
  const { signal } = options;
  const folder = resolve(path);
  const blob = (digest: Digest) => join(folder, 'blobs', 'sha256', hexOf(digest));
  const document = async (info: BlobInfo) => {
    await checkFile(blob(info.digest), info, signal);
    return checkBytes(await readFile(blob(info.digest)), info);
  };
  const { digest, size } = choose(await readDescriptors(folder, options), tag, options);
  return {
    spec: { digest },
    bytes: await document({ digest, size }),
    manifest: document,
    config: (_manifest, info) => document(info),
    blobs: async (_manifest, wanted) => {
      for (const info of wanted) {
        if (signal?.aborted) throw new CancelledError();
        await checkFile(blob(info.digest), info, signal);
      }
      return new Map(wanted.map(({ digest }) => [digest, blob(digest)]));
    },
  };
}

async function readDescriptors(folder: string, options: LayoutBaseOptions): Promise<Descriptor[]> {
  const stats = await stat(folder).catch(ignoreMissing);
  if (!stats) throw refuse(`there is no folder ${folder}`, accepted(options), options);
  const marker = await readJson(join(folder, 'oci-layout'));
  const index = await readJson(join(folder, 'index.json'));
  if (marker?.imageLayoutVersion !== '1.0.0' || !Array.isArray(index?.manifests)) {
    throw refuse(`${options.archive ?? folder} holds no OCI image layout`, accepted(options), options);
  }
  return index.manifests.map((entry: unknown): Descriptor => {
    const { digest, size, annotations } = Object(entry) as Readonly<Record<string, unknown>>;
    if (typeof digest !== 'string' || !isDigest(digest) || !isLength(size)) {
      throw refuse('its index.json has an entry whose digest or size has no valid form', accepted(options), options);
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
function choose(descriptors: readonly Descriptor[], tag: string | undefined, options: LayoutBaseOptions): Descriptor {
  const candidates = descriptors.filter((descriptor) => tag === undefined || descriptor.tag === tag);
  const [first, ...others] = candidates;
  if (first !== undefined && others.every(({ digest }) => digest === first.digest)) return first;
  const tags = [...new Set(descriptors.flatMap((descriptor) => descriptor.tag ?? []))].sort(compareUtf8);
  const listed = tags.slice(0, MOST_TAGS).map((known) => JSON.stringify(known.slice(0, 128)));
  const more = tags.length > MOST_TAGS ? `, and ${tags.length - MOST_TAGS} more` : '';
  const has = tags.length === 0 ? 'no tags' : `the tags ${listed.join(', ')}${more}`;
  const count = candidates.length === 0 ? 'no image' : `${candidates.length} images`;
  const form = formOf(options);
  const oneImage = `${form} where it holds one image, ${form}:TAG with the tag of one image where it holds several`;
  throw refuse(`it holds ${count}${tag === undefined ? '' : ' of that tag'}, and ${has}`, oneImage, options);
}

function formOf({ archive }: LayoutBaseOptions): string {
  return archive === undefined ? 'oci:FOLDER' : 'oci-archive:FILE';
}

function accepted(options: LayoutBaseOptions): string {
  const form = formOf(options);
  const what = options.archive === undefined ? 'a folder' : 'an archive';
  return `${form} or ${form}:TAG with ${what} that holds an OCI image layout (oci-layout, index.json and blobs)`;
}

function refuse(what: string, accepted: string, { input = 'base-image' }: LayoutBaseOptions): InputError {
  return new InputError(`${what}. Accepted: ${accepted}`, input);
}
