import { InputError } from '../base/errors.js';
import { cutName, paxHeaderName, paxRecords, paxText } from './tar-pax.js';
import type { TarEntry } from './tar-plan.js';

/** Size of a header, and what contents are padded to. */
export const BLOCK = 512;

const NAME_SIZE = 100;
const PREFIX_SIZE = 155;
const LINK_SIZE = 100;

/** The letter that stands for an entry's type (POSIX.1-1988, ustar, `typeflag`). */
const TYPE_FLAG = { file: '0', symlink: '2', directory: '5' } as const;

/** Magic and version. */
const MAGIC = 'ustar\0' + '00';

/**
 * The header of one entry, byte for byte that of Go's archive/tar, owner 0:0, no names: 512 bytes in FormatUSTAR; where
 * the entry has PAX records, in FormatPAX, that is, with an extended header before it.
 * @param size of the content in bytes; 0 for all but files
 * @param mtime seconds since 1970
 * @throws InputError where the path, the link target, the size or the time does not fit the format
 */
export function tarHeader(entry: TarEntry, size: number, mtime: number): Uint8Array {
  const path = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  const records = paxRecords(entry, path);
  if (!records) return entryHeader(entry, splitPath(path), size, mtime);
  const text = paxText(records);
  return Buffer.concat([
    extendedHeader(entry, paxHeaderName(path), text.length),
    Buffer.from(text, 'latin1'),
    Buffer.alloc(-text.length & (BLOCK - 1)),
    entryHeader(entry, { prefix: '', name: cutName(path) }, size, mtime),
  ]);
}

function entryHeader(
  entry: TarEntry,
  { prefix, name }: { prefix: string; name: string },
  size: number,
  mtime: number,
): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'latin1');
  writeOctal(header, 100, 8, entry.mode, 'mode', entry);
  writeOctal(header, 108, 8, 0, 'owner', entry);
  writeOctal(header, 116, 8, 0, 'group', entry);
  writeOctal(header, 124, 12, size, 'size', entry);
  writeOctal(header, 136, 12, mtime, 'time', entry);
  header.write(TYPE_FLAG[entry.type], 156, 'latin1');
  if (entry.type === 'symlink') header.write(linkTarget(entry.target), 157, 'latin1');
  header.write(MAGIC, 257, 'latin1');
  // Bytes 265 to 328 stay empty: the names of user and group, which differ between machines.
  writeOctal(header, 329, 8, 0, 'device', entry);
  writeOctal(header, 337, 8, 0, 'device', entry);
  header.write(prefix, 345, 'latin1');
  writeChecksum(header);
  return header;
}

/** The header before the records: no mode, owner or time, and device fields that are empty, not zero. */
function extendedHeader(entry: TarEntry, name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'latin1');
  for (const at of [100, 108, 116]) writeOctal(header, at, 8, 0, 'mode', entry);
  writeOctal(header, 124, 12, size, 'size', entry);
  writeOctal(header, 136, 12, 0, 'time', entry);
  header.write('x', 156, 'latin1');
  header.write(MAGIC, 257, 'latin1');
  writeChecksum(header);
  return header;
}

/**
 * A path as ustar stores it. Up to 100 bytes it is the name alone; a longer one is cut at its last `/` that leaves at
 * most 155 bytes before and at most 100 after it (`splitUSTARPath` of Go's archive/tar).
 * @param path with a slash at its end where it is a directory
 * @throws InputError where there is no such `/`
 */
export function splitPath(path: string): { prefix: string; name: string } {
  if (path.length <= NAME_SIZE) return { prefix: '', name: path };
  // The last position where the cut may be; the slash that ends a directory is none.
  const last = Math.min(PREFIX_SIZE, path.length - 2);
  const cut = path.lastIndexOf('/', last);
  const name = path.slice(cut + 1);
  if (cut <= 0 || name.length > NAME_SIZE) {
    throw new InputError(
      `The path ${JSON.stringify(path)} (${path.length} bytes) is too long for an image: it needs a "/" with at most ` +
        `${PREFIX_SIZE} bytes before and at most ${NAME_SIZE} bytes after it.`,
    );
  }
  return { prefix: path.slice(0, cut), name };
}

function linkTarget(target: string): string {
  if (target.length <= LINK_SIZE) return target;
  throw new InputError(
    `The link target ${JSON.stringify(target)} is longer than the ${LINK_SIZE} bytes an image allows.`,
  );
}

/** Digits padded with zeros to the field's width less one, then NUL. */
function writeOctal(header: Buffer, at: number, width: number, value: number, what: string, entry: TarEntry): void {
  const digits = value.toString(8).padStart(width - 1, '0');
  if (!Number.isInteger(value) || value < 0 || digits.length >= width) {
    throw new InputError(`The ${what} ${value} of ${JSON.stringify(entry.path)} does not fit into an image's archive.`);
  }
  header.write(`${digits}\0`, at, 'latin1');
}

/** The sum of all bytes, counting the checksum's own eight as blanks: six digits, NUL, blank. */
function writeChecksum(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
