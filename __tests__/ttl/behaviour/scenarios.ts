import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { freshFolder } from '../../support/program.js';
import { push } from '../../support/push.js';
import { pushgateway, type Server, startPushgateway } from '../../support/pushgateway.js';
import { Results } from './results.js';
import { TooLate } from './rows.js';
import { type Watch, watch } from './watch.js';

/** The persistence interval of all servers here that ask for no other, in milliseconds. */
const INTERVAL = 100;

/** What a scenario has at hand: servers of one release over one persistence file or copies of it. */
export interface Stage {
  readonly file: string;
  /** The patched server. */
  readonly binary: () => Promise<string>;
  /** A file with the same content. */
  readonly copy: () => string;
  /** Starts the patched server, or upstream's, on the file or on another. */
  readonly start: (args: readonly string[], options?: { patches?: 'ttl' | 'none'; file?: string }) => Promise<Server>;
  /** Reads a server until the scenario ends. */
  readonly watch: (server: Server) => Watch;
  /** Waits until what has expired so far has to be gone from the file: the interval, and a second for writing it. */
  readonly untilPersisted: (reads: Watch) => Promise<void>;
  /**
   * Waits until what was pushed so far has to be in the file. Upstream notes the time of a push before it checks it, so
   * that a file that is written during the check has not got the push, and is not written again for it. So a deletion
   * of nothing, which needs no check, follows.
   */
  readonly untilPushesPersisted: (reads: Watch) => Promise<void>;
}

export type Scenario = (stage: Stage) => Promise<void>;

const TRIES = 10;
/** For how long to wait for a scenario, in milliseconds. It is over in a fraction of that, but on a very slow machine. */
const PATIENCE = 300_000;

/** One test for each scenario; all are played at the same time. */
export function describeScenarios(title: string, version: string, scenarios: Readonly<Record<string, Scenario>>): void {
  describe(title, () => {
    const results = new Results();

    beforeAll(async () => {
      await Promise.all([pushgateway({ version }), pushgateway({ version, patches: 'none' })]);
      for (const [name, scenario] of Object.entries(scenarios)) results.add(name, play(version, scenario));
    });
    afterAll(() => results.settle());

    it.each(Object.keys(scenarios))('%s', (name) => results.of(name), PATIENCE);
  });
}

/** Plays a scenario, again where the machine was too slow for what it wants to see. */
async function play(version: string, scenario: Scenario): Promise<void> {
  for (let tries = 1; ; tries++) {
    const servers: Server[] = [];
    const watches: Watch[] = [];
    try {
      return await scenario(stageOf(version, servers, watches));
    } catch (error) {
      if (!(error instanceof TooLate) || tries === TRIES) throw error;
      await sleep(Math.random() * tries * 1000); // others have to be played again too
    } finally {
      await Promise.all(watches.map((reads) => reads.stop()));
      await Promise.all(servers.map((server) => server.stop('SIGKILL')));
    }
  }
}

function stageOf(version: string, servers: Server[], watches: Watch[]): Stage {
  const folder = freshFolder('restart');
  const file = join(folder, 'metrics');
  let copies = 0;
  return {
    file,
    binary: () => pushgateway({ version }),
    copy: () => {
      const to = `${file}-${++copies}`;
      copyFileSync(file, to);
      return to;
    },
    start: async (args, { patches = 'ttl', file: other = file } = {}) => {
      const isSaid = args.some((arg) => arg.startsWith('--persistence.interval='));
      const interval = isSaid ? [] : [`--persistence.interval=${INTERVAL}ms`];
      const flags = [`--persistence.file=${other}`, ...interval, ...args];
      const server = await startPushgateway(await pushgateway({ version, patches }), flags);
      servers.push(server);
      return server;
    },
    watch: (server) => {
      const reads = watch(server.url);
      watches.push(reads);
      return reads;
    },
    untilPersisted,
    untilPushesPersisted: async (reads) => {
      const { status } = await push(reads.url, { method: 'DELETE', path: '/metrics/job/nobody' });
      if (status !== 202) throw new Error(`a deletion was answered with ${status}`);
      await untilPersisted(reads);
    },
  };
}

async function untilPersisted({ stall }: Watch): Promise<void> {
  const from = performance.now();
  while (performance.now() < from + INTERVAL + 1000 + stall(from, performance.now())) await sleep(20);
}
