import { contrast } from '../documents/contrast.js';
import { valueText } from './describe-entry.js';
import { type FindingKind, Kind } from './finding-kinds.js';
import type { Findings } from './findings.js';
import { type ArchiveEntry, shown } from './tar-entry.js';

/** Times beside mtime, which nothing in an image shows. */
const TIMES = new Set(['atime', 'ctime', 'LIBARCHIVE.creationtime']);

/** Records about the archive, and about the disk that it was made from. */
const IDLE = new Set(['comment', 'hdrcharset', 'SCHILY.dev', 'SCHILY.ino', 'SCHILY.nlink', 'SCHILY.offset']);

/**
 * Compares the records that no field tells; any that is not known to say nothing counts as content.
 * @returns whether there is a difference
 */
export function compareRecords(a: ArchiveEntry, b: ArchiveEntry, findings: Findings): boolean {
  if (a.records === b.records || (a.records.length === 0 && b.records.length === 0)) return false;
  const [records, others] = [new Map(a.records), new Map(b.records)];
  let isUnlike = false;
  for (const key of new Set([...records.keys(), ...others.keys()])) {
    const [value, other] = [records.get(key), others.get(key)];
    if (value === other) continue;
    isUnlike = true;
    // Values may be as long as a header: what is kept of them is short.
    const texts = contrast(told(key, value), told(key, other));
    findings.add(kindOf(key), a.path, texts.a, texts.b);
  }
  return isUnlike;
}

function kindOf(key: string): FindingKind {
  if (TIMES.has(key)) return Kind.otherTimes;
  return IDLE.has(key) ? Kind.records : Kind.attributes;
}

function told(key: string, value: string | undefined): string {
  return value === undefined ? 'none' : `${shown(key)}=${valueText(value)}`;
}
