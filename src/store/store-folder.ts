import { resolve } from 'node:path';
import { userFolder } from '../base/user-folder.js';

/**
 * Where results are kept between runs: $PUSHGATEWAY_TTL_CACHE, else a folder in the user's place for caches. The same on
 * a runner, whose cache service keeps files by their absolute paths.
 */
export function storeFolder(env: Readonly<Record<string, string>>): string {
  return env.PUSHGATEWAY_TTL_CACHE ? resolve(env.PUSHGATEWAY_TTL_CACHE) : userFolder('cache', env);
}
