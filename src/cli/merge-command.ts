import { resolve } from 'node:path';
import { ExitCode, InputError } from '../base/errors.js';
import { merge, mergeOutputs } from '../commands/merge/merge.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseMergeOptions } from '../inputs/merge-options.js';
import type { InputName, RawInputs } from '../inputs/raw-inputs.js';
import { resultText } from '../output/result-text.js';
import { contextFor } from './context.js';
import type { Flags } from './flags.js';
import { registryPassword } from './password.js';
import type { TerminalLog } from './terminal-log.js';

/**
 * `merge`: prose on standard error; on standard output the digest, or with `--json` the outputs.
 * @param layouts the words without a flag
 */
export async function runMerge(
  layouts: readonly string[],
  given: RawInputs,
  flags: Flags,
  entry: URL,
  log: TerminalLog,
  signal: AbortSignal,
): Promise<number> {
  const raw = new Map<InputName, readonly string[]>(given);
  if (layouts.includes('')) throw new InputError('one of the layouts is empty text. Accepted: a path', 'layouts');
  if (layouts.length > 0) raw.set('layouts', [...layouts, ...(given.get('layouts') ?? [])]);
  // On the command line nothing is put into the user's storage unasked.
  if (!raw.has('load')) raw.set('load', ['false']);
  const context = contextFor(entry, log, signal);
  const password = await registryPassword(flags.registryPasswordStdin === true, raw);
  const options = parseMergeOptions(raw, password);
  setWorkerEntry(entry);
  const result = await merge(options, resolve(options.outputDir ?? 'out'), context);
  log.clear();
  process.stderr.write(`\n${resultText(result)}`);
  process.stdout.write(flags.json ? `${JSON.stringify(mergeOutputs(result))}\n` : `${result.digest}\n`);
  return ExitCode.done;
}
