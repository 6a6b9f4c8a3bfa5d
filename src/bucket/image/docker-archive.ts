import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { CancelledError, InputError, messageOf, systemCode } from '../../base/errors.js';
import { MAX_DOCUMENT } from '../../registry/base-source.js';

const INPUT = 'layout';
const FILE_TYPES = ['File', 'OldFile', 'ContiguousFile'];
/** An image has 128 layers at most, and docker wrote three files for each. */
const MOST_FILES = 2000;
const GZIP = Buffer.from('1f8b', 'hex');

/** An image out of an archive of docker's: files in a folder of ours, not yet checked. */
export interface ArchivedImage {
  readonly config: Buffer;
  /** The lowest first; tar archives, compressed or not. */
  readonly layers: readonly string[];
}

/** Whether a file begins as gzip does. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0);
    return buffer.subarray(0, bytesRead).equals(GZIP);
  } finally {
    await file.close();
  }
}

/** Reads a file in chunks, unpacked where it is compressed with gzip. */
export async function* plainChunks(path: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const stream = (await isGzip(path)) ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => stream.destroy(error));
  try {
    for await (const chunk of stream) {
      if (signal?.aborted) throw new CancelledError();
      yield chunk as Buffer;
    }
  } finally {
    file.destroy();
  }
}

/**
 * Unpacks an archive that `docker save` or `podman save` wrote (the image specification v1.2 of docker), compressed with
 * gzip or not.
 * @param folder a new one, for what is in it
 * @throws InputError where it is another file, breaks off, or holds more than one image
 */
export async function readDockerArchive(path: string, folder: string, signal?: AbortSignal): Promise<ArchivedImage> {
  const files = new ArchiveFiles(path, folder);
  await unpack(path, files, signal);
  const images = await readManifest(path, files);
  const [image] = images;
  if (images.length !== 1 || !image) throw refuse(path, `it holds ${images.length} images, and one is expected`);
  const config = files.find(image.config);
  if ((await stat(config)).size > MAX_DOCUMENT) throw refuse(path, 'its config is larger than any');
  return { config: await readFile(config), layers: image.layers.map((name) => files.find(name)) };
}

async function unpack(path: string, files: ArchiveFiles, signal: AbortSignal | undefined): Promise<void> {
  let failure: Error | undefined;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      try {
        files.take(entry);
      } catch (error) {
        failure ??= error as Error;
        entry.resume();
      }
    },
  });
  parser.on('error', (error: Error) => {
    failure ??= refuse(path, `it cannot be read as a tar archive (${error.message.replace(/^TAR_\w+: /, '')})`);
  });
  try {
    for await (const chunk of plainChunks(path, signal)) {
      parser.write(chunk);
      if (failure) throw failure;
    }
    parser.end();
  } catch (error) {
    if (failure) throw failure;
    damagedGzip(path, error);
  } finally {
    files.close();
  }
  if (failure) throw failure;
}

/** What `manifest.json` says of the images. */
async function readManifest(path: string, files: ArchiveFiles): Promise<{ config: string; layers: string[] }[]> {
  const file = files.find('manifest.json');
  try {
    if ((await stat(file)).size > MAX_DOCUMENT) throw new Error('it is larger than any');
    const images = JSON.parse(await readFile(file, 'utf8')) as readonly Readonly<Record<string, unknown>>[];
    return images.map(({ Config, Layers }) => {
      if (typeof Config !== 'string' || !Array.isArray(Layers)) throw new Error('it names no config and layers');
      return { config: Config, layers: Layers.map(String) };
    });
  } catch (error) {
    throw refuse(path, `its manifest.json cannot be read (${messageOf(error)})`);
  }
}

/** Writes the files of an archive under numbers of its own, so that no name of theirs becomes a path. */
class ArchiveFiles {
  private readonly path: string;
  private readonly folder: string;
  private readonly numbers = new Map<string, number>();
  private readonly links = new Map<string, string>();
  private file: number | undefined;

  constructor(path: string, folder: string) {
    this.path = path;
    this.folder = folder;
  }

  take(entry: ReadEntry): void {
    const name = posix.normalize(entry.path);
    if (this.numbers.size + this.links.size >= MOST_FILES) throw refuse(this.path, `it has over ${MOST_FILES} files`);
    if (entry.type === 'SymbolicLink') {
      // How docker wrote a layer that is there twice.
      this.links.set(name, posix.join(posix.dirname(name), entry.linkpath ?? ''));
    } else if (entry.type === 'Link') this.links.set(name, posix.normalize(entry.linkpath ?? ''));
    if (!FILE_TYPES.includes(entry.type)) return void entry.resume();
    if (this.numbers.has(name)) throw refuse(this.path, `it has ${JSON.stringify(name)} twice`);
    const number = this.numbers.size;
    this.numbers.set(name, number);
    const file = openSync(join(this.folder, String(number)), 'wx');
    this.file = file;
    entry.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    });
    entry.on('end', () => this.close());
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** Where a file of the archive lies now. */
  find(name: string): string {
    const wanted = posix.normalize(name);
    const number = this.numbers.get(wanted) ?? this.numbers.get(this.links.get(wanted) ?? '');
    if (number !== undefined) return join(this.folder, String(number));
    const what = name === 'manifest.json' ? 'it is no archive of docker save' : `it lacks ${JSON.stringify(name)}`;
    throw refuse(this.path, what);
  }
}

/** Blames the archive for what zlib says of it; any other error is thrown on. */
export function damagedGzip(path: string, error: unknown): never {
  throw systemCode(error)?.startsWith('Z_') ? refuse(path, `it cannot be unpacked (${messageOf(error)})`) : error;
}

export function refuse(path: string, what: string): InputError {
  return new InputError(
    `${path}: ${what}. Accepted: an archive with one image, as docker save and podman save write it`,
    INPUT,
  );
}
