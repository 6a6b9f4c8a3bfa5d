import { damaged, type Place } from '../damaged.js';
import type { Difference } from '../difference.js';
import { LayerArchive, type UnpackFacts } from './decompress.js';
import type { LayerFile } from './layers.js';
import type { ArchiveEnd, ArchiveEntry } from './tar-entry.js';
import { TarReader } from './tar-reader.js';

/** A layer that was read to its last byte. */
export interface LayerReading {
  readonly facts: UnpackFacts;
  readonly entries: readonly ArchiveEntry[];
  readonly end: ArchiveEnd;
}

/**
 * Reads a layer: what it holds, and what it is as a whole.
 * @throws DamagedImageError as `LayerArchive` and `TarReader`
 */
export async function readLayer(
  layer: LayerFile,
  where: string,
  signal: AbortSignal | undefined,
): Promise<LayerReading> {
  const place: Place = { image: layer.digest, level: 'layer', where };
  const archive = new LayerArchive(layer.path, place, { signal });
  const reader = new TarReader(archive.chunks(), place);
  const entries: ArchiveEntry[] = [];
  for await (const entry of reader.entries()) entries.push(entry);
  if (!archive.facts || !reader.end) throw damaged(place, 'it was not read to its end');
  return { facts: archive.facts, entries, end: reader.end };
}

/** Unpacks a layer only to know what it is as a whole. */
export async function unpackLayer(
  layer: LayerFile,
  where: string,
  signal: AbortSignal | undefined,
): Promise<UnpackFacts> {
  return new LayerArchive(layer.path, { image: layer.digest, level: 'layer', where }, { signal }).read();
}

/** What a layer is, against what the image says of it; on side `a`. */
export function liesOf(layer: LayerFile, facts: UnpackFacts, where: string): Difference[] {
  const found: Difference[] = [];
  if (layer.diffId !== facts.digest) {
    const said = layer.diffId === undefined ? 'the config has no diffID for it' : `the config says ${layer.diffId}`;
    const a = `${said}; its archive is ${facts.digest}`;
    found.push({ level: 'layer', weight: 'content', where: `${where}: diffID`, a, b: undefined, cause: 'damaged' });
  }
  const named = namedCompression(layer.mediaType);
  if (named !== undefined && named !== facts.compression) {
    const a = `${layer.mediaType}, but what it holds is ${facts.compression === 'none' ? 'not compressed' : facts.compression}`;
    const place = `${where}: media type`;
    found.push({ level: 'layer', weight: 'metadata', where: place, a, b: undefined, cause: 'media-types' });
  }
  return found;
}

function namedCompression(mediaType: string): UnpackFacts['compression'] | undefined {
  if (/[.+]gzip$/.test(mediaType)) return 'gzip';
  if (/[.+]zstd$/.test(mediaType)) return 'zstd';
  return /[.+]tar$/.test(mediaType) ? 'none' : undefined;
}
