import { Kind } from './finding-kinds.js';
import type { Findings } from './findings.js';
import { type ArchiveEntry, shown } from './tar-entry.js';

/** Tells where the entries that both archives have stand in another order. */
export function compareOrder(a: readonly ArchiveEntry[], b: readonly ArchiveEntry[], findings: Findings): void {
  const [paths, others] = [pathsOf(a), pathsOf(b)];
  const common = [...paths].filter((path) => others.has(path));
  let at = 0;
  for (const path of others) {
    if (!paths.has(path)) continue;
    const first = common[at++] as string;
    if (first === path) continue;
    findings.add(Kind.order, undefined, `${shown(first)} is number ${at}`, `${shown(path)} is number ${at}`);
    return;
  }
}

/** In their order; of a path that is there twice, the first. */
function pathsOf(entries: readonly ArchiveEntry[]): Set<string> {
  return new Set(entries.map(({ path }) => path));
}
