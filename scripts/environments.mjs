// `npm run test:environments`: one spec, one digest, whatever surrounds the build. Runs the committed program in 63
// environments that differ in everything that scripts/environments/dimensions.mjs lists, nine of them compiling from empty
// caches, and prints a line for each. The table is the same on every machine that has what it needs; what one does not
// have is named in a line "left out". Ends with 1 unless all gave one digest. Needs Linux, Go, npm and the network; as root
// it reaches more. `--seed N` makes another table.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DIMENSIONS } from './environments/dimensions.mjs';
import { findNodes } from './environments/nodes.mjs';
import { run } from './environments/run.mjs';
import { must, stage } from './environments/stage.mjs';
import { environments } from './environments/table.mjs';

const GO_VERSION = '1.26.7';
const COMPILING = 9;
const SHARING = 54;
/** Fewer do not show what the matrix is there to show. */
const LEAST = 60;
/** How often each value has to come up. */
const LEAST_EACH = 3;

const { values: flags } = parseArgs({ options: { seed: { type: 'string', default: '6' } } });

const tools = fileURLToPath(new URL('../node_modules/.tools', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'pushgateway-ttl-environments-'));
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort());
let staged;
try {
  const { nodes, missing } = findNodes(tools);
  staged = await stage(base, GO_VERSION, nodes);
  for (const [what, why] of missing) staged.missing.set(what, why);
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  await staged?.close();
  must('chmod', ['-R', 'u+w', base]);
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}

/** @returns whether all gave one digest, and nothing was left out without a word */
async function main() {
  const isThere = (dimension, value) => !staged.missing.has(`${dimension} ${value}`);
  const rows = environments({ compiling: COMPILING, sharing: SHARING, seed: Number(flags.seed), isThere });
  const distinct = new Set(rows.map((row) => JSON.stringify(row))).size;
  const rare = rareValues(rows, isThere);
  for (const value of rare) console.log(`too rare: ${value}`);
  const digests = new Map();
  const failures = await runAll(rows, digests);
  for (const [what, why] of staged.missing) console.log(`left out: ${what}: ${why}`);
  if (failures > 0) console.log(`${failures} failed`);
  console.log(`${staged.missing.size} values left out, ${rows.length} runs, ${distinct} of them distinct`);
  const passed = [...digests.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${passed} environments, ${digests.size} digests`);
  return failures === 0 && rare.length === 0 && digests.size === 1 && Math.min(passed, distinct) >= LEAST;
}

/** Runs the first by itself, then the others, as many at once as there are processors; prints them in their order. */
async function runAll(rows, digests) {
  const warm = {};
  let failures = 0;
  const lines = [];
  let printed = 0;
  const one = async (index) => {
    try {
      const { digest, seconds, store } = await run(rows[index], staged, index + 1, warm, stop.signal);
      if (index === 0) Object.assign(warm, { binaries: join(store, 'binaries'), layers: join(store, 'layers') });
      digests.set(digest, (digests.get(digest) ?? 0) + 1);
      lines[index] = `${describe(rows[index], index)}  ${seconds.toFixed(1)} s  ${digest}`;
    } catch (error) {
      failures++;
      lines[index] = `${describe(rows[index], index)}  FAILED: ${error.message}`;
    }
    while (lines[printed] !== undefined) console.log(lines[printed++]);
  };
  await one(0);
  if (failures > 0) return failures;
  // Whoever runs next has to lock and write what the first has made.
  for (const part of ['mod/cache', 'sumdb']) must('chmod', ['-R', 'a+rwX', join(staged.gopath, 'pkg', part)]);
  must('chmod', ['-R', 'a+rX', join(warm.binaries, '..')]);
  let next = 1;
  const worker = async () => {
    while (next < rows.length && !stop.signal.aborted) await one(next++);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return failures + (rows.length - lines.length);
}

function describe(row, index) {
  const words = Object.entries(row).map(([name, value]) => `${name}=${/[ ,;]/.test(value) ? `"${value}"` : value}`);
  return `${String(index + 1).padStart(2)}  ${words.join(' ')}`;
}

/** Values of the dimensions that come up less than three times, and were not said to be left out. */
function rareValues(rows, isThere) {
  return DIMENSIONS.flatMap(({ name, values }) =>
    Object.keys(values)
      .filter((value) => isThere(name, value))
      .map((value) => [`${name} ${value}`, rows.filter((row) => row[name] === value).length])
      .filter(([, count]) => count < LEAST_EACH)
      .map(([value, count]) => `${value}, ${count} times`),
  );
}
