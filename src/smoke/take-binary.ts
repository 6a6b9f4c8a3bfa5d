import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { CancelledError, messageOf, RunError } from '../base/errors.js';
import { digestFrom } from '../base/hash.js';
import type { LayoutImage, LayoutLayer } from './layout-image.js';

/**
 * Takes the program of an image's entrypoint out of the uppermost layer that has it, as a container would see it.
 * @param to the file that is written, mode 0755; it must not be there yet
 * @param title of the image, for errors
 * @throws RunError where no layer has it, an upper layer removes it, or it is no regular file
 * @throws CancelledError where `signal` is aborted
 */
export async function takeBinary(image: LayoutImage, to: string, title: string, signal?: AbortSignal): Promise<void> {
  const [program] = image.entrypoint;
  const path = program.slice(1);
  const problem = (what: string) => new RunError(`The smoke test of ${title} failed: ${what}.`);
  for (const layer of image.layers.toReversed()) {
    const search = new LayerSearch(path, to);
    try {
      await search.run(layer, signal);
    } catch (error) {
      await rm(to, { force: true });
      if (error instanceof CancelledError) throw error;
      throw problem(`the layer ${layer.digest} cannot be read: ${messageOf(error)}`);
    }
    if (search.found) return;
    if (search.obstacle !== undefined)
      throw problem(`${program} is no regular file in the layer ${layer.digest}, but ${search.obstacle}`);
  }
  throw problem(`none of the image's ${image.layers.length} layers has its entrypoint ${program}`);
}

/** Looks through one layer, writing the file where it comes. */
class LayerSearch {
  found = false;
  /** What the layer has in the file's place. */
  obstacle: string | undefined;
  private readonly path: string;
  private readonly to: string;
  private writing: Promise<void> = Promise.resolve();

  constructor(path: string, to: string) {
    this.path = path;
    this.to = to;
  }

  async run(layer: LayoutLayer, signal: AbortSignal | undefined): Promise<void> {
    const hash = createHash('sha256');
    const parser = new Parser({ strict: true, onReadEntry: (entry) => this.visit(entry) });
    let failure: unknown;
    const ended = new Promise<void>((resolve) => {
      parser.on('end', resolve);
      parser.on('error', (error: unknown) => {
        failure ??= error;
        resolve();
      });
    });
    for await (const chunk of archiveOf(layer)) {
      if (signal?.aborted) throw new CancelledError();
      if (failure !== undefined) break;
      hash.update(chunk);
      if (!parser.write(chunk) && failure === undefined)
        await Promise.race([ended, new Promise((resolve) => parser.once('drain', resolve))]);
    }
    parser.end();
    await ended;
    await this.writing;
    if (failure !== undefined) throw failure;
    const diffId = digestFrom(hash);
    if (diffId !== layer.diffId) throw new Error(`its archive is ${diffId}, and ${layer.diffId} in the config`);
  }

  private visit(entry: ReadEntry): void {
    const path = entry.path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
    const isFile = entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile';
    if (path === this.path && isFile) {
      this.found = true;
      this.writing = this.write(entry);
      // Told by `run`, which waits for it.
      this.writing.catch(() => {});
      return;
    }
    this.obstacle ??= this.obstacleIn(path, entry);
    entry.resume();
  }

  /** Whiteouts hide what lower layers have (image-spec layer.md); so does what is no folder above the file. */
  private obstacleIn(path: string, entry: ReadEntry): string | undefined {
    if (path === this.path) return `a ${entry.type}${entry.linkpath ? ` to ${entry.linkpath}` : ''}`;
    for (let part = this.path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
      const cut = part.lastIndexOf('/') + 1;
      const whiteout = `${part.slice(0, cut)}.wh.${part.slice(cut)}`;
      if (path === whiteout || path === `${part.slice(0, cut)}.wh..wh..opq`) return `removed by ${path}`;
      if (path === part && entry.type !== 'Directory') return `below ${path}, which is a ${entry.type}`;
    }
    return undefined;
  }

  private async write(entry: ReadEntry): Promise<void> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.to, 'wx', 0o755);
      for await (const chunk of entry) await file.appendFile(chunk as Buffer);
      await file.chmod(0o755); // whatever the umask
    } finally {
      entry.resume();
      await file?.close();
    }
  }
}

/** The layer's archive, chunk by chunk. */
async function* archiveOf({ mediaType, path }: LayoutLayer): AsyncGenerator<Buffer> {
  const blob = createReadStream(path);
  if (/[.+]tar$/.test(mediaType)) return yield* blob;
  if (!/[.+]gzip$/.test(mediaType)) throw new Error(`it is compressed in a way that is not known here (${mediaType})`);
  const gunzip = createGunzip();
  blob.on('error', (error) => gunzip.destroy(error));
  try {
    yield* blob.pipe(gunzip);
  } finally {
    blob.destroy();
    gunzip.destroy();
  }
}
