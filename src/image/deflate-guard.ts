import { deflateRawSync } from 'node:zlib';
import { RunError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import { DEFLATE_CORPUS } from './deflate-corpus.js';
import type { EngineName } from './deflate-engine.js';
import { Deflate } from './profile1.js';

/** What the caller may ask for; `auto` takes Node's zlib where it is the reference one, else pako. */
export type DeflateEngine = 'auto' | EngineName;

/**
 * The name of the first sample of the corpus that `deflate` compresses in another way than the reference zlib, or
 * undefined where it agrees on all of them.
 * @param deflate raw deflate with the parameters of profile 1
 */
export function firstDifference(deflate: (input: Uint8Array) => Uint8Array): string | undefined {
  return DEFLATE_CORPUS.find(({ make, answer }) => sha256Hex(deflate(make())) !== answer)?.name;
}

let nodeDifference: { sample: string | undefined } | undefined;

/** Whether the zlib inside this Node is the reference one; asked once a process. Yes takes about 25 ms, no about 3. */
export function nodeIsReference(): boolean {
  nodeDifference ??= { sample: firstDifference((input) => deflateRawSync(input, Deflate)) };
  return nodeDifference.sample === undefined;
}

/**
 * The engine to use here. Both give the same bytes, so that the choice is one of speed.
 * @throws RunError where `node` is asked for and would give other bytes
 */
export function chooseEngine(wanted: DeflateEngine = 'auto'): EngineName {
  if (wanted === 'pako') return 'pako';
  if (nodeIsReference()) return 'node';
  if (wanted === 'auto') return 'pako';
  throw new RunError(
    `The zlib inside this Node (${process.version}, zlib ${process.versions.zlib}) does not compress as the reference ` +
      `zlib does: the check's sample "${nodeDifference?.sample}" differs. Use the engine "pako".`,
  );
}
