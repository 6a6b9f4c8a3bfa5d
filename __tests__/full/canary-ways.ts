import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inputs, Started } from '../support/as-action.js';
import type { Canary } from '../support/canary.js';
import { type FaultProxy, type Rule, startFaultProxy } from '../support/fault-proxy.js';
import { bare, type Fault, resetAfter, silence, status } from '../support/faults.js';
import { plainPush } from '../support/plain-push.js';
import { freePort } from '../support/program.js';
import type { Scripts } from '../support/recording-path.js';
import { type RegistryOptions, startSecureRegistry } from '../support/registry.js';
import { startRegistry, until } from '../support/servers.js';
import { smallImages } from '../support/small-images.js';

export const USERNAME = 'robot';
export const REPOSITORY = 'team/pushgateway';

/** What one run is to meet. */
export interface Arranged {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Beside those that every run has. */
  readonly inputs?: Inputs;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it does not hold the canary alone. */
  readonly password?: string;
  /** What starts it. */
  readonly prefix?: readonly string[];
  /** Programs in the place of others. */
  readonly scripts?: Scripts;
  /** Nothing else on PATH. */
  readonly isAlone?: boolean;
  /** What happens while it runs. */
  readonly during?: (started: Started) => Promise<void>;
}

export interface Way {
  readonly name: string;
  /** What the run says in the end; undefined where it can say nothing any more. */
  readonly says: RegExp | undefined;
  /** The run was ended from outside, so that its login lies there until somebody sweeps. */
  readonly isKilled?: boolean;
  /** @param folder new; nothing in it is searched */
  readonly arrange: (folder: string, canary: Canary) => Promise<Arranged>;
}

/** A registry that knows the canary, and a proxy before it in which something goes wrong. */
async function behind(folder: string, canary: Canary, ...rules: Rule[]): Promise<FaultProxy> {
  const { url } = await startSecureRegistry(folder, { users: { [USERNAME]: canary.password } });
  return startFaultProxy(url, { rules });
}

function faulty(on: Rule['on'], fault: Fault): Way['arrange'] {
  return async (folder, canary) => ({ host: (await behind(folder, canary, { on, fault })).host });
}

function registry(options: (canary: Canary) => RegistryOptions, more: Partial<Arranged> = {}): Way['arrange'] {
  return async (folder, canary) => ({ host: (await startSecureRegistry(folder, options(canary))).host, ...more });
}

const known = ({ password }: Canary) => ({ users: { [USERNAME]: password } });

/** Hangs in the midst of a blob; then `act` is done to the run. */
function midPush(act: (started: Started, folder: string) => void, more?: (folder: string) => Partial<Arranged>) {
  return async (folder: string, canary: Canary): Promise<Arranged> => {
    const proxy = await behind(folder, canary, { on: 'upload-data', fault: silence });
    const during = async (started: Started) => {
      const isThere = await until(300_000, async () => proxy.seen.includes('upload-data!'));
      if (!isThere) throw new Error('it never pushed');
      act(started, folder);
    };
    return { host: proxy.host, during, ...more?.(folder) };
  };
}

/** The registry's answer is an echo of the login that it was sent. */
function echo(code: number): Fault {
  return (exchange) => {
    const { authorization = '' } = exchange.request.headers;
    const pair = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
    const said = `no entry for ${pair} (${authorization}), ${encodeURIComponent(pair)}`;
    return status(code, ['DENIED', said], { 'www-authenticate': 'Basic realm="echo"' })(exchange);
  };
}

/** Tells all that it was given, on both streams and in the form of skopeo's own errors. */
const TELL_ALL = `
given=$(/bin/cat; /usr/bin/env; echo "$@"; for file in "$@"; do [ -f "$file" ] && /bin/cat "$file"; done)
echo "$given"
echo "$given" >&2
printf 'time="2026-01-01T00:00:00Z" level=fatal msg="unauthorized: %s"\\n' "$(echo "$given" | /usr/bin/tr '\\n' ' ')" >&2
exit 1`;

/** Throws, outside of all that would catch it, once there is a file. */
function crashOn(file: string): string {
  return `import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) setInterval(() => {
  if (existsSync(${JSON.stringify(file)})) throw new Error('crash');
}, 20).unref();
`;
}

/** Variables for a Node.js that writes a report of its crash, with its environment, into the run's own folder. */
function crashing(folder: string): Partial<Arranged> {
  const preload = join(folder, 'crash.mjs');
  writeFileSync(preload, crashOn(join(folder, 'now')));
  return { env: { NODE_OPTIONS: `--report-uncaught-exception --import=${preload}` } };
}

export const WAYS: readonly Way[] = [
  {
    name: 'nothing goes wrong',
    says: /sha256:[0-9a-f]{64}/,
    arrange: registry(known),
  },
  {
    name: 'the password is wrong',
    says: /refuses the login of robot/,
    arrange: registry(() => ({ users: { [USERNAME]: 'another' } })),
  },
  {
    name: 'the registry is down',
    says: /connection refused/,
    arrange: async () => ({ host: `127.0.0.1:${await freePort()}` }),
  },
  {
    name: 'nobody vouches for the certificate',
    says: /certificate/,
    arrange: registry((canary) => ({ tls: true, ...known(canary) }), { inputs: { 'tls-verify': 'true' } }),
  },
  {
    name: 'the login may not push',
    says: /packages: write|push/,
    arrange: faulty('upload-start', status(403)),
  },
  {
    name: 'the registry fails until nothing is tried any more',
    says: /500/,
    arrange: faulty('upload-start', bare(500)),
  },
  {
    name: 'the connection is reset in the midst of a blob',
    says: /the connection to 127\.0\.0\.1:\d+ failed/,
    arrange: faulty('upload-data', resetAfter(10_000)),
  },
  {
    name: 'the default tag is another image',
    says: /1\.11\.3-ttl\.1/,
    arrange: async (folder) => {
      await smallImages(folder, 1);
      const port = await startRegistry(folder);
      await plainPush(`http://127.0.0.1:${port}`, REPOSITORY, '1.11.3-ttl.1', join(folder, 'layout'));
      return { host: `127.0.0.1:${port}` };
    },
  },
  {
    name: 'it is cancelled in the midst of a blob',
    says: /cancelled/,
    arrange: midPush(({ child }) => child.kill('SIGTERM')),
  },
  {
    name: 'it is killed in the midst of a blob',
    says: undefined,
    isKilled: true,
    arrange: midPush(({ child }) => child.kill('SIGKILL')),
  },
  {
    name: 'Node.js crashes in the midst of a blob, and writes a report',
    says: /Error: crash/,
    isKilled: true,
    arrange: midPush((_started, folder) => writeFileSync(join(folder, 'now'), ''), crashing),
  },
  {
    name: 'the disk is full where the login is written',
    says: /file too large|no space/i,
    // Nobody may write more than so many bytes into one file; the login has more.
    arrange: async (folder, { password }) => ({
      host: `127.0.0.1:${await startRegistry(folder)}`,
      password: password.repeat(20),
      prefix: ['prlimit', '--fsize=900'],
    }),
  },
  {
    name: 'there is no place for temporary files',
    says: /lies below one|No folder for temporary files/,
    arrange: registry(known, { env: { RUNNER_TEMP: '/dev/null/temp', TMPDIR: '/dev/null/temp' } }),
  },
  {
    name: 'skopeo is missing and cannot be installed',
    says: /install skopeo/i,
    arrange: registry(known, { isAlone: true, scripts: { 'apt-get': 'echo E: no mirror >&2; exit 100' } }),
  },
  {
    name: 'skopeo tells all that it was given',
    says: /unauthorized|refuses/,
    arrange: registry(known, {
      scripts: { skopeo: `case "$*" in *--version*|*--help*) exec "$REAL" "$@" ;; esac\n${TELL_ALL}` },
    }),
  },
  {
    name: 'skopeo tells all that it was given, after the login',
    says: /unauthorized|denied/,
    arrange: registry(known, {
      scripts: { skopeo: `case "$*" in *--version*|*--help*|*login*) exec "$REAL" "$@" ;; esac\n${TELL_ALL}` },
    }),
  },
  {
    name: 'the registry answers with an echo of the login',
    says: /refuses the login/,
    arrange: faulty('any', echo(401)),
  },
  {
    name: 'the registry answers with an echo of the login, after it',
    says: /DENIED|denied|no entry/,
    arrange: faulty(['upload-start', 'tag-read', 'blob-head'], echo(403)),
  },
  {
    name: 'another input is wrong',
    says: /linux\/amd46/,
    arrange: registry(known, { inputs: { platforms: 'linux/amd46' } }),
  },
  {
    name: 'the password has a line break',
    says: /line break/,
    arrange: async (folder, { password }) => ({
      host: `127.0.0.1:${await startRegistry(folder)}`,
      password: `${password}\n${password}`,
    }),
  },
];

/** Folder for what a way needs, apart from what is searched. */
export function folderOf(place: string): string {
  const folder = join(place, 'arranged');
  mkdirSync(folder, { recursive: true });
  return folder;
}
