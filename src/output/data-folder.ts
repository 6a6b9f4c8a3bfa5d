import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where images lie that podman and buildah know of by their path: the user's place for data (XDG base directories), not
 * for caches, since a manifest list in local storage is worth nothing without them.
 */
export function dataFolder(env: Readonly<Record<string, string>>): string {
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
  const base = env.XDG_DATA_HOME || local || join(env.HOME || homedir(), '.local', 'share');
  return join(resolve(base), 'pushgateway-ttl');
}
