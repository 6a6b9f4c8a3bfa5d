import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing, RunError } from '../base/errors.js';
import { type Digest, digestOf, hexOf, isDigest, sha256File } from '../base/hash.js';
import { blobsDirOf } from '../image/layout.js';
import { type Platform, platformName } from '../spec/platform.js';

export interface LayoutLayer {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  /** Digest of the archive before compression, as the config says. */
  readonly diffId: Digest;
  /** The blob. */
  readonly path: string;
}

/** One platform's image as it is read back from a layout. */
export interface LayoutImage {
  readonly configDigest: Digest;
  /** The program's absolute path in the image, and the arguments that it always gets. */
  readonly entrypoint: readonly [program: string, ...args: string[]];
  /** The lowest first. */
  readonly layers: readonly LayoutLayer[];
}

interface Descriptor {
  readonly mediaType?: unknown;
  readonly digest?: unknown;
  readonly size?: unknown;
}

/**
 * Reads an image from a layout: its manifest, its config and its layers' blobs, each checked against its digest.
 * @throws RunError where a blob is missing or is not what its digest says, or the image is not of the platform
 */
export async function readLayoutImage(layoutDir: string, platform: Platform, digest: Digest): Promise<LayoutImage> {
  const blobs = new Blobs(layoutDir, platform);
  const manifest = await blobs.json<{ config?: Descriptor | null; layers?: unknown }>('manifest', { digest });
  const config = await blobs.json<{
    os?: unknown;
    architecture?: unknown;
    config?: { Entrypoint?: unknown } | null;
    rootfs?: { diff_ids?: unknown } | null;
  }>('config', manifest.config ?? {});
  if (config.os !== platform.os || config.architecture !== platform.architecture)
    throw blobs.problem(`has a config for ${told(config.os)}/${told(config.architecture)}`);
  const [program, ...args] = textsIn(config.config?.Entrypoint);
  if (!program?.startsWith('/')) throw blobs.problem('names no program with an absolute path as its entrypoint');
  const diffIds = textsIn(config.rootfs?.diff_ids) as Digest[];
  const descriptors = Array.isArray(manifest.layers) ? (manifest.layers as readonly (Descriptor | null)[]) : [];
  if (descriptors.length !== diffIds.length)
    throw blobs.problem(`has ${descriptors.length} layers, and ${diffIds.length} diff IDs in its config`);
  const layers: LayoutLayer[] = [];
  for (const [i, diffId] of diffIds.entries()) layers.push(await blobs.layer(descriptors[i] ?? {}, diffId));
  return { configDigest: manifest.config?.digest as Digest, entrypoint: [program, ...args], layers };
}

/** The texts of a list; none where it is no list of texts. */
function textsIn(list: unknown): string[] {
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : [];
}

/** The blobs of one image in a layout. */
class Blobs {
  private readonly layoutDir: string;
  private readonly platform: Platform;

  constructor(layoutDir: string, platform: Platform) {
    this.layoutDir = layoutDir;
    this.platform = platform;
  }

  problem(what: string): RunError {
    return new RunError(
      `The smoke test of ${platformName(this.platform)} failed: the image in ${this.layoutDir} ${what}.`,
    );
  }

  async json<T extends object>(what: string, descriptor: Descriptor): Promise<T> {
    const { path, digest } = await this.find(what, descriptor);
    const bytes = await readFile(path);
    if (digestOf(bytes) !== digest) throw this.damaged(what, digest);
    try {
      const value: unknown = JSON.parse(bytes.toString('utf8'));
      if (typeof value === 'object' && value !== null) return value as T;
    } catch {
      // What it is instead does not matter.
    }
    throw this.problem(`has a ${what} (${digest}) that is no JSON object`);
  }

  async layer(descriptor: Descriptor, diffId: Digest): Promise<LayoutLayer> {
    const { path, digest, size } = await this.find('layer', descriptor);
    if (`sha256:${await sha256File(path)}` !== digest) throw this.damaged('layer', digest);
    const { mediaType } = descriptor;
    return { mediaType: typeof mediaType === 'string' ? mediaType : '', digest, size, diffId, path };
  }

  private async find(what: string, { digest, size }: Descriptor) {
    if (typeof digest !== 'string' || !isDigest(digest)) throw this.problem(`has a ${what} without a proper digest`);
    const path = join(blobsDirOf(this.layoutDir), hexOf(digest));
    const stats = await stat(path).catch(ignoreMissing);
    if (!stats?.isFile()) throw this.problem(`lacks its ${what} ${digest}`);
    if (size !== undefined && stats.size !== size)
      throw this.problem(`has a ${what} of ${stats.size} bytes where ${digest} should have ${JSON.stringify(size)}`);
    return { path, digest, size: stats.size };
  }

  private damaged(what: string, digest: Digest): RunError {
    return this.problem(`has a damaged ${what}: its bytes are not those of ${digest}`);
  }
}

/** What should be a plain word, or its JSON where it is something else: it may come from a stranger's image. */
function told(value: unknown): string {
  return typeof value === 'string' && /^\w+$/.test(value) ? value : (JSON.stringify(value) ?? 'nothing');
}
