import { join } from 'node:path';
import { explainSystemError, messageOf, RunError } from '../base/errors.js';
import { openWorkspace } from '../base/workspace.js';
import type { BuildOptions } from '../inputs/build-options.js';
import { writeResult } from '../output/files.js';
import { type ImageNames, imageNames } from '../output/image-names.js';
import { openOutputFolder, type PendingOutput } from '../output/output-folder.js';
import { type BuildResult, describeResult } from '../output/result.js';
import { type SmokeTestResult, smokeTest } from '../smoke/smoke-test.js';
import { encodeSpec } from '../spec/build-spec.js';
import { emptyStore, makeStoreFolder, openStore, pruneStore, type Store } from '../store/store.js';
import type { ContainerTools } from '../toolchain/container-tools.js';
import { type ImageComparison, verdictOf } from '../verify/verdict.js';
import type { Context } from './context.js';
import { deliver } from './deliver.js';
import { type Made, make, openLast, type Run } from './make-images.js';
import { type PhaseClock, phaseClock } from './phases.js';
import type { PreparedBuild } from './prepare.js';
import { refuseIfShown } from './published.js';
import { rebuildCheck, refuseUnlessSame } from './rebuild-check.js';
import { type RegistryNeed, registryAccess } from './registries.js';
import { toolingFor } from './tool-folder.js';
import { hasChanged } from './what-changed.js';

/** Called when the image is built and tested, and its files are in their place; before it is loaded and pushed. */
type OnBuilt = (built: Pick<BuildResult, 'outputs'>) => void;

/**
 * `build`: source → patched tree → binaries → images and index → files → smoke test → local storage and registries.
 * @param outputDir absolute path of the folder for the results
 * @throws InputError or RunError; before `onBuilt` the output folder is then as it was, and nothing was loaded or pushed
 */
export async function build(
  options: BuildOptions,
  outputDir: string,
  context: Context,
  onBuilt: OnBuilt = () => {},
): Promise<BuildResult> {
  for (const notice of options.to.notices) context.log.notice(notice);
  const output = await openOutputFolder(outputDir);
  try {
    return await buildInto(output, options, outputDir, context, onBuilt);
  } catch (error) {
    throw explainSystemError(error, 'build');
  } finally {
    await output.discard();
  }
}

async function buildInto(
  output: PendingOutput,
  options: BuildOptions,
  outputDir: string,
  context: Context,
  onBuilt: OnBuilt,
): Promise<BuildResult> {
  const clock = phaseClock(context.log);
  const workspace = await openWorkspace(context.tempDir).catch((error) => {
    throw new RunError(`No folder for temporary files could be made in ${context.tempDir}: ${messageOf(error)}`);
  });
  const work = workspace.path;
  context.onWorkspace?.(work);
  try {
    const store = await storeFor(options, context, work);
    const { toolContext, tools } = await toolingFor(context, work);
    const access = registryAccess(options, needOf(options), toolContext, tools, work);
    // A login that fails should do so now and not after minutes of compiling.
    if (options.push) await clock.run('Registry', access);
    const run: Run = { options, context, store, work, access, clock };
    const { published, isHidden } = await openLast(run);
    const made = await make(run, published, output.path);
    const { prepared, binaries, assembled } = made;
    const names = imageNames(
      prepared.spec.version,
      prepared.source.version,
      options.to.destinations,
      options.to.localTags,
    );
    await writeFiles(output.path, made, names, options, context.signal);
    const smokeTests = options.smokeTest ? await testImages(made, output.path, work, context, tools, clock) : [];
    const check = options.rebuildCheck ? await checkAgain(run, prepared, output.path) : undefined;
    const changed = options.published && (await hasChanged(run, published, assembled, output.path));
    await output.publish();
    if (options.cache) await pruneStore(store.root);
    const built = describeResult({
      spec: prepared.spec,
      specJson: encodeSpec(prepared.spec),
      upstreamVersion: prepared.source.version,
      outputDir,
      sbom: options.sbom,
      binaries,
      assembled,
      names,
      smokeTests,
      changed,
      reproducible: check && verdictOf(check) === 'reproducible',
    });
    onBuilt(built);
    if (check) refuseUnlessSame(check);
    const location = isHidden ? options.published : undefined;
    const beforeTags = location && (() => refuseIfShown(location, built.digest, access));
    await deliver(built, { ...options, beforeTags }, toolContext, tools, access, clock);
    return {
      ...built,
      tools: tools
        .known()
        .map(({ name, version, installed }) => `${name} ${version}${installed ? ' (installed)' : ''}`),
      phases: clock.ended(),
      milliseconds: clock.milliseconds(),
    };
  } finally {
    await workspace.remove();
  }
}

function checkAgain(run: Run, prepared: PreparedBuild, folder: string): Promise<ImageComparison> {
  const { options, context, store, work, clock } = run;
  return clock.run('Second build', () => rebuildCheck(prepared, options, join(folder, 'oci'), context, store, work));
}

function needOf({ push, published }: BuildOptions): RegistryNeed {
  if (push) return { why: 'to push images', instead: 'set push: false' };
  return published?.type === 'registry'
    ? { why: 'to read the published image', instead: 'give published-image as oci:FOLDER' }
    : { why: 'to fetch the base image', instead: 'give the base as oci:FOLDER' };
}

/** Without cache, neither results nor Go's build cache of earlier runs are seen, and none are left. */
async function storeFor(options: BuildOptions, context: Context, work: string): Promise<Store> {
  if (!options.cache) return emptyStore(join(work, 'store'));
  await makeStoreFolder(context.storeDir);
  return openStore(context.storeDir);
}

function writeFiles(
  folder: string,
  { prepared, binaries, assembled }: Made,
  { references }: ImageNames,
  { sbom, dockerArchives }: BuildOptions,
  signal: AbortSignal,
): Promise<void> {
  const docker = dockerArchives ? { images: assembled.images, references } : undefined;
  return writeResult(folder, { spec: prepared.spec, binaries, sbom, docker }, signal);
}

/** Sets whose metrics expire: their images must show it. */
const EXPIRING = ['ttl', 'dinumathai'];

function testImages(
  { prepared: { spec }, assembled: { images } }: Made,
  folder: string,
  work: string,
  { env, log, signal }: Context,
  tools: ContainerTools,
  clock: PhaseClock,
): Promise<SmokeTestResult[]> {
  return clock.run('Smoke test', () =>
    smokeTest({
      layoutDir: join(folder, 'oci'),
      images,
      version: spec.version,
      expiry: spec.patches.some((patch) => EXPIRING.includes(patch.name)),
      tools,
      env,
      tempDir: work,
      log,
      signal,
    }),
  );
}
