import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, ignoreMissing } from '../../base/errors.js';
import { compareUtf8 } from '../../base/files.js';
import { comparePlatforms, type Platform, platformName } from '../../spec/platform.js';
import { parsePlatform } from '../../spec/platforms.js';

/** The input that names the folder. */
const INPUT = 'binaries';
const FORM = 'Accepted: a folder with files in OS/ARCH or OS/ARCH/VARIANT, as in linux/amd64/pushgateway';

/** Names that an URL holds as they are. */
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._+~-]*$/;

/** The files of one platform. */
export interface Flavor {
  readonly platform: Platform;
  /** Names, sorted. */
  readonly files: readonly { readonly name: string; readonly path: string; readonly size: number }[];
}

/**
 * Reads which files a folder has for which platforms.
 * @throws InputError where there are none, a folder is of no platform, or something is no regular file
 */
export async function readFlavors(folder: string): Promise<Flavor[]> {
  const stats = await stat(folder).catch(ignoreMissing);
  if (!stats) throw refuseFolder(`there is no folder ${folder}`);
  if (!stats.isDirectory()) throw refuseFolder(`${folder} is no folder`);
  const flavors: Flavor[] = [];
  for (const os of await foldersIn(folder, folder)) {
    for (const architecture of await foldersIn(join(folder, os), folder)) {
      const path = join(folder, os, architecture);
      const { files, folders } = await entriesIn(path, folder);
      if (files.length === 0 && folders.length === 0) throw refuseFolder(`${path} is empty`);
      if (files.length > 0) flavors.push(await flavorOf(`${os}/${architecture}`, path, files));
      for (const variant of folders) {
        const below = join(path, variant);
        const found = await entriesIn(below, folder);
        if (found.folders.length > 0) throw refuseFolder(`${join(below, found.folders[0] ?? '')} is a folder`);
        if (found.files.length === 0) throw refuseFolder(`${below} is empty`);
        flavors.push(await flavorOf(`${os}/${architecture}/${variant}`, below, found.files));
      }
    }
  }
  if (flavors.length === 0) throw refuseFolder(`${folder} is empty`);
  return inOrder(flavors);
}

function inOrder(flavors: Flavor[]): Flavor[] {
  flavors.sort((a, b) => comparePlatforms(a.platform, b.platform));
  flavors.forEach((flavor, i) => {
    const next = flavors[i + 1];
    if (next && comparePlatforms(flavor.platform, next.platform) === 0) {
      throw refuseFolder(`the folder has ${platformName(flavor.platform)} twice, with its variant and without`);
    }
  });
  return flavors;
}

async function flavorOf(name: string, path: string, names: readonly string[]): Promise<Flavor> {
  let platform: Platform;
  try {
    platform = parsePlatform(name, INPUT);
  } catch (error) {
    throw error instanceof InputError ? refuseFolder(`${path} is of no known platform: ${error.message}`) : error;
  }
  const files = [];
  for (const file of names) {
    if (!FILE_NAME.test(file))
      throw refuseFolder(`the name of ${join(path, file)} has letters that an URL has to escape`);
    files.push({ name: file, path: join(path, file), size: (await stat(join(path, file))).size });
  }
  return { platform, files };
}

async function foldersIn(folder: string, root: string): Promise<string[]> {
  const { files, folders } = await entriesIn(folder, root);
  if (files.length > 0) throw refuseFolder(`${join(folder, files[0] ?? '')} is no folder`);
  if (folders.length === 0) throw refuseFolder(`${folder} is empty`);
  return folders;
}

/** What lies in a folder, by name; links and what else is no file are refused: they could lead anywhere. */
async function entriesIn(folder: string, root: string): Promise<{ files: string[]; folders: string[] }> {
  const [files, folders]: [string[], string[]] = [[], []];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(entry.name);
    else if (entry.isFile()) files.push(entry.name);
    else throw refuseFolder(`${path} is ${entry.isSymbolicLink() ? 'a link' : 'no regular file'} in ${root}`);
  }
  return { files: files.sort(compareUtf8), folders: folders.sort(compareUtf8) };
}

/** @param what is wrong, a clause */
export function refuseFolder(what: string): InputError {
  return new InputError(`${what}. ${FORM}`, INPUT);
}
