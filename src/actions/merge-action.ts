import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { ExitCode } from '../base/errors.js';
import { merge, mergeOutputs } from '../commands/merge/merge.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseMergeOptions } from '../inputs/merge-options.js';
import { MERGE } from '../inputs/raw-inputs.js';
import { resultText } from '../output/result-text.js';
import { verifyMergedCommands } from '../output/summary-text.js';
import { contextFor } from './context.js';
import { readInputs } from './inputs.js';
import { takePassword } from './secrets.js';
import { writeSummary } from './summary.js';

/** The action `merge`: reads the inputs, joins what several jobs have built, sets the outputs. */
export async function runMerge(entry: URL, signal: AbortSignal): Promise<number> {
  const password = takePassword(process.env);
  const raw = readInputs(MERGE, process.env, core.warning);
  const context = contextFor(entry, signal);
  const options = parseMergeOptions(raw, password);
  // Made by the merge, which removes it again where nothing comes to be in it.
  const fresh = join(context.tempDir, `pushgateway-ttl-out-${randomBytes(6).toString('hex')}`);
  setWorkerEntry(entry);
  // The outputs are there even where loading or pushing fails, for a step that looks into it.
  const result = await merge(options, resolve(options.outputDir ?? fresh), context, (built) => {
    for (const [name, value] of Object.entries(mergeOutputs(built))) core.setOutput(name, value);
  });
  core.info(resultText(result));
  if (options.summary) {
    await writeSummary(result, { wasPushed: options.push, verify: verifyMergedCommands(result), rebuild: undefined });
  }
  return ExitCode.done;
}
