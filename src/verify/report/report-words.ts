import type { Report } from './report.js';

/** What a verdict means, in a sentence. */
export function meaningOf({ verdict, words, reason, unchecked }: Report): string {
  switch (verdict) {
    case 'reproducible':
      return unchecked.length === 0
        ? `${words.a} and ${words.b} are the same, bit for bit`
        : `what was checked of ${words.a} and ${words.b} is the same, bit for bit`;
    case 'compression-differs':
      return 'the same files and settings, compressed otherwise';
    case 'metadata-differs':
      return 'the same files and behaviour; only what tells about them, or how they are packed, differs';
    case 'content-differs':
      return 'files or behaviour differ';
    case 'not-performed':
      return `nothing was compared, so that nothing is known of this image: ${reason?.message ?? 'no reason was given'}`;
  }
}

/** `2 of 3 platforms`. */
export function checkedOf({ checked }: Report): string {
  return `${checked.platforms} of ${checked.of} ${checked.of === 1 ? 'platform' : 'platforms'}`;
}

/** The causes in lines of a report where there are differences, and nobody knows why. */
export const NO_CAUSE = 'none that is known; the differences below are all that was found';

/** Whether there are differences of which no cause is known. */
export function lacksCause({ verdict, causes }: Report): boolean {
  return verdict !== 'reproducible' && verdict !== 'not-performed' && causes.length === 0;
}
