import type { Difference } from '../difference.js';
import type { LayerInfo } from '../open/opened-image.js';
import { compareLayer } from './compare-layer.js';
import { compareStacks } from './compare-stacks.js';
import { MAX_DIFFERENCES } from './findings.js';

export interface LayerFile extends LayerInfo {
  /** The file on this disk; '' where it was not asked for, since the other side has the layer, too. */
  readonly path: string;
}

export interface CompareLayersOptions {
  /** What is taken out of layers lies here for a while, 8 GiB at most. */
  readonly tempDir: string;
  readonly signal?: AbortSignal | undefined;
  /** What differs inside two files at one path. */
  compareFiles(where: string, a: string, b: string): Promise<Difference[]>;
}

/**
 * Two stacks of layers, lowest first. Layers with the same digest are equal and are not read; a layer that is damaged or
 * hostile is a difference. Where the stacks are cut otherwise, it is the files that a container sees that are compared.
 * @throws CancelledError where the signal is aborted; system errors of the disk
 */
export async function compareLayers(
  a: readonly LayerFile[],
  b: readonly LayerFile[],
  options: CompareLayersOptions,
): Promise<Difference[]> {
  if (a.length !== b.length) return limited(await wholeStacks(a, b, options));
  if (isMoved(a, b)) return limited(await wholeStacks(a, b, options));
  const found: Difference[] = [];
  let lonely = 0;
  for (const [i, layer] of a.entries()) {
    const other = b[i] as LayerFile; // there are as many
    const where = `layer ${i + 1}`;
    if (layer.digest === other.digest) {
      found.push(...unlikeClaims(layer, other, where));
      continue;
    }
    const { differences, hasLonely } = await compareLayer(layer, other, where, options);
    found.push(...limited(differences));
    if (hasLonely) lonely++;
  }
  if (lonely > 1) {
    // What one layer lacks, another may have: then it is only the cut that differs.
    const whole = await wholeStacks(a, b, options);
    if (whole.every(({ weight }) => weight !== 'content')) return limited(whole);
  }
  return limited(found);
}

async function wholeStacks(
  a: readonly LayerFile[],
  b: readonly LayerFile[],
  options: CompareLayersOptions,
): Promise<Difference[]> {
  const unlike = a.findIndex(({ digest }, i) => digest !== b[i]?.digest);
  const from = unlike < 0 ? a.length : unlike;
  const isMissing = [...a.slice(from), ...b.slice(from)].some(({ path }) => path === '');
  if (!isMissing) return compareStacks(a, b, options);
  const digests = (layers: readonly LayerFile[]) => layers.map(({ digest }) => digest.slice(7, 19)).join(', ');
  const where = 'order of the layers';
  return [{ level: 'layer', weight: 'content', where, a: digests(a), b: digests(b), cause: 'layers' }];
}

/** Whether a layer of one side stands at another place on the other. */
function isMoved(a: readonly LayerFile[], b: readonly LayerFile[]): boolean {
  const places = new Map(b.map(({ digest }, i) => [digest, i]));
  return a.some(({ digest }, i) => {
    const place = places.get(digest);
    return place !== undefined && place !== i && b[i]?.digest !== digest;
  });
}

/** One layer cannot have two diffIDs. */
function unlikeClaims(a: LayerFile, b: LayerFile, where: string): Difference[] {
  if (a.diffId === b.diffId) return [];
  const place = `${where}: diffID`;
  const sides = { a: a.diffId ?? 'none', b: b.diffId ?? 'none' };
  return [{ level: 'layer', weight: 'content', where: place, ...sides, cause: 'damaged' }];
}

/** As many as one reads; what is left out is counted. */
function limited(differences: readonly Difference[]): Difference[] {
  if (differences.length <= MAX_DIFFERENCES) return [...differences];
  const kept = differences.slice(0, MAX_DIFFERENCES - 1);
  const rest = differences.slice(MAX_DIFFERENCES - 1);
  const isContent = rest.some(({ weight }) => weight === 'content');
  const where = `${rest.length} more differences`;
  const more = { level: 'layer', where, a: 'not told one by one', b: undefined } as const;
  return [...kept, { ...more, weight: isContent ? 'content' : 'metadata' }];
}
