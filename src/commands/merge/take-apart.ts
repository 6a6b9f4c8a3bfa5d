import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BaseLayer } from '../../image/base-image.js';
import { baseWithin } from '../../image/base-within.js';
import type { ImageInput } from '../../image/image-input.js';
import { MediaType } from '../../image/profile1.js';
import type { TarEntry } from '../../image/tar-plan.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { imageLabels } from '../../spec/image-labels.js';
import { platformFileName } from '../../spec/platform.js';
import { DamagedImageError } from '../../verify/damaged.js';
import type { LayerFile } from '../../verify/layers/layers.js';
import { liesOf, unpackLayer } from '../../verify/layers/read-layer.js';
import { entriesOf, ownFiles } from './layer-entries.js';
import { notABuilds, type Part } from './open-parts.js';

/** What an image was made of, taken out of it again. */
export interface TakenApart {
  readonly part: Part;
  readonly input: ImageInput;
  /** The extra files in their Linux form; undefined where the spec has none. */
  readonly extra: readonly TarEntry[] | undefined;
}

/**
 * Takes an image apart into what `assembleImages` wants. Blobs are checked by their digests, and layers of a base by
 * their diff IDs.
 * @param work a folder for what is taken out, which lives as long as the parts are needed
 * @throws DamagedImageError where a blob is missing, or is not what its digest says
 * @throws RunError where the layers are none of a build's
 */
export async function takeApart(part: Part, spec: BuildSpec, work: string, signal: AbortSignal): Promise<TakenApart> {
  const { image, entry, content, layout } = part;
  const files = await image.layerFiles(entry, content.layers);
  const layers = content.layers.map((layer): LayerFile => ({ ...layer, path: files.get(layer.digest) ?? '' }));
  const count = spec.files === null ? 1 : 2;
  const [program, extraFiles] = layers.slice(-count);
  if (!program || layers.length < count || (spec.base === null && layers.length > count)) {
    const wanted = `${count}${spec.base === null ? '' : ' on those of the base image'}`;
    throw notABuilds(layout, `the image for ${entry.name} has ${layers.length} layers; its spec makes ${wanted}`);
  }
  const below = layers.slice(0, -count);
  await checkBase(part, below, signal);
  const folder = join(work, platformFileName(entry.platform));
  for (const path of [folder, join(folder, 'program'), join(folder, 'extra')]) await mkdir(path);
  const own = await entriesOf(program, part, join(folder, 'program'), signal);
  const base = spec.base !== null && {
    platform: entry.platform,
    configJson: baseWithin(content.config.toString('utf8'), count, 'layouts'),
    layers: below.map(baseLayer),
  };
  return {
    part,
    input: {
      platform: entry.platform,
      ...ownFiles(own, part),
      labels: [...imageLabels(spec)],
      base: base || undefined,
    },
    extra: extraFiles && (await entriesOf(extraFiles, part, join(folder, 'extra'), signal)),
  };
}

async function checkBase({ image, entry }: Part, layers: readonly LayerFile[], signal: AbortSignal): Promise<void> {
  for (const [i, layer] of layers.entries()) {
    const where = `layer ${i + 1}`;
    const [lie] = liesOf(layer, await unpackLayer(layer, where, signal), where);
    if (lie) throw new DamagedImageError(`${image.name} (${entry.name})`, lie);
  }
}

/** Its media type is the one that a build gives it; where the image has another, its digest tells. */
function baseLayer({ digest, size, diffId, path }: LayerFile): BaseLayer {
  return { mediaType: MediaType.layer, digest, size, diffId: diffId as BaseLayer['diffId'], path };
}
