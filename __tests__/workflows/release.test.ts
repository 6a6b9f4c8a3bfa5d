import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit, WARM } from '../support/act.js';
import { standIns } from '../support/act-stand-ins.js';
import { build, freshFolder, mustExec } from '../support/program.js';
import { startReleaseApi } from '../support/release-api.js';

const HERE = folderForTests('release-workflow');
const WORKFLOW = '.github/workflows/release.yml';

it('a dry run checks, builds twice and says what it would publish and move, under act, and changes nothing', async () => {
  const api = await startReleaseApi();
  api.tags.set('v0', '2'.repeat(40));
  const clone = await cleanClone(HERE, ['.github']);
  const { flags, seen } = standIns(clone, join(HERE, 'stand-ins'));
  // What is replaced: .ci/run, which would run these tests within themselves; GitHub's address; and of the builds, the
  // first takes what other tests have compiled, where a release has no cache, and both are of one platform, whose digest
  // is held here as that of all three is in the tree. release-files.test.ts has those.
  edit(clone, WORKFLOW, 'run: bash .ci/run', 'run: env -u GITHUB_ACTIONS node . build --dry-run');
  edit(clone, WORKFLOW, 'API_URL: $', `API_URL: ${api.url} # $`);
  edit(clone, WORKFLOW, 'TOKEN: $', 'GITHUB_REPOSITORY: k0s/ttl\n          TOKEN: $');
  edit(clone, WORKFLOW, ' cache: false', ' cache: true\n          platforms: linux/amd64');
  const { digest } = await build(['--platforms', 'linux/amd64', '--output-dir', join(freshFolder('release'), 'out')]);
  const name = 'the first platform of the default';
  const golden = [{ name, args: [], digest }];
  writeFileSync(join(clone, '__tests__/integration/golden-digests.json'), JSON.stringify(golden));
  const { version } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')) as { version: string };
  const tag = `v${version}`;
  const run = await act(clone, 'release.yml', ['ubuntu-24.04'], join(HERE, 'act'), [
    ...flags,
    ...['--input', `tag=${tag}`, '--input', 'dry-run=true', ...WARM],
  ]);
  const said = `${run.stdout}\n${run.stderr}`;
  expect(run.code, said).toBe(0);

  const commit = (await mustExec('git', ['rev-parse', 'HEAD'], { cwd: clone })).trim();
  expect(said).toContain('| no release before this one');
  expect(said).toContain('| dist/ is what src/ builds');
  expect(said).toContain(`| ${digest} is the golden digest «${name}»`);
  expect(said).toContain('reproducible=true');
  expect(said).toContain('linux/amd64: compiled by an earlier run');
  expect(said).toContain('Success - Main The files are whole');
  expect(said).toContain(`| would publish ${tag} of ${commit} with these files:`);
  for (const file of [`pushgateway-ttl-action-${version}.tar.gz`, 'SHA256SUMS', 'pushgateway-1.11.3-ttl.1-linux-amd64'])
    expect(said).toMatch(new RegExp(`\\| {3}${file}, \\d+ bytes, sha256:[0-9a-f]{64}`));
  expect(said).toContain(`| would move v0 to ${commit}`);

  expect(seen().map((line) => Object.keys(line)[0])).not.toContain('attest');
  expect([api.changes, api.releases, [...api.tags.keys()]]).toEqual([[], [], ['v0']]);
}, 1_800_000);

it('stops at a tag that is no release, before anything is built', async () => {
  const place = join(HERE, 'refused');
  const clone = await cleanClone(place, ['.github']);
  const { flags } = standIns(clone, join(place, 'stand-ins'));
  const more = [...flags, '--input', 'tag=v1', '--input', 'dry-run=true'];
  const run = await act(clone, 'release.yml', ['ubuntu-24.04'], join(place, 'act'), more);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('a release’s tag is like v1.2.3');
  expect(run.stdout).not.toMatch(/Run Main (\.\/|npm ci|bash)/);
}, 300_000);
