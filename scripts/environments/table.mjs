import { DIMENSIONS, isPossible } from './dimensions.mjs';

/** Numbers from 0 to 1, the same for the same seed (mulberry32, as in the tests). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The environments: in each of the two blocks every dimension has its values equally often, put in an order by the seed. The
 * first environment is root's, compiles from an empty store, and fills what the others share.
 * @param options `compiling` and `sharing`: numbers of rows; `seed`; `isThere(dimension, value)`
 * @returns rows, dimension → value; the compiling ones first
 */
export function environments({ compiling, sharing, seed, isThere }) {
  const random = randomFrom(seed);
  const rows = [...block(compiling, true, random, isThere), ...block(sharing, false, random, isThere)];
  const first = rows.findIndex((row) => row.caches === 'cold' && row.user !== 'nobody');
  return [rows[first], ...rows.toSpliced(first, 1)];
}

function block(count, compiles, random, isThere) {
  const columns = DIMENSIONS.filter(({ isAbout }) => compiles || isAbout !== 'compiling').map((dimension) => ({
    name: dimension.name,
    cells: cells(dimension, count, compiles, random, isThere),
  }));
  const row = (i) => Object.fromEntries(columns.map(({ name, cells }) => [name, cells[i]]));
  for (let tries = 10_000; tries > 0; tries--) {
    const bad = Array.from({ length: count }, (_, i) => i).find((i) => !isPossible(row(i)));
    if (bad === undefined) return Array.from({ length: count }, (_, i) => row(i));
    // One of its cells changes places with another row's.
    const { cells } = columns[Math.floor(random() * columns.length)];
    const other = Math.floor(random() * count);
    const score = () => [bad, other].filter((i) => isPossible(row(i))).length;
    const before = score();
    const swap = () => {
      [cells[bad], cells[other]] = [cells[other], cells[bad]];
    };
    swap();
    if (score() < before) swap();
  }
  throw new Error('no table was found in which all environments are possible');
}

function cells({ name, values, shares = {} }, count, compiles, random, isThere) {
  const all = Object.keys(values)
    .filter((value) => isThere(name, value) && isInBlock(name, value, compiles))
    .flatMap((value) => Array.from({ length: shares[value] ?? 1 }, () => value));
  // Where none can be had, it is as it is.
  if (all.length === 0) all.push('own');
  const list = Array.from({ length: count }, (_, i) => all[i % all.length]);
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function isInBlock(name, value, compiles) {
  return name !== 'caches' || compiles === ['cold', '--no-cache'].includes(value);
}
