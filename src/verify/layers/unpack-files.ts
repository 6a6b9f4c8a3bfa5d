import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError } from '../../base/errors.js';
import type { Place } from '../damaged.js';
import { LayerArchive } from './decompress.js';
import type { LayerFile } from './layers.js';
import type { ArchiveEntry } from './tar-entry.js';
import { TarReader } from './tar-reader.js';

/** An entry of a layer, and where its content lies; undefined where it has none. */
export interface UnpackedEntry {
  readonly entry: ArchiveEntry;
  readonly path: string | undefined;
}

/**
 * Takes all files out of a layer. They lie under numbers, never under their names.
 * @param folder for the files; there, and empty
 * @returns the entries in their order
 * @throws DamagedImageError as `LayerArchive` and `TarReader`
 */
export async function unpackFiles(
  layer: LayerFile,
  place: Place,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<UnpackedEntry[]> {
  const pathOf = (index: number) => join(folder, String(index));
  const chunks = new LayerArchive(layer.path, place, { signal, isHashed: false }).chunks();
  const sinkFor = (index: number) => (part: Buffer) => appendFile(pathOf(index), part, { mode: 0o600 });
  const unpacked: UnpackedEntry[] = [];
  try {
    for await (const entry of new TarReader(chunks, place, { sinkFor }).entries()) {
      unpacked.push({ entry, path: entry.size > 0 ? pathOf(entry.index) : undefined });
    }
    return unpacked;
  } catch (error) {
    throw explainSystemError(error, 'take files out of a layer');
  }
}
