import { compareEntries } from './compare-entries.js';
import { entryText } from './describe-entry.js';
import { Kind } from './finding-kinds.js';
import type { Findings } from './findings.js';
import { HardLinks } from './hard-links.js';
import { impliedFolders } from './implied-folders.js';
import { problemsOf } from './structure.js';
import { type ArchiveEntry, renamed } from './tar-entry.js';

/** Two files at one path whose content differs. */
export interface UnlikeFiles {
  readonly path: string;
  readonly a: ArchiveEntry;
  readonly b: ArchiveEntry;
}

/** The entries of one side, ready to be found. */
interface Side {
  /** By path; where a path is there more than once, each after the first by its number, too. */
  readonly byKey: ReadonlyMap<string, ArchiveEntry>;
  readonly byPath: ReadonlyMap<string, ArchiveEntry>;
  readonly links: HardLinks;
}

/** Compares two lists of entries, but for their order. @returns files whose content is to be looked into */
export function compareLists(
  a: readonly ArchiveEntry[],
  b: readonly ArchiveEntry[],
  findings: Findings,
): UnlikeFiles[] {
  const [side, other] = [sideOf(a), sideOf(b)];
  const unlike: UnlikeFiles[] = [];
  const onlyA: [string, ArchiveEntry][] = [];
  for (const [key, entry] of side.byKey) {
    const match = other.byKey.get(key);
    if (!match) onlyA.push([key, entry]);
    else if (comparePair(entry, match, side, other, findings)) unlike.push({ path: entry.path, a: entry, b: match });
  }
  const onlyB = [...other.byKey].filter(([key]) => !side.byKey.has(key));
  tellLonely(onlyA, other, (kind, path, text) => findings.add(kind, path, text, undefined));
  tellLonely(onlyB, side, (kind, path, text) => findings.add(kind, path, undefined, text));
  tellProblems(side, other, findings);
  return unlike;
}

function sideOf(entries: readonly ArchiveEntry[]): Side {
  const byPath = new Map<string, ArchiveEntry>();
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const { path } = entry;
    if (byPath.has(path)) counts.set(path, 1);
    byPath.set(path, entry);
  }
  const links = new HardLinks(byPath);
  if (counts.size === 0) return { byKey: byPath, byPath, links };
  for (const path of counts.keys()) counts.set(path, 0);
  const byKey = new Map<string, ArchiveEntry>();
  for (const entry of entries) {
    const count = (counts.get(entry.path) ?? 0) + 1;
    if (counts.has(entry.path)) counts.set(entry.path, count);
    byKey.set(count === 1 ? entry.path : `${entry.path}\0${count}`, entry);
  }
  return { byKey, byPath, links };
}

function comparePair(a: ArchiveEntry, b: ArchiveEntry, side: Side, other: Side, findings: Findings): boolean {
  const isLinked = a.kind === 'hardlink' || b.kind === 'hardlink';
  if (!isLinked || (a.kind === b.kind && a.linkname === b.linkname)) return compareEntries(a, b, findings);
  const [group, otherGroup] = [side.links.groupOf(a), other.links.groupOf(b)];
  const [file, otherFile] = [side.links.resolve(a), other.links.resolve(b)];
  if (group === undefined || group !== otherGroup || !file || !otherFile) return compareEntries(a, b, findings);
  // The same names are one file, told by another of them: it is the file that counts.
  findings.add(Kind.linkOrder, a.path, entryText(a), entryText(b));
  return compareEntries(renamed(file, a), renamed(otherFile, a), findings);
}

/** Entries that the other side does not have. */
function tellLonely(
  lonely: readonly (readonly [string, ArchiveEntry])[],
  other: Side,
  tell: (kind: (typeof Kind)[keyof typeof Kind], path: string, text: string) => void,
): void {
  const implied = impliedFolders(
    lonely.filter(([key, entry]) => key === entry.path).map(([, entry]) => entry),
    other.byPath,
  );
  for (const [key, entry] of lonely) {
    const { path, kind } = entry;
    if (key === path) tell(implied.has(path) ? Kind.parents : Kind.only, path, entryText(entry));
    else if (kind === 'directory' && isAlike(entry, other.byPath.get(path)))
      tell(Kind.doubleFolders, path, entryText(entry));
    else tell(Kind.hostile, path, `its name is there once more: ${entryText(entry)}`);
  }
}

function isAlike(a: ArchiveEntry, b: ArchiveEntry | undefined): boolean {
  return b !== undefined && entryText(a) === entryText(b) && a.records.length === 0;
}

function tellProblems(side: Side, other: Side, findings: Findings): void {
  for (const [{ byKey, byPath, links }, isFirst] of [
    [side, true],
    [other, false],
  ] as const) {
    for (const entry of byKey.values()) {
      for (const { cause, text } of problemsOf(entry, byPath, links)) {
        findings.add(Kind[cause], entry.path, isFirst ? text : undefined, isFirst ? undefined : text);
      }
    }
  }
}
