import { HardLinks } from './hard-links.js';
import type { LayerFile } from './layers.js';
import type { LayerReading } from './read-layer.js';
import { type ArchiveEntry, type EntryProblem, renamed } from './tar-entry.js';
import { foldersAbove, hiddenBy } from './whiteouts.js';

/** More than any image has; a stack is kept in memory as what can be seen of it. */
const MAX_VISIBLE = 300_000;

/** What a container sees of a stack of layers, which are given from the uppermost down. */
export class FlatView {
  private readonly visible = new Map<string, { entry: ArchiveEntry; layer: LayerFile }>();
  /** Paths that, with all below them, are hidden in the layers that are still to come. */
  private readonly hidden = new Set<string>();
  /** Folders of which only that is hidden what lies in them. */
  private readonly emptied = new Set<string>();

  /** Sorted by path. */
  get entries(): ArchiveEntry[] {
    const entries = [...this.visible.values()].map(({ entry }) => entry);
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Whether there is more than can be kept. */
  get isTooLarge(): boolean {
    return this.visible.size > MAX_VISIBLE;
  }

  layerOf(entry: ArchiveEntry): LayerFile {
    const layer = this.visible.get(entry.path)?.layer;
    if (!layer) throw new Error(`${entry.path} is in no layer`);
    return layer;
  }

  /** What is removed of layers below all that were given: paths, with a slash at the end where a folder is emptied. */
  get removals(): string[] {
    const emptied = [...this.emptied].filter((path) => {
      const entry = this.visible.get(path)?.entry;
      return (!entry || entry.kind === 'directory') && !this.isHidden(path);
    });
    const hidden = [...this.hidden].filter((path) => {
      const entry = this.visible.get(path)?.entry;
      return (!entry || entry.kind === 'directory') && !this.isBelowHidden(path);
    });
    return [...hidden, ...emptied.map((path) => `${path}/`)];
  }

  /** Puts a layer below those that are there. */
  addBelow(layer: LayerFile, { entries }: LayerReading): void {
    const own = new Map<string, ArchiveEntry>();
    const doubles = new Set<string>();
    for (const entry of entries) {
      if (own.has(entry.path) && entry.kind !== 'directory') doubles.add(entry.path);
      own.set(entry.path, entry);
    }
    const links = new HardLinks(own);
    const seen = new Set([...own.values()].filter(({ path }) => !hiddenBy(path) && this.isOpen(path)));
    for (const entry of seen) {
      const file = entry.kind === 'hardlink' ? links.resolve(entry) : undefined;
      const settled = settle(entry, file, file !== undefined && seen.has(file), doubles.has(entry.path));
      this.visible.set(entry.path, { entry: settled, layer });
    }
    // Only now: what a layer removes is of the layers below it.
    for (const { path, kind } of own.values()) {
      const whiteout = hiddenBy(path);
      if (whiteout) (whiteout.isOpaque ? this.emptied : this.hidden).add(whiteout.path);
      else if (kind !== 'directory') this.emptied.add(path);
    }
  }

  private isOpen(path: string): boolean {
    if (this.visible.has(path) || this.isHidden(path)) return false;
    return ![...foldersAbove(path)].some((folder) => {
      const entry = this.visible.get(folder)?.entry;
      return entry !== undefined && entry.kind !== 'directory';
    });
  }

  private isHidden(path: string): boolean {
    return this.hidden.has(path) || this.isBelowHidden(path);
  }

  private isBelowHidden(path: string): boolean {
    for (const folder of foldersAbove(path)) if (this.hidden.has(folder) || this.emptied.has(folder)) return true;
    return false;
  }
}

/**
 * A hard link with the content of the file that it is in its layer. Where an upper layer puts another file in that one's
 * place, the link keeps the old one, and is a file of its own.
 */
function settle(entry: ArchiveEntry, file: ArchiveEntry | undefined, isSeen: boolean, isDouble: boolean): ArchiveEntry {
  const problems: EntryProblem[] = [...entry.problems];
  if (isDouble) problems.push({ cause: 'hostile', text: 'its name is more than once in one layer' });
  if (entry.kind !== 'hardlink') return isDouble ? { ...entry, problems } : entry;
  if (!file) {
    problems.push({ cause: 'damaged', text: 'it is a hard link to what its layer does not have' });
    return { ...entry, problems };
  }
  if (!isSeen) return { ...renamed(file, entry), problems };
  return { ...entry, problems, contentHash: file.contentHash, size: file.size, index: file.index };
}
