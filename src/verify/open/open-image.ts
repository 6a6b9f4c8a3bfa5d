import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../base/errors.js';
import { type Log, silentLog } from '../../base/log.js';
import { type ImageLocation, locationName } from '../../inputs/image-location.js';
import { openLayoutBase } from '../../registry/base-layout.js';
import { openRegistryBase } from '../../registry/base-registry.js';
import type { BaseSource } from '../../registry/base-source.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { platformName } from '../../spec/platform.js';
import { asDamage, DamagedImageError, type Place } from '../damaged.js';
import { readDocument, textAt } from './document.js';
import { ImageReader } from './image-reader.js';
import { unpackArchive } from './open-archive.js';
import type { ImageEntry, OpenedImage } from './opened-image.js';
import { isIndexDocument } from './read-image.js';
import { readIndex } from './read-index.js';

export { DamagedImageError } from '../damaged.js';
export type { ImageEntry, LayerInfo, OpenedImage, PlatformImage } from './opened-image.js';

export interface OpenOptions {
  /** Asked for only where the image lies in a registry. */
  readonly access: () => Promise<RegistryAccess>;
  /** A folder for what is fetched or unpacked, which lives as long as the image is needed. */
  readonly tempDir: string;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** The input that named the image; default `image`. */
  readonly input?: string | undefined;
}

/**
 * Opens an image that is to be examined, and reads its index or single manifest; of a single manifest the config, too,
 * which says what it is for. Nothing about it is trusted, and no cache is used.
 * @throws InputError where there is no such image
 * @throws DamagedImageError where there is one whose index cannot be read, or has no image in it
 * @throws RunError where the registry cannot be asked
 */
export async function openImage(location: ImageLocation, options: OpenOptions): Promise<OpenedImage> {
  const name = locationName(location);
  const place: Place = { image: name, level: 'index', where: 'index' };
  const source = await openSource(location, place, options).catch((error: unknown) => {
    throw error instanceof InputError ? error : asDamage(place, error);
  });
  const { bytes } = source;
  const { digest } = source.spec;
  const reader = new ImageReader(name, source);
  const { isIndex, mediaType } = readDocument(bytes, { ...place, where: 'document' }, (root) => ({
    isIndex: isIndexDocument(root, place),
    mediaType: textAt(root.member('mediaType')),
  }));
  const { entries, oddities } = isIndex
    ? readDocument(bytes, place, (root) => readIndex(root, digest, place))
    : { entries: [await ownEntry(source, mediaType, reader)], oddities: [] };
  options.log.info(`Image ${name}: ${digest} (${shownNames(entries)})`);
  return {
    ...{ name, digest, mediaType, bytes, isIndex, entries, oddities },
    read: (entry) => reader.read(entry),
    layerFiles: (entry, wanted) => reader.layerFiles(entry, wanted),
  };
}

async function openSource(location: ImageLocation, place: Place, options: OpenOptions): Promise<BaseSource> {
  const { signal, tempDir, input = 'image' } = options;
  if (location.type === 'registry') {
    return openRegistryBase(location.reference, { access: options.access, tempDir, signal, input });
  }
  const { path, tag } = location;
  if (location.type === 'layout') return openLayoutBase(path, tag, { signal, input });
  const folder = await mkdtemp(join(tempDir, 'archive-'));
  await unpackArchive(path, folder, { place: { ...place, where: 'archive' }, signal, input });
  return openLayoutBase(folder, tag, { signal, input, archive: path });
}

/** A single manifest does not say what it is for; its config does. What is wrong with that comes out when it is read. */
async function ownEntry({ spec, bytes }: BaseSource, mediaType: string, reader: ImageReader): Promise<ImageEntry> {
  const { digest } = spec;
  const entry: ImageEntry = { platform: undefined, name: digest, digest, size: bytes.length, mediaType, raw: '' };
  try {
    const { platform } = await reader.read(entry);
    return platform === undefined ? entry : { ...entry, platform, name: platformName(platform) };
  } catch (error) {
    if (error instanceof DamagedImageError) return entry;
    throw error;
  }
}

/** No more names than a line holds. */
function shownNames(entries: readonly ImageEntry[]): string {
  const shown = entries.slice(0, 20).map(({ name }) => name);
  return shown.length < entries.length
    ? `${shown.join(', ')} and ${entries.length - shown.length} more`
    : shown.join(', ');
}

/** Opens a layout that this program has just made: there is no registry to ask, and nothing to tell. */
export function openOwnImage(
  layoutDir: string,
  { tempDir, signal }: Pick<OpenOptions, 'tempDir' | 'signal'>,
): Promise<OpenedImage> {
  const access = () => Promise.reject(new Error('a layout is in no registry'));
  const location = { type: 'layout', path: layoutDir, tag: undefined } as const;
  return openImage(location, { access, tempDir, log: silentLog, signal });
}
