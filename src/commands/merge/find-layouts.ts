import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, systemCode } from '../../base/errors.js';
import { compareUtf8 } from '../../base/files.js';
import { type ImageLocation, locationName } from '../../inputs/image-location.js';
import type { LayoutRequest } from '../../inputs/merge-options.js';

/** A layout, or an archive of one, that was found where the user said. */
export interface FoundLayout {
  readonly location: Exclude<ImageLocation, { type: 'registry' }>;
  /** As the user would write it. */
  readonly name: string;
  /** The build's output folder, where it lies in one: `bin` and `sbom` may be there, too. */
  readonly beside: string | undefined;
}

const HOLDS = 'Accepted: the folder or the OCI archive that a build left, or a folder that holds some of these';

/**
 * Finds what is to be merged. In a folder that holds folders, each of these counts, so that none is left out unseen.
 * @throws InputError where there is nothing, or a folder holds nothing
 */
export async function findLayouts(requests: readonly LayoutRequest[]): Promise<FoundLayout[]> {
  const found: FoundLayout[] = [];
  for (const request of requests) {
    if (request.type === 'path') found.push(...(await findAt(request.path)));
    else found.push({ location: request.location, name: locationName(request.location), beside: undefined });
  }
  return found;
}

async function findAt(path: string): Promise<FoundLayout[]> {
  const kind = await kindOf(path);
  if (kind === undefined) throw new InputError(`there is no ${path}. ${HOLDS}`, 'layouts');
  if (kind === 'file') return [archive(path)];
  const own = await lookInto(path);
  if (own) return [own];
  const found: FoundLayout[] = [];
  for (const name of (await readdir(path)).sort(compareUtf8)) {
    if (name.startsWith('.')) continue;
    const below = join(path, name);
    if ((await kindOf(below)) === 'file') {
      if (name.endsWith('.tar')) found.push(archive(below));
      continue;
    }
    const one = await lookInto(below);
    if (!one) throw new InputError(`${below} holds no OCI image layout and no archive of one. ${HOLDS}`, 'layouts');
    found.push(one);
  }
  if (found.length > 0) return found;
  throw new InputError(`${path} holds no OCI image layout and no archive of one. ${HOLDS}`, 'layouts');
}

/** What a folder is by itself: a layout, or what a build or the upload of its archive left. */
async function lookInto(folder: string): Promise<FoundLayout | undefined> {
  const hasLayout = async (path: string) => (await kindOf(join(path, 'oci-layout'))) === 'file';
  if (await hasLayout(folder)) {
    return layout(folder, folder, basename(resolve(folder)) === 'oci' ? dirname(resolve(folder)) : undefined);
  }
  const oci = join(folder, 'oci');
  if (await hasLayout(oci)) return layout(oci, folder, folder);
  const file = join(folder, 'pushgateway.oci.tar');
  return (await kindOf(file)) === 'file' ? { ...archive(file), beside: folder } : undefined;
}

function layout(path: string, name: string, beside: string | undefined): FoundLayout {
  return { location: { type: 'layout', path, tag: undefined }, name, beside };
}

function archive(path: string): FoundLayout {
  return { location: { type: 'archive', path, tag: undefined }, name: path, beside: undefined };
}

/** Links are followed, as a build's output folder is made of them. */
async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
