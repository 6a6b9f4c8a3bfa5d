import { InputError } from '../base/errors.js';
import { type Platform, platformName, targetOf } from '../spec/platform.js';
import { BASE_INPUT } from './base-config.js';
import type { BaseImage } from './base-image.js';
import type { Content } from './tar-plan.js';

/** What one platform's image is made of. */
export interface ImageInput {
  /** Where there is a base, its `os.version` and `os.features` count, and may be left out here. */
  platform: Platform;
  /** A regular file on disk. */
  binaryPath: string;
  /** Licences and notices; paths are relative to `usr/share/doc/pushgateway/`. */
  docs: readonly { path: string; content: Content }[];
  /** All labels of the image, the spec's included; their order does not matter. */
  labels: readonly (readonly [key: string, value: string])[];
  /** What the image stands on; without it, on nothing. */
  base?: BaseImage | undefined;
}

export function isWindows({ os }: Platform): boolean {
  return os === 'windows';
}

/**
 * The input with the platform that its base says.
 * @throws InputError('base-image') where the base is for another platform, or missing on Windows
 */
export function onItsBase(input: ImageInput): ImageInput {
  const { platform, base } = input;
  if (!base) {
    if (!isWindows(platform)) return input;
    throw new InputError(
      `${platformName(platform)} needs a Windows base image: no Windows container starts without the files of one. ` +
        'Name one as base-image, such as mcr.microsoft.com/windows/nanoserver:ltsc2022, or leave the platform out.',
      BASE_INPUT,
    );
  }
  const isSame = platformName(targetOf(base.platform)) === platformName(targetOf(platform));
  if (!isSame || (platform.osVersion !== undefined && platform.osVersion !== base.platform.osVersion)) {
    throw new InputError(
      `The base image for ${platformName(platform)} is one for ${platformName(base.platform)}.`,
      BASE_INPUT,
    );
  }
  return { ...input, platform: base.platform };
}
