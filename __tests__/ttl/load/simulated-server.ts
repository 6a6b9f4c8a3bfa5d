import fc from 'fast-check';
import { FAMILIES, Ledger, PUSH_FAILURE_TIME, PUSH_TIME, type Push } from './ledger.js';
import { LATE, type View } from './oracle.js';

/** What happens to one group and when; all times are milliseconds. */
export interface Script {
  readonly pushes: readonly {
    readonly kind: Push['kind'];
    readonly families: readonly string[];
    /** From the answer to the push before until this one is sent. */
    readonly pause: number;
    /** From when it was sent until the server receives it, from then until it is stored, and until it is answered. */
    readonly steps: readonly [number, number, number];
    /** From the end of the TTL until the server removes what is left of it. */
    readonly late: number;
  }[];
  readonly reads: readonly {
    readonly start: number;
    /** From the start to the instant that it shows, to its answer, and until it is judged. */
    readonly steps: readonly [number, number, number];
  }[];
}

export function scripts(ttl: number): fc.Arbitrary<Script> {
  const step = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1500 }));
  const pushes = fc.record({
    kind: fc.constantFrom<Push['kind'][]>('PUT', 'POST', 'POST', 'DELETE'),
    families: fc.subarray([...FAMILIES], { minLength: 1 }),
    pause: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 2 * ttl })),
    steps: fc.tuple(step, step, step),
    late: fc.integer({ min: 0, max: LATE }),
  });
  const reads = fc.record({ start: fc.integer({ min: 0, max: 6 * ttl }), steps: fc.tuple(step, step, step) });
  return fc.record({
    pushes: fc.array(pushes, { minLength: 1, maxLength: 6 }),
    reads: fc.array(reads, { minLength: 1, maxLength: 10 }),
  });
}

/** A push as the server sees it. */
interface Stored {
  readonly push: Push;
  readonly answered: number;
  readonly stored: number;
  /** When what is left of it is removed. */
  readonly removed: number;
}

/** The pushes of a script, in order. A DELETE is answered before it is carried out, and the next push waits for it. */
export function historyOf({ pushes }: Script, ttl: number): readonly Stored[] {
  const history: Stored[] = [];
  for (const { kind, families, pause, steps, late } of pushes) {
    const before = history.at(-1);
    const sent = (before?.answered ?? 0) + pause;
    const received = sent + steps[0];
    const stored = Math.max(received, before?.stored ?? 0) + steps[1];
    const answered = (kind === 'DELETE' ? received : stored) + steps[2];
    const open = Number.POSITIVE_INFINITY;
    const push: Push = {
      group: 0,
      kind,
      families: kind === 'DELETE' ? [] : families,
      number: history.length + 1,
      ttl,
      choosesTtl: false,
      sent,
      answered: open,
      settled: open,
    };
    history.push({ push, answered, stored, removed: received + ttl + late });
  }
  return history;
}

/** What the server shows of the group at an instant; undefined where there is no group. */
function seenAt(history: readonly Stored[], instant: number): Map<string, number> | undefined {
  let families = new Map<string, Stored>();
  let removed = 0;
  for (const one of history.filter(({ stored }) => stored <= instant)) {
    const { kind } = one.push;
    const alive = [...families].filter(([, earlier]) => earlier.removed > one.stored);
    families = new Map(kind === 'POST' ? alive : []);
    for (const family of one.push.families) families.set(family, one);
    removed = kind === 'DELETE' ? 0 : Math.max(...[...families.values(), one].map((each) => each.removed));
  }
  if (removed <= instant) return undefined;
  const alive = [...families].filter(([, one]) => one.removed > instant);
  return new Map([
    ...alive.map(([family, { push }]): [string, number] => [family, push.number]),
    [PUSH_TIME, 1],
    [PUSH_FAILURE_TIME, 0],
  ]);
}

/** A read, with the ledger as it is when the read is judged. */
export interface Reading {
  readonly ledger: Ledger;
  readonly seen: ReadonlyMap<string, number> | undefined;
  readonly view: View;
}

export function* readingsOf({ reads }: Script, history: readonly Stored[]): Generator<Reading> {
  for (const { start, steps } of reads) {
    const instant = start + steps[0];
    const end = instant + steps[1];
    const ledger = new Ledger();
    for (const { push, answered } of history) {
      const copy = { ...push };
      if (copy.sent > end + steps[2]) break;
      ledger.send(copy);
      if (answered <= end + steps[2]) ledger.answer(copy, answered);
    }
    yield { ledger, seen: seenAt(history, instant), view: { from: start, to: end, start, end } };
  }
}
