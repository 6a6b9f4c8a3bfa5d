import { join } from 'node:path';
import { CancelledError, messageOf } from '../../base/errors.js';
import type { DeliveryOptions as Wanted } from '../../inputs/delivery-options.js';
import type { BuildResult } from '../../output/result.js';
import type { PushOptions } from '../../registry/push.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import type { ContainerTool, ContainerTools } from '../../toolchain/container-tools.js';
import type { Context } from '../context.js';
import type { PhaseClock } from '../phases.js';

/** How a finished image is to be delivered. */
type DeliveryOptions = Pick<Wanted, 'load' | 'push'> & Pick<PushOptions, 'beforeTags'>;

type Built = Pick<BuildResult, 'digest' | 'names' | 'outputDir' | 'platforms' | 'changed'>;

/** Puts a finished image where it was asked to go: local storage first, then the registries. */
export async function deliver(
  built: Built,
  options: DeliveryOptions,
  context: Context,
  tools: ContainerTools,
  access: () => Promise<RegistryAccess>,
  clock: PhaseClock,
): Promise<void> {
  if (options.load !== false) await clock.run('Load', () => load(built, options.load === 'auto', context, tools));
  if (options.push) await clock.run('Push', async () => push(built, options, await access()));
}

/** @param isAuto whether a machine that cannot hold images is no failure */
async function load(built: Built, isAuto: boolean, context: Context, tools: ContainerTools): Promise<void> {
  const { log, env, signal } = context;
  try {
    const tool = await storageTool(tools);
    const { loadImage } = await import('../../registry/local-storage.js');
    await loadImage({
      layoutDir: join(built.outputDir, 'oci'),
      index: built.digest,
      names: built.names.references,
      tool,
      env,
      dataDir: context.dataDir,
      log,
      signal,
    });
  } catch (error) {
    if (!isAuto || signal.aborted || error instanceof CancelledError) throw error;
    log.notice(`The image was not put into local storage (load: auto): ${messageOf(error)}`);
  }
}

/** podman and buildah share their storage, so either will do. */
async function storageTool(tools: ContainerTools): Promise<ContainerTool> {
  const found = (await tools.find('podman')) ?? (await tools.find('buildah'));
  return found ?? tools.need('podman', { why: 'to put the image into local storage', instead: 'set load: false' });
}

async function push(built: Built, { beforeTags }: DeliveryOptions, access: RegistryAccess): Promise<void> {
  const { repositories } = built.names;
  const { pushImage, withoutSetTags } = await import('../../registry/push.js');
  // Where the published image is this one, only tags that are missing are set, from these very bytes.
  const targets = built.changed === false ? await withoutSetTags(repositories, built.digest, access) : repositories;
  if (targets.length === 0) {
    access.log.info(`Nothing is pushed: every tag is at ${built.digest} already`);
    return;
  }
  await pushImage({
    layoutDir: join(built.outputDir, 'oci'),
    index: built.digest,
    manifests: built.platforms.map((image) => image.digest),
    targets,
    access,
    freeSuffix: built.names.next,
    beforeTags,
  });
}
