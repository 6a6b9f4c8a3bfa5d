import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../support/random.js';
import { FAMILIES } from './ledger.js';
import { bodyOf, type PlannedPush, Schedule } from './schedule.js';

const POPULATION = { names: 100, ttl: 2000, keepers: 2, again: 0.1, deletes: 0.15 };

function pushes(schedule: Schedule, count: number): PlannedPush[] {
  return Array.from({ length: count }, () => {
    const push = schedule.next();
    if (!push) throw new Error('the schedule waits');
    schedule.done(push.group);
    return push;
  });
}

describe('the schedule', () => {
  it('pushes to every name in turn, of all kinds and in every combination of families, and never to keepers', () => {
    const all = pushes(new Schedule(POPULATION, randomFrom(1)), 1200);
    expect(new Set(all.map(({ group }) => group)).size).toBe(100);
    for (const { group } of all) expect(group).toBeLessThan(100);
    const share = (kind: string) => all.filter((push) => push.kind === kind).length / all.length;
    expect(share('PUT')).toBeGreaterThan(0.4);
    expect(share('POST')).toBeGreaterThan(0.4);
    expect(share('DELETE')).toBeGreaterThan(0.005);
    expect(share('DELETE')).toBeLessThan(0.03);
    const combinations = new Set(all.filter(({ kind }) => kind === 'POST').map(({ families }) => families.join()));
    expect(combinations.size).toBe(2 ** FAMILIES.length - 1);
  });

  it('lets no name wait for much longer than its turn', () => {
    const all = pushes(new Schedule(POPULATION, randomFrom(2)), 3000);
    for (let group = 0; group < 100; group++) {
      const turns = all.flatMap((push, index) => (push.group === group && push.kind !== 'DELETE' ? [index] : []));
      for (const [index, turn] of turns.entries()) expect(turn - (turns[index - 1] ?? 0)).toBeLessThan(150);
    }
  });

  it('never pushes to a group whose last push is under way', () => {
    const schedule = new Schedule({ ...POPULATION, names: 5, again: 0.5 }, randomFrom(3));
    const underWay: number[] = [];
    for (let push = schedule.next(); push; push = schedule.next()) underWay.push(push.group);
    expect(new Set(underWay).size).toBe(underWay.length);
    schedule.done(underWay[0] ?? 0);
    expect(schedule.next()?.group).toBe(underWay[0]);
  });

  it('fills the keepers first, which choose their TTL, and every name where asked for', () => {
    const keepers = [...new Schedule(POPULATION, randomFrom(4)).fill(false)];
    expect(keepers.map(({ group, choosesTtl }) => [group, choosesTtl])).toEqual([
      [100, true],
      [101, true],
    ]);
    const all = [...new Schedule(POPULATION, randomFrom(4)).fill(true)];
    expect(all.slice(2).map(({ group, ttl }) => [group, ttl])).toEqual(
      Array.from({ length: 100 }, (_, group) => [group, 2000]),
    );
  });

  it('writes a push in the text format', () => {
    expect(bodyOf({ families: ['load_a', 'load_c'], number: 7, choosesTtl: true, ttl: 3_600_000 })).toBe(
      '# TYPE load_a gauge\nload_a 7\n# TYPE load_c gauge\nload_c 7\npush_ttl_seconds 3600\n',
    );
    expect(bodyOf({ families: [], number: 7, choosesTtl: false, ttl: 2000 })).toBe('');
  });
});
