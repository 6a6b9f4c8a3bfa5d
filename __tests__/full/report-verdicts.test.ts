import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type IssueTracker, startIssueTracker } from '../support/issue-tracker.js';
import { exec, PROJECT } from '../support/program.js';

const IMAGE = 'ghcr.io/k0sproject/pushgateway-ttl:1';
const OTHER = 'ghcr.io/k0sproject/other:2';
const SCRIPT = join(PROJECT, '.github', 'workflows', 'report-verdicts.mjs');

type Verdicts = Readonly<Record<string, string>>;

/** What the jobs of two runners hand over. */
function needs(first: Verdicts, second: Verdicts = first) {
  const output = (verdicts: Verdicts) => ({
    result: 'success',
    outputs: {
      verdicts: JSON.stringify(
        Object.fromEntries(
          Object.entries(verdicts).map(([image, verdict]) => [image, { verdict, digest: 'sha256:1' }]),
        ),
      ),
    },
  });
  return { 'ubuntu-24-04': output(first), 'ubuntu-24-04-arm': output(second) };
}

function report({ url }: IssueTracker, hosts: object) {
  return exec(process.execPath, [SCRIPT], {
    env: {
      PATH: process.env.PATH,
      HOSTS: JSON.stringify(hosts),
      TOKEN: 's3cret-token',
      API_URL: url,
      GITHUB_REPOSITORY: 'k0s/ttl',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '7',
    },
  });
}

test('one issue follows the verdicts: opened, commented on where one is worse, closed when all are good', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  const good = { [IMAGE]: 'reproducible', [OTHER]: 'reproducible' };

  expect((await report(tracker, needs(good))).code).toBe(0);
  expect(tracker.issues).toEqual([]);

  const worse = { ...good, [IMAGE]: 'metadata-differs' };
  expect((await report(tracker, needs(good, worse))).code).toBe(1); // one runner is enough
  expect(tracker.issues).toMatchObject([{ number: 1, title: 'Published images do not verify', state: 'open' }]);
  const [issue] = tracker.issues;
  expect(issue?.body).toContain(`| \`${IMAGE}\` | ubuntu-24-04-arm | metadata-differs | \`sha256:1\` |`);
  expect(issue?.body).toContain(`| \`${IMAGE}\` | ubuntu-24-04 | reproducible | \`sha256:1\` |`);
  expect(issue?.body).toContain('https://github.com/k0s/ttl/actions/runs/7');

  expect((await report(tracker, needs(worse))).code).toBe(1); // no worse than the issue says
  expect(issue?.comments).toEqual([]);

  const worst = { ...worse, [OTHER]: 'not-performed' };
  expect((await report(tracker, needs(worst))).code).toBe(1);
  expect(issue?.comments).toEqual([`\`${OTHER}\`: reproducible → **not-performed**`]);

  expect((await report(tracker, needs(worse))).code).toBe(1); // better, not good
  expect(issue).toMatchObject({ state: 'open', comments: [expect.any(String)] });
  expect(issue?.body).toContain(`| \`${OTHER}\` | ubuntu-24-04 | reproducible |`);

  expect((await report(tracker, needs(good))).code).toBe(0);
  expect(issue?.state).toBe('closed');
  expect((await report(tracker, needs(worse))).code).toBe(1);
  expect(tracker.issues).toHaveLength(2);
  expect([...tracker.logins]).toEqual(['Bearer s3cret-token']);
});

test('the issue is found behind a hundred others, and no other of that name is touched', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  const others = { title: 'Published images do not verify', body: 'a person wrote this', state: 'open' };
  for (let number = 1; number <= 120; number++) tracker.issues.push({ ...others, number, comments: [] });
  const [hosts, worse] = [needs({ [IMAGE]: 'content-differs' }), needs({ [IMAGE]: 'not-performed' })];
  expect((await report(tracker, hosts)).code).toBe(1);
  expect((await report(tracker, worse)).code).toBe(1);
  expect(tracker.issues).toHaveLength(121);
  expect(tracker.issues[120]?.comments).toHaveLength(1);
  expect(new Set(tracker.issues.slice(0, 120).map(({ body }) => body)).size).toBe(1);
});

test('a runner that says nothing has performed nothing', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  const hosts = { ...needs({ [IMAGE]: 'reproducible' }), 'ubuntu-22-04': { result: 'failure', outputs: {} } };
  const { code, stdout } = await report(tracker, hosts);
  expect(code).toBe(1);
  expect(stdout).toContain(`${IMAGE} on ubuntu-22-04: not-performed`);
  expect(tracker.issues).toHaveLength(1);
});

test('where no runner says anything, and where the tracker refuses, it fails', async () => {
  const tracker = await startIssueTracker('somebody/else');
  expect(await report(tracker, {})).toMatchObject({ code: 1, stderr: expect.stringContaining('no runner') });
  const refused = await report(tracker, needs({ [IMAGE]: 'reproducible' }));
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('404') });
  expect(refused.stderr).not.toContain('s3cret');
});
