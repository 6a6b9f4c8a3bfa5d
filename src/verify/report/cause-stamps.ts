import type { Difference } from '../difference.js';
import { allStated, bestOf, capital, type Facts, secondsOf, short, timeOf } from './cause-facts.js';
import type { CauseTexts } from './cause-texts.js';

/** The version that a binary and its image show. */
export const version: CauseTexts = {
  sentence: (facts) => {
    const found = facts.differences.find(({ where }) => where === 'spec.version');
    if (!found) return allStated('Texts that the linker was given differ', facts);
    return `${capital(facts.words.a)} is version ${short(found.a ?? 'none')}, ${facts.words.b} ${short(found.b ?? 'none')}.`;
  },
  fix: ({ words }) =>
    'The linker puts version, branch, time and builder into a binary. Make both with the same --pushgateway-version and ' +
    `--version-suffix, and ${words.a} with this program.`,
};

/** The one time in an image. */
export const epoch: CauseTexts = {
  sentence: (facts) => {
    const { a, b } = timesOf(facts.differences) ?? {};
    if (a === undefined || b === undefined) return allStated('Times differ', facts);
    return `The time in ${facts.words.a} is ${timeOf(a)}, in ${facts.words.b} ${timeOf(b)}.`;
  },
  fix: ({ differences, words }: Facts) => {
    const found = timesOf(differences);
    const [a, b] = [secondsOf(found?.a), secondsOf(found?.b)];
    if (a === undefined || b === undefined || a === b) return 'Make both with the same --source-date-epoch.';
    return `Make ${words.b} with --source-date-epoch ${a}, or ${words.a} with --source-date-epoch ${b}.`;
  },
};

function timesOf(differences: readonly Difference[]): Difference | undefined {
  return bestOf(differences, 'created', 'spec.sourceDateEpoch');
}
