import type { Difference } from '../difference.js';
import type { Verdict } from '../verdict.js';
import { html, htmlCode, htmlProse } from './escape.js';
import type { Report } from './report.js';
import { checkedOf, lacksCause, meaningOf, NO_CAUSE } from './report-words.js';

/** Differences that are shown of all platforms together: a summary may have 1 MiB. */
const MAX_SHOWN = 100;

/** Green is for one verdict alone. */
const MARKS: Readonly<Record<Verdict, string>> = {
  reproducible: '✅',
  'compression-differs': '⚠️',
  'metadata-differs': '⚠️',
  'content-differs': '❌',
  'not-performed': '❔',
};

/**
 * The report for a job summary or an issue, the verdict first. Below the heading it is HTML, of which Markdown reads
 * nothing as long as no line is blank; so only HTML's own letters have a meaning.
 */
export function reportMarkdown(report: Report): string {
  const { verdict, unchecked, causes } = report;
  const checked = unchecked.length === 0 ? '' : `, ${checkedOf(report)}`;
  const meaning = meaningOf(report);
  const parts = [
    `<p>${htmlProse(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`)}</p>`,
    ...(unchecked.length === 0 ? [] : [`<p><b>Not checked:</b> ${unchecked.map(htmlCode).join(', ')}</p>`]),
    sides(report),
    ...(report.platforms.length === 0 ? [] : [platformTable(report)]),
    ...(causes.length === 0 ? [] : [causeList(report)]),
    ...(lacksCause(report) ? [`<p><b>Cause:</b> ${NO_CAUSE}.</p>`] : []),
    ...differenceTables(report),
    `<p>The same again:</p>`,
    `<pre><code>${commandLines(report.command)}</code></pre>`,
  ];
  return `## ${MARKS[verdict]} ${verdict}${checked}\n\n${parts.join('\n')}\n\n`;
}

/** Its lines, of which none is blank. */
function commandLines(command: string): string {
  const lines = command.split('\n').filter((line) => line.trim() !== '');
  return lines.map(html).join('\n');
}

function sides({ image, digest, comparedWith, rebuiltDigest, specDigest, reason, tool }: Report): string {
  const rows: [string, string][] = [
    ['image', htmlCode(image)],
    ['digest', digest === null ? 'not known' : htmlCode(digest)],
    ...(reason
      ? ([['reason', htmlCode(reason.field === null ? reason.kind : `${reason.kind}: ${reason.field}`)]] as [
          string,
          string,
        ][])
      : ([
          ['compared with', htmlProse(comparedWith)],
          ['its digest', rebuiltDigest === null ? 'none' : htmlCode(rebuiltDigest)],
        ] as [string, string][])),
    ...(specDigest === null ? [] : ([['spec', htmlCode(specDigest)]] as [string, string][])),
    ['by', html(tool)],
  ];
  return `<table>${rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('')}</table>`;
}

function platformTable({ platforms, words }: Report): string {
  const rows = platforms.map(({ platform, verdict, digest, rebuiltDigest }) => [
    htmlCode(platform),
    `${MARKS[verdict]} ${verdict}`,
    digest === null ? 'none' : htmlCode(digest),
    rebuiltDigest === null ? 'none' : htmlCode(rebuiltDigest),
  ]);
  return table(['platform', 'verdict', ...headsOf(words)], rows);
}

function causeList({ causes }: Report): string {
  const items = causes.map(({ sentence, fix, platforms }) => {
    const where = platforms.length === 0 ? '' : ` (${platforms.map(htmlCode).join(', ')})`;
    return `<li>${htmlProse(sentence)}${where}<br><b>Fix:</b> ${htmlProse(fix)}</li>`;
  });
  return `<h3>Why</h3>\n<ul>${items.join('')}</ul>`;
}

function differenceTables({ index, platforms, words }: Report): string[] {
  let room = MAX_SHOWN;
  const lists = [
    { name: 'the index', differences: index, omitted: 0 },
    ...platforms.map(({ platform, differences, omitted }) => ({ name: htmlCode(platform), differences, omitted })),
  ];
  return lists
    .filter(({ differences }) => differences.length > 0)
    .map(({ name, differences, omitted }) => {
      const shown = differences.slice(0, room);
      room -= shown.length;
      const more = differences.length - shown.length + omitted;
      const rows = shown.map((difference) => differenceRow(difference));
      const rest = more > 0 ? `<p>And ${more} more; see the JSON report.</p>` : '';
      const heads = ['where', 'level', 'weight', ...headsOf(words)];
      return `<details><summary>Differences of ${name}: ${differences.length + omitted}</summary>${table(heads, rows)}${rest}</details>`;
    });
}

function differenceRow({ where, level, weight, a, b }: Difference): string[] {
  return [htmlCode(where), level, weight, ...[a, b].map((value) => (value === undefined ? 'none' : htmlCode(value)))];
}

function headsOf({ a, b }: Report['words']): string[] {
  return [a, b].map((name) => html(name.replace(/^the /, '')));
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'th' | 'td') => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
  return `<table><tr>${cells(heads, 'th')}</tr>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</table>`;
}
