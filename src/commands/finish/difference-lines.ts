import { causesOf, type Words } from '../../verify/report/causes.js';
import type { ImageComparison } from '../../verify/verdict.js';

/** Most differences that nothing explains, of a platform or the index, that are told. */
const MAX_SHOWN = 5;

/** What tells two images apart, a line each: the causes, the weightiest first, then what nothing explains. */
export function differenceLines(comparison: ImageComparison, words: Words): string[] {
  const causes = causesOf(comparison, words).map(({ sentence, platforms }) => {
    return platforms.length === 0 ? sentence : `${sentence} (${platforms.join(', ')})`;
  });
  const { index, platforms } = comparison;
  const places = [{ platform: 'the index', differences: index }, ...platforms];
  const others = places.flatMap(({ platform, differences }) => {
    const unexplained = differences.filter(({ cause }) => cause === undefined);
    const left = unexplained.length - MAX_SHOWN;
    const lines = unexplained.slice(0, MAX_SHOWN).map(({ where, a, b }) => {
      return `${platform}: ${where}: ${words.a} has ${a ?? 'none'}, ${words.b} ${b ?? 'none'}`;
    });
    return left > 0 ? [...lines, `${platform}: and ${left} more`] : lines;
  });
  return [...causes, ...others];
}
