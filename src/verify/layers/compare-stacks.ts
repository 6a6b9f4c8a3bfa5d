import { hostile } from '../damaged.js';
import type { Difference } from '../difference.js';
import { ofOtherSide } from '../documents/index-document.js';
import { compareLists } from './compare-archives.js';
import { compareContents } from './compare-contents.js';
import { Kind } from './finding-kinds.js';
import { Findings } from './findings.js';
import { FlatView } from './flatten.js';
import type { CompareLayersOptions, LayerFile } from './layers.js';
import { liesOf, readLayer } from './read-layer.js';
import { settleBoth } from './settle-both.js';

/**
 * Compares what containers see of two stacks, lowest layer first, that are cut into layers otherwise. Layers that both
 * have at the bottom are not read; where the others remove something of them, both must remove the same.
 */
export async function compareStacks(
  a: readonly LayerFile[],
  b: readonly LayerFile[],
  options: CompareLayersOptions,
): Promise<Difference[]> {
  const below = a.findIndex(({ digest }, i) => digest !== b[i]?.digest);
  const skipped = below < 0 ? a.length : below;
  const cut = cutDifference(a, b);
  const {
    a: side,
    b: other,
    damage,
  } = await settleBoth(flatten(a, skipped, options.signal), flatten(b, skipped, options.signal));
  if (!side || !other) return [cut, ...damage];
  const findings = new Findings('all layers');
  const unlike = compareLists(side.view.entries, other.view.entries, findings);
  if (skipped > 0) compareRemovals(side.view, other.view, findings);
  const layerOf = { a: side.view.layerOf.bind(side.view), b: other.view.layerOf.bind(other.view) };
  const contents = await compareContents(unlike, layerOf, options);
  return [cut, ...side.lies, ...other.lies.map(ofOtherSide), ...findings.differences(), ...contents];
}

function cutDifference(a: readonly LayerFile[], b: readonly LayerFile[]): Difference {
  const same = { level: 'layer', weight: 'metadata', cause: 'layers' } as const;
  if (a.length !== b.length) return { ...same, where: 'number of layers', a: `${a.length}`, b: `${b.length}` };
  const where = 'which layer holds what';
  const places = (layers: readonly LayerFile[]) => layers.map(({ digest }) => digest.slice(7, 19)).join(', ');
  return { ...same, where, a: places(a), b: places(b) };
}

async function flatten(
  layers: readonly LayerFile[],
  skipped: number,
  signal: AbortSignal | undefined,
): Promise<{ view: FlatView; lies: Difference[] }> {
  const view = new FlatView();
  const lies: Difference[] = [];
  for (let i = layers.length - 1; i >= skipped; i--) {
    const layer = layers[i] as LayerFile;
    const where = `layer ${i + 1}`;
    const reading = await readLayer(layer, where, signal);
    lies.push(...liesOf(layer, reading.facts, where));
    if (reading.end.trailing > 0) {
      const text = `${reading.end.trailing} bytes follow the end of the archive`;
      lies.push(hostile({ image: layer.digest, level: 'layer', where }, text, 'tar').difference);
    }
    view.addBelow(layer, reading);
    if (view.isTooLarge)
      throw hostile({ image: layer.digest, level: 'layer', where: 'all layers' }, 'they have too many entries');
  }
  return { view, lies };
}

function compareRemovals(a: FlatView, b: FlatView, findings: Findings): void {
  const [removals, others] = [new Set(a.removals), new Set(b.removals)];
  for (const path of removals) if (!others.has(path)) findings.add(Kind.removal, path, 'removed', undefined);
  for (const path of others) if (!removals.has(path)) findings.add(Kind.removal, path, undefined, 'removed');
}
