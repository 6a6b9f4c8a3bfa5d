import { SPEC_LABEL } from '../spec/build-spec.js';
import type { CauseId, Difference } from './difference.js';
import { contrast } from './documents/contrast.js';
import { baseLayersOf } from './documents/spec-label.js';
import { compareFiles } from './files/files.js';
import { type CompareLayersOptions, compareLayers, type LayerFile } from './layers/layers.js';
import type { PlatformImage } from './open/opened-image.js';

/**
 * Compares the layers. Where both specs say how many are the base's, and the bases differ, they are compared apart, so
 * that what differs in the base is told as that.
 */
export async function compareOnBases(
  [a, layers]: readonly [PlatformImage, readonly LayerFile[]],
  [b, others]: readonly [PlatformImage, readonly LayerFile[]],
  { tempDir, signal }: Pick<CompareLayersOptions, 'tempDir' | 'signal'>,
): Promise<Difference[]> {
  const compare = async (stack: readonly LayerFile[], other: readonly LayerFile[]) => {
    const found = await compareLayers(stack, other, { tempDir, signal, compareFiles });
    if (found.length > 0 || digestsOf(stack) === digestsOf(other)) return found;
    return [
      { level: 'layer', weight: 'content', where: 'layers', ...contrast(digestsOf(stack), digestsOf(other)) } as const,
    ];
  };
  const [count, otherCount] = [a, b].map(({ labels, layers }) => baseLayersOf(labels.get(SPEC_LABEL), layers.length));
  if (count === undefined || otherCount === undefined) return compare(layers, others);
  const [base, otherBase] = [layers.slice(0, count), others.slice(0, otherCount)];
  if (digestsOf(base) === digestsOf(otherBase)) return compare(layers, others);
  const inBase = (await compare(base, otherBase)).map(ofBase);
  const above = await compare(layers.slice(count), others.slice(otherCount));
  return [...inBase, ...above.map((difference) => ({ ...difference, where: `above the base: ${difference.where}` }))];
}

function ofBase(difference: Difference): Difference {
  const { cause } = difference;
  const kept: readonly (CauseId | undefined)[] = ['damaged', 'hostile', 'compressor'];
  return {
    ...difference,
    where: `base: ${difference.where}`,
    ...(kept.includes(cause) ? {} : { cause: 'base' as const }),
  };
}

function digestsOf(layers: readonly LayerFile[]): string {
  return layers.map(({ digest }) => digest).join();
}
