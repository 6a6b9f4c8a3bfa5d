import type { Difference } from '../difference.js';
import { ofOtherSide } from '../documents/index-document.js';
import { compareLists } from './compare-archives.js';
import { compareContents } from './compare-contents.js';
import { compareEnds } from './compare-ends.js';
import { compareOrder } from './compare-order.js';
import { compressionDifference, otherCompression } from './compression.js';
import { differingBytes } from './differing-archives.js';
import { Kind } from './finding-kinds.js';
import { Findings } from './findings.js';
import type { CompareLayersOptions, LayerFile } from './layers.js';
import { type LayerReading, liesOf, readLayer, unpackLayer } from './read-layer.js';
import { settleBoth } from './settle-both.js';

export interface LayerComparison {
  readonly differences: Difference[];
  /** A side has entries that the other has not: they may lie in another layer there. */
  readonly hasLonely: boolean;
}

/** Compares two layers of unlike digests at the same place of their stacks. @param where as `layer 1` */
export async function compareLayer(
  a: LayerFile,
  b: LayerFile,
  where: string,
  options: CompareLayersOptions,
): Promise<LayerComparison> {
  const { signal } = options;
  if (a.diffId !== undefined && a.diffId === b.diffId) {
    const facts = await settleBoth(unpackLayer(a, where, signal), unpackLayer(b, where, signal));
    if (!facts.a || !facts.b) return { differences: facts.damage, hasLonely: false };
    if (facts.a.digest === facts.b.digest) {
      const differences = [...lies(a, b, facts.a, facts.b, where), compressionDifference(facts.a, facts.b, where)];
      return { differences, hasLonely: false };
    }
  }
  const readings = await settleBoth(readLayer(a, where, signal), readLayer(b, where, signal));
  if (!readings.a || !readings.b) return { differences: readings.damage, hasLonely: false };
  const found = lies(a, b, readings.a.facts, readings.b.facts, where);
  if (readings.a.facts.digest === readings.b.facts.digest) {
    found.push(compressionDifference(readings.a.facts, readings.b.facts, where));
    return { differences: found, hasLonely: false };
  }
  const compressed = otherCompression(readings.a.facts, readings.b.facts, where);
  const inside = await compareReadings([a, readings.a], [b, readings.b], where, options);
  return { ...inside, differences: [...found, ...(compressed ? [compressed] : []), ...inside.differences] };
}

function lies(
  a: LayerFile,
  b: LayerFile,
  facts: LayerReading['facts'],
  other: LayerReading['facts'],
  where: string,
): Difference[] {
  return [...liesOf(a, facts, where), ...liesOf(b, other, where).map(ofOtherSide)];
}

async function compareReadings(
  [a, reading]: readonly [LayerFile, LayerReading],
  [b, other]: readonly [LayerFile, LayerReading],
  where: string,
  options: CompareLayersOptions,
): Promise<LayerComparison> {
  const findings = new Findings(where);
  const unlike = compareLists(reading.entries, other.entries, findings);
  compareOrder(reading.entries, other.entries, findings);
  compareEnds(reading.end, other.end, findings);
  const contents = await compareContents(unlike, { a: () => a, b: () => b }, options);
  const differences = [...findings.differences(), ...contents];
  if (differences.length === 0) differences.push(await differingBytes(a, b, where, options.signal));
  return { differences, hasLonely: findings.has(Kind.only) };
}
