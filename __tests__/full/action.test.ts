import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit } from '../support/act.js';
import { removeFolder } from '../support/files.js';
import { build, type Ended, exec, freshFolder, PROJECT } from '../support/program.js';

const WORKFLOW = '.github/workflows/action.yml';
const BEFORE_INPUTS = 'with:\n          labels: |';

const HERE = folderForTests('act');
const place = join(HERE, 'place');
let clone: string;

/** Runs the workflow with nothing but what the runner's cache keeps from an earlier run. */
function run(): Promise<Ended> {
  for (const name of ['home', 'storage', 'run']) removeFolder(join(place, name));
  return act(clone, 'action.yml', 'ubuntu-latest', place);
}

/** The key of the cache that a run restored or saved, as it says. */
function key(what: 'Restored' | 'Saved', { stdout }: Ended): string | undefined {
  return new RegExp(`${what} the cache (pushgateway-ttl-[^\\s]+)\\.$`, 'm').exec(stdout)?.[1];
}

describe('the action, from a clean clone under act in host mode', () => {
  let first: Ended;

  beforeAll(async () => {
    clone = await cleanClone(HERE);
    first = await run();
  }, 1_800_000);

  it('builds, and the next step reads every output', () => {
    expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
    expect(first.stdout).toMatch(/\| digest=sha256:[0-9a-f]{64}$/m);
    expect(first.stdout).toMatch(/\| pushgateway-version=1\.11\.3$/m);
    expect(first.stdout).toContain('Success - Main Read every output');
    expect(first.stdout).toContain('Success - Post ./');
  });

  it('prints the digest that the command line has for the same inputs', async () => {
    const label = "org.example.tested-by=the action's own workflow";
    const outputs = await build(['--labels', label, '--output-dir', join(freshFolder('same'), 'out')]);
    expect(first.stdout).toContain(`| digest=${outputs.digest}\n`);
  }, 600_000);

  it('saves its store in the runner’s cache, and a second run compiles nothing and saves nothing', async () => {
    expect(key('Restored', first)).toBeUndefined();
    expect(key('Saved', first)).toBeDefined();
    expect(readdirSync(join(place, 'cache')).length).toBeGreaterThan(0);
    const second = await run();
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    expect(key('Restored', second)).toBe(key('Saved', first));
    expect(key('Saved', second)).toBeUndefined();
    expect(second.stdout.match(/compiled by an earlier run/g)).toHaveLength(3);
  }, 900_000);

  it('takes for another set of platforms what the beginning of the key finds, and saves its own', async () => {
    edit(clone, WORKFLOW, BEFORE_INPUTS, BEFORE_INPUTS.replace('labels', 'platforms: linux/amd64\n          labels'));
    // The next step wants all three platforms.
    edit(clone, WORKFLOW, 'run: node .github/workflows/read-outputs.mjs', 'run: echo "$OUTPUTS"');
    const other = await run();
    expect(other.code, `${other.stdout}\n${other.stderr}`).toBe(0);
    const [restored, saved] = [key('Restored', other), key('Saved', other)];
    expect(restored).toBe(key('Saved', first));
    expect(saved).toBeDefined();
    expect(saved).not.toBe(restored);
    const beginning = (text = '') => text.slice(0, text.lastIndexOf('-'));
    expect(beginning(saved)).toBe(beginning(restored));
    expect(other.stdout.match(/compiled by an earlier run/g)).toHaveLength(1);
  }, 900_000);

  it('shows a mistake in an input as one annotation that says what is accepted, and fails the step', async () => {
    edit(clone, WORKFLOW, 'platforms: linux/amd64', 'platforms: linux/amd46');
    const failed = await run();
    expect(failed.code).not.toBe(0);
    expect(failed.stdout).toContain('"linux/amd46" is no platform that can be built');
    expect(failed.stdout.match(/❗ {2}::error/g)).toHaveLength(1);
    expect(failed.stdout).not.toMatch(/^\S*\s+at .*index\.js/m);
  }, 300_000);
});

describe('the step that reads the outputs', () => {
  let outputs: Record<string, string>;

  beforeAll(async () => {
    outputs = { ...(await build(['--output-dir', join(freshFolder('read'), 'out')])) };
  }, 600_000);

  const read = (changed: Record<string, string | undefined>) =>
    exec(process.execPath, [join(PROJECT, '.github', 'workflows', 'read-outputs.mjs')], {
      cwd: PROJECT,
      env: { ...process.env, OUTPUTS: JSON.stringify({ ...outputs, ...changed }) },
    });

  it('finds nothing wrong with those of a build', async () => {
    expect(await read({})).toMatchObject({ code: 0, stderr: '' });
  });

  it('notices each output that is missing', async () => {
    const names = Object.keys(outputs);
    expect(names.length).toBeGreaterThanOrEqual(17);
    for (const name of names) {
      const { code, stderr } = await read({ [name]: undefined });
      expect(code, name).toBe(1);
      expect(stderr).toContain(`the output ${name} is missing`);
    }
  });

  it('notices outputs that do not fit together', async () => {
    const checksums = join(freshFolder('checksums'), 'SHA256SUMS');
    writeFileSync(checksums, '');
    const wrong = [
      { digest: outputs['digest-amd64'] },
      { 'digest-arm': outputs['digest-amd64']?.replaceAll(/\d/g, '0') },
      { spec: `${outputs.spec} ` },
      { checksums },
      { references: 'localhost/other:tag' },
      { tags: 'other' },
      { 'image-digests': '{}' },
      { another: 'output' },
    ];
    for (const change of wrong) expect((await read(change)).code, JSON.stringify(change)).toBe(1);
  });
});
