import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, ignoreMissing, messageOf, RunError, systemCode } from '../base/errors.js';
import { type Digest, digestOf, hexOf, isDigest, sha256File } from '../base/hash.js';
import { removeAbandoned, removeTree } from '../base/workspace.js';
import { blobsDirOf } from '../image/layout.js';

/** One image of an index, as far as storing it goes. */
export interface StoredManifest {
  readonly digest: Digest;
  readonly config: Digest;
  readonly os: string;
  readonly architecture: string;
}

/** What an index of a layout leads to. */
export interface LayoutContent {
  /** In the order of the index. */
  readonly manifests: readonly StoredManifest[];
  /** Every blob, the index itself included, each once; sizes in bytes. */
  readonly blobs: ReadonlyMap<Digest, number>;
}

const COPYING = 'copying-';

/**
 * Copies what an index of a layout leads to into `folder/<hex of the index>`, which is a layout itself, and checks every
 * blob by size and digest. A whole copy that is there is left alone, a damaged one replaced.
 * @throws RunError where the layout is damaged; system errors of the disk
 */
export async function keepLayout(
  layoutDir: string,
  index: Digest,
  folder: string,
  signal?: AbortSignal,
): Promise<{ path: string; content: LayoutContent }> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder, COPYING);
  const content = await readContent(layoutDir, index);
  const path = join(folder, hexOf(index));
  if (await isWhole(path, content, signal)) return { path, content };

  const beside = join(folder, `${COPYING}${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(blobsDirOf(beside), { recursive: true });
    for (const [digest, size] of content.blobs) {
      if (signal?.aborted) throw new CancelledError();
      const [from, to] = [layoutDir, beside].map((dir) => join(blobsDirOf(dir), hexOf(digest))) as [string, string];
      // Shares the blocks where the file system can.
      await copyFile(from, to, constants.COPYFILE_FICLONE).catch((error: unknown) => {
        throw missing(error, layoutDir, digest);
      });
      if (!(await isBlob(to, digest, size))) throw damaged(layoutDir, `its blob ${digest} has other bytes`);
    }
    for (const name of ['oci-layout', 'index.json'])
      await writeFile(join(beside, name), await readFile(join(layoutDir, name)));
    await moveInto(beside, path);
  } finally {
    await removeTree(beside);
  }
  return { path, content };
}

/** Reads the index and its manifests, checking each by its digest. */
export async function readContent(layoutDir: string, index: Digest): Promise<LayoutContent> {
  const blobs = new Map<Digest, number>();
  const read = async (digest: Digest) => {
    const bytes = await readFile(join(blobsDirOf(layoutDir), hexOf(digest))).catch((error: unknown) => {
      throw missing(error, layoutDir, digest);
    });
    if (digestOf(bytes) !== digest) throw damaged(layoutDir, `its blob ${digest} has other bytes`);
    blobs.set(digest, bytes.length);
    return bytes.toString('utf8');
  };
  const manifests: StoredManifest[] = [];
  try {
    for (const { digest, platform } of (JSON.parse(await read(index)) as IndexJson).manifests) {
      const { config, layers } = JSON.parse(await read(checked(digest))) as ManifestJson;
      for (const blob of [config, ...layers]) blobs.set(checked(blob.digest), blob.size);
      const { os, architecture } = platform;
      manifests.push({ digest: checked(digest), config: checked(config.digest), os, architecture });
    }
  } catch (error) {
    if (error instanceof RunError || systemCode(error) !== undefined) throw error;
    throw damaged(layoutDir, messageOf(error));
  }
  return { manifests, blobs };
}

interface IndexJson {
  manifests: { digest: string; platform: { os: string; architecture: string } }[];
}

interface ManifestJson {
  config: { digest: string; size: number };
  layers: { digest: string; size: number }[];
}

/** A digest becomes part of a path, so it must be one. */
function checked(digest: string): Digest {
  if (!isDigest(digest)) throw new Error(`${JSON.stringify(digest)} is no digest`);
  return digest;
}

async function isWhole(path: string, { blobs }: LayoutContent, signal: AbortSignal | undefined): Promise<boolean> {
  // Written last, so a copy that has none is none.
  if ((await stat(join(path, 'index.json')).catch(ignoreMissing)) === undefined) return false;
  for (const [digest, size] of blobs) {
    if (signal?.aborted) throw new CancelledError();
    if (!(await isBlob(join(blobsDirOf(path), hexOf(digest)), digest, size))) return false;
  }
  return true;
}

async function isBlob(file: string, digest: Digest, size: number): Promise<boolean> {
  const found = await stat(file).catch(ignoreMissing);
  return found?.size === size && (await sha256File(file)) === hexOf(digest);
}

/** Puts a folder into its place, where another run may have put the same, or a damaged one may be. */
async function moveInto(beside: string, path: string): Promise<void> {
  const old = `${beside.slice(0, -12)}${randomBytes(6).toString('hex')}`;
  await rename(path, old).catch(ignoreMissing);
  await rename(beside, path);
  await rm(old, { recursive: true, force: true });
}

function missing(error: unknown, layoutDir: string, digest: Digest): unknown {
  return systemCode(error) === 'ENOENT' ? damaged(layoutDir, `its blob ${digest} is missing`) : error;
}

function damaged(layoutDir: string, how: string): RunError {
  return new RunError(`The image layout ${layoutDir} is damaged: ${how}. Build it again.`);
}
