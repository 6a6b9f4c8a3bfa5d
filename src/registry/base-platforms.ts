import { InputError } from '../base/errors.js';
import { comparePlatforms, type Platform, platformName, targetOf } from '../spec/platform.js';
import { isBuildable } from '../spec/platforms.js';

/** A platform of the base image that is not built, as `linux/amd64/v3` or `windows/amd64:10.0.20348.2700`. */
export interface LeftOut {
  readonly platform: string;
  /** A clause: "a variant that is not built". */
  readonly why: string;
}

/**
 * The platforms to build on a base image, in the order of the index. A wanted platform without `os.version` stands for
 * every `os.version` of it that the base has.
 * @param wanted `all` is every offered platform that can be built; the others are left out, with the reason
 * @param offered in their canonical form (see `canonicalPlatform`)
 * @throws InputError where the base lacks a wanted platform, naming those that it has, or where none can be built
 */
export function choosePlatforms(
  wanted: readonly Platform[] | 'all',
  offered: readonly Platform[],
): { platforms: Platform[]; leftOut: LeftOut[] } {
  if (wanted !== 'all') return { platforms: chooseWanted(wanted, offered), leftOut: [] };
  const platforms = offered.filter(isBuildable).sort(comparePlatforms);
  const others = offered.filter((platform) => !isBuildable(platform)).sort(comparePlatforms);
  if (platforms.length === 0) {
    throw new InputError(
      `The base image has no platform that can be built. It has: ${namesOf(offered)}. Choose another base image`,
      'platforms',
    );
  }
  return {
    platforms,
    leftOut: others.map((platform) => ({ platform: platformName(platform), why: whyNot(platform) })),
  };
}

function chooseWanted(wanted: readonly Platform[], offered: readonly Platform[]): Platform[] {
  const found = wanted.map((platform) => offered.filter((candidate) => isWanted(platform, candidate)));
  const missing = wanted.filter((_platform, index) => found[index]?.length === 0);
  if (missing.length > 0) {
    throw new InputError(
      `The base image has no image for ${namesOf(missing)}. It has: ${namesOf(offered)}. ` +
        'Leave out of platforms what it lacks, or choose another base image',
      'platforms',
    );
  }
  return [...new Set(found.flat())].sort(comparePlatforms);
}

function isWanted(wanted: Platform, candidate: Platform): boolean {
  return comparePlatforms(wanted, wanted.osVersion === undefined ? targetOf(candidate) : candidate) === 0;
}

function namesOf(platforms: readonly Platform[]): string {
  return platforms.length === 0 ? 'none' : [...platforms].sort(comparePlatforms).map(platformName).join(', ');
}

/** Why a platform of the base cannot be built. */
function whyNot({ os, architecture, variant }: Platform): string {
  if (architecture.startsWith('wasm')) return 'WebAssembly, for which no images are built';
  if (!['linux', 'windows'].includes(os)) return 'an operating system for which no images are built';
  if (variant !== undefined && (isBuildable({ os, architecture }) || architecture === 'arm')) {
    return 'a variant that is not built';
  }
  return 'an architecture that is not built';
}
