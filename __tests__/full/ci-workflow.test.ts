import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit } from '../support/act.js';
import { standIns } from '../support/act-stand-ins.js';
import { SHARED_STORE } from '../support/program.js';

const HERE = folderForTests('ci-workflow');
const RUNNERS = ['ubuntu-latest', 'ubuntu-22.04', 'ubuntu-24.04'];
const STORE = ['--env', `PUSHGATEWAY_TTL_CACHE=${SHARED_STORE}`];

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
  const run = (workflow: string) => act(clone, workflow, RUNNERS, join(place, 'act'), [...flags, ...STORE]);
  return { clone, run, seen };
}

describe('CI, from a clean clone under act in host mode', () => {
  it('passes its gate when every job has passed', async () => {
    const { clone, run, seen } = await committed('ci');
    // What is replaced: .ci/run would run these tests within themselves. A program that asks nothing of the network
    // stands for it, on the Node that the job is for; the other jobs are as they are.
    const cheap = 'run: node -p "\'NODE \' + process.version" && env -u GITHUB_ACTIONS node . build --dry-run';
    edit(clone, '.github/workflows/ci.yml', 'run: bash .ci/run', cheap);
    const ended = await run('ci.yml');
    const said = `${ended.stdout}\n${ended.stderr}`;
    expect(ended.code, said).toBe(0);
    expect(seen().filter(({ node }) => node !== undefined)).toHaveLength(2 * 3 + 1); // and that of check-dist
    for (const version of ['20', '24']) expect(said.match(new RegExp(`\\| NODE v${version}\\.`, 'g'))).toHaveLength(2);
    expect(said).toContain('| dist/ is what src/ builds');
    expect(said).toContain('Success - Main Read every output');
    expect(said).toContain('Success - Main Ask the registry and the container storage');
    expect(said).toContain('Success - Main ./merge');
    expect(said).toContain('| success,success,success,success,success');
    expect(said).toContain('Success - Main Every job has succeeded');
  }, 1_800_000);

  it('does not pass its gate where one job has failed', async () => {
    const { clone, run } = await committed('red');
    edit(clone, '.github/workflows/ci.yml', 'run: bash .ci/run', `run: test '\${{ matrix.node }}' != 22`);
    for (const name of ['check-dist', 'action', 'registry', 'matrix'])
      writeFileSync(join(clone, '.github', 'workflows', `${name}.yml`), NOTHING);
    const ended = await run('ci.yml');
    const said = `${ended.stdout}\n${ended.stderr}`;
    expect(ended.code, said).toBe(1);
    expect(said).toContain('| failure,success,success,success,success');
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
