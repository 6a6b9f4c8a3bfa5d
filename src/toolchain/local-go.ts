import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { RunError } from '../base/errors.js';
import { within } from '../base/limit.js';
import { run } from '../base/process.js';
import { probeEnvironment } from './go-env.js';
import { foldersOnPath } from './path-search.js';

/** A Go that says of itself what it is; nothing of that is checked. */
export interface LocalGo {
  /** The go command, as it was found. */
  readonly binary: string;
  /** Its version without `go`: `1.26.8`, `1.27rc1`, `1.26.8 X:boringcrypto`. */
  readonly version: string;
  readonly goroot: string;
}

/** A go command that has not answered after so many milliseconds is none. */
const PATIENCE = 30_000;

/** File name of the go command. */
export function goFileName(os: string): string {
  return os === 'windows' ? 'go.exe' : 'go';
}

/**
 * Asks a go command for its version and GOROOT.
 * @throws RunError where it does not start, fails, hangs or prints something else
 */
export async function askGo(
  binary: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
  signal?: AbortSignal,
): Promise<LocalGo> {
  const ask = (signal: AbortSignal) =>
    run(binary, ['env', 'GOVERSION', 'GOROOT'], { cwd, env: probeEnvironment(env), signal });
  const late = () => new RunError(`${binary} did not answer in time`);
  const { code, stdout, stderr } = await within(PATIENCE, signal, ask, late);
  const [version = '', goroot = ''] = stdout.split(/\r?\n/);
  if (code !== 0) throw new RunError(`${binary} ended with code ${code}: ${stderr.trim().slice(0, 300)}`);
  if (!/^go\d/.test(version) || !isAbsolute(goroot)) throw new RunError(`${binary} does not answer as Go does`);
  return { binary, version: version.slice(2), goroot };
}

/** Every go command on the user's PATH, in its order, each once. */
export async function goBinariesOnPath(env: Readonly<Record<string, string>>, os: string): Promise<string[]> {
  const binaries: string[] = [];
  const known = new Set<string>();
  for (const folder of foldersOnPath(env)) {
    const binary = join(folder, goFileName(os));
    const found = await stat(binary).catch(() => undefined);
    if (!found?.isFile()) continue;
    const real = await realpath(binary);
    if (known.has(real)) continue;
    known.add(real);
    binaries.push(binary);
  }
  return binaries;
}

/** Whether that Go can fetch others as modules: 1.21 and newer. */
export function knowsToolchains({ version }: LocalGo): boolean {
  const [, minor = '0'] = /^1\.(\d+)/.exec(version) ?? [];
  return Number(minor) >= 21 || /^[2-9]/.test(version);
}
