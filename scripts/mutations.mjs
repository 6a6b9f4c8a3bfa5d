// Changes the code in one place at a time, in a copy of the tree, and runs the tests that have to notice. Ends with 1
// where one of them does not, where the tests fail without any change, or where a change does not fit the code any more.
//   npm run test:mutations [-- WORD]     only the changes whose name or file holds the word
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMAGE } from './mutations/image.mjs';
import { PUBLISH } from './mutations/publish.mjs';
import { SPEC } from './mutations/spec.mjs';
import { VERIFY } from './mutations/verify.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What tests read as it is, and what is no part of the sources. */
const LINKED = ['node_modules', 'dist', 'patches'];
const LEFT_OUT = ['.git', 'lib', 'out', 'coverage'];

const began = Date.now();
const [word = ''] = process.argv.slice(2);
const wanted = [...IMAGE, ...SPEC, ...VERIFY, ...PUBLISH].filter(({ name, file }) => `${file} ${name}`.includes(word));
const work = mkdtempSync(join(tmpdir(), 'pushgateway-ttl-mutations-'));
const running = new Set();
let isStopped = false;
process.exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    isStopped = true;
    for (const child of running) child.kill();
  });
}
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}

async function main() {
  const unfit = wanted.filter(({ file, from }) => countOf(readFileSync(join(root, file), 'utf8'), from) !== 1);
  for (const { name, file, from } of unfit) {
    console.log(`UNFIT     ${name}: ${file} has not exactly one ${JSON.stringify(from.slice(0, 80))}`);
  }
  if (unfit.length > 0 || wanted.length === 0) return;
  const copies = Array.from({ length: Math.min(availableParallelism(), wanted.length) }, (_, i) => copyTree(`${i}`));
  if (!(await isControlGreen(copies[0]))) return;
  const left = [...wanted];
  const survived = [];
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutation = left.shift(); mutation; mutation = left.shift()) {
        const line = await tryOne(copy, mutation);
        if (isStopped) return;
        if (line.startsWith('SURVIVED')) survived.push(mutation.name);
        console.log(line);
      }
    }),
  );
  if (isStopped) return;
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `${wanted.length} mutations: ${wanted.length - survived.length} killed, ${survived.length} survived, in ${seconds} s`,
  );
  if (survived.length === 0) process.exitCode = 0;
}

/** Whether all the tests pass where nothing is changed. */
async function isControlGreen(copy) {
  let passed = 0;
  for (const only of new Set(wanted.map((mutation) => mutation.only))) {
    const tests = wanted.filter((mutation) => mutation.only === only).flatMap((mutation) => mutation.tests);
    const control = await runTests(copy, [...new Set(tests)], only);
    if (isStopped) return false;
    if (!control.isGreen) {
      console.log(`control   FAILED without any change: ${control.failed}${control.text}`);
      return false;
    }
    passed += control.passed;
  }
  console.log(`control   ${passed} tests pass without any change`);
  return true;
}

/** Applies one change, runs its tests, and takes it back. */
async function tryOne(copy, { name, file, from, to, tests, only }) {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
  try {
    const { failed, text } = await runTests(copy, tests, only);
    if (failed !== undefined) return `killed    ${name} (${file}) by: ${failed}`;
    return `SURVIVED  ${name} (${file}), with ${tests.join(' ')}${text}`;
  } finally {
    writeFileSync(path, before);
  }
}

/**
 * Runs test files of a copy; a run without any test that failed kills nothing.
 * @param only words in the names of the tests that are run; all where it is not given
 */
function runTests(copy, files, only) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`, ...files];
  if (only !== undefined) args.push('-t', only);
  const env = { ...process.env, TEST_SUITE: '', TEST_COUNTS: '' };
  return new Promise((resolve) => {
    const options = { cwd: copy, env, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      running.delete(child);
      let found = [];
      try {
        found = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((one) => one.assertionResults);
      } catch {
        // No report: vitest itself could not run.
      }
      const first = found.find(({ status }) => status === 'failed');
      const failed = first?.fullName;
      const passed = found.filter(({ status }) => status === 'passed').length;
      const said = first ? first.failureMessages.join('\n') : `${stdout}\n${stderr}`;
      const text = error ? `\n${said}` : '';
      resolve({ failed, passed, isGreen: !error && passed > 0, text });
    });
    running.add(child);
  });
}

/** A copy of the sources and tests, so that the tree itself is never touched. */
function copyTree(name) {
  const copy = join(work, name);
  mkdirSync(copy);
  for (const entry of readdirSync(root)) {
    if (LEFT_OUT.includes(entry)) continue;
    if (LINKED.includes(entry)) symlinkSync(join(root, entry), join(copy, entry));
    else cpSync(join(root, entry), join(copy, entry), { recursive: true });
  }
  return copy;
}

function countOf(text, part) {
  return text.split(part).length - 1;
}
