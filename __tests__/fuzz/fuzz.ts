import { existsSync, mkdtempSync, readdirSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { removeFolder } from '../support/files.js';

/** A parser under test. */
export interface Parser<Input, Value> {
  readonly input: fc.Arbitrary<Input>;
  /** What came of it; undefined where it was refused. So is what it throws of the kinds that are `handled`. */
  readonly parse: (input: Input) => Promise<Value | undefined> | Value | undefined;
  /** What must hold of all that is accepted, as that it comes out of the encoder again. */
  readonly check?: (value: Value, input: Input) => void;
  /** The room's own errors beside InputError and RunError. */
  readonly handled?: readonly (new (
    ...args: never[]
  ) => Error)[];
}

/** What one parser was given. */
export interface FuzzCounts {
  readonly parser: string;
  readonly cases: number;
  readonly accepted: number;
  readonly refused: number;
  readonly seconds: number;
  /** Milliseconds of the slowest case. */
  readonly slowest: number;
}

declare module 'vitest' {
  interface TaskMeta {
    fuzz?: FuzzCounts;
  }
}

const { FUZZ_CASES, FUZZ_SEED } = process.env;
const CASES = FUZZ_CASES === undefined ? 10_000 : Number(FUZZ_CASES);
/** The same cases each time, unless FUZZ_SEED is `random` or a number. */
const SEED = FUZZ_SEED === undefined ? 20_211_123 : FUZZ_SEED === 'random' ? Date.now() % 2 ** 31 : Number(FUZZ_SEED);

const SLOW = 1000;
const MEMORY = 200 * 1024 ** 2;
const HANG = 60_000;
/** Milliseconds for one parser; a machine that is busy with other things takes many times what a quiet one takes. */
const PATIENCE = 1_800_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Gives a parser thousands of texts that the generator makes. It fails with the seed and the case where the parser throws
 * what is no error of ours, takes over a second (twice, since the machine may have been busy), takes or keeps over 200 MB,
 * or accepts what `check` does not hold of; and where the generator is no use, since all or nothing was accepted.
 */
export function fuzz<Input, Value>(name: string, parser: Parser<Input, Value>): void {
  const handled = [InputError, RunError, ...(parser.handled ?? [])];
  test(name, { timeout: PATIENCE }, async ({ task }) => {
    let [cases, accepted, slowest] = [0, 0, 0];
    collectGarbage();
    const kept = heldMemory();
    const began = performance.now();
    const one = async (input: Input): Promise<boolean> => {
      let value: Value | undefined;
      try {
        value = await parser.parse(input);
      } catch (error) {
        if (!handled.some((kind) => error instanceof kind)) throw error;
        expect((error as Error).message).not.toBe('');
      }
      if (value === undefined) return false;
      parser.check?.(value, input);
      return true;
    };
    const property = fc.asyncProperty(parser.input, async (input) => {
      watch(name, cases++);
      const [peak, clock] = [peakMemory(), stopwatch()];
      if (await one(input)) accepted++;
      let took = clock();
      if (took > SLOW) {
        const again = stopwatch();
        await one(input);
        took = Math.min(took, again());
      }
      slowest = Math.max(slowest, took);
      if (took > SLOW) throw new Error(`it took ${Math.round(took)} ms`);
      if (peakMemory() - peak > MEMORY) throw new Error(`it took ${(peakMemory() - peak) >> 20} MiB`);
    });
    try {
      await fc.assert(property, { numRuns: CASES, seed: SEED });
    } finally {
      watch('', 0);
      const seconds = (performance.now() - began) / 1000;
      task.meta.fuzz = { parser: name, cases, accepted, refused: cases - accepted, seconds, slowest };
    }
    collectGarbage();
    expect(heldMemory() - kept, 'bytes kept').toBeLessThan(MEMORY);
    expect(accepted, 'accepted').toBeGreaterThan(0);
    expect(cases - accepted, 'refused').toBeGreaterThan(0);
  });
}

/** A folder for the files of a parser; in memory where the system has such a place, since there are many. */
export function fuzzFolder(): string {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pushgateway-ttl-fuzz-'));
  afterAll(() => removeFolder(folder));
  return folder;
}

/** Removes what is in a folder of a few files; faster than what removes anything. */
export function empty(folder: string): string {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) rmdirSync(empty(path));
    else unlinkSync(path);
  }
  return folder;
}

/** Milliseconds in which something was done; those in which others had the processor do not count. */
function stopwatch(): () => number {
  const [start, used] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(used);
    return Math.min(performance.now() - start, (user + system) / 1000);
  };
}

function heldMemory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Case of the current parser, for the watchman: a loop without an end can be ended by another thread alone. */
const state = new Int32Array(new SharedArrayBuffer(8));
const watchman = new Worker(
  `const { workerData: { state, limit } } = require('node:worker_threads');
   let [last, since] = [0, Date.now()];
   setInterval(() => {
     const now = Atomics.load(state, 0);
     if (now !== last || now === 0) [last, since] = [now, Date.now()];
     else if (Date.now() - since > limit) { Atomics.store(state, 1, 1); process.kill(process.pid, 'SIGKILL'); }
   }, 1000);`,
  { eval: true, workerData: { state, limit: HANG } },
);
watchman.unref();
afterAll(() => watchman.terminate());

let told = '';

/** The name is written before, since nothing can be written any more where a case hangs. */
function watch(name: string, number: number): void {
  if (name !== '' && name !== told) writeSync(2, `fuzz: ${name}, seed ${SEED}, ${CASES} cases\n`);
  told = name;
  Atomics.store(state, 0, name === '' ? 0 : number + 1);
}
