import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit, WARM } from '../support/act.js';
import { standIns } from '../support/act-stand-ins.js';

const HERE = folderForTests('ci-workflow');
const RUNNERS = ['ubuntu-latest', 'ubuntu-22.04', 'ubuntu-24.04'];
const SUITES = ['test:faults', 'test:fuzz', 'coverage', 'test:mutations', 'test:workflows'];

/** Fails where package.json has no such script. */
const IS_SUITE = `run: >-
          node -p 'process.env.SUITE + ": " + require("./package.json").scripts[process.env.SUITE].trim()'`;

/** A workflow that passes at once. */
const NOTHING = `on:
  workflow_call:
    inputs:
      platforms:
        type: string
jobs:
  nothing:
    runs-on: ubuntu-24.04
    steps:
      - run: "true"
`;

/** The last commit as it is, with the workflows of the working tree: source and bundle have to belong together. */
async function committed(name: string) {
  const place = join(HERE, name);
  const clone = await cleanClone(place, ['.github']);
  const { flags, seen } = standIns(clone, join(place, 'stand-ins'));
  const run = (workflow: string) => act(clone, workflow, RUNNERS, join(place, 'act'), [...flags, ...WARM]);
  return { clone, run, seen };
}

describe('CI, from a clean clone under act in host mode', () => {
  it('passes its gate when every job has passed', async () => {
    const { clone, run, seen } = await committed('ci');
    // What is replaced: .ci/run would run these tests within themselves; a program that asks nothing of the network stands
    // for it, on the Node that the job is for. The suites of robustness.yml take longer than all of this: here they have
    // to be there by their names. What npm knows of dependencies not every registry tells. And what registry.yml builds is
    // compiled already, where a push compiles it anew; that workflow has a test of its own. The other jobs are as they are.
    const cheap = 'run: node -p "\'NODE \' + process.version" && env -u GITHUB_ACTIONS node . build --dry-run';
    edit(clone, '.github/workflows/ci.yml', 'run: bash .ci/run', cheap);
    edit(clone, '.github/workflows/robustness.yml', 'run: npm ci && npm run setup', 'run: "true"');
    edit(clone, '.github/workflows/robustness.yml', 'run: npm run "$SUITE"', IS_SUITE);
    edit(clone, '.github/workflows/robustness.yml', 'run: sudo sysctl', 'run: echo sudo sysctl');
    edit(clone, '.github/workflows/robustness.yml', 'run: npm audit', 'run: echo npm audit');
    edit(clone, '.github/workflows/registry.yml', 'push: true', 'push: true\n          cache: true');
    const ended = await run('ci.yml');
    const said = `${ended.stdout}\n${ended.stderr}`;
    expect(ended.code, said).toBe(0);
    // Those of the matrix, of check-dist, of the suites and of the audit.
    expect(seen().filter(({ node }) => node !== undefined)).toHaveLength(2 * 3 + 1 + SUITES.length + 1);
    for (const suite of SUITES) expect(said).toContain(`| ${suite}: `);
    expect(said.match(/\| sudo sysctl/g)).toHaveLength(1);
    expect(said.match(/\| npm audit$/gm)).toHaveLength(1);
    expect(said).not.toMatch(/: compiled in \d/);
    // Node 22 is not installed for the tests, and what act itself has, 24, runs in its place.
    for (const [version, jobs] of [
      ['20', 2],
      ['24', 4],
    ])
      expect(said.match(new RegExp(`\\| NODE v${version}\\.`, 'g'))).toHaveLength(Number(jobs));
    expect(said).toContain('| dist/ is what src/ builds');
    expect(said).toContain('Success - Main Read every output');
    expect(said).toContain('Success - Main Ask the registry and the container storage');
    expect(said).toContain('Success - Main ./merge');
    expect(said).toContain(`| ${Array(6).fill('success').join(',')}`);
    expect(said).toContain('Success - Main Every job has succeeded');
  }, 1_800_000);

  it('does not pass its gate where one job has failed', async () => {
    const { clone, run } = await committed('red');
    edit(clone, '.github/workflows/ci.yml', 'run: bash .ci/run', `run: test '\${{ matrix.node }}' != 22`);
    for (const name of ['check-dist', 'action', 'registry', 'matrix', 'robustness'])
      writeFileSync(join(clone, '.github', 'workflows', `${name}.yml`), NOTHING);
    const ended = await run('ci.yml');
    const said = `${ended.stdout}\n${ended.stderr}`;
    expect(ended.code, said).toBe(1);
    // In no order: act has the jobs' results in a map.
    const [, results = ''] = /\| ((?:success|failure)(?:,\w+)*)$/m.exec(said) ?? [];
    expect(results.split(',').sort()).toEqual(['failure', ...Array(5).fill('success')]);
    expect(said).toContain('Failure - Main Every job has succeeded');
  }, 600_000);
});

describe('check-dist', () => {
  it('fails where dist/ is something else, and hands on what it should be', async () => {
    const { clone, run, seen } = await committed('dist');
    appendFileSync(join(clone, 'dist', 'index.js'), '// by hand\n');
    const ended = await run('check-dist.yml');
    const said = `${ended.stdout}\n${ended.stderr}`;
    expect(ended.code, said).toBe(1);
    expect(said).toContain('dist/ is not what src/ builds (index.js)');
    expect(seen()).toContainEqual({ upload: 'dist' });
  }, 600_000);
});
