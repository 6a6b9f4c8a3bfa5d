import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as core from '@actions/core';
import { definedEnv } from '../base/env.js';
import { userFolder } from '../base/user-folder.js';
import type { Context } from '../commands/context.js';
import { storeFolder } from '../store/store-folder.js';
import { toolEnvironment } from '../toolchain/tool-environment.js';
import { actionsLog } from './actions-log.js';
import { runnerToolCache } from './runner-tool-cache.js';
import { State } from './state.js';

/** What the commands need of the world, as a step of a workflow has it. */
export function contextFor(entry: URL, signal: AbortSignal): Context {
  const env = toolEnvironment(definedEnv(process.env));
  const storeDir = storeFolder(env);
  return {
    log: actionsLog,
    env,
    signal,
    entry,
    patchesDir: fileURLToPath(new URL('../patches', entry)),
    storeDir,
    tempDir: env.RUNNER_TEMP || tmpdir(),
    onWorkspace: (path) => core.saveState(State.workspace, path),
    dataDir: userFolder('data', env),
    mayInstall: true,
    toolCache: runnerToolCache(storeDir),
    downloadBase: env.GO_DOWNLOAD_BASE_URL,
  };
}
