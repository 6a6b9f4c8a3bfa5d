import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from '../../base/errors.js';
import { withGoEnvFile } from '../../toolchain/go-env.js';
import { findOnPath } from '../../toolchain/path-search.js';

type Environment = Readonly<Record<string, string>>;

/** Variables that would make the two environments alike, or lead to caches of the first build. */
const NOT_PASSED =
  /^(HOME|USER|LOGNAME|PWD|OLDPWD|TZ|LANG|LANGUAGE|LC_\w+|TMPDIR|TMP|TEMP|XDG_\w+|GO(PATH|MODCACHE|CACHE|TMPDIR|MAXPROCS)|GIT_CONFIG_GLOBAL|PUSHGATEWAY_TTL_\w+|GITHUB_\w+|RUNNER_\w+)$/;

/** Values that differ from those of nearly every machine, and one for a machine that has them. */
const ZONES = ['Pacific/Chatham', 'Asia/Kathmandu'] as const;
const LANGUAGES = ['tr_TR.UTF-8', 'C'] as const;
const MASKS = [0o027, 0o022] as const;

/** Files of certificates that a fetch cannot do without. */
const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'NODE_EXTRA_CA_CERTS'];

/** Files in a HOME that say how to log in somewhere. */
const LOGINS = ['.netrc', '.git-credentials'] as const;

/** A file mode creation mask that is not this one. */
export function unlikeMask(mask: number): number {
  return unlike(MASKS, mask);
}

/**
 * The environment for a build that is to be unlike the one of `env`. What says how a network is reached stays as it is.
 * @param folder where it has its HOME, its temporary files and its caches
 * @param goroot of the Go that it shall find
 */
export async function unlikeEnvironment(
  env: Environment,
  folder: string,
  goroot: string,
): Promise<Record<string, string>> {
  const language = unlike(LANGUAGES, env.LC_ALL ?? env.LANG);
  const kept = Object.entries(await withGoEnvFile(env)).filter(([name]) => !NOT_PASSED.test(name));
  return {
    ...Object.fromEntries(kept),
    ...{ HOME: join(folder, 'home'), TMPDIR: join(folder, 'temporary'), PUSHGATEWAY_TTL_CACHE: join(folder, 'cache') },
    ...{ TZ: unlike(ZONES, env.TZ), LANG: language, LC_ALL: language, USER: 'again', LOGNAME: 'again' },
    PATH: `${join(goroot, 'bin')}:${env.PATH ?? ''}`,
  };
}

function unlike<T>([first, second]: readonly [T, T], given: T | string | undefined): T {
  return given === first ? second : first;
}

/** The user's files that say how repositories are reached, as far as they are there; and those of `CERTIFICATES`. */
export function networkFiles(env: Environment): { readonly needed: string[]; readonly logins: string[] } {
  const { HOME } = env;
  const inHome = HOME ? LOGINS.map((name) => join(HOME, name)) : [];
  return {
    needed: CERTIFICATES.flatMap((name) => env[name] || []).filter((path) => existsSync(path)),
    logins: [...gitConfigs(env), ...inHome].filter((path) => existsSync(path)),
  };
}

/** Where git reads a user's configuration, the weakest first (git-config, "Files"). */
function gitConfigs({ GIT_CONFIG_GLOBAL, XDG_CONFIG_HOME, HOME }: Environment): string[] {
  if (GIT_CONFIG_GLOBAL !== undefined) return GIT_CONFIG_GLOBAL === '' ? [] : [GIT_CONFIG_GLOBAL];
  if (!HOME) return [];
  return [join(XDG_CONFIG_HOME || join(HOME, '.config'), 'git', 'config'), join(HOME, '.gitconfig')];
}

/**
 * Makes the folders of `unlikeEnvironment`: an empty HOME, but for the ways into repositories that the user has.
 * @param logins those of `networkFiles` that may be used
 * @param isStranger whether repositories on this machine belong to somebody else, whom git would not trust
 */
export async function makeHome(folder: string, logins: readonly string[], isStranger: boolean): Promise<void> {
  const home = join(folder, 'home');
  for (const path of [home, join(folder, 'temporary')]) await mkdir(path, { mode: 0o700 });
  for (const name of LOGINS) {
    const path = logins.find((login) => login.endsWith(`/${name}`));
    if (path !== undefined) await symlink(path, join(home, name));
  }
  const configs = logins.filter((login) => !LOGINS.some((name) => login.endsWith(`/${name}`)));
  const lines = configs.map((path) => `[include]\n\tpath = ${JSON.stringify(path)}\n`);
  await writeFile(join(home, '.gitconfig'), `${lines.join('')}${isStranger ? '[safe]\n\tdirectory = *\n' : ''}`);
}

/** How a command is kept from some CPUs. */
export interface Pin {
  /** The words before it; none where there is but one CPU, or no taskset (util-linux). */
  readonly words: readonly string[];
  /** As in "1 of 2 CPUs". */
  readonly told: string | undefined;
}

/** Keeps a command to all CPUs but one. */
export async function pinCpus(env: Environment): Promise<Pin> {
  const taskset = await findOnPath('taskset', env);
  const status = (await readFile('/proc/self/status', 'utf8').catch(ignoreMissing)) ?? '';
  const cpus = cpuNumbers(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
  if (taskset === undefined || cpus.length < 2) return { words: [], told: undefined };
  const words = [taskset, '--cpu-list', cpus.slice(0, -1).join(',')];
  return { words, told: `${cpus.length - 1} of ${cpus.length} CPUs` };
}

/** The numbers in a list as the kernel writes it: `0-3,8`. */
function cpuNumbers(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Number.isInteger(first) ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [];
  });
}
