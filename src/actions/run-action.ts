import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as core from '@actions/core';
import { definedEnv } from '../base/env.js';
import { CancelledError, ExitCode, InputError, messageOf, RunError } from '../base/errors.js';
import { cancelOnSignals } from '../base/signals.js';
import { userFolder } from '../base/user-folder.js';
import { build } from '../commands/build.js';
import type { Context } from '../commands/context.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseBuildOptions } from '../inputs/build-options.js';
import { resultText } from '../output/result-text.js';
import { builtinSets } from '../source/builtin-sets.js';
import { storeFolder } from '../store/store-folder.js';
import { toolEnvironment } from '../toolchain/tool-environment.js';
import { actionsLog } from './actions-log.js';
import { readInputs } from './inputs.js';
import { runPost } from './run-post.js';
import { runnerToolCache } from './runner-tool-cache.js';
import { takePassword } from './secrets.js';
import { State } from './state.js';
import { storeCache } from './store-cache.js';
import { writeSummary } from './summary.js';

/**
 * The action: reads the inputs, builds, sets the outputs. Each phase has a log group, a failure is one annotation. As
 * the post step it removes what was left.
 * @returns the exit code
 */
export async function runAction(entry: URL): Promise<number> {
  if (core.getState(State.isPost) !== '') return runPost();
  core.saveState(State.isPost, 'true');
  const { signal, release } = cancelOnSignals();
  try {
    await runBuild(entry, signal);
    return ExitCode.done;
  } catch (error) {
    return report(error, signal.aborted);
  } finally {
    release();
  }
}

async function runBuild(entry: URL, signal: AbortSignal): Promise<void> {
  const password = takePassword(process.env);
  const raw = readInputs(process.env, core.warning);
  const patchesDir = fileURLToPath(new URL('../patches', entry));
  const options = parseBuildOptions(raw, await builtinSets(patchesDir), password);
  const env = toolEnvironment(definedEnv(process.env));
  const temp = env.RUNNER_TEMP || tmpdir();
  const storeDir = storeFolder(env);
  const cache = storeCache(storeDir);
  const context: Context = {
    log: actionsLog,
    env,
    signal,
    patchesDir,
    storeDir,
    tempDir: temp,
    onWorkspace: (path) => core.saveState(State.workspace, path),
    dataDir: userFolder('data', env),
    mayInstall: true,
    cache,
    toolCache: runnerToolCache(storeDir),
    downloadBase: env.GO_DOWNLOAD_BASE_URL,
  };
  // Made by the build, which removes it again where nothing comes to be in it.
  const fresh = join(temp, `pushgateway-ttl-out-${randomBytes(6).toString('hex')}`);
  const outputDir = resolve(options.outputDir ?? fresh);
  setWorkerEntry(entry);

  // The outputs are there even where loading or pushing fails, for a step that looks into it.
  const result = await build(options, outputDir, context, ({ outputs }) => {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  });
  core.info(resultText(result));
  if (options.summary) await writeSummary(result, raw, options);
  if (options.cache) await cache.save();
}

function report(error: unknown, isCancelled: boolean): number {
  if (isCancelled || error instanceof CancelledError) {
    core.error('The run was cancelled; nothing half-done was left behind.');
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
