// What the parts of `npm run bench` share: processes, rounds, and how figures are told.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
});
export const ROUNDS = Number(values.rounds);
/** Names of the parts to run; empty for all. */
export const ONLY = values.only.split(',').filter((name) => name !== '');

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const tools = join(root, 'node_modules', '.tools', 'bin');
export const work = join(tmpdir(), `pushgateway-ttl-bench-${process.pid}`); // lower case: ko makes an image name of it
mkdirSync(work);
export const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];
let folders = 0;
export const fresh = () => join(work, `f${++folders}`);

/** Runs a process that must succeed; its wall time in seconds and the peak of its own memory in MB (Linux: VmHWM), without children. */
export function run(command, args, { env = {}, cwd = root, watch = false, codes = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let peak = 0;
    const timer = watch ? setInterval(() => (peak = Math.max(peak, highWater(child.pid))), 20) : undefined;
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (!codes.includes(code)) return reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${stderr}`));
      resolve({ seconds: (performance.now() - started) / 1000, peak, stdout });
    });
  });
}

function highWater(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export const build = (store, options = {}) =>
  run(process.execPath, [root, 'build', '--json', '--smoke-test=false', '--output-dir', join(fresh(), 'out')], {
    ...options,
    env: { PUSHGATEWAY_TTL_CACHE: store },
  });

export async function inTurn(a, b, count = ROUNDS) {
  const rounds = [];
  for (let round = 0; round < count; round++) rounds.push({ a: await a(), b: await b() });
  return rounds;
}

function median(numbers) {
  const sorted = [...numbers].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function tell(name, numbers, goal, unit = '') {
  const spread = `${Math.min(...numbers).toFixed(3)} to ${Math.max(...numbers).toFixed(3)}`;
  console.log(`${name}: ${median(numbers).toFixed(3)}${unit}  (${numbers.length} rounds, ${spread}; goal ${goal})`);
}
