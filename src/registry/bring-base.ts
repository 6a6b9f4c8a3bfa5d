import { readFile } from 'node:fs/promises';
import { RunError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import { type BaseImage, parseBaseImage, parseBaseManifest } from '../image/base-image.js';
import { type Platform, platformName } from '../spec/platform.js';
import { type BaseSource, type BlobInfo, MAX_DOCUMENT } from './base-source.js';

/**
 * Brings the image with the given manifest to disk.
 * @throws InputError where it cannot be a base
 * @throws RunError where it cannot be had, or a blob is not what its digest says
 */
export async function bringImage(source: BaseSource, info: BlobInfo): Promise<BaseImage> {
  const bytes = info.digest === source.spec.digest ? source.bytes : await source.manifest(info);
  const manifestJson = bytes.toString('utf8');
  const { config, layers } = parseBaseManifest(manifestJson);
  if (config.size > MAX_DOCUMENT)
    throw new RunError(`its config has ${config.size} bytes; at most ${MAX_DOCUMENT} are read`);
  const wanted = new Map([config, ...layers].map((blob) => [blob.digest, blob]));
  const files = await source.blobs(info.digest, [...wanted.values()]);
  const pathOf = (digest: Digest) => {
    const path = files.get(digest);
    if (path === undefined) throw new Error(`no file for ${digest}`);
    return path;
  };
  return parseBaseImage(manifestJson, await readFile(pathOf(config.digest), 'utf8'), pathOf);
}

/**
 * The image under the platform that its index gives it; a Windows image has its `os.version` perhaps in its config alone.
 * @throws RunError where the config is for another system
 */
export function withPlatform(image: BaseImage, platform: Platform): BaseImage {
  const own = image.platform;
  const contradicts =
    own.os !== platform.os ||
    own.architecture !== platform.architecture ||
    (own.osVersion !== undefined && platform.osVersion !== undefined && own.osVersion !== platform.osVersion);
  if (contradicts) throw new RunError(`its config says that it is for ${platformName(own)}`);
  const { osVersion = own.osVersion, osFeatures = own.osFeatures } = platform;
  return {
    ...image,
    platform: {
      ...platform,
      ...(osVersion === undefined ? {} : { osVersion }),
      ...(osFeatures === undefined ? {} : { osFeatures }),
    },
  };
}
