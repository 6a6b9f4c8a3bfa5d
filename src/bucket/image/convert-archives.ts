import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CancelledError, InputError, messageOf } from '../../base/errors.js';
import { compareUtf8 } from '../../base/files.js';
import { type Digest, digestFrom, hexOf } from '../../base/hash.js';
import type { Log } from '../../base/log.js';
import { removeTree } from '../../base/workspace.js';
import { chooseEngine } from '../../image/deflate-guard.js';
import { GzipStream } from '../../image/gzip.js';
import { writeIndex } from '../../image/image-index.js';
import { finishLayout, startLayout, writeBlob } from '../../image/layout.js';
import { type Descriptor, writeManifest } from '../../image/manifest.js';
import { MediaType } from '../../image/profile1.js';
import { comparePlatforms, type Platform, platformName } from '../../spec/platform.js';
import { parsePlatform } from '../../spec/platforms.js';
import { readConfig } from '../../verify/open/read-image.js';
import { damagedGzip, isGzip, plainChunks, readDockerArchive, refuse } from './docker-archive.js';

const INPUT = 'layout';
const NAMES = 'Accepted: OS.ARCH.tar.gz or OS.ARCH.VARIANT.tar.gz, also without .gz, as linux.arm.v7.tar.gz';

/** An archive, and the platform that its name says. */
export interface PlatformArchive {
  readonly platform: Platform;
  readonly path: string;
}

/**
 * The archives in a folder, by the platforms of their names, in the order of an index. Other files do not count.
 * @returns empty where there is none
 * @throws InputError where a name is of no platform, or two are of one
 */
export async function findArchives(folder: string): Promise<PlatformArchive[]> {
  const found: PlatformArchive[] = [];
  for (const name of (await readdir(folder)).sort(compareUtf8)) {
    if (name.startsWith('.') || !/\.(tar|tgz)(\.|$)/.test(name)) continue;
    const path = join(folder, name);
    const [, os, architecture, variant] =
      /^([a-z0-9]+)[.-]([a-z0-9]+)(?:[.-]([a-z0-9]+))?\.(?:tar|tar\.gz|tgz)$/.exec(name) ?? [];
    if (os === undefined) throw new InputError(`the name of ${path} says no platform. ${NAMES}`, INPUT);
    const platform = platformOf([os, architecture, variant].filter((part) => part !== undefined).join('/'), path);
    const twin = found.find((other) => comparePlatforms(other.platform, platform) === 0);
    if (twin) throw new InputError(`${twin.path} and ${path} are both for ${platformName(platform)}. ${NAMES}`, INPUT);
    found.push({ platform, path });
  }
  return found.sort((a, b) => comparePlatforms(a.platform, b.platform));
}

function platformOf(name: string, path: string): Platform {
  try {
    return parsePlatform(name, INPUT);
  } catch (error) {
    throw new InputError(`the name of ${path} says no known platform: ${messageOf(error)}. ${NAMES}`, INPUT);
  }
}

export interface ConvertOptions {
  /** For the layout; new or empty. */
  readonly layoutDir: string;
  /** A folder for what is unpacked. */
  readonly tempDir: string;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes one index of archives that `docker save` wrote. Configs and what is in the layers stay as they are; layers that are
 * not compressed are, always to the same bytes. So the same archives give the same digest anywhere.
 * @throws InputError where an archive is damaged, or of another platform than its name says
 */
export async function convertArchives(archives: readonly PlatformArchive[], options: ConvertOptions): Promise<void> {
  const { layoutDir, tempDir, log, signal } = options;
  const blobsDir = await startLayout(layoutDir);
  const manifests: (Descriptor & { platform: Platform })[] = [];
  for (const { platform, path } of archives) {
    if (signal?.aborted) throw new CancelledError();
    log.progress(`${basename(path)}: reading`);
    const folder = join(tempDir, `archive-${manifests.length}`);
    await mkdir(folder);
    const image = await readDockerArchive(path, folder, signal);
    const place = { image: path, level: 'config', where: 'config' } as const;
    const { platform: stated, diffIds } = readConfig(image.config, place);
    if (!stated || comparePlatforms({ ...stated, osVersion: '' }, { ...platform, osVersion: '' }) !== 0) {
      const own = stated ? platformName(stated) : 'no platform';
      throw refuse(path, `its config is for ${own}, and its name says ${platformName(platform)}`);
    }
    if (diffIds.length !== image.layers.length) {
      throw refuse(path, `its config names ${diffIds.length} layers, and it has ${image.layers.length}`);
    }
    const layers: Descriptor[] = [];
    // One may be there twice.
    const taken = new Map<string, TakenLayer>();
    for (const [position, file] of image.layers.entries()) {
      log.progress(`${basename(path)}: layer ${position + 1} of ${image.layers.length}`);
      const layer =
        taken.get(file) ?? (await takeLayer(file, blobsDir, signal).catch((error) => damagedGzip(path, error)));
      taken.set(file, layer);
      const { diffId, digest, size } = layer;
      if (diffId !== diffIds[position]) {
        throw refuse(path, `its layer ${position + 1} is ${diffId}, and its config says ${diffIds[position]}`);
      }
      layers.push({ mediaType: MediaType.layer, digest, size });
    }
    const config = await writeBlob(blobsDir, image.config.toString('utf8'));
    const json = writeManifest({ mediaType: MediaType.config, ...config }, layers);
    manifests.push({ mediaType: MediaType.manifest, ...(await writeBlob(blobsDir, json)), platform: stated });
    await removeTree(folder);
  }
  const index = await writeBlob(blobsDir, writeIndex(manifests));
  await finishLayout(layoutDir, { mediaType: MediaType.index, ...index });
}

interface TakenLayer {
  readonly diffId: Digest;
  readonly digest: Digest;
  readonly size: number;
}

/** Puts a layer into the layout: as it is where it is gzip already, else compressed as profile 1 has it. */
async function takeLayer(file: string, blobsDir: string, signal: AbortSignal | undefined): Promise<TakenLayer> {
  const diffHash = createHash('sha256');
  if (await isGzip(file)) {
    for await (const chunk of plainChunks(file, signal)) diffHash.update(chunk);
    const hash = createHash('sha256');
    let size = 0;
    await pipeline(createReadStream(file), async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        hash.update(chunk);
        size += chunk.length;
      }
    });
    const digest = digestFrom(hash);
    await rename(file, join(blobsDir, hexOf(digest)));
    return { diffId: digestFrom(diffHash), digest, size };
  }
  const compressed = `${file}.gz`;
  const hash = createHash('sha256');
  let size = 0;
  const output = await open(compressed, 'wx', 0o644);
  try {
    const gzip = new GzipStream(chooseEngine());
    const write = async (chunks: readonly Uint8Array[]) => {
      for (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.length;
        await output.appendFile(chunk);
      }
    };
    await write([GzipStream.header()]);
    for await (const chunk of plainChunks(file, signal)) {
      diffHash.update(chunk);
      await write(await gzip.push(chunk));
    }
    await write(await gzip.end());
  } finally {
    await output.close();
  }
  const digest = digestFrom(hash);
  await rename(compressed, join(blobsDir, hexOf(digest)));
  await rm(file);
  return { diffId: digestFrom(diffHash), digest, size };
}
