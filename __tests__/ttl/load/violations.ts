/** What can go wrong, beside what the oracle finds in reads. */
export type Kind =
  /** A push or read without an answer, or with another status than it should have. */
  | 'push'
  | 'read'
  /** A read that is not as the Pushgateway writes it. */
  | 'malformed'
  /** See `Finding`. */
  | 'missing'
  | 'number'
  | 'outlived'
  | 'unexpected'
  /** Fewer pushes or reads a second, or fewer living groups, than there have to be. */
  | 'rate'
  | 'heap'
  /** The race detector, a panic or an error in the server's log, or a server that has ended. */
  | 'log'
  | 'crash';

/** During the load, or what the server shows after kill -9 and a new start. */
export type Phase = 'load' | 'restart';

/** Examples that are kept of each kind. */
const EXAMPLES = 5;

/** Counts all violations, and keeps a few of each kind in full. */
export class Violations {
  private readonly found = new Map<`${Phase}: ${Kind}`, { count: number; examples: string[] }>();

  add(phase: Phase, kind: Kind, detail: string): void {
    const entry = this.found.get(`${phase}: ${kind}`) ?? { count: 0, examples: [] };
    this.found.set(`${phase}: ${kind}`, entry);
    entry.count++;
    if (entry.examples.length < EXAMPLES) entry.examples.push(detail);
  }

  /** `PHASE: KIND` of everything that was found. */
  get kinds(): readonly string[] {
    return [...this.found.keys()];
  }

  /** One line for each kind with its count, and its examples below; empty where there are none. */
  toString(): string {
    return [...this.found]
      .map(([kind, { count, examples }]) => [`${kind}, ${count} times`, ...examples].join('\n  '))
      .join('\n');
  }
}
