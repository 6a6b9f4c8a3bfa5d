import { expect } from 'vitest';
import { familiesThat } from '../../support/exposition.js';
import { type Family, family } from '../../support/families.js';
import { until } from '../../support/files.js';
import type { Encoding, Pushed } from '../../support/push.js';
import type { Server } from '../../support/pushgateway.js';
import { CHOICE_HELP } from './client-rows.js';
import { stays } from './lives.js';
import { life } from './parts.js';
import { groupLives, type Row, TooLate, ttl } from './rows.js';
import type { Scenario } from './scenarios.js';
import { pushTo } from './shown.js';
import { checkReads } from './table.js';

const a = family('a', 1);
const all = [
  a,
  family('c', 17, 'counter', 'Counts.'),
  family('s', 4.25, 'summary'),
  family('h', 0.125, 'histogram'),
  family('u', Number.NaN, 'untyped'),
  family('labels', [
    { labels: { l: 'a "b" \\ \n ü' }, value: 1 },
    { labels: { l: '', instance: 'y' }, value: Number.POSITIVE_INFINITY },
  ]),
];

/** Everything that was pushed, as `/metrics` has it. */
async function pushedText(server: Server): Promise<string> {
  const families = familiesThat(true, await textOf(server, '/metrics'));
  return [...families.values()].map(({ text }) => text).join('\n');
}

async function textOf({ url }: Server, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

/** To upstream with the same file, and back again. */
const rollBack: Scenario = async (stage) => {
  const first = await stage.start(['--metric.timetolive=1h']);
  await pushTo(first, 'text', all);
  await pushTo(first, 'protobuf', all, 'protobuf');
  await pushTo(first, 'chosen', [a, ttl(7200, 'untyped', 'Mine.')]);
  await pushTo(first, 'never', [a, ttl(0)], 'protobuf');
  const before = await pushedText(first);
  expect(await first.stop('SIGTERM')).toBe(0);

  const upstream = await stage.start([], { patches: 'none' });
  expect(await pushedText(upstream)).toBe(before);
  await pushTo(upstream, 'text', [family('c', 18, 'counter', 'Counts.')]);
  await pushTo(upstream, 'new', all, 'protobuf');
  const pushed = await pushTo(upstream, 'short', [a, ttl(6, 'gauge', CHOICE_HELP)]);
  const between = await pushedText(upstream);
  expect(await upstream.stop('SIGTERM')).toBe(0);
  expect(between).not.toBe(before);

  const last = await stage.start(['--metric.timetolive=1h']);
  const reads = stage.watch(last);
  const after = await pushedText(last);
  if (performance.now() > pushed.sent + 5900) throw new TooLate('short may be gone by now');
  expect(after).toBe(between);
  await checkReads(
    reads,
    { name: 'short', lives: groupLives(life(0, 0, 6), 'a', 'push_ttl_seconds') },
    [pushed],
    'short',
  );
  const rest = await pushedText(last);
  expect(rest).not.toContain('job="short"');
  for (const job of ['text', 'protobuf', 'chosen', 'never', 'new']) expect(rest).toContain(`job="${job}"`);
};

const two = [1, 2].map((value) => ({ labels: { l: String(value) }, value }));

/** Choices that are none, but fit to each other, so that a server with the TTL off takes them. */
const UNTYPED: readonly (readonly [family: Family, encoding?: Encoding])[] = [
  ...[0.5, -1, 1e10, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(
    (value) => [ttl(value, 'untyped')] as const,
  ),
  [ttl(two, 'untyped', 'Two.')],
  [ttl('none', 'untyped'), 'protobuf'],
  [ttl([], 'untyped'), 'protobuf'],
];

/** Those that contradict each other too. */
const MIXED: typeof UNTYPED = [
  ...UNTYPED,
  ...(['counter', 'summary', 'histogram', 'gauge'] as const).map((type) => [ttl(two, type)] as const),
  ...(['counter', 'summary', 'histogram'] as const).map((type) => [ttl(5, type)] as const),
  [ttl(-1)],
  [ttl('none'), 'protobuf'],
  [ttl('none', 'counter'), 'protobuf'],
];

const TTL = 5;
const LONG = TTL + 2;

/** Choices that were pushed while the TTL was off: good ones count from the start, bad ones are ignored. */
function offThenOn(bad: typeof UNTYPED, args: readonly string[], signal: 'SIGTERM' | 'SIGKILL'): Scenario {
  return async (stage) => {
    const off = await stage.start(args);
    const offReads = signal === 'SIGKILL' ? stage.watch(off) : undefined;
    const pushed = new Map<string, Pushed>();
    const keep = async (server: Server, job: string, body: readonly Family[], encoding?: Encoding) =>
      pushed.set(job, await pushTo(server, job, body, encoding));
    await keep(off, 'long', [a, ttl(LONG, 'untyped', 'Mine.')]);
    await keep(off, 'never', [a, ttl(0, 'untyped')], 'protobuf');
    await keep(off, 'none', [a]);
    for (const [index, [choice, encoding]] of bad.entries()) await keep(off, `bad-${index}`, [a, choice], encoding);
    // Without the consistency check, answers come before anything is stored. `/metrics` fails where types contradict.
    const isStored = async () => (await textOf(off, '/api/v1/metrics')).includes(`"job":"bad-${bad.length - 1}"`);
    await until(isStored);
    if (offReads) {
      await stage.untilPushesPersisted(offReads);
      await offReads.stop();
    }
    expect(await off.stop(signal)).toBe(signal === 'SIGTERM' ? 0 : null);

    const on = await stage.start([`--metric.timetolive=${TTL}s`]);
    const reads = stage.watch(on);
    // What is ignored must not stand in the way of others.
    await keep(on, 'later', [a, ttl(1.5)]);

    const check = (job: string, row: Omit<Row, 'steps' | 'name'>) => {
      const times = pushed.get(job);
      if (!times) throw new Error(`nothing was pushed to ${job}`);
      return checkReads(reads, { name: job, ...row }, [times], job);
    };
    const choice = { family: 'push_ttl_seconds', type: 'GAUGE', help: CHOICE_HELP };
    await check('later', { lives: groupLives(life(0, 0, 1.5), 'a', 'push_ttl_seconds'), shows: [choice] });
    await check('none', { lives: groupLives(life(0, 0, TTL), 'a') });
    const ignored = { ...life(0, 0, TTL), isOptional: true };
    for (const index of bad.keys())
      await check(`bad-${index}`, { lives: { push_ttl_seconds: ignored, ...groupLives(life(0, 0, TTL), 'a') } });
    await check('long', { lives: groupLives(life(0, 0, LONG), 'a', 'push_ttl_seconds'), shows: [choice] });
    await check('never', {
      lives: groupLives({ from: 0, to: stays(0, LONG + 1) }, 'a', 'push_ttl_seconds'),
      shows: [choice],
    });
  };
}

export const CHANGES: Readonly<Record<string, Scenario>> = {
  'roll-back to upstream, and forward again': rollBack,
  'TTL off, then on, with choices on disk, good and bad, after SIGTERM': offThenOn(UNTYPED, [], 'SIGTERM'),
  'the same after kill -9 past the interval': offThenOn(UNTYPED, ['--metric.timetolive=0'], 'SIGKILL'),
  'the same with choices that contradict each other': offThenOn(MIXED, ['--push.disable-consistency-check'], 'SIGTERM'),
};
