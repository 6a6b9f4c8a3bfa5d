import { type Exposition, parseExposition } from './exposition.js';
import type { Ledger } from './ledger.js';
import { type Finding, judge, type Lateness, type View } from './oracle.js';
import type { Phase, Violations } from './violations.js';

/** What reads are judged by, and where findings go. */
export interface Court {
  readonly ledger: Ledger;
  readonly lateness: Lateness;
  readonly violations: Violations;
}

/** Judges all that a read shows, and all that it should show. */
export function judgeRead({ ledger, lateness, violations }: Court, phase: Phase, text: string, view: View): Exposition {
  const shown = parseExposition(text);
  for (const problem of shown.problems) violations.add(phase, 'malformed', problem);
  const judgeGroup = (group: number) => {
    const seen = shown.groups.get(group);
    const finding = judge(ledger.states(group), seen, view, lateness);
    if (finding) violations.add(phase, finding.kind, describe(group, finding, seen, view));
  };
  for (const group of ledger.known) judgeGroup(group);
  for (const group of shown.groups.keys()) if (!ledger.knows(group)) judgeGroup(group);
  return shown;
}

/** Times are given against the start of the read. */
function describe(
  group: number,
  { family, sample }: Finding,
  seen: ReadonlyMap<string, number> | undefined,
  view: View,
): string {
  const at = (time: number) => `${(time - view.start).toFixed(1)} ms`;
  const shows = [...(seen ?? [])].map(([name, value]) => `${name} ${value}`).join(', ') || 'nothing';
  const read = `read of ${at(view.from)} to ${at(view.to)}, answered at ${at(view.end)}`;
  const push = sample?.push;
  const last = push
    ? `${push.kind} number ${push.number}, TTL ${push.ttl} ms, sent at ${at(push.sent)}, answered at ${at(push.answered)}`
    : 'no push';
  return `group ${group}, ${family}: ${last}; ${read}, shows ${shows}`;
}
