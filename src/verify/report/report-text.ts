import type { Difference } from '../difference.js';
import { logLine } from './escape.js';
import type { Report } from './report.js';
import { checkedOf, lacksCause, meaningOf, NO_CAUSE } from './report-words.js';

/** Differences of one platform that a terminal shows; the JSON has them all. */
const MAX_SHOWN = 20;

/** The report for a terminal, the verdict first. */
export function reportText(report: Report): string {
  const { verdict, causes, platforms, index, unchecked } = report;
  const lines = [
    `verdict:  ${verdict} (${checkedOf(report)})`,
    `          ${meaningOf(report)}`,
    ...(unchecked.length === 0 ? [] : [`not checked: ${unchecked.join(', ')}`]),
    '',
    ...sides(report),
    ...(platforms.length === 0 ? [] : ['', ...platformTable(report)]),
    ...(causes.length === 0 ? [] : ['']),
    ...(lacksCause(report) ? ['', `cause: ${NO_CAUSE}`] : []),
    ...causes.flatMap(({ sentence, fix, platforms: where }) => [
      `cause: ${sentence}${where.length === 0 ? '' : ` (${where.join(', ')})`}`,
      `  fix: ${fix}`,
    ]),
    ...differenceLines('the index', index, 0, report),
    ...platforms.flatMap(({ platform, differences, omitted }) => {
      return differenceLines(platform, differences, omitted, report);
    }),
    '',
    `again:    ${report.command.replaceAll(/\s*\\\n\s*/g, ' ')}`,
  ];
  return lines.map((line) => `${logLine(line).trimEnd()}\n`).join('');
}

function sides({ image, digest, comparedWith, rebuiltDigest, specDigest, reason, tool }: Report): string[] {
  return [
    `image:    ${image}`,
    `digest:   ${digest ?? 'not known'}`,
    ...(reason ? [] : [`compared: ${comparedWith}`, `digest:   ${rebuiltDigest ?? 'none'}`]),
    ...(reason ? [`reason:   ${reason.kind}${reason.field === null ? '' : `, ${reason.field}`}`] : []),
    ...(specDigest === null ? [] : [`spec:     ${specDigest}`]),
    `by:       ${tool}`,
  ];
}

function platformTable({ platforms, words }: Report): string[] {
  const rows = [
    ['platform', 'verdict', words.a.replace(/^the /, ''), words.b.replace(/^the /, '')],
    ...platforms.map(({ platform, verdict, digest, rebuiltDigest }) => {
      return [platform, verdict, digest ?? 'none', rebuiltDigest ?? 'none'];
    }),
  ];
  const widthOf = (column: number) => Math.max(...rows.map((row) => (row[column] as string).length));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widthOf(column))).join('  '));
}

function differenceLines(of: string, differences: readonly Difference[], omitted: number, { words }: Report): string[] {
  if (differences.length === 0) return [];
  const shown = differences.slice(0, MAX_SHOWN);
  const more = differences.length - shown.length + omitted;
  const width = Math.max(words.a.length, words.b.length);
  return [
    '',
    `differences of ${of}:`,
    ...shown.flatMap(({ level, weight, where, a, b }) => [
      `  - ${level}, ${weight}: ${where}`,
      `      ${words.a.padEnd(width)}  ${a ?? '(none)'}`,
      `      ${words.b.padEnd(width)}  ${b ?? '(none)'}`,
    ]),
    ...(more > 0 ? [`  and ${more} more; the JSON report has ${omitted > 0 ? 'most of them' : 'them all'}`] : []),
  ];
}
