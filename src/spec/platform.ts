import { InputError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';

/** What an image runs on, in the words of the OCI image spec (image-index.md, `platform`). */
export interface Platform {
  os: string;
  architecture: string;
  /** Only where it tells two platforms apart: `v7` for 32-bit Arm, absent for `arm64`. */
  variant?: string;
  /** `os.version`; Windows only. */
  osVersion?: string;
  /** `os.features`; Windows only. */
  osFeatures?: string[];
}

/**
 * Letters that every JSON writer leaves alone. Go's default writer, which buildah and podman use to write the index
 * again, escapes `<`, `>` and `&`; a platform holding one would change the index's digest on its way to a registry.
 */
const PLATFORM_WORD = /^[0-9A-Za-z][0-9A-Za-z._+-]{0,63}$/;

/**
 * `os/architecture[/variant]`, as users write it: `linux/arm/v7`; where the platform has an `os.version`, that follows a
 * colon: `windows/amd64:10.0.20348.2700`.
 */
export function platformName(platform: Platform): string {
  const { os, architecture, variant, osVersion } = platform;
  const name = variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
  return osVersion === undefined ? name : `${name}:${osVersion}`;
}

/** What is compiled for a platform: it without `os.version` and `os.features`, which are the base image's. */
export function targetOf({ os, architecture, variant }: Platform): Platform {
  return variant === undefined ? { os, architecture } : { os, architecture, variant };
}

/** The platform as one part of a file name: `linux-arm-v7`, `windows-amd64-10.0.20348.2700`. */
export function platformFileName(platform: Platform): string {
  return platformName(platform).replaceAll(/[/:]/g, '-');
}

/** The order of manifests in an index: os, architecture, variant, os.version, each by UTF-8 bytes; absent is first. */
export function comparePlatforms(a: Platform, b: Platform): number {
  return (
    compareUtf8(a.os, b.os) ||
    compareUtf8(a.architecture, b.architecture) ||
    compareUtf8(a.variant ?? '', b.variant ?? '') ||
    compareUtf8(a.osVersion ?? '', b.osVersion ?? '')
  );
}

/**
 * Checks the words of one platform.
 * @throws InputError where one is empty, too long, or holds anything but letters, digits and `._+-`
 */
export function checkPlatform(platform: Platform): void {
  const { os, architecture, variant, osVersion, osFeatures } = platform;
  for (const word of [os, architecture, variant, osVersion, ...(osFeatures ?? [])]) {
    if (word === undefined || PLATFORM_WORD.test(word)) continue;
    throw new InputError(
      `The platform ${JSON.stringify(platformName(platform))} has the part ${JSON.stringify(word)}; ` +
        'a part is 1 to 64 letters, digits or any of . _ + - and begins with a letter or digit.',
    );
  }
}

/**
 * The platforms' order in the index, with each there once.
 * @throws InputError where the list is empty, a platform is there twice, or one is malformed
 */
export function sortPlatforms<T extends { platform: Platform }>(items: readonly T[]): T[] {
  if (items.length === 0) throw new InputError('An index needs at least one platform; the list is empty.');
  for (const { platform } of items) checkPlatform(platform);
  const sorted = [...items].sort((a, b) => comparePlatforms(a.platform, b.platform));
  sorted.forEach(({ platform }, i) => {
    const next = sorted[i + 1];
    if (next && comparePlatforms(platform, next.platform) === 0) {
      throw new InputError(`The platform ${platformName(platform)} is listed twice.`);
    }
  });
  return sorted;
}
