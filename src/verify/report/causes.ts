import type { CauseId, Difference, Weight } from '../difference.js';
import type { ImageComparison } from '../verdict.js';
import type { Facts, Words } from './cause-facts.js';
import { CAUSE_TEXTS } from './cause-texts.js';
import { withoutConsequences } from './consequences.js';

export type { Words } from './cause-facts.js';

/** Why two images differ, in words. */
export interface Cause {
  readonly id: CauseId;
  /** The heaviest of its differences. */
  readonly weight: Weight;
  readonly sentence: string;
  /** What to do about it. */
  readonly fix: string;
  /** The platforms that show it; empty where the index alone does. */
  readonly platforms: readonly string[];
}

const WEIGHTS: readonly Weight[] = ['content', 'metadata', 'compression'];

/**
 * The causes of all differences, the weightiest first, each once for all platforms that show it. What follows from a
 * stronger cause on the same platform is left out: other licences are no wonder where a module is another one.
 */
export function causesOf({ index, platforms }: Pick<ImageComparison, 'index' | 'platforms'>, words: Words): Cause[] {
  const found = new Map<CauseId, { differences: Difference[]; platforms: string[] }>();
  const add = (differences: readonly Difference[], platform: string | undefined) => {
    for (const difference of withoutConsequences(differences)) {
      if (!difference.cause) continue;
      const entry = found.get(difference.cause) ?? { differences: [], platforms: [] };
      entry.differences.push(difference);
      if (platform !== undefined && !entry.platforms.includes(platform)) entry.platforms.push(platform);
      found.set(difference.cause, entry);
    }
  };
  for (const { platform, differences } of platforms) add(differences, platform);
  add(index, undefined);
  const order = Object.keys(CAUSE_TEXTS);
  return [...found]
    .map(([id, { differences, platforms }]): Cause => {
      const facts: Facts = { differences: telling(differences), words };
      const { sentence, fix } = CAUSE_TEXTS[id];
      return { id, weight: heaviest(differences), sentence: sentence(facts), fix: fix(facts), platforms };
    })
    .sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight) || order.indexOf(a.id) - order.indexOf(b.id));
}

/** Without the summary of sections, which says nothing that the others do not. */
function telling(differences: readonly Difference[]): readonly Difference[] {
  const others = differences.filter(({ where }) => !where.endsWith(', as follows from the above'));
  return others.length > 0 ? others : differences;
}

function heaviest(differences: readonly Difference[]): Weight {
  return WEIGHTS.find((weight) => differences.some((difference) => difference.weight === weight)) as Weight;
}
