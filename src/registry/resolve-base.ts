import { InputError, RunError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import type { Digest } from '../base/hash.js';
import type { Log } from '../base/log.js';
import type { BaseImage } from '../image/base-image.js';
import type { BaseReference, BaseRequest, PlatformBaseRequest } from '../inputs/requests.js';
import type { BaseSpec } from '../spec/build-spec.js';
import { comparePlatforms, type Platform, platformName, targetOf } from '../spec/platform.js';
import { referenceName } from '../spec/reference.js';
import { type BaseEntry, readBaseDocument } from './base-index.js';
import { openLayoutBase } from './base-layout.js';
import { openRegistryBase, type RegistryBaseOptions } from './base-registry.js';
import type { BaseSource, BlobInfo } from './base-source.js';
import { bringImage, withPlatform } from './bring-base.js';

export type { BlobCache } from '../store/blob-store.js';

/** A base image whose reference was looked up; from here on everything goes by digest. */
export interface ResolvedBase {
  readonly spec: BaseSpec;
  /** What it offers, canonical, in the order of the index. */
  readonly platforms: readonly Platform[];
  /**
   * Brings the image of one of `platforms` to disk, every blob checked by digest and size.
   * @throws RunError, naming reference and platform
   */
  fetch(platform: Platform): Promise<BaseImage>;
}

export interface ResolveOptions extends RegistryBaseOptions {
  readonly log: Log;
}

/**
 * Looks up the base image, or the base images of several platforms. Each reference is looked up once.
 * @throws InputError('base-image') where there is none, or it cannot be a base
 * @throws RunError where a registry cannot be asked, or what it gives is not what the digests say
 */
export async function resolveBase(
  request: Exclude<BaseRequest, { type: 'scratch' }>,
  options: ResolveOptions,
): Promise<ResolvedBase> {
  if (request.type === 'images') return resolveEach(request.images, options);
  const { source, entries, bring } = await resolveOne(request.from, options);
  return { spec: source.spec, platforms: entries.map(({ platform }) => platform), fetch: bring };
}

/** `PLATFORM=REFERENCE` lines: of each reference, the images of its platform alone. */
async function resolveEach(requests: readonly PlatformBaseRequest[], options: ResolveOptions): Promise<ResolvedBase> {
  const known = new Map<string, Resolved>();
  const bases = new Map<string, { resolved: Resolved; platforms: Platform[] }>();
  for (const { platform, from } of requests) {
    const name = nameOf(from);
    const resolved = known.get(name) ?? (await resolveOne(from, options));
    known.set(name, resolved);
    const platforms = resolved.entries
      .map((entry) => entry.platform)
      .filter((candidate) => comparePlatforms(targetOf(candidate), platform) === 0);
    if (platforms.length === 0) {
      const has = resolved.entries.map((entry) => platformName(entry.platform)).join(', ');
      throw new InputError(`Base image ${name} has none for ${platformName(platform)}. It has: ${has}`, 'base-image');
    }
    bases.set(platformName(platform), { resolved, platforms });
  }
  return {
    spec: [...bases]
      .map(([platform, { resolved }]) => ({ ...resolved.source.spec, platform }))
      .sort((a, b) => compareUtf8(a.platform, b.platform)),
    platforms: [...bases.values()].flatMap(({ platforms }) => platforms),
    fetch: async (platform) => {
      const base = bases.get(platformName(targetOf(platform)));
      if (!base) throw new InputError(`base-image names no image for ${platformName(platform)}`, 'base-image');
      return base.resolved.bring(platform);
    },
  };
}

/** One reference that was looked up. */
interface Resolved {
  readonly source: BaseSource;
  readonly entries: readonly BaseEntry[];
  bring(platform: Platform): Promise<BaseImage>;
}

async function resolveOne(from: BaseReference, options: ResolveOptions): Promise<Resolved> {
  const name = nameOf(from);
  return explain(`Base image ${name}`, async () => {
    const source = await open(from, options);
    const document = readBaseDocument(source.bytes);
    const images = new Map<Digest, Promise<BaseImage>>();
    const image = (entry: BlobInfo) => {
      const begun = images.get(entry.digest) ?? bringImage(source, entry);
      images.set(entry.digest, begun);
      return begun;
    };
    const entries = document.type === 'index' ? document.entries : [await ownEntry(source, image)];
    const offered = entries.map(({ platform }) => platformName(platform)).join(', ');
    options.log.info(`Base image ${name}: ${source.spec.digest} (${offered})`);
    const bring = (platform: Platform) =>
      explain(`Base image ${name} for ${platformName(platform)}`, async () => {
        const entry = entries.find((candidate) => comparePlatforms(candidate.platform, platform) === 0);
        if (!entry) throw new InputError(`there is none. It has: ${offered}`, 'base-image');
        const found = await image(entry);
        options.log.info(`Base image for ${platformName(platform)}: ${describe(entry, found)}`);
        return withPlatform(found, entry.platform);
      });
    return { source, entries, bring };
  });
}

function open(from: BaseReference, options: ResolveOptions): Promise<BaseSource> {
  return from.type === 'registry'
    ? openRegistryBase(from.reference, options)
    : openLayoutBase(from.path, from.tag, { signal: options.signal });
}

function nameOf(from: BaseReference): string {
  if (from.type === 'registry') return referenceName(from.reference);
  return from.tag === undefined ? `oci:${from.path}` : `oci:${from.path}:${from.tag}`;
}

/** The entry of a single manifest, whose config alone says what it is for. */
async function ownEntry(
  { spec, bytes }: BaseSource,
  image: (info: BlobInfo) => Promise<BaseImage>,
): Promise<BaseEntry> {
  const info = { digest: spec.digest, size: bytes.length };
  return { ...info, platform: (await image(info)).platform };
}

function describe({ digest }: BlobInfo, { layers }: BaseImage): string {
  const bytes = layers.reduce((sum, layer) => sum + layer.size, 0);
  return `${digest}, ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}, ${bytes} bytes`;
}

/** Runs `work`; what it throws says first what it was about. */
async function explain<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${what}: ${error.message}`, error.input);
    throw error instanceof RunError ? new RunError(`${what}: ${error.message}`) : error;
  }
}
