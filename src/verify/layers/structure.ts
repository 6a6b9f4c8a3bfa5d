import type { HardLinks } from './hard-links.js';
import type { ArchiveEntry, EntryProblem } from './tar-entry.js';
import { shown } from './tar-entry.js';
import { plainPath } from './tar-fields.js';
import { foldersAbove } from './whiteouts.js';

/** What is wrong with an entry, seen beside the others of its layer. */
export function problemsOf(
  entry: ArchiveEntry,
  byPath: ReadonlyMap<string, ArchiveEntry>,
  links: HardLinks,
): EntryProblem[] {
  const problems = [...entry.problems];
  const hostile = (text: string) => problems.push({ cause: 'hostile', text });
  const above = nearest(entry.path, byPath);
  if (above && above.kind !== 'directory') hostile(`it lies below ${shown(above.path)}, which is a ${above.kind}`);
  if (entry.kind === 'hardlink') {
    if (links.rootOf(entry) === undefined) hostile('its hard links go in a circle');
    else if (byPath.get(plainPath(entry.linkname))?.kind === 'directory') hostile('it is a hard link to a folder');
  }
  return problems;
}

/** The nearest folder above that the archive has; those above that are looked at in its turn. */
function nearest(path: string, byPath: ReadonlyMap<string, ArchiveEntry>): ArchiveEntry | undefined {
  for (const folder of foldersAbove(path)) {
    const entry = byPath.get(folder);
    if (entry) return entry;
  }
  return undefined;
}
