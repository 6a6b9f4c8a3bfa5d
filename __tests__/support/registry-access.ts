import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, silentLog } from '../../src/base/log.js';
import type { RegistryAccess } from '../../src/registry/skopeo.js';
import { containerTools, toolEnvironment } from '../../src/toolchain/container-tools.js';

/** What a run said, by level. */
export interface Heard {
  readonly log: Log;
  readonly lines: string[];
}

export function listen(): Heard {
  const lines: string[] = [];
  const hear = (level: string) => (line: string) => void lines.push(`${level}: ${line}`);
  const log = { info: hear('info'), notice: hear('notice'), warning: hear('warning'), debug: hear('debug') };
  return { log: { ...silentLog, ...log }, lines };
}

/**
 * Access to registries on loopback through the machine's skopeo, with a home of its own; retries come at once.
 * @param folder new or empty
 * @param env added to the environment
 */
export async function accessFor(
  folder: string,
  changes: Partial<RegistryAccess> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<RegistryAccess> {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const storage = join(folder, 'storage.conf');
  const roots = `graphroot = "${join(folder, 'graph')}"\nrunroot = "${join(folder, 'run')}"\n`;
  writeFileSync(storage, `[storage]\ndriver = "vfs"\n${roots}`);
  const given = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    CONTAINERS_STORAGE_CONF: storage,
    ...env,
  };
  const { log = silentLog } = changes;
  const tools = containerTools({ env: given, log: silentLog, mayInstall: false });
  const skopeo = await tools.need('skopeo', { why: 'for this test', instead: 'run npm run setup' });
  return {
    skopeo,
    env: toolEnvironment(given),
    log,
    tlsVerify: false,
    retries: 0,
    firstDelay: 1,
    authFiles: new Map(),
    tempDir: folder,
    ...changes,
  };
}
