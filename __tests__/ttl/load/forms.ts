import type { Load } from './check.js';

const COMMON = { names: 1000, keepers: 10, again: 0.1, deletes: 0.15 } as const;

/**
 * Groups die soon after their push, so that some 95 of a thousand live at a time, with a kept one here and there: for a
 * server compiled with the race detector. The keepers alone are sure to be alive long after the kill.
 */
export function shortLived(seconds: number): Load {
  const rates = { pushes: 50, reads: 50 };
  return { ...COMMON, ttl: 2000, isFilled: false, rates, seconds, leastRestored: COMMON.keepers, seed: seed() };
}

/**
 * A thousand groups live, as each is pushed again every 22 s. Of these, all that were not pushed just before the kill
 * have to be back: more than 900, but for a machine so busy that "just before" becomes long.
 */
export function longLived(seconds: number): Load {
  const rates = { pushes: 50, reads: 20 };
  return { ...COMMON, ttl: 30_000, isFilled: true, rates, seconds, leastRestored: 100, seed: seed() };
}

/** Another load each time, unless LOAD_SEED asks for one again. */
function seed(): number {
  return Number(process.env.LOAD_SEED ?? Date.now() % 2 ** 31);
}
