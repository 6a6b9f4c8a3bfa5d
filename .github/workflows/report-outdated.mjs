// Keeps one issue about a re-cut that is due: opens it, comments on it when another re-cut is due than it last said, closes
// it when none is. Fails where not everything could be found out; then an open issue stays open.
import { createHash } from 'node:crypto';
import { api, list } from './github-api.mjs';

const { REPORT, GITHUB_REPOSITORY, GITHUB_SERVER_URL, GITHUB_RUN_ID } = process.env;
const TITLE = 'A re-cut of the image is due';
/** Finds the issue again, and holds which re-cut it last told; the last line, where no text of others can be. */
const MARK = /<!-- re-cut: ([0-9a-f]{64}) -->$/;
/** GitHub takes 65,536 letters. */
const LONGEST = 50_000;

/** Text of others, in a block where GitHub makes no links, mentions and commands of it. */
function block(text) {
  const lines = text.replaceAll(/[^\P{C}\n]/gu, ' ').replaceAll('`', "'");
  return ['```text', lines.length <= LONGEST ? lines : `${lines.slice(0, LONGEST)}…`, '```'].join('\n');
}

const mended = ({ fixed }) => (fixed ? `fixed in ${fixed}` : 'no fixed version is known');

function vulnerabilityLine({ id, aliases, module, version, reach, summary, ...rest }) {
  const near = reach === 'symbol' ? 'in the binary' : reach === 'package' ? 'package linked' : 'package not linked';
  return `${[id, ...aliases].join(', ')}: ${module} ${version}, ${mended(rest)}; ${near}. ${summary}`;
}

function buildLine(build) {
  const names = `pushgateway ${build['pushgateway-version']} (patches: ${build.patches.join(', ') || 'none'})`;
  const bases = build['base-image'].length === 0 ? [] : [`on ${build['base-image'].join(' and ')}`];
  return [names, `Go ${build['go-version']}`, ...bases, ...build['module-overrides']].join(', ');
}

/** The image's own workflow with these inputs; none of them holds a blank or a quote. */
function dispatchCommand(reCut) {
  const overrides = reCut['module-overrides'].join(',');
  const suffix = reCut.version.slice(reCut['pushgateway-version'].length);
  const fields = [
    ['pushgateway-version', reCut['pushgateway-version']],
    ['go-version', reCut['go-version']],
    ['module-overrides', overrides],
    ['version-suffix', suffix],
  ].filter(([, value]) => value !== '');
  return `gh workflow run image.yml ${fields.map(([name, value]) => `-f ${name}=${value}`).join(' ')}`;
}

function bodyOf(report, mark) {
  const { now, 're-cut': reCut, cleared, remaining } = report;
  const reasons = (list) => list.map(({ what, why }) => `${what}: ${why}`);
  const sections = [
    ['In use', [report.image ?? 'the defaults of this project', report.digest ?? '', buildLine(now)]],
    ['The re-cut', [buildLine(reCut), `version ${reCut.version}`, `index digest ${reCut.digest ?? 'not built'}`]],
    ['As a step of a workflow', [reCut.yaml]],
    ['On the command line', [reCut.command]],
    ["With this repository's own workflow", [dispatchCommand(reCut)]],
    ['It clears', cleared],
    ['What remains', (remaining ?? []).map(vulnerabilityLine)],
    ['Left out', reasons(report['left-out'])],
    ['Not performed', reasons(report['not-performed'])],
  ];
  const shown = sections.map(([title, lines]) => [title, lines.filter((line) => line.trim() !== '').join('\n')]);
  const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return [
    `Found by [this run](${run}).`,
    ...shown.filter(([, text]) => text !== '').flatMap(([title, text]) => ['', `### ${title}`, '', block(text)]),
    '',
    `<!-- re-cut: ${mark} -->`,
  ].join('\n');
}

async function findIssue() {
  for await (const issue of list('/issues?state=open')) {
    if (issue.title === TITLE && MARK.test((issue.body ?? '').trimEnd())) return issue;
  }
  return undefined;
}

if (!REPORT) throw new Error('nothing was found out; the job before this one tells why');
const report = JSON.parse(REPORT);
for (const { what, why } of report['not-performed']) {
  console.error(`not performed: ${what}: ${why}`.replaceAll('##[', '# ['));
}
const isWhole = report['not-performed'].length === 0;
const issue = await findIssue();
if (report.state === 'outdated') {
  // The run's own address and the texts of the database may differ where nothing else does.
  const { command } = report['re-cut'];
  const mark = createHash('sha256')
    .update(JSON.stringify([command, report.cleared]))
    .digest('hex');
  const body = bodyOf(report, mark);
  if (!issue) {
    const { number } = await api('POST', '/issues', { title: TITLE, body });
    console.log(`opened issue ${number}`);
  } else {
    const isOther = MARK.exec(issue.body.trimEnd())?.[1] !== mark;
    await api('PATCH', `/issues/${issue.number}`, { body });
    if (isOther) {
      const text = `Another re-cut is due now; the text above tells it.\n\n${block(command)}`;
      await api('POST', `/issues/${issue.number}/comments`, { body: text });
    }
    console.log(`updated issue ${issue.number}`);
  }
} else if (issue && isWhole) {
  await api('PATCH', `/issues/${issue.number}`, { state: 'closed' });
  console.log(`closed issue ${issue.number}`);
} else console.log('no re-cut is known to be due');
if (!isWhole) process.exitCode = 1;
