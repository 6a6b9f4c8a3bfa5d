import { readBaseConfig } from '../../image/base-config.js';
import type { BaseImage } from '../../image/base-image.js';
import { textOf } from '../../image/json.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import { choosePlatforms } from '../../registry/base-platforms.js';
import { type ResolvedBase, resolveBase } from '../../registry/resolve-base.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { type Platform, platformName } from '../../spec/platform.js';
import { blobStore } from '../../store/blob-store.js';
import type { Store } from '../../store/store.js';
import type { Context } from '../context.js';

/** What the images are built on, and for which platforms. */
export interface ChosenBase {
  /** Undefined for `scratch`. */
  readonly base: ResolvedBase | undefined;
  readonly platforms: readonly Platform[];
}

/** Resolves the base image, once, and with it the platforms. */
export async function chooseBase(
  options: Pick<BuildOptions, 'base' | 'platforms'>,
  context: Context,
  store: Store,
  access: () => Promise<RegistryAccess>,
  work: string,
): Promise<ChosenBase> {
  const { base: request, platforms: wanted } = options;
  const { log, signal } = context;
  if (request.type === 'scratch') {
    // The inputs have refused `all` without a base.
    return { base: undefined, platforms: wanted === 'all' ? [] : wanted };
  }
  const blobs = blobStore(store.root);
  const base = await resolveBase(request, { access, tempDir: work, blobs, log, signal });
  const { platforms, leftOut } = choosePlatforms(wanted, base.platforms);
  for (const { platform, why } of leftOut) log.notice(`${platform} of the base image is left out: ${why}`);
  return { base, platforms };
}

/** Tells where a base makes the image run as root: its user is inherited, and a server has no need of such rights. */
export function tellRootUser({ platform, configJson }: BaseImage, { log }: Context): void {
  const { user } = readBaseConfig(configJson);
  const name = user === undefined ? undefined : textOf(user).split(':')[0];
  if (name !== 'root' && name !== '0') return;
  log.notice(
    `${platformName(platform)}: the base image's user is root, and so is this image's; its :nonroot tag may be meant`,
  );
}
