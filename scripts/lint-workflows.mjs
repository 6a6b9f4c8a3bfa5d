// `npm run lint:workflows`: actionlint, with shellcheck for the lines of `run:`, and zizmor at its strictest, over all
// workflows and actions. zizmor asks nothing of GitHub. Fails where either finds anything, or has found no file.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, 'node_modules', '.tools');
const { GH_TOKEN: _, GITHUB_TOKEN: __, ZIZMOR_GITHUB_TOKEN: ___, ...env } = process.env;

function run(command, args) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...env, NO_COLOR: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw new Error(`${command}: ${error.message}; run: npm run setup`);
  process.stdout.write(stdout);
  if (status !== 0) process.exitCode = 1;
}

const workflows = readdirSync(join(root, '.github', 'workflows')).filter((name) => /\.ya?ml$/.test(name));
// actionlint is content without it, and would look at no line of `run:`.
if (spawnSync('shellcheck', ['--version']).status !== 0) throw new Error('there is no shellcheck; run: npm run setup');
// By their names: where there is no .git, as in an archive of the source, actionlint finds no file and is content.
const files = workflows.map((name) => join('.github', 'workflows', name));
run(join(tools, 'bin', 'actionlint'), ['-shellcheck', 'shellcheck', '-pyflakes', '', ...files]);
const strict = ['--offline', '--persona=pedantic', '--strict-collection', '--no-progress', '--quiet'];
run(join(tools, 'zizmor', 'bin', 'zizmor'), [...strict, '.']);
if (!process.exitCode) console.log(`${workflows.length} workflows: actionlint and zizmor find nothing`);
