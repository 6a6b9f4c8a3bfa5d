import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Encoding } from '../../support/push.js';
import { pushgateway, type Server, startPushgateway } from '../../support/pushgateway.js';
import { Results } from './results.js';
import type { Row } from './rows.js';
import { checkRow } from './table.js';
import { type Watch, watch } from './watch.js';

/** Between the starts of two rows, in milliseconds: hundreds of rows at once would keep the machine from being on time. */
const STAGGER = 20;
/** For how long to wait for a row, in milliseconds. It is over in a fraction of that, but on a very slow machine. */
const PATIENCE = 300_000;

/** Rows, and the flags of the server that they are for. */
export interface Table {
  readonly title: string;
  readonly args: readonly string[];
  readonly rows: readonly Row[];
}

/** One test for each row and encoding. All rows are done at the same time, those of a table at one server. */
export function describeTables(version: string, tables: readonly Table[]): void {
  describe(version, () => {
    const servers: Server[] = [];
    const watches: Watch[] = [];
    const results = new Results();

    beforeAll(async () => {
      const binary = await pushgateway({ version });
      for (const { title, args, rows } of tables) {
        const server = await startPushgateway(binary, args);
        servers.push(server);
        const reads = watch(server.url);
        watches.push(reads);
        for (const [name, encoding, row] of casesOf(rows)) {
          await sleep(STAGGER);
          results.add(
            `${title} ${name} ${encoding}`,
            checkRow(reads, row, encoding, `${rows.indexOf(row)}-${encoding}`),
          );
        }
      }
    });

    afterAll(async () => {
      await results.settle();
      await Promise.all(watches.map((reads) => reads.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    });

    describe.each(tables)('$title', ({ title, rows }) => {
      it.each(casesOf(rows))('%s (%s)', (name, encoding) => results.of(`${title} ${name} ${encoding}`), PATIENCE);
    });
  });
}

function casesOf(rows: readonly Row[]): [name: string, encoding: Encoding, row: Row][] {
  return rows.flatMap((row) =>
    (row.encodings ?? ['text', 'protobuf']).map((encoding): [string, Encoding, Row] => [row.name, encoding, row]),
  );
}
