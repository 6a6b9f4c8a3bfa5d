import { lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { InputError, systemCode } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import type { Platform } from '../spec/platform.js';
import { type GoInTree, mustGo, parseJsonStream } from './go-command.js';
import { GO_LICENCE } from './go-licence.js';

/** A text that goes into the image, below `/usr/share/doc/pushgateway/`. */
export interface DocFile {
  readonly path: string;
  readonly content: Buffer;
}

interface Package {
  readonly Dir: string;
  readonly Standard?: boolean;
  readonly Module?: {
    readonly Path: string;
    readonly Version?: string;
    readonly Main?: boolean;
    readonly Dir?: string;
  };
}

/** Names that licence texts go by; compared without case. */
const LICENCE_FILE = /^(licen[cs]e|copying|copyright|notice|patents|unlicense)([.-].*)?$/i;
const MAX_LICENCE_BYTES = 1024 * 1024;

/**
 * The licence texts of all that is linked into the binary of one platform: upstream's LICENSE and NOTICE, those of
 * every linked module (from its root down to the linked packages), and Go's own. Asking for the packages also
 * downloads their modules.
 */
export async function licenceTexts(context: GoInTree, platform: Platform, goVersion: string): Promise<DocFile[]> {
  const fields = '-json=Dir,Standard,Module';
  const packages = parseJsonStream<Package>(
    await mustGo(context, ['list', '-mod=readonly', '-deps', fields, '.'], context.env(platform)),
  );
  const texts = new Map<string, Buffer>();
  for (const name of ['LICENSE', 'NOTICE']) {
    const text = await readRegular(join(context.tree, name));
    if (text) texts.set(name, text);
  }
  texts.set(`licenses/go@${goVersion}/LICENSE`, Buffer.from(GO_LICENCE));
  for (const [folder, target] of licenceFolders(packages)) {
    for (const name of (await readdir(folder)).filter((entry) => LICENCE_FILE.test(entry))) {
      const text = await readRegular(join(folder, name));
      if (text) texts.set(`${target}/${name}`, text);
    }
  }
  return [...texts].map(([path, content]) => ({ path, content })).sort((a, b) => compareUtf8(a.path, b.path));
}

/** Folder on disk → folder in the image, for every folder from a module's root to one of its linked packages. */
function licenceFolders(packages: readonly Package[]): Map<string, string> {
  const folders = new Map<string, string>();
  for (const { Dir, Standard, Module } of packages) {
    if (Standard || !Module || Module.Main || Module.Dir === undefined) continue;
    const root = `licenses/${Module.Path}${Module.Version === undefined ? '' : `@${Module.Version}`}`;
    for (let folder = Dir; ; folder = dirname(folder)) {
      const inside = relative(Module.Dir, folder).replaceAll('\\', '/');
      folders.set(folder, inside === '' ? root : `${root}/${inside}`);
      if (inside === '' || inside.startsWith('..')) break;
    }
  }
  return folders;
}

/** A regular file's content; undefined where there is none, or it is a folder. */
async function readRegular(path: string): Promise<Buffer | undefined> {
  const stats = await lstat(path).catch((error) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (stats?.isSymbolicLink()) {
    // A patch could make LICENSE point at a file of the host.
    throw new InputError(`${path} is a symbolic link; a licence text must be a regular file`, 'source');
  }
  if (!stats?.isFile()) return undefined;
  if (stats.size > MAX_LICENCE_BYTES)
    throw new InputError(`${path} is over ${MAX_LICENCE_BYTES} bytes; is it a licence text?`, 'source');
  return readFile(path);
}
