import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isolatedStorage } from './container-storage.js';
import { removeFolder } from './files.js';
import { type Ended, exec, mustExec, PROJECT, SHARED_STORE } from './program.js';
import { goTool, nodeOf } from './tools.js';

/** act's flags for what steps find: what other tests have compiled, and npm's own cache for `npm ci`. */
export const WARM: readonly string[] = [
  `PUSHGATEWAY_TTL_CACHE=${SHARED_STORE}`,
  `npm_config_cache=${process.env.npm_config_cache ?? join(homedir(), '.npm')}`,
  'npm_config_prefer_offline=true',
].flatMap((each) => ['--env', each]);

/** What the last commit lacks while one works on it. */
const LAID_OVER = ['dist', 'patches', 'action.yml', 'verify', 'merge', 'publish', '.github'];

/**
 * A clean clone of the last commit, with the working tree's bundle, action and workflows laid over it.
 * @param laidOver names of what of the working tree is laid over it instead
 */
export async function cleanClone(folder: string, laidOver: readonly string[] = LAID_OVER): Promise<string> {
  const clone = join(folder, 'pushgateway-ttl-action');
  await mustExec('git', ['clone', '-q', '--no-hardlinks', PROJECT, clone]);
  for (const name of laidOver) {
    removeFolder(join(clone, name));
    cpSync(join(PROJECT, name), join(clone, name), { recursive: true });
  }
  return clone;
}

/** Replaces a part of a clone's file; fails where it is not there, or more than once. */
export function edit(clone: string, path: string, before: string, after: string): void {
  const file = join(clone, path);
  const text = readFileSync(file, 'utf8');
  if (text.split(before).length !== 2) throw new Error(`${path} has not exactly one ${before}`);
  writeFileSync(
    file,
    text.replace(before, () => after),
  );
}

/** An environment for act: steps inherit it in host mode. With a home and a container storage of its own. */
function actEnvironment(place: string): Record<string, string | undefined> {
  const temporary = join(place, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const storage = isolatedStorage(place);
  return {
    ...storage,
    PATH: `${dirname(nodeOf('24'))}:${storage.PATH}`,
    TMPDIR: temporary,
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
    SSL_CERT_FILE: process.env.SSL_CERT_FILE,
    GOPROXY: process.env.GOPROXY,
  };
}

/**
 * Runs a workflow of a clone in host mode, with act's own cache server.
 * @param name of the file in `.github/workflows`
 * @param runners the labels of `runs-on`
 * @param more of act's own flags
 */
export function act(
  clone: string,
  name: string,
  runners: string | readonly string[],
  place: string,
  more: readonly string[] = [],
): Promise<Ended> {
  const servers = [
    ['--cache-server-path', join(place, 'cache')],
    ['--cache-server-addr', '127.0.0.1'],
    ['--artifact-server-addr', '127.0.0.1'],
  ];
  const platforms = [runners].flat().flatMap((runner) => ['-P', `${runner}=-self-hosted`]);
  const args = ['workflow_dispatch', '-W', `.github/workflows/${name}`, ...platforms, ...servers.flat(), ...more];
  return exec(goTool('act'), args, { cwd: clone, env: actEnvironment(place), timeout: 1_700_000 });
}

/** The job summaries of a run as act shows them, in their order: what follows "Summary - " until the next line of its own. */
export function summariesOf({ stdout }: Ended): string[] {
  return stdout
    .split(/ {2}Summary - /)
    .slice(1)
    .map((text) => text.split(/^\[/m)[0] ?? '');
}
