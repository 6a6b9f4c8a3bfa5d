import { RunError } from '../base/errors.js';
import { pause } from '../base/limit.js';
import type { Log } from '../base/log.js';
import { run } from '../base/process.js';
import { findOnPath } from './path-search.js';
import { toolEnvironment } from './tool-environment.js';

export interface AptOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
  /** Milliseconds before the second try; the third waits four times as long. Default 5000. */
  readonly firstDelay?: number | undefined;
  /** User id that decides whether sudo is needed; default: of this process. */
  readonly uid?: number | undefined;
}

const TRIES = 3;

/** Time for apt-get and dpkg to end when the run is cancelled, in milliseconds. */
const GRACE = 3000;

/** Whether this is a Linux with apt-get on PATH. */
export async function isAptUsable(env: Readonly<Record<string, string>>): Promise<boolean> {
  return process.platform === 'linux' && (await findOnPath('apt-get', env)) !== undefined;
}

/**
 * Installs a container tool through apt-get, as root or with `sudo -n`, with up to three tries: package lists and locks
 * are shared with others, and mirrors fail now and then.
 * @throws RunError saying what apt-get or sudo said, as a sentence or two
 * @throws CancelledError
 */
export async function installPackages(tool: string, options: AptOptions): Promise<void> {
  const { log, signal, uid = process.getuid?.() ?? 0 } = options;
  const apt = await aptCommand(options, uid);
  const packages = packagesFor(tool, uid === 0);
  log.notice(`${tool} is missing; installing ${packages.join(', ')} with ${uid === 0 ? 'apt-get' : 'sudo apt-get'}`);
  for (let attempt = 1; ; attempt++) {
    const failure =
      (await apt(['update'])) ?? (await apt(['install', '-y', '--no-install-recommends', '--', ...packages]));
    if (failure === undefined) return;
    if (attempt === TRIES || failure.isFinal) throw new RunError(`Installing it failed: ${failure.text}.`);
    log.warning(`Installing ${tool} failed, and is tried again: ${failure.text}`);
    await pause((options.firstDelay ?? 5000) * 4 ** (attempt - 1), signal);
  }
}

/**
 * The tool's package and those that it only recommends but cannot do without: certificates for registries, and for a
 * user without root's rights the helpers for user ids, file system and network (podman(1), "Rootless mode").
 */
export function packagesFor(tool: string, isRoot: boolean): string[] {
  const needsUsers = tool === 'podman' || tool === 'buildah';
  const rootless = needsUsers && !isRoot ? ['uidmap', 'fuse-overlayfs', 'slirp4netns'] : [];
  return [tool, 'ca-certificates', ...rootless];
}

interface AptFailure {
  readonly text: string;
  /** Another try cannot mend it. */
  readonly isFinal: boolean;
}

/** A function that runs apt-get with arguments and gives its failure, if any. */
async function aptCommand(
  { env, log, signal }: AptOptions,
  uid: number,
): Promise<(args: readonly string[]) => Promise<AptFailure | undefined>> {
  const apt = await findOnPath('apt-get', env);
  if (apt === undefined) throw new RunError('Installing it failed: there is no apt-get.');
  const sudo = uid === 0 ? undefined : await findOnPath('sudo', env);
  if (uid !== 0 && sudo === undefined)
    throw new RunError('It cannot be installed, for this user is not root and there is no sudo.');
  const settings = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  // sudo lets no variables through, so they are given behind it.
  const behindSudo = ['-n', 'env', ...Object.entries(settings).map(([key, value]) => `${key}=${value}`), apt];
  const prefix = sudo === undefined ? [apt] : [sudo, ...behindSudo];
  return async (args) => {
    const [command = apt, ...rest] = [...prefix, '-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=3', ...args];
    const { code, stderr } = await runStoppable(command, rest, { ...toolEnvironment(env), ...settings }, sudo, {
      signal,
      onLine: (line) => log.debug(line),
    });
    if (code === 0) return undefined;
    const text = `apt-get ${args[0]} ended with code ${code}: ${lastWords(stderr)}`;
    return { text, isFinal: sudo !== undefined && /^sudo: /m.test(stderr) };
  };
}

/** Runs apt-get; when cancelled it is asked to end, through sudo where it is root's. */
async function runStoppable(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  sudo: string | undefined,
  { signal, onLine }: { signal: AbortSignal | undefined; onLine: (line: string) => void },
): Promise<{ code: number; stderr: string }> {
  let stop = () => {};
  const onStart = (pid: number) => {
    if (sudo === undefined) return;
    stop = () => {
      run(sudo, ['-n', 'kill', '-TERM', '--', `-${pid}`], { env }).catch(() => {});
    };
    signal?.addEventListener('abort', stop, { once: true });
  };
  try {
    return await run(command, args, { env, signal, graceMs: GRACE, onStart, onStderrLine: onLine });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** What apt-get says in the end: its errors, else its last line. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /^(E|sudo): ?/.test(line)).map((line) => line.replace(/^E: /, ''));
  return (errors.length > 0 ? errors : lines.slice(-1)).join('; ').slice(0, 500) || 'no reason given';
}
