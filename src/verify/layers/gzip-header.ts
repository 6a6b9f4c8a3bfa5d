import { printable } from '../difference.js';

/** What the header of a gzip member says of the program that wrote it (RFC 1952, section 2.3.1). */
export interface GzipHeader {
  /** Its length in bytes, what is optional included. */
  readonly length: number;
  /** Extra flags: 2 for the best compression, 4 for the fastest, 0 for the rest. */
  readonly xfl: number;
  /** The system that it was written on; 3 is Unix, 255 is unknown. */
  readonly os: number;
  /** Seconds since 1970; 0 where there is none. */
  readonly mtime: number;
  /** The file's name, a byte a letter; undefined where there is none. */
  readonly name: string | undefined;
  readonly comment: string | undefined;
  /** Length of the extra field in bytes; undefined where there is none. */
  readonly extra: number | undefined;
  readonly hasChecksum: boolean;
}

/** The two bytes that every member begins with. */
export const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Longest header that is read. Files' names are some tens of bytes; an extra field is 64 KiB at most. */
export const MAX_GZIP_HEADER = 80 * 1024;

const Flag = { checksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/** Reads the header at the beginning of `bytes`; a text that says what is wrong where it is none, or not whole. */
export function parseGzipHeader(bytes: Buffer): GzipHeader | string {
  if (!bytes.subarray(0, 2).equals(GZIP_MAGIC)) return 'it does not begin as gzip does';
  if (bytes.length < 10) return 'its gzip header ends too early';
  const flags = bytes.readUInt8(3);
  if (bytes[2] !== 8) return `its gzip header names the compression method ${bytes[2]}; only 8, deflate, is known`;
  if ((flags & Flag.reserved) !== 0) return 'its gzip header has reserved flags set';
  let at = 10;
  const text = (): string | undefined => {
    const end = bytes.indexOf(0, at);
    const found = end < 0 ? '' : bytes.toString('latin1', at, end);
    at = end < 0 ? bytes.length + 1 : end + 1;
    return found;
  };
  let extra: number | undefined;
  if (flags & Flag.extra) {
    if (bytes.length < at + 2) return 'its gzip header ends too early';
    extra = bytes.readUInt16LE(at);
    at += 2 + extra;
  }
  const name = flags & Flag.name ? text() : undefined;
  const comment = flags & Flag.comment ? text() : undefined;
  const hasChecksum = (flags & Flag.checksum) !== 0;
  if (hasChecksum) at += 2;
  if (at > bytes.length) return 'its gzip header ends too early, or is longer than any that is known';
  const [xfl, os, mtime] = [bytes.readUInt8(8), bytes.readUInt8(9), bytes.readUInt32LE(4)];
  return { length: at, xfl, os, mtime, name, comment, extra, hasChecksum };
}

/** Levels as far as the header tells them. zlib and GNU gzip write 2 at level 9, 4 at level 1, and 0 at all others. */
function level(xfl: number): string {
  if (xfl === 2) return 'XFL 2 (level 9)';
  if (xfl === 4) return 'XFL 4 (level 1)';
  return `XFL ${xfl}${xfl === 0 ? ' (levels 2 to 8, or not told)' : ''}`;
}

function system(os: number): string {
  if (os === 3) return 'OS 3 (Unix: zlib, GNU gzip)';
  if (os === 255) return "OS 255 (unknown: as Go's compress/gzip and pgzip write)";
  return `OS ${os}`;
}

/** The header in words. */
export function describeGzipHeader(header: GzipHeader): string {
  const parts = [
    level(header.xfl),
    system(header.os),
    header.mtime === 0 ? 'no time' : `time ${new Date(header.mtime * 1000).toISOString()}`,
    header.name === undefined ? 'no name' : `name ${JSON.stringify(printable(header.name))}`,
  ];
  if (header.comment !== undefined) parts.push(`comment ${JSON.stringify(printable(header.comment))}`);
  if (header.extra !== undefined) parts.push(`extra field of ${header.extra} bytes`);
  if (header.hasChecksum) parts.push('a checksum');
  return parts.join(', ');
}
