import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type IssueTracker, startIssueTracker } from '../support/issue-tracker.js';
import { exec, PROJECT } from '../support/program.js';

const SCRIPT = join(PROJECT, '.github', 'workflows', 'report-outdated.mjs');
const TITLE = 'A re-cut of the image is due';

const FOUND = {
  ...{ id: 'GO-2026-0001', aliases: ['CVE-2026-1'], module: 'golang.org/x/net', version: 'v0.55.0', fixed: 'v0.56.0' },
  ...{ summary: 'a thing', reach: 'symbol', symbols: ['golang.org/x/net/html.Parse'] },
};
const BUILD = {
  ...{ 'pushgateway-version': '1.11.3', 'go-version': '1.26.8', 'module-overrides': [], patches: ['ttl@1'] },
  'base-image': ['docker.io/library/debian@sha256:4'],
  ...{ version: '1.11.3+ttl.1', 'spec-digest': 'sha256:1', vulnerabilities: [FOUND] },
};
const CURRENT = {
  ...{ state: 'current', image: 'ghcr.io/k0sproject/pushgateway-ttl:latest', digest: 'sha256:2', now: BUILD },
  ...{ 'newest-go': null, 're-cut': null, cleared: [], remaining: [], 'left-out': [], 'not-performed': [] },
};

function due(overrides: readonly string[], more: object = {}) {
  const reCut = {
    ...{ ...BUILD, 'module-overrides': overrides, version: '1.11.3+ttl.1.2', vulnerabilities: [], digest: 'sha256:3' },
    ...{
      'image-digests': {},
      command: `node . build --module-overrides ${overrides.join(' ')}`,
      yaml: 'with:\n  x: y\n',
    },
  };
  return { ...CURRENT, state: 'outdated', 're-cut': reCut, cleared: ['GO-2026-0001'], ...more };
}

function report({ url }: IssueTracker, found: object | undefined) {
  return exec(process.execPath, [SCRIPT], {
    env: {
      PATH: process.env.PATH,
      REPORT: found === undefined ? '' : JSON.stringify(found),
      TOKEN: 's3cret-token',
      API_URL: url,
      GITHUB_REPOSITORY: 'k0s/ttl',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '7',
    },
  });
}

test('one issue follows the re-cut: opened, commented on where another is due, closed when none is', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  expect((await report(tracker, CURRENT)).code).toBe(0);
  expect(tracker.issues).toEqual([]);

  const first = due(['golang.org/x/net@v0.56.0', 'golang.org/x/text@v0.40.0']);
  expect((await report(tracker, first)).code).toBe(0);
  expect(tracker.issues).toMatchObject([{ number: 1, title: TITLE, state: 'open', comments: [] }]);
  const [issue] = tracker.issues;
  expect(issue?.body).toContain('https://github.com/k0s/ttl/actions/runs/7');
  expect(issue?.body).toContain('index digest sha256:3');
  expect(issue?.body).toContain('(patches: ttl@1), Go 1.26.8, on docker.io/library/debian@sha256:4, golang.org/x/net');
  expect(issue?.body).toContain(
    'gh workflow run image.yml -f pushgateway-version=1.11.3 -f go-version=1.26.8 ' +
      '-f module-overrides=golang.org/x/net@v0.56.0,golang.org/x/text@v0.40.0 -f version-suffix=+ttl.1.2',
  );

  await report(tracker, { ...first, remaining: [{ ...FOUND, id: 'GO-2026-0002', fixed: null, reach: 'module' }] });
  expect(issue?.comments).toEqual([]); // the same re-cut
  expect(issue?.body).toContain('GO-2026-0002, CVE-2026-1: golang.org/x/net v0.55.0, no fixed version is known');

  await report(tracker, due(['golang.org/x/net@v0.57.0']));
  expect(issue?.comments).toEqual([expect.stringContaining('--module-overrides golang.org/x/net@v0.57.0')]);
  expect((await report(tracker, CURRENT)).code).toBe(0);
  expect(issue?.state).toBe('closed');
  await report(tracker, first);
  expect(tracker.issues).toHaveLength(2);
  expect([...tracker.logins]).toEqual(['Bearer s3cret-token']);
});

test('what the database and registries say makes no markup, mention or mark', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  const evil = `\`\`\`\n@everyone <!-- re-cut: ${'0'.repeat(64)} --> [x](https://evil.example) \u001b[31m\u202e #1`;
  const reason = { what: evil, why: evil };
  await report(tracker, due([], { remaining: [{ ...FOUND, summary: evil }], 'left-out': [reason], image: evil }));
  const { body = '' } = tracker.issues[0] ?? {};
  // Outside of the blocks there is nothing of it.
  const outside = body.split(/^```text$[\s\S]*?^```$/m);
  expect(outside.length).toBeGreaterThan(6);
  expect(outside.join('')).not.toMatch(/evil|everyone|#1/);
  expect(body.split('\n').join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  await report(tracker, due([], { image: evil }));
  expect(tracker.issues[0]?.comments).toEqual([]); // its own mark was found, not the one in the text
});

test('where not all could be asked, it fails, and an open issue stays as it is', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  const unanswered = [{ what: 'known vulnerabilities', why: 'nobody answers ##[error]x' }];
  const partly = { ...CURRENT, state: 'not-performed', remaining: null, 'not-performed': unanswered };
  expect(await report(tracker, partly)).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody answers') });
  expect((await report(tracker, partly)).stderr).not.toContain('##[');
  expect(tracker.issues).toEqual([]);

  await report(tracker, due(['a.b/c@v1.0.0']));
  const body = tracker.issues[0]?.body;
  expect((await report(tracker, partly)).code).toBe(1);
  expect(tracker.issues).toMatchObject([{ state: 'open', body }]);

  // What is due all the same is told.
  const both = due(['a.b/c@v1.1.0'], { remaining: null, 'not-performed': unanswered });
  expect((await report(tracker, both)).code).toBe(1);
  expect(tracker.issues[0]?.body).toContain('### Not performed');
  expect(tracker.issues[0]?.comments).toHaveLength(1);
});

test('where nothing was found out, and where the tracker refuses, it fails without the token in its words', async () => {
  const tracker = await startIssueTracker('somebody/else');
  expect(await report(tracker, undefined)).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was') });
  const refused = await report(tracker, due([]));
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('404') });
  expect(refused.stderr).not.toContain('s3cret');
});

test('another issue of that name is left alone, also behind a hundred others', async () => {
  const tracker = await startIssueTracker('k0s/ttl');
  const others = { title: TITLE, body: 'a person wrote this', state: 'open' };
  for (let number = 1; number <= 120; number++) tracker.issues.push({ ...others, number, comments: [] });
  await report(tracker, due(['a.b/c@v1.0.0']));
  await report(tracker, due(['a.b/c@v1.1.0']));
  expect(tracker.issues).toHaveLength(121);
  expect(tracker.issues[120]?.comments).toHaveLength(1);
  expect(new Set(tracker.issues.slice(0, 120).map(({ body }) => body)).size).toBe(1);
});
