import { compareForms } from './compare-forms.js';
import { compareRecords } from './compare-records.js';
import { contentText, entryText, modeText, ownerText, targetText, timeText } from './describe-entry.js';
import { Kind } from './finding-kinds.js';
import type { Findings } from './findings.js';
import { type ArchiveEntry, permissions } from './tar-entry.js';
import { plainPath } from './tar-fields.js';
import { isWhiteout } from './whiteouts.js';

/**
 * Compares two entries of one path, every byte of theirs but the content itself.
 * @returns whether they are files of unlike content, which is not told here
 */
export function compareEntries(a: ArchiveEntry, b: ArchiveEntry, findings: Findings): boolean {
  const { path } = a;
  if (a.kind !== b.kind) {
    findings.add(Kind.type, path, entryText(a), entryText(b));
    return false;
  }
  // What stands for a deletion has neither owner nor mode; that it is there is all it says.
  const isOnlyName = isWhiteout(path);
  let isUnlike = compareMode(a, b, findings);
  const tell = (kind: Parameters<Findings['add']>[0], x: string, y: string) => {
    if (x === y) return;
    findings.add(kind, path, x, y);
    isUnlike = true;
  };
  tell(isOnlyName ? Kind.ownerNames : Kind.owner, ownerText(a), ownerText(b));
  if (a.kind === 'symlink') tell(Kind.target, targetText(a), targetText(b));
  if (a.kind === 'hardlink') {
    if (plainPath(a.linkname) !== plainPath(b.linkname)) tell(Kind.target, targetText(a), targetText(b));
    else tell(Kind.spelling, targetText(a), targetText(b));
  }
  if (a.kind.endsWith('device')) tell(Kind.device, deviceText(a), deviceText(b));
  if (compareRecords(a, b, findings)) isUnlike = true;
  if (compareTimes(a, b, findings)) isUnlike = true;
  tell(Kind.format, a.format, b.format);
  tell(Kind.ownerNames, `${a.uname}:${a.gname}`, `${b.uname}:${b.gname}`);
  tell(Kind.spelling, JSON.stringify(a.name), JSON.stringify(b.name));
  tell(Kind.typeFlags, JSON.stringify(a.typeFlag), JSON.stringify(b.typeFlag));
  const hasOtherContent = a.contentHash !== b.contentHash || a.size !== b.size || a.realSize !== b.realSize;
  if (!isUnlike && !hasOtherContent) compareForms(a, b, findings);
  if (!hasOtherContent) {
    if (a.hasPadding !== b.hasPadding) findings.add(Kind.padding, path, paddingText(a), paddingText(b));
    return false;
  }
  if (a.kind === 'file') return true;
  findings.add(Kind.content, path, contentText(a), contentText(b));
  return false;
}

/** Type bits are told apart from those that mean something; a symbolic link's own bits mean nothing on Linux. */
function compareMode(a: ArchiveEntry, b: ArchiveEntry, findings: Findings): boolean {
  if (a.mode === b.mode) return false;
  const isIdle = a.kind === 'symlink' || isWhiteout(a.path);
  if (permissions(a.mode) !== permissions(b.mode)) {
    findings.add(isIdle ? Kind.linkModes : Kind.permissions, a.path, modeText(a.mode), modeText(b.mode));
  }
  if (a.mode - permissions(a.mode) !== b.mode - permissions(b.mode)) {
    findings.add(Kind.typeBits, a.path, fieldText(a), fieldText(b));
  }
  return true;
}

function compareTimes(a: ArchiveEntry, b: ArchiveEntry, findings: Findings): boolean {
  if (a.mtime === b.mtime) return false;
  const isSameSecond = Math.floor(Number(a.mtime)) === Math.floor(Number(b.mtime));
  findings.add(isSameSecond ? Kind.fractions : Kind.mtime, a.path, a.mtime, b.mtime, timeText);
  return true;
}

/** The mode as the header has it, as `0040755`. */
function fieldText({ modeField }: ArchiveEntry): string {
  return modeField.replace(/[\0 ]+$/, '');
}

function deviceText({ devmajor, devminor }: ArchiveEntry): string {
  return `${devmajor}:${devminor}`;
}

function paddingText({ hasPadding }: ArchiveEntry): string {
  return hasPadding ? 'not zero' : 'zero';
}
