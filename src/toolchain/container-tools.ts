import { CancelledError, messageOf, RunError } from '../base/errors.js';
import { within } from '../base/limit.js';
import type { Log } from '../base/log.js';
import { run } from '../base/process.js';
import { installPackages, isAptUsable } from './apt.js';
import { findOnPath } from './path-search.js';
import { toolEnvironment } from './tool-environment.js';

export { toolEnvironment } from './tool-environment.js';

export type ToolName = 'podman' | 'buildah' | 'skopeo';

export interface ContainerTool {
  readonly name: ToolName;
  /** Absolute. */
  readonly path: string;
  /** `1.9.3`, `4.9.3-rhel`, `1.14.0-dev`. */
  readonly version: string;
  /** Whether `NAME COMMAND… --help` offers `--flag`, which is given without its dashes or with; asked once a command. */
  has(command: readonly string[], flag: string): Promise<boolean>;
}

export interface ContainerTools {
  /** On PATH and answering; never installs. Asked once a name. @throws RunError where it is there and does not answer */
  find(name: ToolName): Promise<ContainerTool | undefined>;
  /**
   * Found, or installed where that is allowed and possible.
   * @param what `why` as in "to put the image into local storage", `instead` as in "set load: false"
   * @throws RunError that says what to install, or what to do instead
   */
  need(name: ToolName, what: { readonly why: string; readonly instead: string }): Promise<ContainerTool>;
  /** Those that were found or installed so far, by name. */
  known(): readonly { readonly name: ToolName; readonly version: string; readonly installed: boolean }[];
}

export interface ContainerToolsOptions {
  /** The user's; tools are looked for on its PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
  /** Whether a missing tool may be installed, with rights that sudo gives if need be. */
  readonly mayInstall: boolean;
}

/** The oldest versions that are known to work: those of ubuntu-22.04. */
const OLDEST: Readonly<Record<ToolName, string>> = { podman: '3.4', buildah: '1.23', skopeo: '1.4' };

/** A tool that has not answered `--version` or `--help` after so many milliseconds does not work. */
const PATIENCE = 60_000;

/** The container tools of this machine, each looked for when it is first asked for. */
export function containerTools(options: ContainerToolsOptions): ContainerTools {
  const found = new Map<ToolName, Promise<ContainerTool | undefined>>();
  const installs = new Map<ToolName, Promise<ContainerTool | RunError>>();
  const known = new Map<ToolName, { name: ToolName; version: string; installed: boolean }>();
  let lastInstall: Promise<unknown> = Promise.resolve();

  const look = async (name: ToolName, installed: boolean) => {
    const path = await findOnPath(name, options.env);
    if (path === undefined) return undefined;
    const tool = await askTool(name, path, options);
    known.set(name, { name, version: tool.version, installed });
    options.log.info(`${name} ${tool.version} (${path}${installed ? ', installed for this run' : ''})`);
    if (isOlder(tool.version, OLDEST[name]))
      options.log.warning(`${name} ${tool.version} is older than ${OLDEST[name]}, the oldest that is known to work.`);
    return tool;
  };
  const find = (name: ToolName) => remembered(found, name, () => look(name, false));
  const install = (name: ToolName) =>
    remembered(installs, name, () => {
      // One after the other: they would fight for the same lock.
      const turn = lastInstall.then(() => installTool(name, options, () => look(name, true)));
      lastInstall = turn.catch(() => {});
      return turn;
    });

  return {
    find,
    async need(name, { why, instead }) {
      const there = await find(name);
      if (there !== undefined) return there;
      const tool = await install(name);
      if (!(tool instanceof RunError)) return tool;
      const apt = process.platform === 'linux' ? ` (apt-get install ${name})` : '';
      throw new RunError(
        `${name} is missing, and is needed ${why}. ${tool.message === '' ? '' : `${tool.message} `}` +
          `Install ${name} ${OLDEST[name]} or newer${apt}, or ${instead}.`,
      );
    },
    known: () => [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The promise of the first call; every later one gets it too. */
function remembered<T>(kept: Map<ToolName, Promise<T>>, name: ToolName, work: () => Promise<T>): Promise<T> {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const promise = work();
  kept.set(name, promise);
  return promise;
}

/** The tool; or why there is none, as a sentence, empty where installing is not allowed. */
async function installTool(
  name: ToolName,
  options: ContainerToolsOptions,
  look: () => Promise<ContainerTool | undefined>,
): Promise<ContainerTool | RunError> {
  if (!options.mayInstall || !(await isAptUsable(options.env))) return new RunError('');
  try {
    await installPackages(name, options);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return new RunError(messageOf(error));
  }
  const tool = await look();
  return tool ?? new RunError(`apt-get has installed it, but it is not on PATH (${options.env.PATH ?? ''}).`);
}

async function askTool(name: ToolName, path: string, options: ContainerToolsOptions): Promise<ContainerTool> {
  const broken = (how: string) =>
    new RunError(`${path} is not a ${name} that works: ${how}. Mend it, or take it off PATH.`);
  const { code, stdout, stderr } = await ask(path, ['--version'], options, broken);
  if (code !== 0) throw broken(`--version ended with code ${code}: ${excerpt(stderr || stdout)}`);
  const version = new RegExp(`^${name} version v?(\\d+\\.\\d+[0-9A-Za-z.+~_-]*)`, 'm').exec(stdout)?.[1];
  if (version === undefined) throw broken(`--version says ${JSON.stringify(excerpt(stdout))}`);

  const flags = new Map<string, Promise<ReadonlySet<string>>>();
  return {
    name,
    path,
    version,
    async has(command, flag) {
      const key = command.join('\0');
      let offered = flags.get(key);
      if (offered === undefined) {
        offered = ask(path, [...command, '--help'], options, broken).then((help) =>
          help.code === 0 ? parseFlags(help.stdout) : new Set<string>(),
        );
        flags.set(key, offered);
      }
      return (await offered).has(flag.replace(/^--/, ''));
    },
  };
}

/** Runs a question to a tool; one that hangs or cannot be started is broken. */
async function ask(
  path: string,
  args: readonly string[],
  { env, signal }: ContainerToolsOptions,
  broken: (how: string) => RunError,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const work = (signal: AbortSignal) => run(path, args, { env: toolEnvironment(env), signal, limit: 1024 * 1024 });
  try {
    return await within(PATIENCE, signal, work, () => new Error('it does not answer'));
  } catch (error) {
    throw error instanceof CancelledError ? error : broken(messageOf(error));
  }
}

/** Long flags of a help text, as `  -a, --all   add all` lists them. */
export function parseFlags(help: string): ReadonlySet<string> {
  const flags = help.matchAll(/^\s+(?:-\w,\s+)?--([0-9A-Za-z][0-9A-Za-z-]*)(?=[\s=[,]|$)/gm);
  return new Set([...flags].map(([, flag = '']) => flag));
}

function excerpt(text: string): string {
  return text.trim().slice(0, 200);
}

/** Compares the leading numbers of two versions: `3.10` is not older than `3.4`. */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => (/^\d+(\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
  const [a, b] = [numbers(version), numbers(than)];
  for (const [i, wanted] of b.entries()) {
    const given = a[i] ?? 0;
    if (given !== wanted) return given < wanted;
  }
  return false;
}
