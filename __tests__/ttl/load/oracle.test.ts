import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES, Ledger, PUSH_FAILURE_TIME, PUSH_TIME, PUSH_TTL, type Push, type Sample } from './ledger.js';
import { EARLY, type Finding, judge, LATE, type View } from './oracle.js';
import { historyOf, type Reading, readingsOf, scripts } from './simulated-server.js';

const TTL = 2000;
const [A = '', B = '', C = ''] = FAMILIES;
const punctual = () => 0;

/** A push to group 0; one that is not `answered` is under way. */
function push(ledger: Ledger, number: number, given: Partial<Push> & { sent: number; answered?: number }): Push {
  const open = Number.POSITIVE_INFINITY;
  const defaults = { group: 0, kind: 'PUT', families: [A], number, ttl: TTL, choosesTtl: false } as const;
  const made: Push = { ...defaults, ...given, answered: open, settled: open };
  ledger.send(made);
  if (given.answered !== undefined) ledger.answer(made, given.answered);
  return made;
}

/** What a group shows that was pushed to. */
function group(samples: Record<string, number>): Map<string, number> {
  return new Map([...Object.entries(samples), [PUSH_TIME, 1.7e9], [PUSH_FAILURE_TIME, 0]]);
}

function read(start: number, end: number): View {
  return { from: start, to: end, start, end };
}

function verdict(
  ledger: Ledger,
  seen: Map<string, number> | undefined,
  view: View,
  lateness = punctual,
): Finding['kind'] | 'fine' {
  return judge(ledger.states(0), seen, view, lateness)?.kind ?? 'fine';
}

describe('judge', () => {
  it('wants an answered push in every read up to 0.2 s before its TTL is over, counted from when it was sent', () => {
    const ledger = new Ledger();
    push(ledger, 1, { sent: 100, answered: 150 });
    expect(verdict(ledger, group({ [A]: 1 }), read(160, 170))).toBe('fine');
    expect(verdict(ledger, undefined, read(160, 170))).toBe('missing');
    expect(verdict(ledger, new Map([[A, 1]]), read(160, 170))).toBe('missing');
    expect(verdict(ledger, undefined, read(1000, 100 + TTL - EARLY))).toBe('missing');
    expect(verdict(ledger, undefined, read(1000, 101 + TTL - EARLY))).toBe('fine');
  });

  it('wants it gone 1 s after its TTL is over, counted from its answer, and by no more than measured later', () => {
    const ledger = new Ledger();
    push(ledger, 1, { sent: 100, answered: 150 });
    const last = 150 + TTL + LATE;
    expect(verdict(ledger, group({ [A]: 1 }), read(last, last + 50))).toBe('fine');
    expect(verdict(ledger, group({ [A]: 1 }), read(last + 1, last + 50))).toBe('outlived');
    expect(verdict(ledger, new Map([[PUSH_TIME, 1]]), read(last + 1, last + 50))).toBe('outlived');
    expect(verdict(ledger, undefined, read(last + 1, last + 50))).toBe('fine');
    const late = (since: number, until: number) => (since === 150 + TTL && until === last + 50 ? 30 : Number.NaN);
    expect(judge(ledger.states(0), group({ [A]: 1 }), read(last + 30, last + 50), late)).toBeUndefined();
    expect(judge(ledger.states(0), group({ [A]: 1 }), read(last + 31, last + 50), late)?.kind).toBe('outlived');
  });

  it('counts by the TTL that a client has chosen, and wants that shown', () => {
    const ledger = new Ledger();
    push(ledger, 1, { sent: 100, answered: 150, ttl: 60_000, choosesTtl: true });
    expect(verdict(ledger, group({ [A]: 1, [PUSH_TTL]: 60 }), read(30_000, 30_010))).toBe('fine');
    expect(verdict(ledger, group({ [A]: 1, [PUSH_TTL]: 61 }), read(30_000, 30_010))).toBe('number');
    expect(verdict(ledger, group({ [A]: 1 }), read(30_000, 30_010))).toBe('missing');
    expect(verdict(ledger, undefined, read(30_000, 30_010))).toBe('missing');
  });

  it('lets a read show a push that is under way or not, but nothing in between', () => {
    const ledger = new Ledger();
    push(ledger, 1, { families: [A, B], sent: 100, answered: 150 });
    const second = push(ledger, 2, { families: [A, B], sent: 200 });
    for (const view of [read(190, 205), read(210, 220)]) {
      expect(verdict(ledger, group({ [A]: 1, [B]: 1 }), view)).toBe('fine');
      expect(verdict(ledger, group({ [A]: 2, [B]: 2 }), view)).toBe('fine');
      expect(verdict(ledger, group({ [A]: 1, [B]: 2 }), view)).not.toBe('fine');
      expect(verdict(ledger, group({ [A]: 2 }), view)).toBe('missing');
    }
    expect(verdict(ledger, group({ [A]: 2, [B]: 2 }), read(180, 199))).toBe('number');
    ledger.answer(second, 250);
    expect(verdict(ledger, group({ [A]: 1, [B]: 1 }), read(249, 260))).toBe('fine');
    expect(verdict(ledger, group({ [A]: 1, [B]: 1 }), read(251, 260))).toBe('number');
  });

  it('knows that PUT replaces a group and POST adds to it', () => {
    const ledger = new Ledger();
    push(ledger, 1, { families: [A, B], sent: 100, answered: 150 });
    push(ledger, 2, { kind: 'POST', families: [B, C], sent: 200, answered: 250 });
    expect(verdict(ledger, group({ [A]: 1, [B]: 2, [C]: 2 }), read(300, 310))).toBe('fine');
    expect(verdict(ledger, group({ [B]: 2, [C]: 2 }), read(300, 310))).toBe('missing');
    expect(verdict(ledger, group({ [B]: 2, [C]: 2 }), read(2140, 2150))).toBe('fine');
    push(ledger, 3, { families: [C], sent: 400, answered: 450 });
    expect(verdict(ledger, group({ [C]: 3 }), read(500, 510))).toBe('fine');
    expect(verdict(ledger, group({ [B]: 2, [C]: 3 }), read(500, 510))).toBe('unexpected');
  });

  it('knows that a DELETE is over when a push was answered that was sent after its answer', () => {
    const ledger = new Ledger();
    push(ledger, 1, { sent: 100, answered: 150 });
    push(ledger, 2, { group: 1, sent: 210, answered: 290 });
    push(ledger, 3, { kind: 'DELETE', families: [], sent: 200, answered: 220 });
    push(ledger, 4, { group: 2, sent: 219, answered: 300 });
    expect(verdict(ledger, group({ [A]: 1 }), read(310, 320))).toBe('fine');
    expect(verdict(ledger, undefined, read(310, 320))).toBe('fine');
    push(ledger, 5, { group: 2, sent: 310, answered: 330 });
    expect(verdict(ledger, group({ [A]: 1 }), read(329, 340))).toBe('fine');
    expect(verdict(ledger, group({ [A]: 1 }), read(331, 340))).toBe('unexpected');
    expect(verdict(ledger, undefined, read(331, 340))).toBe('fine');
  });

  it('wants nothing of a group that was never pushed to, and says nothing of one whose push has failed', () => {
    const ledger = new Ledger();
    expect(verdict(ledger, undefined, read(0, 10))).toBe('fine');
    expect(verdict(ledger, group({ [A]: 1 }), read(0, 10))).toBe('unexpected');
    ledger.lose(0);
    expect(verdict(ledger, group({ [A]: 1 }), read(0, 10))).toBe('fine');
  });

  it('takes a state from the past with the age of today, as after a restart', () => {
    const ledger = new Ledger();
    push(ledger, 1, { sent: 100, answered: 150 });
    push(ledger, 2, { sent: 1000, answered: 1050 });
    const restart = { from: 900, to: 1100 };
    expect(verdict(ledger, group({ [A]: 1 }), { ...restart, start: 1200, end: 1210 })).toBe('fine');
    expect(verdict(ledger, group({ [A]: 2 }), { ...restart, start: 1200, end: 1210 })).toBe('fine');
    expect(verdict(ledger, undefined, { ...restart, start: 1200, end: 1210 })).toBe('missing');
    expect(verdict(ledger, undefined, { ...restart, start: 2100, end: 2110 })).toBe('fine');
    expect(verdict(ledger, group({ [A]: 2 }), { ...restart, start: 4100, end: 4110 })).toBe('outlived');
  });
});

/** Does something with every read of many scripts, and fails where there were no reads of the kind that it counts. */
function eachReading(check: (reading: Reading) => number): void {
  let count = 0;
  const property = fc.property(scripts(TTL), (script) => {
    for (const reading of readingsOf(script, historyOf(script, TTL))) count += check(reading);
  });
  fc.assert(property, { numRuns: 1000 });
  expect(count).toBeGreaterThan(100);
}

/** What a read has to be judged by if nothing was under way; none otherwise. */
function certainSamples({ ledger, view }: Reading): [string, Sample][] {
  const state = ledger.states(0).at(-1);
  return state?.push && state.push.settled < view.start ? [...state.samples] : [];
}

describe('judge and a simulated server', () => {
  it('agree on every read, whenever it is judged, where the server keeps its promises', () => {
    eachReading(({ ledger, seen, view }) => {
      expect(judge(ledger.states(0), seen, view, punctual)).toBeUndefined();
      return seen ? 1 : 0;
    });
  });

  it('disagree where a number is changed, or a family appears that was never pushed', () => {
    eachReading(({ ledger, seen = new Map(), view }) => {
      const pushed = FAMILIES.filter((family) => seen.has(family));
      for (const family of [...pushed, 'load_z'])
        expect(judge(ledger.states(0), new Map([...seen, [family, -1]]), view, punctual)).toBeDefined();
      return pushed.length;
    });
  });

  it('disagree where something is missing too early', () => {
    eachReading((reading) => {
      const { ledger, seen, view } = reading;
      const certain = certainSamples(reading).filter(([, { push }]) => view.end <= push.sent + TTL - EARLY);
      for (const [missing] of certain) {
        const less = new Map([...(seen ?? [])].filter(([family]) => family !== missing));
        expect(judge(ledger.states(0), less, view, punctual)).toMatchObject({ kind: 'missing', family: missing });
      }
      return certain.length;
    });
  });

  it('disagree where something is there for too long', () => {
    eachReading((reading) => {
      const { ledger, seen, view } = reading;
      const over = certainSamples(reading).filter(([, { push }]) => view.start > push.answered + TTL + LATE);
      for (const [family, { value = 1 }] of over) {
        const more = new Map([...(seen ?? []), [family, value]]);
        expect(judge(ledger.states(0), more, view, punctual)).toMatchObject({ kind: 'outlived', family });
      }
      return over.length;
    });
  });
});
