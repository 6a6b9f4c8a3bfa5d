import { setTimeout as sleep } from 'node:timers/promises';
import type { Encoding, Times } from '../../support/push.js';
import { type Judge, judge, type Life } from './lives.js';
import { fullName, perform, type Row, TooLate } from './rows.js';
import { checkShown } from './shows.js';
import { PATHS, type Read, type Watch } from './watch.js';

const TRIES = 10;
/** For how long to wait for what is to be seen of a row after its last step, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Does a row and judges all that was read meanwhile. Only what the measured times allow to judge is judged; where too
 * little of it is left because the machine was too slow, the row is done again in new groups.
 */
export async function checkRow(watch: Watch, row: Row, encoding: Encoding, id: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const name = `${id}-${tries}`;
      const steps = await perform(watch.url, row, encoding, name);
      return await checkReads(watch, row, steps, name);
    } catch (error) {
      if (!(error instanceof TooLate) || tries === TRIES) throw error;
      await sleep(Math.random() * tries * 1000); // others have to be done again too
    }
  }
}

/** Judges what was read of the groups of a row, and waits until there is nothing more to see. */
export async function checkReads(
  watch: Watch,
  row: Omit<Row, 'steps'>,
  steps: readonly Times[],
  id: string,
): Promise<void> {
  const judges = new Map<string, Judge>();
  for (const [name, lives] of Object.entries(row.lives))
    judges.set(fullName(id, name), judge([lives].flat() as Life[], steps, watch.stall));
  await allIsOver(watch, [...judges.values()]);

  const begun = Math.min(...steps.map(({ sent }) => sent));
  const reads = watch.reads.filter(({ end }) => end > begun);
  const seen = new Map<string, number>();
  for (const read of reads) {
    const there = familiesOf(read, id);
    for (const name of there)
      if (!judges.has(name)) throw new Error(`${name} is shown by ${read.source}, at ${when(read, steps)}`);
    for (const [name, { expects }] of judges) {
      const expected = expects(read);
      if (expected !== undefined && expected !== there.has(name))
        throw new Error(`${name} is ${expected ? 'not ' : ''}shown by ${read.source}, at ${when(read, steps)}`);
      const key = `${name} ${read.source} ${expected}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  }
  mustHaveSeen(row, id, seen);
  for (const shown of row.shows ?? []) checkShown(shown, id, steps, reads, judges);
}

/** Waits until each source was read after the end of everything. */
async function allIsOver({ reads, mustGoOn }: Watch, judges: readonly Judge[]): Promise<void> {
  for (const end = performance.now() + PATIENCE; ; await sleep(50)) {
    mustGoOn();
    const last = PATHS.map((path) => reads.findLast(({ source }) => source === path));
    if (last.every((read) => read !== undefined && judges.every(({ isOver }) => isOver(read)))) return;
    if (performance.now() > end) throw new Error('the server was not read for long enough');
  }
}

/** Everything that was to be there was seen there, by every source, or the machine was too slow to tell. */
function mustHaveSeen(row: Omit<Row, 'steps'>, id: string, seen: ReadonlyMap<string, number>): void {
  for (const [name, lives] of Object.entries(row.lives)) {
    if ([lives].flat().every(({ isOptional }) => isOptional)) continue;
    for (const path of PATHS)
      if (!seen.has(`${fullName(id, name)} ${path} true`))
        throw new TooLate(`no read of ${path} for ${name} of ${row.name}`);
  }
}

/** All families of the groups of a row, as `JOB FAMILY`. */
function familiesOf(read: Read, id: string): Set<string> {
  const found = new Set<string>();
  for (const [job, families] of read.groups()) {
    if (job !== id && !job.startsWith(`${id}.`)) continue;
    if (families.size === 0) throw new Error(`${read.source} shows a group with nothing in it: ${job}`);
    for (const name of families.keys()) found.add(`${job} ${name}`);
  }
  return found;
}

/** When a read was, from its start after an answer to its end after the start of the request: `3.210–3.221 s after step 0`. */
function when({ start, end }: Read, steps: readonly Times[]): string {
  const seconds = (time: number) => (time / 1000).toFixed(3);
  return steps
    .map(({ sent, answered }, index) => `${seconds(start - answered)}–${seconds(end - sent)} s after step ${index}`)
    .join(', ');
}
