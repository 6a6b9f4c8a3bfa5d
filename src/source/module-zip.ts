import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { InputError, messageOf, RunError } from '../base/errors.js';
import { hash1 } from './module-hash.js';

/** Go's own limit for one module (golang.org/x/mod/zip, MaxZipFile). */
const MAX_MODULE_BYTES = 500 * 1024 * 1024;

/** One file of a module zip. */
export interface ModuleFile {
  /** Path inside the module, with `/`. */
  readonly path: string;
  readonly data: Buffer;
}

/**
 * Reads a module zip whose bytes are given, checking it against its `h1:` sum. The zip is read once and used from
 * memory, so that nobody can exchange it between the check and the use.
 * @param prefix `MODULE@VERSION/`, which every name in the zip has
 * @throws RunError where the sum is another, or the zip is damaged
 */
export async function readModuleZip(zip: Buffer, prefix: string, sum: string): Promise<ModuleFile[]> {
  const files: ModuleFile[] = [];
  const hashes = new Map<string, string>();
  let total = 0;
  for await (const { name, data } of zipEntries(zip)) {
    if (!name.startsWith(prefix)) throw new RunError(`The module zip has a file outside ${prefix}: ${name}`);
    if (hashes.has(name)) throw new RunError(`The module zip has ${name} twice`);
    total += data.length;
    if (total > MAX_MODULE_BYTES) throw new RunError(`The module zip unpacks to over ${MAX_MODULE_BYTES} bytes`);
    hashes.set(name, createHash('sha256').update(data).digest('hex'));
    files.push({ path: name.slice(prefix.length), data });
  }
  const actual = hash1(hashes);
  if (actual !== sum) {
    throw new RunError(
      `The module zip of ${prefix.slice(0, -1)} is not the one that the checksum database knows: its sum is ${actual}, expected ${sum}. ` +
        'Remove it from the module cache (go clean -modcache) and run again.',
    );
  }
  return files;
}

/**
 * Writes files below `folder`; regular files of mode 0644.
 * @throws InputError where a path leads out of it, or is git's own: a forged commit can hold both
 */
export async function writeTree(folder: string, files: readonly ModuleFile[]): Promise<void> {
  for (const { path, data } of files) {
    if (path.split(/[/\\]/).some((element) => ['', '.', '..', '.git'].includes(element.toLowerCase()))) {
      throw new InputError(
        `The source holds a file at ${JSON.stringify(path)}; only places inside the tree are accepted, and none of git's`,
        'source',
      );
    }
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, data, { mode: 0o644, flag: 'wx' });
  }
}

async function* zipEntries(zip: Buffer): AsyncGenerator<{ name: string; data: Buffer }> {
  try {
    // yauzl refuses absolute names and `..` itself, and checks sizes and checksums.
    const archive = await fromBufferPromise(zip, { validateEntrySizes: true, strictFileNames: true });
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entry.uncompressedSize > MAX_MODULE_BYTES) throw new RunError(`${entry.fileName} is too large`);
      const chunks: Buffer[] = [];
      for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      yield { name: entry.fileName, data: Buffer.concat(chunks) };
    }
  } catch (error) {
    throw new RunError(`The module zip is damaged: ${messageOf(error)}`);
  }
}
