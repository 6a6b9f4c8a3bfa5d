import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { definedEnv } from '../base/env.js';
import { userFolder } from '../base/user-folder.js';
import type { Context } from '../commands/context.js';
import { storeFolder } from '../store/store-folder.js';
import { currentHost } from '../toolchain/host.js';
import { folderToolCache } from '../toolchain/tool-cache.js';
import { toolEnvironment } from '../toolchain/tool-environment.js';
import type { TerminalLog } from './terminal-log.js';

/** What the commands need of the world, as the command line has it. */
export function contextFor(entry: URL, log: TerminalLog, signal: AbortSignal): Context {
  const env = toolEnvironment(definedEnv(process.env));
  const storeDir = storeFolder(env);
  return {
    log,
    env,
    signal,
    entry,
    patchesDir: fileURLToPath(new URL('../patches', entry)),
    storeDir,
    tempDir: tmpdir(),
    dataDir: userFolder('data', env),
    mayInstall: false,
    toolCache: folderToolCache(storeDir, currentHost().arch),
    downloadBase: env.GO_DOWNLOAD_BASE_URL,
  };
}
