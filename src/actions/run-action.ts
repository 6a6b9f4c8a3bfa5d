import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as core from '@actions/core';
import { definedEnv } from '../base/env.js';
import { CancelledError, ExitCode, InputError, messageOf, RunError } from '../base/errors.js';
import { cancelOnSignals } from '../base/signals.js';
import { build } from '../commands/build.js';
import type { Context } from '../commands/context.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseBuildOptions } from '../inputs/build-options.js';
import { resultText } from '../output/result-text.js';
import { builtinSets } from '../source/builtin-sets.js';
import { storeFolder } from '../store/store-folder.js';
import { actionsLog } from './actions-log.js';
import { readInputs } from './inputs.js';
import { runnerToolCache } from './runner-tool-cache.js';
import { restoreStore, saveStore } from './store-cache.js';
import { writeSummary } from './summary.js';

/**
 * The action: reads the inputs, builds, sets the outputs. Each phase has a log group, a failure is one annotation.
 * @returns the exit code
 */
export async function runAction(entry: URL): Promise<number> {
  const { signal, release } = cancelOnSignals();
  try {
    await runBuild(entry, signal);
    return ExitCode.done;
  } catch (error) {
    return report(error);
  } finally {
    release();
  }
}

async function runBuild(entry: URL, signal: AbortSignal): Promise<void> {
  const raw = readInputs(process.env, core.warning);
  const patchesDir = fileURLToPath(new URL('../patches', entry));
  const options = parseBuildOptions(raw, await builtinSets(patchesDir));
  const env = definedEnv(process.env);
  const temp = env.RUNNER_TEMP || tmpdir();
  const storeDir = storeFolder(env);
  const context: Context = {
    log: actionsLog,
    env,
    signal,
    patchesDir,
    storeDir,
    toolCache: runnerToolCache(storeDir),
    downloadBase: env.GO_DOWNLOAD_BASE_URL,
  };
  const outputDir =
    options.outputDir === undefined ? await mkdtemp(join(temp, 'pushgateway-ttl-out-')) : resolve(options.outputDir);
  setWorkerEntry(entry);

  const restored = options.cache ? await restoreStore(context.storeDir, raw) : undefined;
  const result = await build(options, outputDir, context);
  for (const [name, value] of Object.entries(result.outputs)) core.setOutput(name, value);
  core.info(resultText(result));
  if (options.summary) await writeSummary(result);
  if (restored) await saveStore(context.storeDir, restored);
}

function report(error: unknown): number {
  if (error instanceof CancelledError) {
    core.error('The run was cancelled; nothing was left behind.');
    return ExitCode.failed;
  }
  if (error instanceof InputError) {
    core.error(error.message, { title: error.input === undefined ? 'Bad input' : `Bad input: ${error.input}` });
    return ExitCode.badInput;
  }
  core.error(messageOf(error), { title: 'The build failed' });
  if (!(error instanceof RunError) && error instanceof Error) core.info(error.stack ?? '');
  return ExitCode.failed;
}
