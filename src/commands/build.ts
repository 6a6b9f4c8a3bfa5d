import { join } from 'node:path';
import { explainSystemError, messageOf, RunError } from '../base/errors.js';
import { openWorkspace } from '../base/workspace.js';
import type { CompiledBinary } from '../compile/compile-all.js';
import { type AssembledIndex, assembleImages } from '../image/build-image.js';
import type { BuildOptions } from '../inputs/build-options.js';
import { writeResult } from '../output/files.js';
import { type ImageNames, imageNames } from '../output/image-names.js';
import { openOutputFolder, type PendingOutput } from '../output/output-folder.js';
import { type BuildResult, describeResult } from '../output/result.js';
import { type SmokeTestResult, smokeTest } from '../smoke/smoke-test.js';
import { encodeSpec, specDigest } from '../spec/build-spec.js';
import { imageLabels } from '../spec/image-labels.js';
import { platformName, targetOf } from '../spec/platform.js';
import { emptyStore, makeStoreFolder, openStore, pruneStore, type Store } from '../store/store.js';
import { type ContainerTools, containerTools } from '../toolchain/container-tools.js';
import { tellRootUser } from './base.js';
import { cacheKeyOf } from './cache-key.js';
import { compileMissing } from './compile-missing.js';
import type { Context } from './context.js';
import { deliver } from './deliver.js';
import { type PhaseClock, phaseClock } from './phases.js';
import { type PreparedBuild, prepareBuild } from './prepare.js';
import { registryAccess } from './registries.js';
import { contextForTools } from './tool-folder.js';

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
  const { log } = context;
  const clock = phaseClock(log);
  const workspace = await openWorkspace(context.tempDir).catch((error) => {
    throw new RunError(`No folder for temporary files could be made in ${context.tempDir}: ${messageOf(error)}`);
  });
  const work = workspace.path;
  context.onWorkspace?.(work);
  try {
    const store = await storeFor(options, context, work);
    const toolContext = await contextForTools(context, work);
    const tools = containerTools({
      env: toolContext.env,
      signal: context.signal,
      log,
      mayInstall: context.mayInstall,
    });
    const access = registryAccess(options, toolContext, tools, work);
    // A login that fails should do so now and not after minutes of compiling.
    if (options.push) await clock.run('Registry', access);
    const prepared = await clock.run('Source and spec', async () => {
      const found = await prepareBuild(options, context, store, work, access);
      log.info(`pushgateway ${found.spec.version}, Go ${found.spec.go}`);
      log.info(`spec ${specDigest(found.spec)}`);
      if (options.cache) await context.cache?.restore(cacheKeyOf(found));
      return found;
    });
    const names = imageNames(
      prepared.spec.version,
      prepared.source.version,
      options.to.destinations,
      options.to.localTags,
    );
    const binaries = await clock.run('Compile', () => compileMissing(prepared, options.cache, context, store, work));
    const assembled = await clock.run('Images', async () => {
      const made = await assemble(prepared, binaries, output.path, store, context);
      await writeFiles(output.path, prepared, binaries, made, names, options, context.signal);
      return made;
    });
    const smokeTests = options.smokeTest
      ? await testImages(prepared, assembled, output.path, work, context, tools, clock)
      : [];
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
    });
    onBuilt(built);
    await deliver(built, options, toolContext, tools, access, clock);
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

/** Without cache, neither results nor Go's build cache of earlier runs are seen, and none are left. */
async function storeFor(options: BuildOptions, context: Context, work: string): Promise<Store> {
  if (!options.cache) return emptyStore(join(work, 'store'));
  await makeStoreFolder(context.storeDir);
  return openStore(context.storeDir);
}

async function assemble(
  prepared: PreparedBuild,
  binaries: readonly CompiledBinary[],
  folder: string,
  store: Store,
  context: Context,
): Promise<AssembledIndex> {
  const { spec, base, extra } = prepared;
  const { log, signal } = context;
  const labels = [...imageLabels(spec)];
  const byTarget = new Map(binaries.map((binary) => [platformName(binary.platform), binary]));
  const platforms = [];
  for (const platform of prepared.platforms) {
    const binary = byTarget.get(platformName(targetOf(platform)));
    if (!binary) throw new Error(`no binary for ${platformName(platform)}`);
    const docs = binary.docs.map((doc) => ({ path: doc.path, content: doc.content }));
    // One after the other: they come from one registry, and layers that several share come once.
    const below = await base?.fetch(platform);
    if (below) tellRootUser(below, context);
    platforms.push({ platform, binaryPath: binary.path, docs, labels, base: below });
  }
  return assembleImages({
    platforms,
    extra,
    extraDiffId: spec.files ?? undefined,
    epochSeconds: spec.sourceDateEpoch,
    layoutDir: join(folder, 'oci'),
    layerStore: store.layers,
    onProgress: (platform, bytes) =>
      log.progress(`${platformName(platform)}: ${Math.round(bytes / 2 ** 20)} MiB compressed`),
    onImage: (image) => log.info(`${platformName(image.platform)}: ${image.digest}`),
    signal,
  });
}

function writeFiles(
  folder: string,
  { spec }: PreparedBuild,
  binaries: readonly CompiledBinary[],
  { images }: AssembledIndex,
  { references }: ImageNames,
  { sbom, dockerArchives }: BuildOptions,
  signal: AbortSignal,
): Promise<void> {
  const docker = dockerArchives ? { images, references } : undefined;
  return writeResult(folder, { spec, binaries, sbom, docker }, signal);
}

/** Sets whose metrics expire: their images must show it. */
const EXPIRING = ['ttl', 'dinumathai'];

function testImages(
  { spec }: PreparedBuild,
  { images }: AssembledIndex,
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
