import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where results are kept between runs: $PUSHGATEWAY_TTL_CACHE, else a folder in the user's place for caches (XDG base
 * directories). The same on a runner, whose cache service keeps files by their absolute paths.
 */
export function storeFolder(env: Readonly<Record<string, string>>): string {
  if (env.PUSHGATEWAY_TTL_CACHE) return resolve(env.PUSHGATEWAY_TTL_CACHE);
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
  const base = env.XDG_CACHE_HOME || local || join(env.HOME || homedir(), '.cache');
  return join(resolve(base), 'pushgateway-ttl');
}
