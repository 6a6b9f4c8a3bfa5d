import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Kinds of the XDG base directories that are used: their variable, and where they are by default, below HOME. */
const KINDS = {
  cache: { variable: 'XDG_CACHE_HOME', below: ['.cache'] },
  data: { variable: 'XDG_DATA_HOME', below: ['.local', 'share'] },
} as const;

/** This program's folder in the user's place for caches or for data. */
export function userFolder(kind: keyof typeof KINDS, env: Readonly<Record<string, string>>): string {
  const { variable, below } = KINDS[kind];
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
  const base = env[variable] || local || join(env.HOME || homedir(), ...below);
  return join(resolve(base), 'pushgateway-ttl');
}
