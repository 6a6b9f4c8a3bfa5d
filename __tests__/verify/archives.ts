import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { digestOf } from '../../src/base/hash.js';
import { LayerArchive, type UnpackLimits } from '../../src/verify/layers/decompress.js';
import type { LayerFile } from '../../src/verify/layers/layers.js';
import type { ArchiveEnd, ArchiveEntry } from '../../src/verify/layers/tar-entry.js';
import type { TarLimits } from '../../src/verify/layers/tar-limits.js';
import { TarReader } from '../../src/verify/layers/tar-reader.js';

/** An entry as it is to stand in an archive, whatever an honest tool would do. */
export interface RawEntry {
  name: string;
  type?: string;
  mode?: number | string;
  uid?: number;
  gid?: number;
  /** What the header says; the content's length where it is not given. */
  size?: number | string;
  mtime?: number | string;
  link?: string;
  content?: Uint8Array | string;
  magic?: string;
  uname?: string;
  dev?: string;
  /** Put over the header before its checksum is made. */
  patch?: readonly (readonly [at: number, text: string])[];
  /** Fills the last block; zero where it is not given. */
  fill?: number;
}

const GNU = 'ustar  \0';
export const USTAR = 'ustar\x0000';

/** Octal digits, zeros before them, NUL after them. */
const octal = (value: number | string, width: number) =>
  typeof value === 'string' ? value : `${value.toString(8).padStart(width - 1, '0')}\0`;

/** A header and its content, byte by byte as asked for. */
export function raw(entry: RawEntry): Buffer {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(512);
  const write = (text: string, at: number) => header.write(text, at, 'latin1');
  write(entry.name, 0);
  write(octal(entry.mode ?? 0o644, 8), 100);
  write(octal(entry.uid ?? 0, 8), 108);
  write(octal(entry.gid ?? 0, 8), 116);
  write(octal(entry.size ?? content.length, 12), 124);
  write(octal(entry.mtime ?? 1000, 12), 136);
  write(entry.type ?? '0', 156);
  write(entry.link ?? '', 157);
  write(entry.magic ?? USTAR, 257);
  write(entry.uname ?? '', 265);
  write(entry.dev ?? '', 329);
  for (const [at, text] of entry.patch ?? []) write(text, at);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(-content.length & 511, entry.fill ?? 0)]);
}

/** An archive of entries, with two blocks at its end. */
export function archive(entries: readonly (RawEntry | Buffer)[], end: Buffer = Buffer.alloc(1024)): Buffer {
  return Buffer.concat([...entries.map((entry) => (Buffer.isBuffer(entry) ? entry : raw(entry))), end]);
}

/** A PAX extended header. */
export function pax(records: Readonly<Record<string, string>>, type = 'x', name = 'PaxHeaders.0/x'): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.from(` ${key}=${value}\n`, 'latin1');
    let length = rest.length + 1;
    while (`${length}`.length + rest.length !== length) length++;
    return Buffer.concat([Buffer.from(`${length}`), rest]);
  });
  return raw({ name, type, content: Buffer.concat(lines) });
}

/** A GNU header with a long name (`L`) or a long target (`K`). */
export function gnuLong(type: 'L' | 'K', text: string): Buffer {
  return raw({ name: '././@LongLink', type, content: `${text}\0`, magic: GNU });
}

export const PLACE = { image: 'sha256:0', level: 'layer', where: 'layer 1' } as const;

/** All entries of an archive. */
export async function read(
  bytes: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  limits?: TarLimits,
): Promise<{ entries: ArchiveEntry[]; end: ArchiveEnd }> {
  const chunks = bytes instanceof Uint8Array ? [bytes] : bytes;
  const reader = new TarReader(each(chunks), PLACE, limits ? { limits } : {});
  const entries: ArchiveEntry[] = [];
  for await (const entry of reader.entries()) entries.push(entry);
  if (!reader.end) throw new Error('it has no end');
  return { entries, end: reader.end };
}

async function* each(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** What comes out of a file, and what is told of it. */
export async function unpack(path: string, limits?: UnpackLimits) {
  const layer = new LayerArchive(path, PLACE, limits ? { limits } : {});
  const chunks: Buffer[] = [];
  for await (const chunk of layer.chunks()) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), facts: layer.facts };
}

/** A layer of an archive; as an honest image would tell of it, but for `claims`. */
export function layer(
  folder: string,
  tar: Uint8Array,
  { packed = gzipSync(tar, { level: 6 }), ...claims }: { packed?: Uint8Array } & Partial<LayerFile> = {},
): LayerFile {
  const path = join(folder, `layer-${randomBytes(6).toString('hex')}`);
  writeFileSync(path, packed);
  const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';
  return { mediaType, digest: digestOf(packed), size: packed.length, diffId: digestOf(tar), path, ...claims };
}

/** An archive that GNU tar makes of what is in a folder. */
export function gnuTar(folder: string, ...args: string[]): Buffer {
  return execFileSync('tar', ['-C', folder, '-cf', '-', ...args], { maxBuffer: 64 * 1024 * 1024 });
}

/** A SHA-256 as entries have it. */
export function contentHash(content: Uint8Array | string): string {
  return Buffer.from(digestOf(content).slice('sha256:'.length), 'hex').toString('latin1');
}
