import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { explainSystemError } from '../base/errors.js';
import { openWorkspace } from '../base/workspace.js';
import { type CompiledBinary, compileAll } from '../compile/compile-all.js';
import { assembleImages } from '../image/build-image.js';
import type { BuildOptions } from '../inputs/build-options.js';
import { writeResult } from '../output/files.js';
import { openOutputFolder, type PendingOutput } from '../output/output-folder.js';
import { type BuildResult, describeResult } from '../output/result.js';
import { compileKey, encodeSpec, specDigest } from '../spec/build-spec.js';
import { imageLabels } from '../spec/image-labels.js';
import { platformName } from '../spec/platform.js';
import { binaryStore } from '../store/binary-store.js';
import { emptyStore, makeStoreFolder, openStore, pruneStore, type Store } from '../store/store.js';
import type { Context } from './context.js';
import { type PreparedBuild, prepareBuild } from './prepare.js';

/**
 * `build`: source → patched tree → binaries → images and index → files.
 * @param outputDir absolute path of the folder for the results
 * @throws InputError or RunError; then the output folder is as it was
 */
export async function build(options: BuildOptions, outputDir: string, context: Context): Promise<BuildResult> {
  const output = await openOutputFolder(outputDir);
  try {
    return await buildInto(output, options, outputDir, context);
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
): Promise<BuildResult> {
  const { log } = context;
  const started = performance.now();
  const workspace = await openWorkspace();
  try {
    const store = await storeFor(options, context, workspace.path);
    const prepared = await log.group('Source and spec', async () => {
      const found = await prepareBuild(options, context, store, workspace.path);
      log.info(`pushgateway ${found.spec.version}, Go ${found.spec.go}`);
      log.info(`spec ${specDigest(found.spec)}`);
      return found;
    });
    const binaries = await log.group('Compile', () =>
      compileMissing(prepared, options, context, store, workspace.path),
    );
    const { spec } = prepared;
    const labels = [...imageLabels(spec)];
    const assembled = await log.group('Images', () =>
      assembleImages({
        platforms: binaries.map(({ platform, path, docs }) => ({
          platform,
          binaryPath: path,
          docs: docs.map((doc) => ({ path: doc.path, content: doc.content })),
          labels,
        })),
        epochSeconds: spec.sourceDateEpoch,
        layoutDir: join(output.path, 'oci'),
        layerStore: store.layers,
        onProgress: (platform, bytes) =>
          log.progress(`${platformName(platform)}: ${Math.round(bytes / 2 ** 20)} MiB compressed`),
        onImage: (image) => log.info(`${platformName(image.platform)}: ${image.digest}`),
        signal: context.signal,
      }),
    );
    await writeResult(output.path, { spec, binaries, sbom: options.sbom }, context.signal);
    await output.publish();
    if (options.cache) await pruneStore(store.root);
    return describeResult({
      spec,
      specJson: encodeSpec(spec),
      upstreamVersion: prepared.source.version,
      outputDir,
      sbom: options.sbom,
      binaries,
      assembled,
      milliseconds: Math.round(performance.now() - started),
    });
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

/** Takes the binaries that an earlier run left whole, and compiles the others. */
async function compileMissing(
  prepared: PreparedBuild,
  options: BuildOptions,
  context: Context,
  store: Store,
  work: string,
): Promise<CompiledBinary[]> {
  const key = compileKey(prepared.spec);
  const kept = binaryStore(store.root);
  const found = new Map<string, CompiledBinary>();
  if (options.cache) {
    for (const platform of options.platforms) {
      const binary = await kept.get(key, platform);
      if (!binary) continue;
      context.log.info(`${platformName(platform)}: compiled by an earlier run`);
      found.set(platformName(platform), { ...binary, platform, milliseconds: 0 });
    }
  }
  const missing = options.platforms.filter((platform) => !found.has(platformName(platform)));
  if (missing.length > 0) {
    const tree = await prepared.tree();
    await compileAll(tree, prepared.spec, missing, join(work, 'binaries'), context.log, async (binary) => {
      found.set(platformName(binary.platform), binary);
      if (options.cache) await kept.put(key, binary.platform, binary);
    });
  }
  return options.platforms.flatMap((platform) => found.get(platformName(platform)) ?? []);
}
