/** Names of what a group shows when it is read, beside the families that were pushed. */
export const PUSH_TIME = 'push_time_seconds';
export const PUSH_FAILURE_TIME = 'push_failure_time_seconds';
export const PUSH_TTL = 'push_ttl_seconds';

/** The families that are pushed, each with a single sample whose value is the number of the push. */
export const FAMILIES: readonly string[] = ['load_a', 'load_b', 'load_c'];

/** One request that changes a group. Times are milliseconds of `performance.now()`. */
export interface Push {
  readonly group: number;
  readonly kind: 'PUT' | 'POST' | 'DELETE';
  /** What it contains; empty for DELETE. */
  readonly families: readonly string[];
  /** Different for each push, and the value of all its samples. */
  readonly number: number;
  /** Milliseconds that its families live. */
  readonly ttl: number;
  /** Whether that is the client's choice, so that `push_ttl_seconds` is pushed too. */
  readonly choosesTtl: boolean;
  /** Before anything was sent. */
  readonly sent: number;
  /** When the answer was here; Infinity until then. */
  answered: number;
  /** From when on no read can start that shows the group as it was before; Infinity while that is unknown. */
  settled: number;
}

/** One family of a group as a push has left it. */
export interface Sample {
  readonly push: Push;
  /** Undefined where the server chooses it. */
  readonly value: number | undefined;
}

/** A group as it is after a push, if nothing of it has expired. */
export interface State {
  /** The push that led here; undefined for the group of which nothing was pushed yet. */
  readonly push: Push | undefined;
  readonly samples: ReadonlyMap<string, Sample>;
}

const NOTHING: State = { push: undefined, samples: new Map() };

/** Milliseconds for which earlier states are kept; more than any read takes, and than any restart looks back. */
const MEMORY = 120_000;

/** What was pushed to every group: its possible states, the earliest first. A group has one push under way at most. */
export class Ledger {
  private readonly groups = new Map<number, State[]>();
  private readonly deletes = new Set<Push>();
  private readonly lost = new Set<number>();

  /** Groups that something was pushed to, but for lost ones. */
  get known(): Iterable<number> {
    return this.groups.keys();
  }

  knows(group: number): boolean {
    return this.groups.has(group);
  }

  /** The possible states of a group, the earliest first; none where nobody can know. */
  states(group: number): readonly State[] {
    return this.lost.has(group) ? [] : (this.groups.get(group) ?? [NOTHING]);
  }

  /** To be called when a push has failed, so that nobody can know what became of the group. */
  lose(group: number): void {
    this.lost.add(group);
    this.groups.delete(group);
  }

  /** To be called before a push is sent: from now on, reads may show its effect. */
  send(push: Push): void {
    const states = this.groups.get(push.group) ?? [NOTHING];
    this.groups.set(push.group, states);
    states.push(stateAfter(states.at(-1) ?? NOTHING, push));
    while ((states[1]?.push?.settled ?? Number.POSITIVE_INFINITY) < push.sent - MEMORY) states.shift();
  }

  /**
   * To be called when a push was answered with success. A PUT or POST is answered once it is stored. A DELETE is
   * answered once it is in the server's queue, which is first in, first out: it has been carried out when a push is
   * answered that was sent after the answer to the DELETE.
   */
  answer(push: Push, time: number): void {
    push.answered = time;
    if (push.kind === 'DELETE') {
      this.deletes.add(push);
      return;
    }
    push.settled = time;
    for (const earlier of this.deletes) {
      if (earlier.answered >= push.sent) continue;
      earlier.settled = time;
      this.deletes.delete(earlier);
    }
  }
}

function stateAfter(before: State, push: Push): State {
  if (push.kind === 'DELETE') return { push, samples: new Map() };
  const samples = new Map(push.kind === 'POST' ? before.samples : []);
  for (const family of push.families) samples.set(family, { push, value: push.number });
  if (push.choosesTtl) samples.set(PUSH_TTL, { push, value: push.ttl / 1000 });
  // These two go with the group, which the latest push keeps alive for longest.
  samples.set(PUSH_TIME, { push, value: undefined });
  samples.set(PUSH_FAILURE_TIME, { push, value: 0 });
  return { push, samples };
}
