import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { storeWithoutResults } from '../integration/stores.js';
import { act, cleanClone, edit } from '../support/act.js';
import { startIssueTracker } from '../support/issue-tracker.js';
import { startWorld, UPSTREAM } from '../support/outdated-world.js';
import { build, mustExec, SHARED_STORE } from '../support/program.js';
import { startRegistry } from '../support/servers.js';

const HERE = folderForTests('outdated-workflow');
const FILE = '.github/workflows/outdated.yml';

it('looks at the published image under act, opens an issue with the re-cut, and closes it when it is out', async () => {
  const world = await startWorld();
  onTestFinished(() => world.server.close());
  const files = { 'main.go': `package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.Answer()) }\n` };
  const requires = { 'example.com/dep': 'v1.0.0' };
  const dep = { 'dep.go': 'package dep\n\n//go:noinline\nfunc Answer() string { return "it" }\n' };
  world.go = ['1.26.8'];
  world.modules = [
    { path: UPSTREAM, version: 'v1.77.0', requires, files },
    ...['v1.0.0', 'v1.1.0'].map((version) => ({ path: 'example.com/dep', version, files: dep })),
  ];
  world.vulnerabilities = [{ id: 'GO-2026-0001', module: 'example.com/dep', fixed: '1.1.0' }];
  const store = storeWithoutResults(join(HERE, 'store'));
  symlinkSync(join(SHARED_STORE, 'go'), join(store, 'go'));
  const env = { ...world.env, GOMODCACHE: join(HERE, 'modules'), PUSHGATEWAY_TTL_CACHE: store };

  const port = await startRegistry(HERE);
  const image = `127.0.0.1:${port}/k0s/pushgateway-ttl:latest`;
  const publish = async (...args: string[]) => {
    const used = ['--pushgateway-version', '1.77.0', '--patches', 'none', '--platforms', 'linux/amd64', ...args];
    const { layout } = await build([...used, '--output-dir', join(HERE, 'out')], { env });
    const copy = ['copy', '--all', '--preserve-digests', '--dest-tls-verify=false'];
    await mustExec('skopeo', [...copy, `oci:${layout}`, `docker://${image}`]);
  };
  await publish();

  const tracker = await startIssueTracker('k0s/ttl');
  const clone = await cleanClone(HERE);
  const lines = Object.entries(env).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n          `);
  edit(clone, FILE, '          GOVULNDB: $', '          # $');
  edit(clone, FILE, 'IMAGE: $', `${lines.join('')}IMAGE: $`);
  edit(clone, FILE, 'API_URL: $', `API_URL: ${tracker.url} # $`);
  const script = 'node .github/workflows/report-outdated.mjs';
  edit(clone, FILE, script, `GITHUB_REPOSITORY=k0s/ttl ${script}`);
  // The small program is no server.
  edit(clone, '.github/workflows/look-outdated.mjs', "'--json',", "'--json', '--smoke-test=false',");
  const run = (place: string) =>
    act(clone, 'outdated.yml', 'ubuntu-24.04', join(HERE, place), ['--var', `OUTDATED_IMAGE=${image}`]);

  const first = await run('first');
  expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
  expect(tracker.issues).toMatchObject([{ state: 'open', title: 'A re-cut of the image is due' }]);
  const body = tracker.issues[0]?.body ?? '';
  expect(body).toContain(`  module-overrides: |\n    example.com/dep@v1.1.0\n`);
  expect(body).toMatch(/index digest sha256:[0-9a-f]{64}/);
  expect(body).toContain('GO-2026-0001');

  await publish('--module-overrides', 'example.com/dep@v1.1.0', '--version-suffix', '+2');
  const second = await run('second');
  expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
  expect(tracker.issues).toMatchObject([{ state: 'closed', comments: [] }]);
}, 1_800_000);
