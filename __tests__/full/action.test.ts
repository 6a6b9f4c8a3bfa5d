import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, type Ended, exec, freshFolder, mustExec, PROJECT } from '../support/program.js';
import { goTool, nodeOf } from '../support/tools.js';

/** A clean clone of the last commit, with the working tree's bundle, action and workflow laid over it. */
async function cleanClone(): Promise<string> {
  const clone = join(freshFolder('act'), 'pushgateway-ttl-action');
  await mustExec('git', ['clone', '-q', '--no-hardlinks', PROJECT, clone]);
  await mustExec('rm', ['-rf', join(clone, 'dist')]);
  await mustExec('cp', [
    '-a',
    ...['dist', 'patches', 'action.yml', '.github'].map((name) => join(PROJECT, name)),
    clone,
  ]);
  return clone;
}

/** Runs the workflow in host mode, with act's own cache server and an empty home. */
function act(clone: string, place: string): Promise<Ended> {
  const home = join(place, 'home');
  mkdirSync(home, { recursive: true });
  const env = {
    PATH: `${dirname(nodeOf('24'))}:${process.env.PATH}`,
    HOME: home,
    TMPDIR: place,
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
    SSL_CERT_FILE: process.env.SSL_CERT_FILE,
  };
  const caches = [
    '--cache-server-path',
    join(place, 'cache'),
    '--cache-server-addr',
    '127.0.0.1',
    '--artifact-server-addr',
    '127.0.0.1',
  ];
  const args = [
    'workflow_dispatch',
    '-W',
    '.github/workflows/action.yml',
    '-P',
    'ubuntu-latest=-self-hosted',
    ...caches,
  ];
  return exec(goTool('act'), args, { cwd: clone, env });
}

describe('the action, from a clean clone under act in host mode', () => {
  let clone: string;
  const place = freshFolder('act-place');
  let first: Ended;

  beforeAll(async () => {
    clone = await cleanClone();
    first = await act(clone, place);
  }, 900_000);

  it('builds, and the next step reads every output', () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    expect(first.stdout).toMatch(/\| digest=sha256:[0-9a-f]{64}$/m);
    expect(first.stdout).toMatch(/\| pushgateway-version=1\.11\.3$/m);
    expect(first.stdout).toContain('Success - Main Read every output');
  });

  it('prints the digest that the command line has for the same inputs', async () => {
    const label = "org.example.tested-by=the action's own workflow";
    const outputs = await build(['--labels', label, '--output-dir', join(freshFolder('same'), 'out')]);
    expect(first.stdout).toContain(`| digest=${outputs.digest}\n`);
  }, 600_000);

  it('saves its store in the runner’s cache, and a second run compiles nothing', async () => {
    expect(first.stdout).toContain('Saved the cache pushgateway-ttl-');
    expect(readdirSync(join(place, 'cache')).length).toBeGreaterThan(0);
    const second = await act(clone, place);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    expect(second.stdout).toContain('Restored the cache pushgateway-ttl-');
    expect(second.stdout.match(/compiled by an earlier run/g)).toHaveLength(3);
  }, 600_000);

  it('shows a mistake in an input as one annotation that says what is accepted, and fails the step', async () => {
    const workflow = join(clone, '.github', 'workflows', 'action.yml');
    const text = readFileSync(workflow, 'utf8').replace(
      'with:\n          labels: |',
      'with:\n          platforms: linux/amd46\n          labels: |',
    );
    await mustExec('sh', ['-c', 'cat >"$1"', 'sh', workflow], { input: text });
    const failed = await act(clone, place);
    expect(failed.code).not.toBe(0);
    expect(failed.stdout).toContain('"linux/amd46" is no platform that can be built');
    expect(failed.stdout).not.toMatch(/^\S*\s+at .*index\.js/m);
  }, 300_000);
});
