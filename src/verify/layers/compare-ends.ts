import { Kind } from './finding-kinds.js';
import type { Findings } from './findings.js';
import type { ArchiveEnd } from './tar-entry.js';

/** GNU tar fills an archive up to 20 blocks. */
const RECORD = 20 * 512;

/** What comes after the last entries. */
export function compareEnds(a: ArchiveEnd, b: ArchiveEnd, findings: Findings): void {
  const isUnlike = a.zeros !== b.zeros || a.trailingHash !== b.trailingHash;
  const isSaidBelow = a.zeros === b.zeros && a.trailing + b.trailing > 0;
  if (isUnlike && !isSaidBelow) findings.add(Kind.end, undefined, endText(a), endText(b));
  for (const [end, isFirst] of [
    [a, true],
    [b, false],
  ] as const) {
    if (end.trailing === 0) continue;
    const text = `${end.trailing} bytes follow the end of the archive`;
    findings.add(Kind.hostile, undefined, isFirst ? text : undefined, isFirst ? undefined : text);
  }
}

function endText({ zeros, size }: ArchiveEnd): string {
  const filled = size % RECORD === 0 ? ', filled up to 10 KiB' : '';
  return `${zeros} zero bytes (${zeros / 512} blocks)${filled}`;
}
