// Keeps one issue about images that do not verify: opens it or comments on it when a verdict is worse than the issue
// last said, closes it when all are reproducible again. Fails where any image is not reproducible on any runner.
import { api, list } from './github-api.mjs';

const { HOSTS, GITHUB_REPOSITORY, GITHUB_SERVER_URL, GITHUB_RUN_ID } = process.env;
const LADDER = ['reproducible', 'compression-differs', 'metadata-differs', 'content-differs', 'not-performed'];
const TITLE = 'Published images do not verify';
/** Finds the issue again, and holds what it last said. */
const MARK = /<!-- verdicts: (\{.*\}) -->/;

const rank = (verdict) => (LADDER.includes(verdict) ? LADDER.indexOf(verdict) : LADDER.length);

/** Reference → verdicts by runner. A runner without an answer has performed nothing. */
function byImage(hosts) {
  const said = Object.entries(hosts).map(([host, { outputs }]) => [host, JSON.parse(outputs?.verdicts || '{}')]);
  const images = [...new Set(said.flatMap(([, verdicts]) => Object.keys(verdicts)))];
  if (images.length === 0) throw new Error('no runner has verified anything');
  return images.map((image) => ({
    image,
    hosts: said.map(([host, verdicts]) => ({ host, ...(verdicts[image] ?? { verdict: 'not-performed', digest: '' }) })),
  }));
}

async function findIssue() {
  for await (const issue of list('/issues?state=open'))
    if (issue.title === TITLE && MARK.test(issue.body ?? '')) return issue;
  return undefined;
}

function bodyOf(results, worst) {
  const rows = results.flatMap(({ image, hosts }) =>
    hosts.map(({ host, verdict, digest }) => `| \`${image}\` | ${host} | ${verdict} | \`${digest || '–'}\` |`),
  );
  return [
    `The images below were rebuilt from their references alone. [The run](${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}) tells the causes in its summaries.`,
    '',
    '| Image | Runner | Verdict | Digest |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    `<!-- verdicts: ${JSON.stringify(worst)} -->`,
  ].join('\n');
}

const results = byImage(JSON.parse(HOSTS ?? '{}'));
const worst = Object.fromEntries(
  results.map(({ image, hosts }) => [
    image,
    hosts.map(({ verdict }) => verdict).reduce((a, b) => (rank(b) > rank(a) ? b : a)),
  ]),
);
for (const { image, hosts } of results)
  for (const { host, verdict, digest } of hosts) console.log(`${image} on ${host}: ${verdict} ${digest}`);

const isGood = Object.values(worst).every((verdict) => verdict === 'reproducible');
const issue = await findIssue();
const body = bodyOf(results, worst);
if (!issue && !isGood) {
  const { number } = await api('POST', '/issues', { title: TITLE, body });
  console.log(`opened issue ${number}`);
} else if (issue) {
  const before = JSON.parse(MARK.exec(issue.body)?.[1] ?? '{}');
  const worse = Object.keys(worst).filter((image) => rank(worst[image]) > rank(before[image] ?? 'reproducible'));
  const text = worse.map((image) => `\`${image}\`: ${before[image] ?? 'reproducible'} → **${worst[image]}**`);
  if (worse.length > 0) await api('POST', `/issues/${issue.number}/comments`, { body: text.join('\n') });
  await api('PATCH', `/issues/${issue.number}`, isGood ? { body, state: 'closed' } : { body });
  console.log(`${isGood ? 'closed' : 'updated'} issue ${issue.number}`);
}
if (!isGood) {
  console.error('not every image is reproducible on every runner');
  process.exitCode = 1;
}
