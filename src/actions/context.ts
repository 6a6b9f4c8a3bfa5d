import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { definedEnv } from '../base/env.js';
import { type Context, placesOf } from '../commands/context.js';
import { toolEnvironment } from '../toolchain/tool-environment.js';
import { actionsLog } from './actions-log.js';
import { runnerToolCache } from './runner-tool-cache.js';
import { State } from './state.js';

/** What the commands need of the world, as a step of a workflow has it. */
export function contextFor(entry: URL, signal: AbortSignal): Context {
  const env = toolEnvironment(definedEnv(process.env));
  const places = placesOf(entry, env);
  return {
    ...places,
    log: actionsLog,
    signal,
    tempDir: env.RUNNER_TEMP || tmpdir(),
    onWorkspace: (path) => core.saveState(State.workspace, path),
    mayInstall: true,
    toolCache: runnerToolCache(places.storeDir),
  };
}
