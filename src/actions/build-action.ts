import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { ExitCode } from '../base/errors.js';
import { build } from '../commands/build/build.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseBuildOptions } from '../inputs/build-options.js';
import { BUILD } from '../inputs/raw-inputs.js';
import { resultText } from '../output/result-text.js';
import { rebuildCommand, verifyPushedCommands } from '../output/summary-text.js';
import { builtinSets } from '../source/builtin-sets.js';
import { contextFor } from './context.js';
import { readInputs } from './inputs.js';
import { takePassword } from './secrets.js';
import { storeCache } from './store-cache.js';
import { writeSummary } from './summary.js';

/** The root action: reads the inputs, builds, sets the outputs. */
export async function runBuild(entry: URL, signal: AbortSignal): Promise<number> {
  const password = takePassword(process.env);
  const raw = readInputs(BUILD, process.env, core.warning);
  const plain = contextFor(entry, signal);
  const cache = storeCache(plain.storeDir);
  const context = { ...plain, cache };
  const options = parseBuildOptions(raw, await builtinSets(context.patchesDir), password);
  // Made by the build, which removes it again where nothing comes to be in it.
  const fresh = join(context.tempDir, `pushgateway-ttl-out-${randomBytes(6).toString('hex')}`);
  const outputDir = resolve(options.outputDir ?? fresh);
  setWorkerEntry(entry);

  // The outputs are there even where loading or pushing fails, for a step that looks into it.
  const result = await build(options, outputDir, context, ({ outputs }) => {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  });
  core.info(resultText(result));
  if (options.summary) {
    const [verify, rebuild] = [verifyPushedCommands(result, raw), rebuildCommand(raw, result.base)];
    await writeSummary(result, { wasPushed: options.push, verify, rebuild });
  }
  if (options.cache) await cache.save();
  return ExitCode.done;
}
