import { type ArchiveEntry, permissions, shown } from './tar-entry.js';
import { isWhiteout } from './whiteouts.js';

/** As `0755`, and `4755 (setuid)`. */
export function modeText(mode: number): string {
  const bits = permissions(mode);
  const names = [
    [0o4000, 'setuid'],
    [0o2000, 'setgid'],
    [0o1000, 'sticky'],
  ] as const;
  const set = names.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word);
  const digits = bits.toString(8).padStart(4, '0');
  return set.length === 0 ? digits : `${digits} (${set.join(', ')})`;
}

/** As `2026-05-27T15:09:50Z (1779894590)`. */
export function timeText(mtime: string): string {
  const date = new Date(Math.floor(Number(mtime)) * 1000);
  const isDate = !Number.isNaN(date.getTime());
  return isDate ? `${date.toISOString().replace('.000Z', 'Z')} (${mtime})` : mtime;
}

export function ownerText({ uid, gid }: ArchiveEntry): string {
  return `${uid}:${gid}`;
}

export function targetText({ linkname }: ArchiveEntry): string {
  return JSON.stringify(shown(linkname));
}

/** Hex of a digest's bytes, as one writes digests. */
export function contentText({ size, contentHash }: ArchiveEntry): string {
  return `${size} bytes, sha256:${Buffer.from(contentHash, 'latin1').toString('hex')}`;
}

/** A value of a record: as text where it is one, else in hex. */
export function valueText(value: string): string {
  const isText = /^[\x20-\x7e]*$/.test(value);
  return isText ? JSON.stringify(value) : `0x${Buffer.from(value, 'latin1').toString('hex')}`;
}

/** What an entry is, in words that set it apart from another. */
export function entryText(entry: ArchiveEntry): string {
  const owner = `mode ${modeText(entry.mode)}, owner ${ownerText(entry)}`;
  if (isWhiteout(entry.path)) return 'a whiteout: removes what lower layers have';
  switch (entry.kind) {
    case 'file':
      return `a file of ${entry.size} bytes, ${owner}`;
    case 'sparse file':
      return `a sparse file of ${entry.realSize ?? 'unknown'} bytes, ${owner}`;
    case 'directory':
      return `a folder, ${owner}`;
    case 'symlink':
      return `a symbolic link to ${targetText(entry)}`;
    case 'hardlink':
      return `a hard link to ${targetText(entry)}`;
    case 'other':
      return `an entry of the type ${JSON.stringify(entry.typeFlag)}`;
    case 'fifo':
      return `a fifo, ${owner}`;
    default:
      return `a ${entry.kind} ${entry.devmajor}:${entry.devminor}, ${owner}`;
  }
}
