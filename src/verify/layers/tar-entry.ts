/** What an entry is. `sparse` is a file with holes, which is never expanded; `other` is none of those that POSIX knows. */
export type EntryKind =
  | 'file'
  | 'hardlink'
  | 'symlink'
  | 'character device'
  | 'block device'
  | 'directory'
  | 'fifo'
  | 'sparse file'
  | 'other';

export type TarFormat = 'v7' | 'ustar' | 'gnu' | 'pax';

/** Something that no honest tool writes. */
export interface EntryProblem {
  readonly cause: 'hostile' | 'damaged';
  /** A clause about the entry, as "it leaves its folder". */
  readonly text: string;
}

/**
 * One entry of an archive. All texts hold a byte in each letter (latin1), exactly as the archive has them: names need not
 * be UTF-8, and are never used as paths on disk. `shown` makes them readable.
 */
export interface ArchiveEntry {
  /** How many come before it. */
  readonly index: number;
  /** Of its first header in the archive; an extended one counts. */
  readonly offset: number;
  readonly name: string;
  /** The name without what says the same: `./`, `//`, slashes at both ends. '' is the root. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly typeFlag: string;
  /** The whole number in the field; type bits, if any, are above 0o7777. */
  readonly mode: number;
  /** The eight bytes of the field. */
  readonly modeField: string;
  readonly uid: number;
  readonly gid: number;
  readonly uname: string;
  readonly gname: string;
  /** Seconds since 1970 in decimal, with the fraction that an extended header may give. */
  readonly mtime: string;
  /** Bytes of content that the archive holds; those of a sparse file without its holes. */
  readonly size: number;
  /** Of a sparse file, holes included. */
  readonly realSize: number | undefined;
  readonly linkname: string;
  readonly devmajor: number;
  readonly devminor: number;
  readonly format: TarFormat;
  /** Records of extended headers that are not told above, as extended attributes; sorted by key. */
  readonly records: readonly (readonly [key: string, value: string])[];
  /** Name of the extended header before it; some tools put a process id there. */
  readonly extendedName: string;
  /**
   * Weak hashes of the header's bytes, and of those of all headers before it that belong to it, if any. Undefined, too,
   * where the entry stands for another of the same file.
   */
  readonly headerHash: number | undefined;
  readonly extendedHash: number | undefined;
  /** The header's 512 bytes; kept of the first entries of an archive only. */
  readonly header: Buffer | undefined;
  /** SHA-256 of the content, 32 letters of a byte; '' where there is none. */
  readonly contentHash: string;
  /** Bytes that fill the last block are not all zero. */
  readonly hasPadding: boolean;
  readonly problems: readonly EntryProblem[];
}

/** What comes after the last entry. */
export interface ArchiveEnd {
  /** Bytes of the whole archive. */
  readonly size: number;
  /** Zero bytes after the last entry; two blocks are the rule, GNU tar fills up to 10 KiB. */
  readonly zeros: number;
  /** Bytes from the first that is not zero after the end. */
  readonly trailing: number;
  /** Hash of those, and of global headers that no entry follows. */
  readonly trailingHash: string;
}

/** A file under another of its names: what its own header says counts, and how it says it does not. */
export function renamed(file: ArchiveEntry, { name, path }: ArchiveEntry): ArchiveEntry {
  return { ...file, name, path, headerHash: undefined, extendedHash: undefined, extendedName: '' };
}

/** Permission bits, setuid, setgid and sticky included. */
export function permissions(mode: number): number {
  return mode % 0o10000;
}

/** A text of bytes as people read it: UTF-8, and where it is none, as it is. */
export function shown(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return text.includes('�') ? bytes : text;
}
