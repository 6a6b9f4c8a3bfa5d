import { FAMILIES, type Push } from './ledger.js';

/** What is pushed to which group. Groups have the numbers 0 to `names` − 1; those above are keepers. */
export interface Population {
  readonly names: number;
  /** The server's TTL in milliseconds. */
  readonly ttl: number;
  /** Groups whose client has chosen `KEEPER_TTL`: they are pushed once and must stay. */
  readonly keepers: number;
  /** The share of pushes that go to a group that was pushed to just before, so that they meet it alive. */
  readonly again: number;
  /** The share of DELETEs among those. */
  readonly deletes: number;
}

/** A push that has yet to be sent. */
export type PlannedPush = Pick<Push, 'group' | 'kind' | 'families' | 'ttl' | 'choosesTtl'>;

/** An hour, longer than any run. */
const KEEPER_TTL = 3_600_000;

/** How many of the latest pushes are meant by "just before". */
const LATEST = 20;

/** Chooses what is pushed next: group by group in turn, with repetitions, and never to a group with a push under way. */
export class Schedule {
  private readonly busy = new Set<number>();
  private readonly latest: number[] = [];
  private readonly population: Population;
  private readonly random: () => number;
  private turn = 0;

  constructor(population: Population, random: () => number) {
    this.population = population;
    this.random = random;
  }

  /** Every keeper, and every other group too where asked for. */
  *fill(everyGroup: boolean): Generator<PlannedPush> {
    const { names, keepers, ttl } = this.population;
    for (let keeper = names; keeper < names + keepers; keeper++)
      yield { group: keeper, kind: 'PUT', families: FAMILIES, ttl: KEEPER_TTL, choosesTtl: true };
    for (let group = 0; everyGroup && group < names; group++) {
      yield { group, kind: 'PUT', families: this.someFamilies(), ttl, choosesTtl: false };
    }
  }

  /** The next push; undefined where the group whose turn it is still waits for an answer. `done` has to follow. */
  next(): PlannedPush | undefined {
    const { ttl, names, deletes } = this.population;
    const again =
      this.random() < this.population.again ? this.latest[Math.floor(this.random() * this.latest.length)] : undefined;
    const isAgain = again !== undefined && !this.busy.has(again);
    const group = isAgain ? again : this.turn % names;
    if (this.busy.has(group)) return undefined;
    this.busy.add(group);
    if (isAgain && this.random() < deletes) return { group, kind: 'DELETE', families: [], ttl, choosesTtl: false };
    if (!isAgain) this.turn++;
    this.latest.push(group);
    if (this.latest.length > LATEST) this.latest.shift();
    const kind = this.random() < 0.5 ? 'PUT' : 'POST';
    return { group, kind, families: this.someFamilies(), ttl, choosesTtl: false };
  }

  /** The push to this group has ended, whether with success or not. */
  done(group: number): void {
    this.busy.delete(group);
  }

  /** One family at least. */
  private someFamilies(): readonly string[] {
    const choice = 1 + Math.floor(this.random() * (2 ** FAMILIES.length - 1));
    return FAMILIES.filter((_, index) => choice & (1 << index));
  }
}

/** The body of a push, in the text format. */
export function bodyOf(push: Pick<Push, 'families' | 'number' | 'choosesTtl' | 'ttl'>): string {
  const lines = push.families.map((family) => `# TYPE ${family} gauge\n${family} ${push.number}\n`);
  if (push.choosesTtl) lines.push(`push_ttl_seconds ${push.ttl / 1000}\n`);
  return lines.join('');
}
