import type { OutdatedReport, ReportedBuild, ReportedVulnerability } from './outdated-report.js';

/** The report of `outdated` for people: what is used, what a re-cut would be, how it is made, and what it does not mend. */
export function outdatedText(report: OutdatedReport): string {
  const { now, 're-cut': next, remaining } = report;
  const lines = [
    ...(report.image === null ? [] : [`image: ${report.image}${report.digest === null ? '' : ` (${report.digest})`}`]),
    ...(now === null ? [] : [`in use: ${buildLine(now)}`]),
    ...(next === null ? [] : [`re-cut: ${buildLine(next)}`]),
    ...(report['newest-go'] === null ? [] : [`Go ${report['newest-go']} is there as well, of a newer line`]),
    '',
    ...(now === null ? [] : vulnerabilityLines('known vulnerabilities of what is in use', now.vulnerabilities)),
    ...(next === null ? [] : reCutLines(report, next)),
    ...(next === null ? [] : vulnerabilityLines('what remains', remaining)),
    ...reasonLines('left out:', report['left-out']),
    ...reasonLines('not performed:', report['not-performed']),
    SUMMARIES[report.state],
  ];
  return `${lines.join('\n')}\n`;
}

const SUMMARIES = {
  current: 'Nothing is to be done: nothing newer is there that helps.',
  outdated: 'A re-cut is due.',
  'not-performed': 'Not everything could be asked, so nothing is said about what is outdated.',
} as const;

function buildLine(build: ReportedBuild): string {
  const { 'module-overrides': overrides, patches } = build;
  const raised = overrides.length === 0 ? '' : `, with ${overrides.join(', ')}`;
  return `pushgateway ${build['pushgateway-version']} (patches: ${patches.join(', ') || 'none'}), Go ${build['go-version']}${raised}`;
}

function reCutLines(report: OutdatedReport, next: NonNullable<OutdatedReport['re-cut']>): string[] {
  const cleared = report.cleared.length === 0 ? [] : [`it clears: ${report.cleared.join(', ')}`];
  const digest = next.digest === null ? [] : [`version: ${next.version}`, `index digest: ${next.digest}`];
  return [...cleared, '', next.command, '', next.yaml, ...digest];
}

function vulnerabilityLines(title: string, found: readonly ReportedVulnerability[] | null): string[] {
  if (found === null) return [];
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
  return `${names} ${what}, ${mended}; ${near}${summary === '' ? '' : ` – ${summary}`}`;
}

function shortList(items: readonly string[]): string {
  return items.length <= 3 ? items.join(', ') : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`;
}

function reasonLines(title: string, reasons: OutdatedReport['left-out']): string[] {
  return reasons.length === 0 ? [] : [title, ...reasons.map(({ what, why }) => `  ${what}: ${why}`)];
}
