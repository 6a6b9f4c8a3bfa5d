import type { Sample, State } from './ledger.js';

/** An answered push is in every read up to so many milliseconds before its TTL is over. */
export const EARLY = 200;

/** Nothing is in a read that starts so many milliseconds after its TTL is over. */
export const LATE = 1000;

/** What a read may have seen, in milliseconds of `performance.now()`. For a plain read, `from` is `start` and `to` is `end`. */
export interface View {
  /** It shows the pushes up to some instant, and this is the earliest that it may be. */
  readonly from: number;
  /** The latest that this instant may be. */
  readonly to: number;
  /** Before the request was sent: everything that had to be gone by then must not be there. */
  readonly start: number;
  /** When the answer was here: everything that has to be there until then must be there. */
  readonly end: number;
}

/** How long the machine kept the server from working between two times, in milliseconds. */
export type Lateness = (since: number, until: number) => number;

/** A broken promise. */
export interface Finding {
  /**
   * `missing`: it had to be there. `number`: it is there as another push left it. `outlived`: its TTL is over.
   * `unexpected`: it was never pushed, or was removed by a PUT or DELETE.
   */
  readonly kind: 'missing' | 'number' | 'outlived' | 'unexpected';
  readonly family: string;
  readonly sample: Sample | undefined;
}

/**
 * Whether a read may have shown this of a group. All that a read shows of a group is of one instant, so that some
 * single state must explain all of it.
 * @param states the group's possible states, the earliest first
 * @param seen family → value; undefined where the read shows nothing of the group
 * @returns what is wrong, by the latest state that it could have shown
 */
export function judge(
  states: readonly State[],
  seen: ReadonlyMap<string, number> | undefined,
  view: View,
  lateness: Lateness,
): Finding | undefined {
  let first: Finding | undefined;
  for (let index = states.length - 1; index >= 0; index--) {
    const state = states[index];
    if (!state || (state.push && state.push.sent > view.to)) continue;
    const finding = compare(state, seen, view, lateness);
    if (!finding) return undefined;
    first ??= finding;
    if (state.push && state.push.settled < view.from) break; // Earlier states were over.
  }
  return first;
}

function compare(
  state: State,
  seen: ReadonlyMap<string, number> | undefined,
  view: View,
  lateness: Lateness,
): Finding | undefined {
  for (const [family, sample] of state.samples) {
    const kind = compareSample(sample, seen?.get(family), view, lateness);
    if (kind) return { kind, family, sample };
  }
  for (const family of seen?.keys() ?? []) {
    if (!state.samples.has(family)) return { kind: 'unexpected', family, sample: undefined };
  }
  return undefined;
}

/**
 * The server counts the TTL from when it received the push, which was between `sent` and `answered`. So the earliest
 * end of its life follows from the one, and the latest from the other.
 */
function compareSample(
  { push, value }: Sample,
  seen: number | undefined,
  { start, end }: View,
  lateness: Lateness,
): Finding['kind'] | undefined {
  if (seen === undefined) return end <= push.sent + push.ttl - EARLY ? 'missing' : undefined;
  if (value !== undefined && seen !== value) return 'number';
  const over = push.answered + push.ttl;
  if (start <= over + LATE) return undefined;
  return start > over + LATE + lateness(over, end) ? 'outlived' : undefined;
}
