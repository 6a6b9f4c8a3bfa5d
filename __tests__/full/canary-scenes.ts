import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inputs, Started } from '../support/as-action.js';
import type { Canary } from '../support/canary.js';
import { type FaultProxy, type Rule, startFaultProxy } from '../support/fault-proxy.js';
import { type Fault, silence, status } from '../support/faults.js';
import type { Scripts } from '../support/recording-path.js';
import { type RegistryOptions, startSecureRegistry } from '../support/registry.js';
import { until } from '../support/servers.js';

export const USERNAME = 'robot';
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

export function faulty(on: Rule['on'], fault: Fault): Way['arrange'] {
  return async (folder, canary) => ({ host: (await behind(folder, canary, { on, fault })).host });
}

export function registry(options: (canary: Canary) => RegistryOptions, more: Partial<Arranged> = {}): Way['arrange'] {
  return async (folder, canary) => ({ host: (await startSecureRegistry(folder, options(canary))).host, ...more });
}

export const known = ({ password }: Canary) => ({ users: { [USERNAME]: password } });

/** Hangs in the midst of a blob; then `act` is done to the run. */
export function midPush(act: (started: Started, folder: string) => void, more?: (folder: string) => Partial<Arranged>) {
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
export function echo(code: number): Fault {
  return (exchange) => {
    const { authorization = '' } = exchange.request.headers;
    const pair = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
    const said = `no entry for ${pair} (${authorization}), ${encodeURIComponent(pair)}`;
    return status(code, ['DENIED', said], { 'www-authenticate': 'Basic realm="echo"' })(exchange);
  };
}

/** Tells all that it was given, on both streams and in the form of skopeo's own errors. */
export const TELL_ALL = `
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
export function crashing(folder: string): Partial<Arranged> {
  const preload = join(folder, 'crash.mjs');
  writeFileSync(preload, crashOn(join(folder, 'now')));
  return { env: { NODE_OPTIONS: `--report-uncaught-exception --import=${preload}` } };
}

/** Folder for what a way needs, apart from what is searched. */
export function folderOf(place: string): string {
  const folder = join(place, 'arranged');
  mkdirSync(folder, { recursive: true });
  return folder;
}
