import type { DeliveryOptions } from '../../inputs/delivery-options.js';
import { openOutputFolder, type PendingOutput } from '../../output/output-folder.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { repositoryName } from '../../spec/reference.js';
import type { ContainerTools } from '../../toolchain/container-tools.js';
import type { Context } from '../context.js';
import { type PhaseClock, phaseClock } from '../phases.js';
import { type RegistryNeed, registryAccess } from '../registries.js';
import { toolingFor } from '../tooling.js';
import { inWorkspace } from '../workspace.js';
import type { LastPublished } from './published.js';

/** What all steps of a run share that ends in an image. */
export interface ImageRun<Options extends DeliveryOptions = DeliveryOptions> {
  readonly options: Options;
  readonly context: Context;
  /** With which podman, buildah and skopeo are started. */
  readonly toolContext: Context;
  readonly tools: ContainerTools;
  /** The run's private folder. */
  readonly work: string;
  readonly access: () => Promise<RegistryAccess>;
  readonly clock: PhaseClock;
  /** The result in the making. */
  readonly output: PendingOutput;
  /** Absolute path of the folder for the results. */
  readonly outputDir: string;
}

/**
 * Opens what a run needs, output folder, private folder, tools and registries, and closes it again, whatever comes of it.
 * Where something is to be pushed, it logs in before any work is done.
 * @param what is done, as "build"; for errors of the system
 * @param need what is wanted of registries, where nothing is pushed
 * @throws InputError or RunError; then the output folder is as it was, unless the result had been published
 */
export async function inImageRun<Options extends DeliveryOptions, Result>(
  what: string,
  options: Options,
  need: RegistryNeed,
  outputDir: string,
  context: Context,
  body: (run: ImageRun<Options>) => Promise<Result>,
): Promise<Result> {
  for (const notice of options.to.notices) context.log.notice(notice);
  const output = await openOutputFolder(outputDir);
  const clock = phaseClock(context.log);
  try {
    return await inWorkspace(what, context, async (work) => {
      const { toolContext, tools } = await toolingFor(context, work);
      const access = registryAccess(options, needOf(options, need), toolContext, tools, work);
      // A login that fails should do so now and not after minutes of compiling.
      if (options.push) await clock.run('Registry', access);
      return body({ options, context, toolContext, tools, work, access, clock, output, outputDir });
    });
  } finally {
    await output.discard();
  }
}

function needOf({ push, published }: DeliveryOptions, other: RegistryNeed): RegistryNeed {
  if (push) return { why: 'to push images', instead: 'set push: false' };
  if (published?.type !== 'registry') return other;
  return { why: 'to read the published image', instead: 'give published-image as oci:FOLDER' };
}

/** What was published last, where somebody asked for it. */
export async function openLast({ options, context, work, access, clock }: ImageRun): Promise<LastPublished> {
  const { published, push, to } = options;
  if (!published) return { published: undefined, isHidden: false };
  const name = published.type === 'registry' ? repositoryName(published.reference.repository) : undefined;
  const isDestination = push && to.destinations.some(({ repository }) => repositoryName(repository) === name);
  const { log, signal } = context;
  const { openPublished } = await import('./published.js'); // with all that reads and compares images
  return clock.run('Published image', () =>
    openPublished(published, { access, tempDir: work, log, signal, isDestination }),
  );
}
