import type { Load } from './check.js';
import type { Restored } from './restart.js';
import type { Violations } from './violations.js';

/** What the load came to. Durations are milliseconds, one for each answered request; heap is bytes. */
export interface Measured {
  readonly seconds: number;
  readonly pushes: readonly number[];
  readonly reads: readonly number[];
  /** Groups that each read showed. */
  readonly groups: readonly number[];
  readonly heapBefore: number;
  readonly heapAfter: number;
}

export interface Report extends Measured {
  readonly load: Load;
  readonly probes: readonly number[];
  readonly restored: Restored;
  readonly violations: Violations;
}

/** Some lines for people. */
export function describeReport(report: Report): string {
  const { load, seconds, pushes, reads, probes, groups, heapBefore, heapAfter, restored, violations } = report;
  const rate = (all: readonly number[]) => `${all.length} (${(all.length / seconds).toFixed(1)} a second)`;
  const times = (all: readonly number[]) =>
    [0.5, 0.99, 1].map((share) => `${quantile(all, share).toFixed(1)}`).join(', ');
  return [
    `${load.names} names, TTL ${load.ttl} ms, ${seconds.toFixed(1)} s, seed ${load.seed}`,
    `pushes ${rate(pushes)}, reads ${rate(reads)}, ${average(groups).toFixed(0)} groups in a read`,
    `milliseconds (half of them, 99 %, all): pushes ${times(pushes)}; reads ${times(reads)}; probes ${times(probes)}`,
    `heap in use ${mebibytes(heapBefore)} → ${mebibytes(heapAfter)} MiB`,
    `after kill -9: ${restored.withoutTtl} groups, of which ${restored.expected} had to be; with the TTL ${restored.withTtl}`,
    `violations: ${violations.kinds.length === 0 ? 'none' : `\n${violations}`}`,
  ].join('\n');
}

export function average(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length);
}

function quantile(all: readonly number[], share: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
