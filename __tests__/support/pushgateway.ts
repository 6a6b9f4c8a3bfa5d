import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, freshFolder } from './program.js';
import { until } from './servers.js';
import { go, patchedTree } from './ttl-tree.js';

export interface BinaryOptions {
  /** Release of upstream; 1.11.3 unless said otherwise. */
  readonly version?: string;
  /** Patch set; `ttl` unless said otherwise. */
  readonly patches?: string;
  /** With Go's race detector. */
  readonly race?: boolean;
}

const binaries = new Map<string, Promise<string>>();

/** A Pushgateway for this machine, compiled from what `node . patch` writes; once for each test file. Its path. */
export function pushgateway({
  version = '1.11.3',
  patches = 'ttl',
  race = false,
}: BinaryOptions = {}): Promise<string> {
  const key = JSON.stringify([version, patches, race]);
  const made = binaries.get(key) ?? compile(version, patches, race);
  binaries.set(key, made);
  return made;
}

async function compile(version: string, patches: string, race: boolean): Promise<string> {
  const tree = await patchedTree(version, patches);
  const binary = join(freshFolder('pushgateway'), 'pushgateway');
  const { code, stderr } = await go(tree, 'build', ...(race ? ['-race'] : []), '-o', binary, '.');
  if (code !== 0) throw new Error(stderr);
  return binary;
}

/** A Pushgateway that runs. */
export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly pid: number;
  /** What it has written to standard output and standard error so far. */
  readonly log: () => string;
  /** Whether it still runs. */
  readonly isAlive: () => boolean;
  /** Ends it with a signal (SIGTERM unless said otherwise) and waits; its exit code, null where the signal ended it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts a Pushgateway on a free port and waits until it is ready. Whoever starts it stops it. */
export async function startPushgateway(
  binary: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary, [`--web.listen-address=127.0.0.1:${port}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const server = { url, pid: child.pid ?? 0, log: () => said, isAlive: () => isAlive(child), stop };
  const isUp = await until(30_000, async () => {
    if (!isAlive(child)) throw new Error(`${binary} ended: ${said}`);
    return (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok ?? false;
  });
  if (!isUp) {
    await stop('SIGKILL');
    throw new Error(`${binary} does not answer at ${url}: ${said}`);
  }
  return server;

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (isAlive(child)) {
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
    }
    return child.exitCode;
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
