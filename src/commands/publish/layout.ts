import { mkdtemp, readdir, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, systemCode } from '../../base/errors.js';
import { convertArchives, findArchives } from '../../bucket/image/convert-archives.js';
import { object, writeJson } from '../../image/json.js';
import { type ImageLocation, locationName, parseImageLocation } from '../../inputs/image-location.js';
import { unpackArchive } from '../../verify/open/open-archive.js';
import { type OpenedImage, openImage } from '../../verify/open/open-image.js';
import type { Context } from '../context.js';

const INPUT = 'layout';
const ACCEPTED =
  'Accepted: an OCI image layout (oci:FOLDER, or a folder with oci-layout or with oci below it), an OCI archive, or a folder of archives of docker save that are called OS.ARCH.tar.gz';

/** An image that is to be published. */
export interface PublishLayout {
  readonly image: OpenedImage;
  /** The layout's folder. */
  readonly folder: string;
  /** As the user wrote it, for lines about its files. */
  readonly shown: string;
}

/**
 * Opens what the user gave as LAYOUT.
 * @param work a folder for what is unpacked, which lives as long as the image is needed
 * @throws InputError where there is none; DamagedImageError
 */
export async function openPublishLayout(text: string, context: Context, work: string): Promise<PublishLayout> {
  const { log, signal } = context;
  const { location, shown } = await locate(text, context, work);
  const access = () => Promise.reject(new Error('a layout is in no registry'));
  const image = await openImage(location, { access, tempDir: work, log, signal, input: INPUT });
  return { image: { ...image, name: shown }, folder: location.path, shown };
}

interface Located {
  readonly location: Extract<ImageLocation, { type: 'layout' }>;
  readonly shown: string;
}

async function locate(text: string, context: Context, work: string): Promise<Located> {
  if (text.trim() === '' || text.includes('\0')) throw new InputError(`there is no layout. ${ACCEPTED}`, INPUT);
  if (/^oci(-archive)?:/.test(text)) {
    const location = parseImageLocation(text, INPUT);
    if (location.type === 'layout') return { location, shown: location.path };
    if (location.type === 'archive') return unpacked(location.path, location.tag, context, work);
  }
  if (/^[a-z-]+:\/\//.test(text)) {
    throw new InputError(`${JSON.stringify(text)} is no file and no folder. ${ACCEPTED}`, INPUT);
  }
  const kind = await kindOf(text);
  if (kind === undefined) throw new InputError(`there is no ${text}. ${ACCEPTED}`, INPUT);
  if (kind === 'file') return unpacked(text, undefined, context, work);
  for (const path of [text, join(text, 'oci')]) {
    if ((await kindOf(join(path, 'oci-layout'))) === 'file') {
      return { location: { type: 'layout', path, tag: undefined }, shown: path };
    }
  }
  const archives = await findArchives(text);
  if (archives.length === 0) {
    const isEmpty = (await readdir(text)).length === 0;
    throw new InputError(`${text} ${isEmpty ? 'is empty' : 'holds no image'}. ${ACCEPTED}`, INPUT);
  }
  const tempDir = await mkdtemp(join(work, 'docker-'));
  const path = join(tempDir, 'oci');
  await convertArchives(archives, { layoutDir: path, tempDir, log: context.log, signal: context.signal });
  return { location: { type: 'layout', path, tag: undefined }, shown: text };
}

async function unpacked(path: string, tag: string | undefined, context: Context, work: string): Promise<Located> {
  const folder = await mkdtemp(join(work, 'layout-'));
  const name = locationName({ type: 'archive', path, tag });
  const place = { image: name, level: 'index', where: 'archive' } as const;
  await unpackArchive(path, folder, { place, signal: context.signal, input: INPUT });
  return { location: { type: 'layout', path: folder, tag }, shown: path };
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** The same image as a layout of this one alone, whatever else lies in the folder; for skopeo, which takes one. */
export async function layoutOfOne({ image, folder }: PublishLayout, work: string): Promise<string> {
  const own = await mkdtemp(join(work, 'one-'));
  await symlink(await realpath(join(folder, 'blobs')), join(own, 'blobs'));
  await writeFile(join(own, 'oci-layout'), writeJson(object(['imageLayoutVersion', '1.0.0'])));
  const type = image.isIndex ? 'application/vnd.oci.image.index.v1+json' : 'application/vnd.oci.image.manifest.v1+json';
  const descriptor = object(
    ['mediaType', image.mediaType || type],
    ['digest', image.digest],
    ['size', image.bytes.length],
  );
  await writeFile(join(own, 'index.json'), writeJson(object(['schemaVersion', 2], ['manifests', [descriptor]])));
  return own;
}
