import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { openPromise, type ZipFile } from 'yauzl';
import { CancelledError, explainSystemError, messageOf, RunError } from '../base/errors.js';
import { run } from '../base/process.js';
import { hash1 } from '../source/module-hash.js';
import { probeEnvironment } from './go-env.js';
import { type GoTree, GoTreeBuilder } from './goroot-hash.js';
import type { GoHost } from './host.js';

/** A toolchain module whose zip lies in the module cache. */
export interface ToolchainModule {
  /** `golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64`. */
  readonly name: string;
  readonly zip: string;
  /** Its `h1:` sum; the go command has compared it with the checksum database. */
  readonly sum: string;
}

/** The module proxy says that there is no such toolchain. */
export class NoSuchModuleError extends RunError {
  /** False where the proxy only refuses it (403), which it may also do with a version that exists. */
  readonly definite: boolean;

  constructor(message: string, definite: boolean) {
    super(message);
    this.definite = definite;
  }
}

/**
 * Has a Go (1.21 or newer) fetch another Go as a module, into the user's module cache. For this module the go command
 * asks the checksum database whatever GONOSUMDB, GOPRIVATE and go.sum say.
 * @param goBinary the go command that fetches; it need not be trusted more than any program on the user's PATH
 * @throws NoSuchModuleError where there is no such version
 * @throws RunError with what the go command says
 */
export async function fetchToolchainModule(
  goBinary: string,
  version: string,
  host: GoHost,
  options: { env: Readonly<Record<string, string>>; tempDir: string; signal?: AbortSignal | undefined },
): Promise<ToolchainModule> {
  const name = `golang.org/toolchain@v0.0.1-go${version}.${host.os}-${host.arch}`;
  const folder = await mkdtemp(join(options.tempDir, 'go-fetch-'));
  try {
    // A module of its own, or a go.mod above the temporary folder would have a say.
    await writeFile(join(folder, 'go.mod'), 'module fetch\n\ngo 1.21\n');
    const result = await run(goBinary, ['mod', 'download', '-json', name], {
      cwd: folder,
      env: fetchEnvironment(options.env, folder),
      signal: options.signal,
    });
    return parseAnswer(name, result);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The environment of the fetch: that of a probe, with a module cache in any case, and the checksum database in any case. */
export function fetchEnvironment(env: Readonly<Record<string, string>>, folder: string): Record<string, string> {
  const fetch = probeEnvironment(env);
  // Without a home Go knows no module cache, nor where it keeps what it has seen of the checksum database.
  if (!fetch.HOME && !fetch.USERPROFILE && !fetch.GOPATH) fetch.GOPATH = join(folder, '..', 'go-path');
  // The go command leaves the checksum database out where GOPROXY is one file:// address (cmd/go, useSumDB).
  if (fetch.GOPROXY?.startsWith('file://') && !/[,|]/.test(fetch.GOPROXY)) fetch.GOPROXY += ',off';
  return fetch;
}

/**
 * What `go mod download -json NAME` answered.
 * @throws NoSuchModuleError, RunError as `fetchToolchainModule`
 */
export function parseAnswer(
  name: string,
  result: { readonly code: number; readonly stdout: string; readonly stderr: string },
): ToolchainModule {
  let answer: { Zip?: unknown; Sum?: unknown; Error?: unknown };
  try {
    answer = Object(JSON.parse(result.stdout));
  } catch {
    throw new RunError(`go mod download ${name} failed: ${oneLine(result.stderr) || `code ${result.code}`}`);
  }
  const { Zip: zip, Sum: sum, Error: error } = answer;
  if (typeof zip === 'string' && typeof sum === 'string' && result.code === 0) return { name, zip, sum };
  const text = oneLine(typeof error === 'string' ? error : result.stderr);
  const definite = /\b404 |\b410 |: not found\b|unknown revision|invalid version/i.test(text);
  if (!definite && !/\b403 /.test(text)) throw new RunError(`go mod download ${name} failed: ${text}`);
  throw new NoSuchModuleError(`the module proxy does not have ${name}: ${text}`, definite);
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 600);
}

/** As Go's own limit for toolchain modules would be; 1.26 has 240 MB in 11,500 files. */
const LIMIT = { entries: 100_000, bytes: 1024 * 1024 * 1024 };
/** Files up to this size are held in memory; larger ones are streamed. */
const SMALL = 4 * 1024 * 1024;

/**
 * Reads the zip of a toolchain module once, from the first byte to the last: hashes every file, writes the files below
 * `target` if there is one, and compares the module's `h1:` sum with the one given. What lies in the module cache is not
 * trusted for having been checked when it was fetched: both the zip and its unpacked folder can be edited since.
 * @param target a folder that is made new, and gone again after an error; `_go.mod` becomes `go.mod`, and what Go runs is executable
 * @throws RunError where the sum is another, or the zip is damaged
 */
export async function readToolchainModule(
  module: ToolchainModule,
  options: { target?: string; signal?: AbortSignal | undefined } = {},
): Promise<GoTree> {
  const { target, signal } = options;
  const prefix = `${module.name}/`;
  const hashes = new Map<string, string>();
  const tree = new GoTreeBuilder();
  const folders = new Set<string>();
  const zip = await openZip(module.zip);
  try {
    if (target !== undefined) await mkdir(target);
    let bytes = 0;
    for await (const entry of zip.eachEntry()) {
      if (signal?.aborted) throw new CancelledError();
      // yauzl itself refuses absolute names, `..` and backslashes, and compares sizes and checksums.
      const name = entry.fileName.slice(prefix.length);
      if (!entry.fileName.startsWith(prefix) || name === '' || name.endsWith('/') || hashes.has(entry.fileName)) {
        throw new RunError(`it holds ${JSON.stringify(entry.fileName)}, outside ${prefix} or twice`);
      }
      bytes += entry.uncompressedSize;
      if (bytes > LIMIT.bytes || hashes.size >= LIMIT.entries) throw new RunError('it is larger than any Go');
      const content = await zip.openReadStreamPromise(entry);
      const path = target && join(target, name.replace(/(^|\/)_go\.mod$/, '$1go.mod'));
      if (path !== undefined && !folders.has(dirname(path))) {
        await mkdir(dirname(path), { recursive: true });
        folders.add(dirname(path));
      }
      const sha256 = await copyHashed(content, entry.uncompressedSize, path, isExecutable(name));
      hashes.set(entry.fileName, sha256);
      tree.add(name, sha256);
    }
    checkSum(module, hash1(hashes));
    return tree.finish();
  } catch (error) {
    if (target !== undefined) await rm(target, { recursive: true, force: true });
    if (error instanceof CancelledError) throw error;
    const explained = explainSystemError(error, 'unpack it');
    throw new RunError(`The toolchain module ${module.zip} cannot be used: ${messageOf(explained)}`);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, validateEntrySizes: true, strictFileNames: true });
  } catch (error) {
    throw new RunError(`Could not read the toolchain module ${path}: ${messageOf(error)}`);
  }
}

function checkSum(module: ToolchainModule, actual: string): void {
  if (actual === module.sum) return;
  throw new RunError(
    `its sum is ${actual}, the checksum database has ${module.sum}: the module cache was edited or damaged. ` +
      'Remove the file and run again',
  );
}

/** What the go command makes executable on first use (cmd/go/internal/toolchain). */
function isExecutable(name: string): boolean {
  return name.startsWith('bin/') || name.startsWith('pkg/tool/') || /^lib\/(.*\/)?go_[^/]+_[^/]+_exec$/.test(name);
}

/** Hashes one file of the zip and writes it, where a path is given. */
async function copyHashed(
  content: Readable,
  size: number,
  path: string | undefined,
  executable: boolean,
): Promise<string> {
  const hash = createHash('sha256');
  const mode = executable ? 0o755 : 0o644;
  if (path === undefined || size <= SMALL) {
    const chunks: Buffer[] = [];
    content.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      if (path !== undefined) chunks.push(chunk);
    });
    await finished(content);
    // Synchronous: with 11,500 small files that is twice as fast as promises.
    if (path !== undefined) writeFileSync(path, Buffer.concat(chunks), { flag: 'wx', mode });
  } else {
    const file = await open(path, 'wx', mode);
    await pipeline(
      content,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          hash.update(chunk);
          yield chunk;
        }
      },
      file.createWriteStream(),
    );
  }
  // Whatever the umask takes away, Go's tools must run for this user.
  if (path !== undefined && executable) await chmod(path, 0o755);
  return hash.digest('hex');
}
