import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../support/files.js';
import { exec, PROJECT } from '../support/program.js';

/** A copy of what is linted, in which a part of a workflow may be another; what the linters say. */
async function lint(before = '', after = '', file = 'ci.yml', env: Record<string, string> = {}) {
  const folder = scratch();
  for (const name of ['.github', 'action.yml', 'merge', 'verify', 'publish'])
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  // What actionlint takes for the root, below which it finds this project's own actions.
  mkdirSync(join(folder, '.git'));
  symlinkSync(join(PROJECT, 'dist'), join(folder, 'dist'));
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(PROJECT, 'scripts', 'lint-workflows.mjs'), join(folder, 'scripts', 'lint-workflows.mjs'));
  symlinkSync(join(PROJECT, 'node_modules', '.tools'), join(folder, 'node_modules', '.tools'));
  const path = join(folder, '.github', 'workflows', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
  return exec(process.execPath, [join(folder, 'scripts', 'lint-workflows.mjs')], { env: { ...process.env, ...env } });
}

describe('npm run lint:workflows', () => {
  it('finds nothing', async () => {
    const { code, stdout, stderr } = await lint();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d+ workflows: actionlint and zizmor find nothing$/m);
  });

  it.each([
    ['an action by its tag', '08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0', 'v5', 'unpinned-uses'],
    [
      'an expression in a line of a shell',
      'run: bash .ci/run',
      `run: echo "\${{ github.head_ref }}"`,
      'template-injection',
    ],
    ['a token left in the checkout', '        with:\n          persist-credentials: false\n', '', 'artipacked'],
    [
      'a job without permissions',
      'permissions: {}\n    runs-on',
      'permissions: write-all\n    runs-on',
      'excessive-permissions',
    ],
    ['a misspelt runner', 'runs-on: ubuntu-24.04', 'runs-on: ubuntu-24.40', 'runner-label'],
    ['an expression that has no such part', 'matrix.node }}', 'matrix.nodes }}', 'nodes'],
    ['what shellcheck finds', 'run: bash .ci/run', 'run: rm $HOME/x', 'SC2086'],
  ])('finds %s', async (_, before, after, finding) => {
    const { code, stdout, stderr } = await lint(before, after);
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining(finding)]);
  });

  it('finds an input that an action of this project does not have', async () => {
    const { code, stdout } = await lint('rebuild-check: true', 'rebuild-chek: true', 'release.yml');
    expect([code, stdout]).toEqual([1, expect.stringContaining('rebuild-chek')]);
  });

  it('fails where a linter is missing, rather than pass over what it would find', async () => {
    const { code, stderr } = await lint('', '', 'ci.yml', { PATH: '/nonexistent' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('npm run setup')]);
  });
});
