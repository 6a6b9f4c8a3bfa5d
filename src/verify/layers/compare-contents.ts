import { type FileHandle, mkdtemp, open } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError } from '../../base/errors.js';
import { removeTree } from '../../base/workspace.js';
import { DamagedImageError } from '../damaged.js';
import { type Difference, printable } from '../difference.js';
import type { UnlikeFiles } from './compare-archives.js';
import { LayerArchive } from './decompress.js';
import { contentText } from './describe-entry.js';
import { MAX_DIFFERENCES } from './findings.js';
import type { CompareLayersOptions, LayerFile } from './layers.js';
import { type ArchiveEntry, shown } from './tar-entry.js';
import { TarReader } from './tar-reader.js';

/** Bytes of files that may lie on the disk at a time. */
const MAX_EXTRACTED = 8 * 1024 ** 3;

/** Tells of which layer an entry is. */
export type LayerOf = (entry: ArchiveEntry) => LayerFile;

/**
 * Looks into files of one path whose content differs: they are taken out of their layers, under numbers, never under their
 * names, and are gone afterwards. What is too much for that is told by its digests.
 */
export async function compareContents(
  unlike: readonly UnlikeFiles[],
  layerOf: { a: LayerOf; b: LayerOf },
  options: CompareLayersOptions,
): Promise<Difference[]> {
  const opened = affordable(unlike);
  const found: Difference[] = [];
  if (opened.length > 0) {
    const folder = await mkdtemp(join(options.tempDir, 'files-'));
    try {
      const [a, b] = [join(folder, 'a'), join(folder, 'b')];
      const paths = await extract(
        opened.map((pair) => pair.a),
        layerOf.a,
        a,
        options.signal,
      );
      const others = await extract(
        opened.map((pair) => pair.b),
        layerOf.b,
        b,
        options.signal,
      );
      for (const pair of opened) {
        found.push(...(await compareOne(pair, paths.get(pair.a) ?? '', others.get(pair.b) ?? '', options)));
      }
    } finally {
      await removeTree(folder);
    }
  }
  for (const pair of unlike.slice(opened.length)) {
    if (found.length > MAX_DIFFERENCES) break;
    found.push(byDigest(pair));
  }
  return found;
}

/** The first of them, as many as the disk and the report can take. */
function affordable(unlike: readonly UnlikeFiles[]): readonly UnlikeFiles[] {
  let bytes = 0;
  const end = unlike.findIndex(({ a, b }, i) => {
    bytes += a.size + b.size;
    return bytes > MAX_EXTRACTED || i === MAX_DIFFERENCES;
  });
  return end < 0 ? unlike : unlike.slice(0, end);
}

async function compareOne(
  pair: UnlikeFiles,
  a: string,
  b: string,
  { compareFiles }: CompareLayersOptions,
): Promise<Difference[]> {
  try {
    const found = await compareFiles(printable(shown(pair.path)), a, b);
    return found.length > 0 ? found : [byDigest(pair)];
  } catch (error) {
    if (error instanceof DamagedImageError) return [byDigest(pair), error.difference];
    throw error;
  }
}

function byDigest({ path, a, b }: UnlikeFiles): Difference {
  const where = `${printable(shown(path))}: content`;
  return { level: 'file', weight: 'content', where, a: contentText(a), b: contentText(b), cause: 'files' };
}

/** Writes the contents of entries to files. @param to what their paths begin with */
async function extract(
  entries: readonly ArchiveEntry[],
  layerOf: LayerOf,
  to: string,
  signal: AbortSignal | undefined,
): Promise<Map<ArchiveEntry, string>> {
  const paths = new Map<ArchiveEntry, string>();
  const byLayer = new Map<LayerFile, Map<number, string>>();
  for (const entry of entries) {
    const layer = layerOf(entry);
    const wanted = byLayer.get(layer) ?? new Map<number, string>();
    byLayer.set(layer, wanted);
    const path = wanted.get(entry.index) ?? `${to}-${paths.size}`;
    wanted.set(entry.index, path);
    paths.set(entry, path);
  }
  for (const [layer, wanted] of byLayer) await extractFrom(layer, wanted, signal);
  return paths;
}

async function extractFrom(
  layer: LayerFile,
  wanted: ReadonlyMap<number, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const place = { image: layer.digest, level: 'layer', where: 'layer' } as const;
  const files = new Map<number, FileHandle>();
  const last = Math.max(...wanted.keys());
  try {
    for (const [index, path] of wanted) files.set(index, await open(path, 'wx', 0o600));
    const chunks = new LayerArchive(layer.path, place, { signal, isHashed: false }).chunks();
    const sinkFor = (index: number) => {
      const file = files.get(index);
      return file && ((part: Buffer) => file.appendFile(part));
    };
    for await (const { index } of new TarReader(chunks, place, { sinkFor }).entries()) {
      if (index === last) break;
    }
  } catch (error) {
    throw explainSystemError(error, 'take files out of a layer');
  } finally {
    for (const file of files.values()) await file.close();
  }
}
