import { digestOf } from '../../base/hash.js';
import type { ArchiveEntry } from './tar-entry.js';
import { plainPath } from './tar-fields.js';

/** Which names of an archive are one file. */
export class HardLinks {
  private readonly byPath: ReadonlyMap<string, ArchiveEntry>;
  private readonly roots = new Map<string, string>();
  private readonly circles = new Set<string>();
  private groups: Map<string, string> | undefined;

  /** @param byPath the entries, of a path that is there twice the last */
  constructor(byPath: ReadonlyMap<string, ArchiveEntry>) {
    this.byPath = byPath;
  }

  /**
   * The path at the end of an entry's links: that of what it is, or one that the archive does not have; undefined where
   * they go in a circle.
   */
  rootOf(entry: ArchiveEntry): string | undefined {
    const met = new Set<string>();
    let root = entry.path;
    for (let at: ArchiveEntry | undefined = entry; at; ) {
      if (at.kind !== 'hardlink') {
        root = at.path;
        break;
      }
      if (met.has(at.path) || this.circles.has(at.path)) {
        for (const path of met) this.circles.add(path);
        return undefined;
      }
      met.add(at.path);
      const target = plainPath(at.linkname);
      const known = this.roots.get(target);
      root = known ?? target;
      at = known === undefined ? this.byPath.get(target) : undefined;
    }
    for (const path of met) this.roots.set(path, root);
    return root;
  }

  /** What an entry's links end at. */
  resolve(entry: ArchiveEntry): ArchiveEntry | undefined {
    const root = this.rootOf(entry);
    return root === undefined ? undefined : this.byPath.get(root);
  }

  /** The same text for the same set of names that are one file; undefined where the entry has one name only. */
  groupOf(entry: ArchiveEntry): string | undefined {
    const root = this.rootOf(entry);
    this.groups ??= this.makeGroups();
    return root === undefined ? undefined : this.groups.get(root);
  }

  private makeGroups(): Map<string, string> {
    const names = new Map<string, string[]>();
    for (const entry of this.byPath.values()) {
      const root = entry.kind === 'hardlink' ? this.rootOf(entry) : undefined;
      if (root === undefined) continue;
      const list = names.get(root);
      if (list) list.push(entry.path);
      else names.set(root, [root, entry.path]);
    }
    return new Map([...names].map(([root, paths]) => [root, digestOf(JSON.stringify(paths.sort()))]));
  }
}
