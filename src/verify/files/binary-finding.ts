import { type CauseId, type Difference, printable } from '../difference.js';

/** Something that two programs have otherwise, and what it is a sign of. */
export interface Finding {
  readonly what: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly cause: CauseId;
  /** Whether other code is to be expected from it, so that code which differs needs no further word. */
  readonly changesCode: boolean;
}

/** Findings shown of one kind; the rest is counted. */
const MAX_SHOWN = 20;

export function toDifference(where: string, { what, a, b, cause }: Omit<Finding, 'changesCode'>): Difference {
  const shown = (text: string | undefined) => (text === undefined ? undefined : printable(text));
  return { level: 'binary', weight: 'content', where: `${where}: ${printable(what)}`, a: shown(a), b: shown(b), cause };
}

/** The first so many, and one that counts the others. */
export function capped(findings: readonly Finding[], plural: string, limit = MAX_SHOWN): Finding[] {
  const [last, ...more] = findings.slice(limit);
  if (!last) return [...findings];
  const count = (side: 'a' | 'b') => findings.slice(limit).filter((finding) => finding[side] !== undefined).length;
  const shown = (number: number) => (number === 0 ? undefined : `${number} more`);
  const changesCode = [last, ...more].some((finding) => finding.changesCode);
  return [
    ...findings.slice(0, limit),
    { ...last, what: plural, a: shown(count('a')), b: shown(count('b')), changesCode },
  ];
}
