import { Kind } from './finding-kinds.js';
import type { Findings } from './findings.js';
import { type ArchiveEntry, shown } from './tar-entry.js';

/** The fields of a header (POSIX.1-1988, ustar), in their order, with their offsets. */
const FIELDS = [
  ['name', 0],
  ['mode', 100],
  ['uid', 108],
  ['gid', 116],
  ['size', 124],
  ['mtime', 136],
  ['checksum', 148],
  ['type flag', 156],
  ['link target', 157],
  ['magic and version', 257],
  ['user name', 265],
  ['group name', 297],
  ['device major', 329],
  ['device minor', 337],
  ['prefix', 345],
  ['rest', 500],
  ['', 512],
] as const;

/** Two headers that say the same, in other bytes. */
export function compareForms(a: ArchiveEntry, b: ArchiveEntry, findings: Findings): void {
  if (a.headerHash === undefined || b.headerHash === undefined) return;
  if (a.headerHash !== b.headerHash) findings.add(Kind.headers, a.path, ...headerTexts(a.header, b.header));
  if (a.extendedHash !== b.extendedHash) findings.add(Kind.extended, a.path, extendedText(a), extendedText(b));
}

/** The first field that differs; the checksum follows from the others. */
function headerTexts(a: Buffer | undefined, b: Buffer | undefined): [string, string] {
  const unknown: [string, string] = ['other bytes', 'other bytes'];
  if (!a || !b) return unknown;
  const part = (header: Buffer, i: number) => header.subarray(FIELDS[i]?.[1], FIELDS[i + 1]?.[1]);
  const at = FIELDS.findIndex(([name], i) => name !== 'checksum' && !part(a, i).equals(part(b, i)));
  if (at < 0) return ['another checksum', 'another checksum'];
  const text = (header: Buffer) => `${FIELDS[at]?.[0]} ${JSON.stringify(trimmed(part(header, at).toString('latin1')))}`;
  return [text(a), text(b)];
}

/** NULs at the end, but for the first, say no more. */
function trimmed(text: string): string {
  return text.replace(/\0+$/, '\0');
}

function extendedText({ extendedHash, extendedName }: ArchiveEntry): string {
  return extendedHash === undefined ? 'none' : `named ${JSON.stringify(shown(extendedName))}`;
}
