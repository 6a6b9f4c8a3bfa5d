import type { OutdatedReport, ReportedBuild, ReportedVulnerability } from './outdated-report.js';

/** The report of `outdated` for people: what is used, what a re-cut would be, how it is made, and what it does not mend. */
export function outdatedText(report: OutdatedReport): string {
  const { now, 're-cut': next, remaining, digest } = report;
  const facts = [
    ...(report.image === null ? [] : [`Image:   ${report.image}${digest === null ? '' : ` (${digest})`}`]),
    ...(now === null ? [] : [`In use:  ${buildLine(now)}`]),
    ...(next === null ? [] : [`Re-cut:  ${buildLine(next)}`]),
    ...(report['newest-go'] === null ? [] : [`There is Go ${report['newest-go']}, too, of a newer line.`]),
  ];
  const sections = [
    [summaryOf(report)],
    facts,
    now === null ? [] : vulnerabilityLines('Known vulnerabilities of what is in use', now.vulnerabilities),
    next === null || remaining === null ? [] : mendedLines(report.cleared, remaining),
    ...(next === null ? [] : reCutSections(next)),
    reasonLines('Left out:', report['left-out']),
    reasonLines('Not found out, so the exit code is 3:', report['not-performed']),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function summaryOf({ state, remaining, 'not-performed': unanswered }: OutdatedReport): string {
  if (state === 'not-performed') return 'Whether a re-cut is due is not known: not everything could be found out.';
  if (state === 'outdated')
    return `A re-cut is due.${unanswered.length > 0 ? ' There may be more than it mends.' : ''}`;
  return remaining?.length ? 'Nothing to do: what is known has no fix that can be had.' : 'Nothing to do.';
}

function buildLine(build: ReportedBuild): string {
  const { 'module-overrides': overrides, 'base-image': bases, patches } = build;
  const names = `pushgateway ${build['pushgateway-version']} (patches: ${patches.join(', ') || 'none'})`;
  const based = bases.length === 0 ? [] : [`on ${bases.join(' and ')}`];
  return [names, `Go ${build['go-version']}`, ...based, ...overrides].join(', ');
}

function mendedLines(cleared: readonly string[], remaining: readonly ReportedVulnerability[]): string[] {
  const clears = cleared.length === 0 ? [] : [`The re-cut clears: ${cleared.join(', ')}`];
  return [...clears, ...vulnerabilityLines('What remains', remaining)];
}

function reCutSections(next: NonNullable<OutdatedReport['re-cut']>): string[][] {
  const digests = Object.entries(next['image-digests'] ?? {}).map(([platform, digest]) => `  ${platform} ${digest}`);
  const made =
    next.digest === null
      ? [`That is version ${next.version}; its images were not built, so their digest is not known.`]
      : [`That is version ${next.version}, index digest ${next.digest}:`, ...digests];
  return [
    ['The re-cut as a command:', ...indented(next.command)],
    ['As inputs of the action:', ...indented(next.yaml)],
    made,
  ];
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
}

function vulnerabilityLines(title: string, found: readonly ReportedVulnerability[] | null): string[] {
  if (found === null) return [`${title}: not known`];
  if (found.length === 0) return [`${title}: none`];
  return [`${title}:`, ...found.map((each) => `  ${vulnerabilityLine(each)}`)];
}

const REACH = {
  module: 'the package in question is not linked',
  package: 'the package is linked',
  symbol: 'in the binary',
} as const;

/** One vulnerability: names, what has it, what mends it, and how near it is. */
export function vulnerabilityLine(found: ReportedVulnerability): string {
  const { id, aliases, module, version, fixed, reach, symbols, summary } = found;
  const names = aliases.length === 0 ? id : `${id} (${aliases.join(', ')})`;
  const what = module === 'stdlib' ? `Go ${version}` : `${module} ${version}`;
  const mended = fixed === null ? 'no fixed version is known' : `fixed in ${fixed}`;
  const near = symbols.length === 0 ? REACH[reach] : `${REACH[reach]}: ${shortList(symbols)}`;
  return `${names}: ${what}, ${mended}; ${near}${summary === '' ? '' : ` – ${summary}`}`;
}

function shortList(items: readonly string[]): string {
  return items.length <= 3 ? items.join(', ') : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`;
}

function reasonLines(title: string, reasons: OutdatedReport['left-out']): string[] {
  return reasons.length === 0 ? [] : [title, ...reasons.map(({ what, why }) => `  ${what}: ${why}`)];
}
