import { family } from '../../support/families.js';
import { expires, type Life } from './lives.js';
import { groupLives, inGroup, type Row } from './rows.js';

/** The TTL of the server that most tables are made for, in seconds. */
export const TTL = 3;
/** A longer one that clients choose. */
export const LONG = TTL + 2;

/** From the push of a step until a TTL after the push of a step. */
export const life = (from: number, step: number, after = TTL): Life => ({ from, to: expires(step, after) });

/** The families of a group that has chosen a TTL, where all of them have the same life. */
export const all = (one: Life | readonly Life[], ...names: string[]): Row['lives'] =>
  groupLives(one, 'push_ttl_seconds', ...names);

/** The Pushgateway’s own families in the group `other`. */
export const inOther = (one: Life): Row['lives'] => inGroup('other', groupLives(one));

// What rows push.
export const a = family('a', 1);
export const b = family('b', 2);
export const stamped = family('stamped', [{ labels: {}, value: 1, timestamp: 1_700_000_000_000 }]);
/** The answer to the last one. */
export const timestampError = { status: 400, says: 'must not have timestamps' };
/** Contradicts the gauge of that name in another group. */
export const contradiction = (name: string) => family(name, 1, 'counter');
export const inconsistent = { status: 400, says: 'is not a ' };
