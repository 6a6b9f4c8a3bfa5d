import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../base/process.js';

/**
 * The environment for git commands that must not depend on anybody's configuration: `apply.whitespace`,
 * `core.autocrlf` and filters were seen to change the tree. No repository is found above `ceiling`, since `git apply`
 * inside another one silently skips files outside its prefix.
 */
export function isolatedGitEnv(userEnv: Readonly<Record<string, string>>, ceiling: string): Record<string, string> {
  const env: Record<string, string> = {
    PATH: userEnv.PATH ?? '',
    LC_ALL: 'C', // messages are read
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: ceiling,
    GIT_TERMINAL_PROMPT: '0',
  };
  if (userEnv.SYSTEMROOT !== undefined) env.SYSTEMROOT = userEnv.SYSTEMROOT;
  return env;
}

/** What of the user's configuration a fetch obeys: where a URL leads, credentials, and proxies. */
const OBEYED = /^(url\..*\.(insteadof|pushinsteadof)|credential\..*|http\..*|core\.(sshcommand|askpass|gitproxy))$/i;

/** Variables of git that say how a repository is reached. Others say which one it is, or what to make of it. */
const OBEYED_VARIABLE =
  /^GIT_(SSH(_COMMAND|_VARIANT)?|ASKPASS|PROXY_\w+|SSL_\w+|HTTP_\w+|CURL_\w+|TRACE\w*|ALLOW_PROTOCOL|EXEC_PATH)$/;

/** Variables of git that say where the user's configuration is. */
const CONFIG_VARIABLE = /^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)$/;

/**
 * The environment for git commands that go to a repository: isolated as above, with the user's `url.*.insteadOf`,
 * credentials and proxy handed over through `GIT_CONFIG_COUNT`, and the folders that the user calls safe through a file
 * below `ceiling` (git reads those from files only where another process of git serves the repository).
 */
export async function fetchingGitEnv(
  userEnv: Readonly<Record<string, string>>,
  ceiling: string,
): Promise<Record<string, string>> {
  const env = withoutGit(userEnv, CONFIG_VARIABLE);
  const { stdout } = await run('git', ['config', '--list', '-z', '--includes'], { cwd: ceiling, env });
  const settings = stdout.split('\0').flatMap((item) => {
    const end = item.indexOf('\n');
    return end > 0 ? [[item.slice(0, end), item.slice(end + 1)] as const] : [];
  });
  const obeyed = settings.filter(([key]) => OBEYED.test(key));
  const safe = settings.filter(([key]) => key === 'safe.directory').map(([, value]) => JSON.stringify(value));
  const file = join(ceiling, 'gitconfig');
  // A repository on this machine is served by a git of ours: that one may leave out what nobody asks for.
  const lines = ['[safe]', ...safe.map((value) => `directory = ${value}`), '[uploadpack]', 'allowFilter = true', ''];
  await writeFile(file, lines.join('\n'));
  return {
    ...withoutGit(userEnv, OBEYED_VARIABLE),
    ...isolatedGitEnv(userEnv, ceiling),
    GIT_CONFIG_GLOBAL: file,
    GIT_CONFIG_COUNT: String(obeyed.length),
    ...Object.fromEntries(obeyed.map(([key], index) => [`GIT_CONFIG_KEY_${index}`, key])),
    ...Object.fromEntries(obeyed.map(([, value], index) => [`GIT_CONFIG_VALUE_${index}`, value])),
  };
}

/** The environment of `fetchingGitEnv` under which git follows no redirect of a server. */
export function withoutRedirects(env: Readonly<Record<string, string>>): Record<string, string> {
  const count = Number(env.GIT_CONFIG_COUNT);
  return {
    ...env,
    [`GIT_CONFIG_KEY_${count}`]: 'http.followRedirects', // the last of several counts
    [`GIT_CONFIG_VALUE_${count}`]: 'false',
    GIT_CONFIG_COUNT: String(count + 1),
  };
}

/** Protocols that git speaks itself; helpers such as `ext::` are programs. */
const PROTOCOLS = ['https', 'http', 'ssh', 'git', 'file'];

/**
 * A value of `GIT_ALLOW_PROTOCOL` that allows the protocol of one address alone, and none where it has none of git's own.
 * @param users the value that the user has set, if any, which stays the limit
 */
export function allowedProtocol(address: string, users: string | undefined): string {
  const scheme = /^([a-z0-9+.-]+):\/\//i
    .exec(address)?.[1]
    ?.toLowerCase()
    .replace(/^git\+ssh$|^ssh\+git$/, 'ssh');
  const isRemote = /^[^/]+:/.test(address); // `host:path`; a path on this machine has a slash first
  const protocol = scheme ?? (/^[^/]*::/.test(address) ? '' : isRemote ? 'ssh' : 'file');
  const isAllowed = PROTOCOLS.includes(protocol) && (users === undefined || users.split(':').includes(protocol));
  return isAllowed ? protocol : 'none';
}

/** An environment without the variables of git but for some. */
function withoutGit(env: Readonly<Record<string, string>>, but: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || but.test(name)));
}
