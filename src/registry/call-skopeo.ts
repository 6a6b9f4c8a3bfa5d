import { join } from 'node:path';
import { CancelledError } from '../base/errors.js';
import { writeFileAtomic } from '../base/files.js';
import { linked } from '../base/limit.js';
import type { Log } from '../base/log.js';
import { type RunResult, run } from '../base/process.js';
import type { Secret } from '../base/secret.js';
import type { ContainerTool } from '../toolchain/container-tools.js';
import { classify, damaged, type Failure, stalled } from './failure.js';
import { redactor } from './redact.js';
import { type Doing, registryError } from './registry-error.js';

export interface RegistryAccess {
  readonly skopeo: ContainerTool;
  /** Already `toolEnvironment()`. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** False also allows plain http. */
  readonly tlsVerify: boolean;
  /** Further tries after the first. */
  readonly retries: number;
  /** Milliseconds before the first retry; default 1000, doubling, at most 30 s. */
  readonly firstDelay?: number | undefined;
  /**
   * Milliseconds that one copy may take without a sign of progress before it is ended and tried again; default 10
   * minutes. A question about a manifest has as much, but at most a minute.
   */
  readonly timeoutMs?: number | undefined;
  /** Registry → auth file; where absent, what podman or docker login left. */
  readonly authFiles: ReadonlyMap<string, string>;
  /** Passwords that no line may show; those in `authFiles` are known anyway. */
  readonly redact?: readonly Secret[] | undefined;
  readonly tempDir: string;
}

export interface SkopeoCall {
  readonly command: 'copy' | 'inspect' | 'login' | 'list-tags';
  /** After the command's own flags for the registry. */
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly input?: string;
  /** The call is ended after so many milliseconds without progress. */
  readonly timeoutMs: number;
  /** Bytes that have arrived so far. Without it the end alone is progress. */
  readonly progress?: () => Promise<number>;
  /** The call is ended, too, once `progress` says more bytes than these. */
  readonly most?: number;
  readonly doing: Doing;
}

/**
 * Runs skopeo once.
 * @returns its standard output
 * @throws RegistryError where it fails
 */
export async function callSkopeo(access: RegistryAccess, call: SkopeoCall): Promise<string> {
  const redact = await redactor(access.redact ?? [], access.authFiles.values());
  const own = await ownRegistriesConf(access, call);
  let result = await runWatched(access, call, [...own, call.command, ...call.args], redact);
  if (result.code !== 0 && classify(result.stderr).cause === 'no-policy') {
    // The user has said nothing about which images to trust; one who has is obeyed.
    const policy = join(access.tempDir, 'policy.json');
    await writeFileAtomic(policy, '{"default":[{"type":"insecureAcceptAnything"}]}\n');
    result = await runWatched(access, call, ['--policy', policy, ...own, call.command, ...call.args], redact);
  }
  if (result.code !== 0) {
    // Hidden before the text is cut, which could leave half of a password; and again, since it was quoted before.
    const text = redact(classify(redact(result.stderr)).text) || `it ended with code ${result.code}`;
    throw registryError({ ...classify(result.stderr), text }, call.doing);
  }
  return result.stdout;
}

/**
 * Where the login is ours: a registries.conf without credential helpers, which would be asked instead of our file, or be
 * given the password to keep. The flag is hidden from `--help`, and there in every skopeo since 1.0.
 */
async function ownRegistriesConf(access: RegistryAccess, call: SkopeoCall): Promise<string[]> {
  if (call.command !== 'login' && !access.authFiles.has(call.doing.repository.registry)) return [];
  const path = join(access.tempDir, 'registries.conf');
  await writeFileAtomic(path, 'credential-helpers = ["containers-auth.json"]\n');
  return ['--registries-conf', path];
}

async function runWatched(
  access: RegistryAccess,
  call: SkopeoCall,
  args: readonly string[],
  redact: (text: string) => string,
): Promise<RunResult> {
  const { signal, log } = access;
  const { controller: impatient, release } = linked(signal);
  let reason: Failure = stalled(call.timeoutMs);
  const unwatch = watch(call, (failure) => {
    reason = failure;
    impatient.abort();
  });
  const say = (line: string) => log.debug(redact(`skopeo: ${line}`));
  try {
    const { cwd, input } = call;
    const result = await run(access.skopeo.path, args, {
      env: { ...access.env },
      signal: impatient.signal,
      onStderrLine: say,
      ...(cwd === undefined ? {} : { cwd }),
      ...(input === undefined ? {} : { input }),
    });
    if (call.command === 'copy') for (const line of result.stdout.trimEnd().split('\n')) say(line);
    return result;
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    if (error instanceof CancelledError) throw registryError(reason, call.doing);
    throw error;
  } finally {
    unwatch();
    release();
  }
}

/** So many bytes in the time that a call may take are progress; fewer are a registry that drips. */
const PROGRESS = 1024 * 1024;

/** How often a call that may bring only so much is looked at, in milliseconds. */
const LOOK_EVERY = 250;

/** Calls `stop` once the time has gone by without progress, or more has come than may. */
function watch({ timeoutMs, progress, most = Infinity }: SkopeoCall, stop: (failure: Failure) => void): () => void {
  let last = 0;
  let since = performance.now();
  const late = () => stop(stalled(timeoutMs));
  const look = async () => {
    const now = progress === undefined ? 0 : await progress();
    if (now > most)
      return stop({ ...damaged(`more than ${most} bytes came, which are all it may have`), kind: 'final' });
    if (now - last >= PROGRESS) [last, since] = [now, performance.now()];
    else if (performance.now() - since >= timeoutMs) late();
  };
  const every = Math.max(20, timeoutMs / 50);
  const timer = setInterval(() => void look().catch(late), most === Infinity ? every : Math.min(every, LOOK_EVERY));
  return () => clearInterval(timer);
}
