import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { CancelledError, InputError, ignoreMissing } from '../../base/errors.js';
import { damaged, hostile, type Place } from '../damaged.js';

/** Files of a layout that are taken; the largest index has 1000 images. */
const MAX_FILES = 100_000;
const BLOB = /^blobs\/sha256\/[0-9a-f]{64}$/;
const FILE_TYPES = ['File', 'OldFile', 'ContiguousFile'];

/** How compressed archives begin. */
const COMPRESSIONS: readonly (readonly [name: string, magic: string])[] = [
  ['gzip', '1f8b'],
  ['zstd', '28b52ffd'],
  ['bzip2', '425a68'],
  ['xz', 'fd377a585a00'],
];

/**
 * Unpacks the image layout in a tar archive, as `podman save --format oci-archive` and `skopeo copy … oci-archive:FILE`
 * write it. Only the layout's own names are taken, as regular files; so all of it is no larger than the archive, which is
 * not compressed.
 * @param folder where the layout is to lie; new or empty
 * @param input to blame for the path
 * @throws InputError where there is no such archive
 * @throws DamagedImageError where it breaks off, or has a file twice
 */
export async function unpackArchive(
  path: string,
  folder: string,
  options: { readonly place: Place; readonly input: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { input } = options;
  const stats = await stat(path).catch(ignoreMissing);
  if (!stats) throw refuse(`there is no file ${path}`, input);
  if (stats.isDirectory())
    throw refuse(`${path} is a folder; for an image layout in a folder write oci:${path}`, input);
  if (!stats.isFile()) throw refuse(`${path} is no regular file`, input);
  await refuseCompressed(path, input);
  const layout = new LayoutWriter(folder, options.place);
  const seen = await readArchive(path, layout, options);
  if (layout.names.has('oci-layout') && layout.names.has('index.json')) return;
  if (!seen.isDocker) throw refuse(`${path} holds no OCI image layout (oci-layout, index.json and blobs)`, input);
  throw refuse(
    `${path} is an archive of docker's own form. Convert it (skopeo copy docker-archive:${path} oci:FOLDER) and use oci:FOLDER`,
    input,
  );
}

async function refuseCompressed(path: string, input: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.subarray(0, bytesRead).toString('hex');
    const [name] = COMPRESSIONS.find(([, magic]) => start.startsWith(magic)) ?? [];
    if (name !== undefined) throw refuse(`${path} is compressed with ${name}; unpack it first (${name} -d)`, input);
  } finally {
    await file.close();
  }
}

async function readArchive(
  path: string,
  layout: LayoutWriter,
  { place, input, signal }: { place: Place; input: string; signal?: AbortSignal | undefined },
): Promise<{ isDocker: boolean }> {
  const seen = { isDocker: false, any: false };
  let failure: Error | undefined;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      seen.any = true;
      seen.isDocker ||= ['manifest.json', 'repositories'].includes(entry.path);
      try {
        layout.take(entry);
      } catch (error) {
        failure ??= error as Error;
        entry.resume();
      }
    },
  });
  parser.on('error', (error: Error) => {
    failure ??= seen.any
      ? damaged(place, `its tar archive cannot be read (${error.message.replace(/^TAR_\w+: /, '')})`)
      : refuse(`${path} is no tar archive`, input);
  });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      if (signal?.aborted) throw new CancelledError();
      parser.write(chunk);
      if (failure) throw failure;
    }
    parser.end();
    if (failure) throw failure;
  } finally {
    layout.close();
  }
  return seen;
}

/** Writes the files of a layout as they come. The parser gives one entry after the other, so one file is open at a time. */
class LayoutWriter {
  readonly names = new Set<string>();
  private readonly folder: string;
  private readonly place: Place;
  private file: number | undefined;

  constructor(folder: string, place: Place) {
    this.folder = folder;
    this.place = place;
    mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true });
  }

  take(entry: ReadEntry): void {
    const name = entry.path.replace(/^\.\//, '');
    const isWanted = name === 'oci-layout' || name === 'index.json' || BLOB.test(name);
    if (!isWanted || !FILE_TYPES.includes(entry.type)) return void entry.resume();
    if (this.names.has(name)) throw hostile(this.place, `its archive has ${name} twice`);
    if (this.names.size >= MAX_FILES) throw hostile(this.place, `its archive has over ${MAX_FILES} blobs`);
    this.names.add(name);
    const file = openSync(join(this.folder, name), 'wx');
    this.file = file;
    entry.on('data', (chunk: Buffer) => writeAll(file, chunk));
    entry.on('end', () => this.close());
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

function writeAll(file: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
}

function refuse(what: string, input: string): InputError {
  return new InputError(
    `${what}. Accepted: oci-archive:FILE or FILE.tar with an OCI image layout in a tar archive`,
    input,
  );
}
