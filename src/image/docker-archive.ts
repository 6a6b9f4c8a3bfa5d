import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, explainSystemError } from '../base/errors.js';
import { besideName, makeFolder } from '../base/files.js';
import { type Digest, hexOf } from '../base/hash.js';
import { type Platform, platformFileName } from '../spec/platform.js';
import { parseReference, referenceName } from '../spec/reference.js';
import { type JsonObject, object, writeJson } from './json.js';
import { blobsDirOf } from './layout.js';
import { Mode } from './profile1.js';
import { tarChunks } from './tar.js';
import { planTar, type TarEntry } from './tar-plan.js';

/** What an archive says of an image that stands in a layout. */
export interface ArchivedImage {
  readonly platform: Platform;
  readonly configDigest: Digest;
  /** The lowest first; one may be there twice. */
  readonly layers: readonly { readonly digest: Digest }[];
}

export interface DockerArchiveOptions {
  /** A finished layout. */
  readonly layoutDir: string;
  readonly images: readonly ArchivedImage[];
  /** Names that `docker load` gives the image, each with its tag. Empty: it has none, and is known by its id. */
  readonly references: readonly string[];
  /** Gets one archive a platform, `linux-arm-v7.tar`; made where it is missing. */
  readonly folder: string;
  /** Time of every entry, in seconds since 1970. */
  readonly epochSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes one archive a platform that `docker load` and `podman load` take: the image specification v1.2 of docker
 * (moby, `image/spec`), with the layers compressed as they are in the layout, as go-containerregistry writes it. Config
 * and layers are those of the layout byte for byte, so the image id is the config's digest. The same layout, names and
 * time give the same bytes. Nothing of it stays where one of them fails.
 * @throws InputError where a reference is none
 * @throws RunError where the disk is full or may not be written
 * @throws CancelledError
 */
export async function writeDockerArchives(options: DockerArchiveOptions): Promise<void> {
  const names = options.references.map(loadableName);
  const removeFolder = await makeFolder(options.folder);
  const written: string[] = [];
  try {
    for (const image of options.images) {
      const file = join(options.folder, `${platformFileName(image.platform)}.tar`);
      await writeOne(file, archiveEntries(image, names, options.layoutDir), options);
      written.push(file);
    }
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    await removeFolder();
    throw explainSystemError(error, 'write the archives for docker load');
  }
}

/** The whole name, registry included: docker shows it in its short form, and podman makes nothing else of it. */
function loadableName(text: string): string {
  const { repository, tag = 'latest' } = parseReference(text);
  return referenceName({ repository, tag });
}

function archiveEntries(
  { configDigest, layers }: ArchivedImage,
  names: readonly string[],
  layoutDir: string,
): TarEntry[] {
  const files = new Map<string, Digest>([[`${hexOf(configDigest)}.json`, configDigest]]);
  for (const { digest } of layers) files.set(layerName(digest), digest);
  const blobs = [...files].map(([path, digest]): TarEntry => {
    return { path, type: 'file', mode: Mode.document, content: { file: join(blobsDirOf(layoutDir), hexOf(digest)) } };
  });
  const image: JsonObject = object(
    ['Config', `${hexOf(configDigest)}.json`],
    ['RepoTags', [...new Set(names)]],
    ['Layers', layers.map(({ digest }) => layerName(digest))],
  );
  const manifest = Buffer.from(writeJson([image]), 'utf8');
  return planTar([...blobs, { path: 'manifest.json', type: 'file', mode: Mode.document, content: manifest }]);
}

function layerName(digest: Digest): string {
  return `${hexOf(digest)}.tar.gz`;
}

/** Beside its place, then renamed into it. */
async function writeOne(
  file: string,
  entries: readonly TarEntry[],
  { epochSeconds, signal }: DockerArchiveOptions,
): Promise<void> {
  const temporary = besideName(file);
  try {
    const output = await open(temporary, 'wx', 0o644);
    try {
      for await (const chunk of tarChunks(entries, epochSeconds)) {
        if (signal?.aborted) throw new CancelledError();
        await output.appendFile(chunk);
      }
    } finally {
      await output.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
