import type { Times } from '../../support/push.js';
import type { Read, Watch } from './watch.js';

/** From when to when something is there: from the answer to one step of a row until something that follows another. */
export interface Life {
  readonly from: number;
  readonly to: End;
  /** It is as well if it is not there at all. */
  readonly isOptional?: boolean;
}

/** The end of a life. Steps are counted from 0. */
export type End =
  /** A TTL, in seconds, after the push of a step. At most a second later nothing is left of it. */
  | { readonly kind: 'expires'; readonly step: number; readonly after: number }
  /** With the answer to a step. */
  | { readonly kind: 'replaced'; readonly step: number }
  /** Not before this much is over, in seconds after a step; nobody looks any longer. */
  | { readonly kind: 'stays'; readonly step: number; readonly atLeast: number };

/** What a Pushgateway may take after the TTL is over, in milliseconds. */
const PROMISE = 1000;

/** Client and server read the same clock, but not in the same moment. */
const MARGIN = 100;

/** When something is certainly there, and when it may be there, in milliseconds of `performance.now()`. */
interface Span {
  readonly surelyFrom: number;
  readonly surelyTo: number;
  readonly possiblyFrom: number;
  /** Without what the machine's stalls add. */
  readonly possiblyTo: number;
  /** From when on stalls count. */
  readonly due: number;
}

function span({ from, to, isOptional = false }: Life, steps: readonly Times[]): Span {
  const [first, last] = [steps[from], steps[to.step]];
  if (!first || !last) throw new Error(`a row has no step ${from} or ${to.step}`);
  const start = { surelyFrom: isOptional ? Number.POSITIVE_INFINITY : first.answered, possiblyFrom: first.sent };
  if (to.kind === 'stays') {
    const end = last.sent + to.atLeast * 1000;
    return { ...start, surelyTo: end, possiblyTo: Number.POSITIVE_INFINITY, due: Number.POSITIVE_INFINITY };
  }
  if (to.kind === 'replaced')
    return { ...start, surelyTo: last.sent, possiblyTo: last.answered, due: Number.POSITIVE_INFINITY };
  const due = last.answered + to.after * 1000;
  return { ...start, surelyTo: last.sent + to.after * 1000 - MARGIN, possiblyTo: due + PROMISE, due };
}

/** What reads have to show of one thing that lives once or several times. */
export interface Judge {
  /** True: it has to be there; false: it must not; undefined: both are right. */
  readonly expects: (read: Pick<Read, 'start' | 'end'>) => boolean | undefined;
  /** Whether it is over with all lives, so that later reads tell nothing new. */
  readonly isOver: (read: Pick<Read, 'start' | 'end'>) => boolean;
}

export function judge(lives: readonly Life[], steps: readonly Times[], stall: Watch['stall']): Judge {
  const spans = lives.map((life) => span(life, steps));
  const begun = Math.min(...steps.map(({ sent }) => sent));
  const isPossible = ({ start, end }: Pick<Read, 'start' | 'end'>, { possiblyFrom, possiblyTo, due }: Span) =>
    end >= possiblyFrom && (start <= possiblyTo || start <= possiblyTo + stall(due, start));
  return {
    expects: (read) => {
      if (spans.some(({ surelyFrom, surelyTo }) => read.start >= surelyFrom && read.end <= surelyTo)) return true;
      return spans.some((one) => isPossible(read, one)) ? undefined : false;
    },
    isOver: (read) =>
      read.start > begun &&
      spans.every((one) =>
        one.possiblyTo < Number.POSITIVE_INFINITY
          ? !isPossible(read, one) && read.start > one.possiblyTo
          : read.start > one.surelyTo,
      ),
  };
}

/** Ends of lives, as tables write them. */
export function expires(step: number, after: number): End {
  return { kind: 'expires', step, after };
}

export function replaced(step: number): End {
  return { kind: 'replaced', step };
}

export function stays(step: number, atLeast: number): End {
  return { kind: 'stays', step, atLeast };
}
