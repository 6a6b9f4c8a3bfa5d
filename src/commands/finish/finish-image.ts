import { join } from 'node:path';
import type { CompiledBinary } from '../../compile/compile-all.js';
import type { AssembledIndex } from '../../image/build-image.js';
import { writeResult } from '../../output/files.js';
import { imageNames } from '../../output/image-names.js';
import { type BuildResult, describeResult } from '../../output/result.js';
import { type SmokeTestResult, smokeTest } from '../../smoke/smoke-test.js';
import { type BuildSpec, encodeSpec } from '../../spec/build-spec.js';
import { type ImageComparison, verdictOf } from '../../verify/verdict.js';
import { deliver } from './deliver.js';
import type { ImageRun } from './image-run.js';
import type { LastPublished } from './published.js';

/** Images and index, whose layout is in `oci` of the run's output. */
export interface FinishedImages {
  readonly spec: BuildSpec;
  /** Upstream's release, with which the version begins. */
  readonly upstreamVersion: string;
  readonly binaries: readonly CompiledBinary[];
  readonly assembled: AssembledIndex;
}

/** What a command does on the way out beside what all do. */
export interface FinishSteps {
  /** When all files are written, and nobody sees them yet. */
  readonly onFiles?: ((folder: string) => Promise<void>) | undefined;
  /** After the smoke test. */
  readonly rebuildCheck?: (() => Promise<ImageComparison>) | undefined;
  /** When the files are in their place. */
  readonly onPublished?: (() => Promise<void>) | undefined;
}

/** Called when the image is built and tested, and its files are in their place; before it is loaded and pushed. */
export type OnBuilt = (built: Pick<BuildResult, 'outputs'>) => void;

/** What compares two images is not loaded where nothing is compared. */
const comparing = () => import('./what-changed.js');

/** Files → smoke test → comparisons → output folder → local storage and registries. */
export async function finishImage(
  run: ImageRun,
  finished: FinishedImages,
  { published, isHidden }: LastPublished,
  onBuilt: OnBuilt,
  steps: FinishSteps = {},
): Promise<BuildResult> {
  const { options, context, output, tools, clock, access } = run;
  const { spec, upstreamVersion, binaries, assembled } = finished;
  const { sbom, dockerArchives, to } = options;
  const names = imageNames(spec.version, upstreamVersion, to.destinations, to.localTags);
  const docker = dockerArchives ? { images: assembled.images, references: names.references } : undefined;
  await writeResult(output.path, { spec, binaries, sbom, docker }, context.signal);
  await steps.onFiles?.(output.path);
  const smokeTests = options.smokeTest ? await testImages(run, finished) : [];
  const check = await steps.rebuildCheck?.();
  const changed = options.published && (await (await comparing()).hasChanged(run, published, assembled, output.path));
  await output.publish();
  await steps.onPublished?.();
  const built = describeResult({
    ...{ spec, upstreamVersion, sbom, binaries, assembled, names, smokeTests, changed },
    specJson: encodeSpec(spec),
    outputDir: run.outputDir,
    reproducible: check && verdictOf(check) === 'reproducible',
  });
  onBuilt(built);
  if (check) (await import('../rebuild/rebuild-check.js')).refuseUnlessSame(check);
  const location = isHidden ? options.published : undefined;
  const beforeTags =
    location && (async () => (await import('./published.js')).refuseIfShown(location, built.digest, access));
  await deliver(built, { ...options, beforeTags }, run.toolContext, tools, access, clock);
  return {
    ...built,
    tools: tools.known().map(({ name, version, installed }) => `${name} ${version}${installed ? ' (installed)' : ''}`),
    phases: clock.ended(),
    milliseconds: clock.milliseconds(),
  };
}

/** Sets whose metrics expire: their images must show it. */
const EXPIRING = ['ttl', 'dinumathai'];

function testImages(run: ImageRun, { spec, assembled }: FinishedImages): Promise<SmokeTestResult[]> {
  const { context, output, tools, work, clock } = run;
  const { env, log, signal } = context;
  return clock.run('Smoke test', () =>
    smokeTest({
      ...{ tools, env, tempDir: work, log, signal },
      layoutDir: join(output.path, 'oci'),
      images: assembled.images,
      version: spec.version,
      expiry: spec.patches.some((patch) => EXPIRING.includes(patch.name)),
    }),
  );
}
