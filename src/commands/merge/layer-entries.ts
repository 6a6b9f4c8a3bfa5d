import type { ImageInput } from '../../image/image-input.js';
import { isWindows } from '../../image/image-input.js';
import { BINARY_PATH, DOCS_PATH, Windows } from '../../image/profile1.js';
import type { Content, TarEntry } from '../../image/tar-plan.js';
import { printable } from '../../verify/difference.js';
import type { LayerFile } from '../../verify/layers/layers.js';
import { shown } from '../../verify/layers/tar-entry.js';
import { type UnpackedEntry, unpackFiles } from '../../verify/layers/unpack-files.js';
import { notABuilds, type Part } from './open-parts.js';

/**
 * What a layer was made of, in its Linux form; the files lie in `folder`. Whether the layer has all the rest as a build
 * gives it shows when it is made again.
 * @throws RunError for what no build puts into a layer
 */
export async function entriesOf(
  layer: LayerFile,
  part: Part,
  folder: string,
  signal: AbortSignal,
): Promise<TarEntry[]> {
  const { image, entry } = part;
  const place = { image: `${image.name} (${entry.name})`, level: 'layer', where: layer.digest } as const;
  const unpacked = await unpackFiles(layer, place, folder, signal);
  return unpacked.flatMap((each) => entryOf(each, part) ?? []);
}

/** Undefined for what a Windows layer has above its files. */
function entryOf({ entry, path: file }: UnpackedEntry, part: Part): TarEntry | undefined {
  const path = isWindows(part.entry.platform) ? pathOnWindows(entry.path) : entry.path;
  if (path === undefined) return undefined;
  const common = { path, mode: entry.mode };
  const content: Content = file === undefined ? Buffer.alloc(0) : { file };
  if (entry.problems.length === 0 && path !== '') {
    if (entry.kind === 'file') return { ...common, type: 'file', content };
    if (entry.kind === 'directory') return { ...common, type: 'directory' };
    if (entry.kind === 'symlink') return { ...common, type: 'symlink', target: entry.linkname };
  }
  throw notABuilds(part.layout, `a layer for ${part.entry.name} has ${named(entry.name)}, a ${entry.kind}`);
}

/** '' where it is none. */
function pathOnWindows(path: string): string | undefined {
  if (path === Windows.filesFolder || path === Windows.hivesFolder) return undefined;
  return path.startsWith(`${Windows.filesFolder}/`) ? path.slice(Windows.filesFolder.length + 1) : '';
}

/**
 * The files of the layer with the binary.
 * @throws RunError where there is none, or a file that no build puts there
 */
export function ownFiles(entries: readonly TarEntry[], part: Part): Pick<ImageInput, 'binaryPath' | 'docs'> {
  const { entry, layout } = part;
  const binary = isWindows(entry.platform) ? Windows.binaryPath : BINARY_PATH;
  let binaryPath: string | undefined;
  const docs: { path: string; content: Content }[] = [];
  for (const each of entries) {
    if (each.type === 'directory') continue;
    if (each.type === 'file' && each.path === binary && 'file' in each.content) binaryPath = each.content.file;
    else if (each.type === 'file' && each.path.startsWith(`${DOCS_PATH}/`)) {
      docs.push({ path: each.path.slice(DOCS_PATH.length + 1), content: each.content });
    } else throw notABuilds(layout, `the image for ${entry.name} has ${named(each.path)} beside its program`);
  }
  if (binaryPath !== undefined) return { binaryPath, docs };
  throw notABuilds(layout, `the image for ${entry.name} has no ${binary}`);
}

function named(path: string): string {
  return printable(shown(path));
}
