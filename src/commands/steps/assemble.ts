import type { CompiledBinary } from '../../compile/compile-all.js';
import { type AssembledIndex, assembleImages } from '../../image/build-image.js';
import { imageLabels } from '../../spec/image-labels.js';
import { platformName, targetOf } from '../../spec/platform.js';
import type { Store } from '../../store/store.js';
import type { Context } from '../context.js';
import { tellRootUser } from './base.js';
import type { PreparedBuild } from './prepare.js';

/**
 * Images and index of compiled binaries, as an OCI layout. The bases of the images are fetched here.
 * @param layoutDir new or empty
 */
export async function assemble(
  prepared: PreparedBuild,
  binaries: readonly CompiledBinary[],
  layoutDir: string,
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
    layoutDir,
    layerStore: store.layers,
    onProgress: (platform, bytes) =>
      log.progress(`${platformName(platform)}: ${Math.round(bytes / 2 ** 20)} MiB compressed`),
    onImage: (image) => log.info(`${platformName(image.platform)}: ${image.digest}`),
    signal,
  });
}
