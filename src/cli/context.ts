import { tmpdir } from 'node:os';
import { definedEnv } from '../base/env.js';
import { type Context, placesOf } from '../commands/context.js';
import { currentHost } from '../toolchain/host.js';
import { folderToolCache } from '../toolchain/tool-cache.js';
import { toolEnvironment } from '../toolchain/tool-environment.js';
import type { TerminalLog } from './terminal-log.js';

/** What the commands need of the world, as the command line has it. */
export function contextFor(entry: URL, log: TerminalLog, signal: AbortSignal): Context {
  const env = toolEnvironment(definedEnv(process.env));
  const places = placesOf(entry, env);
  return {
    ...places,
    log,
    signal,
    tempDir: tmpdir(),
    mayInstall: false,
    toolCache: folderToolCache(places.storeDir, currentHost().arch),
  };
}
