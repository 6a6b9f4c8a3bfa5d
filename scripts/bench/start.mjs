// How long the program takes to say something, against Node.js itself; and how large the bundle is.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fresh, inTurn, ROUNDS, root, run, tell } from './measure.mjs';

/** Seconds until a process prints anything; it is killed then. */
function firstLine(args, env = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let seconds;
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const heard = () => {
      seconds ??= (performance.now() - started) / 1000;
      child.kill('SIGKILL');
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('error', reject);
    child.on('close', () => (seconds === undefined ? reject(new Error('nothing was printed')) : resolve(seconds)));
  });
}

/** What a runner gives the action, as far as it looks at it before its first line. */
function runner() {
  const folder = fresh();
  mkdirSync(folder);
  const file = (name) => {
    writeFileSync(join(folder, name), '');
    return join(folder, name);
  };
  return {
    ...{ GITHUB_ACTIONS: 'true', RUNNER_TEMP: folder, GITHUB_OUTPUT: file('output'), GITHUB_STATE: file('state') },
    ...{ INPUT_CACHE: 'false', INPUT_LOAD: 'false' },
  };
}

export async function startUp() {
  const rounds = Math.max(ROUNDS, 15);
  const whole = await inTurn(
    async () => (await run(process.execPath, [root, '--help'])).seconds,
    async () => (await run(process.execPath, ['-e', '0'])).seconds,
    rounds,
  );
  const ratio = ({ a, b }) => a / b;
  tell('node . --help ÷ node -e 0', whole.map(ratio), '≤ 1.5');
  const env = runner();
  const first = await inTurn(
    () => firstLine([join(root, 'dist', 'index.js')], env),
    () => firstLine(['-e', 'console.log(0)']),
    rounds,
  );
  tell("the action's first line ÷ that of node -e 'console.log(0)'", first.map(ratio), 'none');
  const dist = join(root, 'dist');
  const bytes = readdirSync(dist).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  tell('size of dist/', [bytes / 1e6], '< 5 MB', ' MB');
}
