import fc from 'fast-check';
import { texts } from './generators.js';

type Json = Record<string, unknown>;

/** Values that a stranger may put in place of any other. */
const STRANGE: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    -1,
    0,
    1,
    1.5,
    2 ** 53,
    1e308,
    '',
    'linux',
    'unknown',
    '\0',
    '\ud800',
    '\u2028',
    'x'.repeat(5000),
  ],
  ...['sha256:', `sha256:${'0'.repeat(64)}`, '../..', 'a/b', '1.0.0', 'application/vnd.oci.image.index.v1+json'],
  ...[[], {}, [null], [[]], [{}], { '': null }, { toString: 1, valueOf: 1 }, { toString: null }, { length: 3 }],
];

const CHANGE = fc.record({
  at: fc.nat(200),
  kind: fc.nat(9),
  value: fc.oneof(fc.constantFrom(...STRANGE), fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>),
});
type Change = { at: number; kind: number; value: unknown };

/** A document: one of the examples with some of its values others, and now and then its text changed, too. */
export function documents(examples: readonly unknown[], pieces: readonly string[] = []): fc.Arbitrary<string> {
  const written = examples.map((example) => JSON.stringify(example));
  const changed = values(examples).map((value) => JSON.stringify(value) ?? '');
  const raw = texts(written, ['{"__proto__":1}', '"a":1,', '\\ud800', ...pieces]);
  return fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: raw });
}

/** A value: one of the examples with up to three of the values in it others. */
export function values<T>(examples: readonly T[]): fc.Arbitrary<T> {
  return fc.tuple(fc.constantFrom(...examples), fc.array(CHANGE, { maxLength: 3 })).map(([example, changes]) => {
    return changes.reduce((value, change) => changeValue(value, change), structuredClone(example)) as T;
  });
}

function changeValue<T>(document: T, { at, kind, value: shared }: Change): T {
  const value = structuredClone(shared);
  const places = placesIn(document);
  const place = places[at % (places.length + 1)];
  if (!place) return kind === 0 ? (value as T) : document; // the whole
  const { holder, key } = place;
  if (kind < 2) delete holder[key];
  else if (kind === 2) holder[key.toUpperCase()] = value;
  else if (kind === 3) holder[`${key}x`] = value;
  else if (kind === 4) holder[key] = [holder[key], holder[key]];
  else if (kind === 5 && Array.isArray(holder)) holder.push(holder[Number(key)]);
  else holder[key] = value;
  return document;
}

function placesIn(document: unknown): { holder: Json; key: string }[] {
  const places: { holder: Json; key: string }[] = [];
  const walk = (holder: unknown) => {
    if (typeof holder !== 'object' || holder === null || ArrayBuffer.isView(holder)) return;
    for (const [key, below] of Object.entries(holder)) {
      places.push({ holder: holder as Json, key });
      walk(below);
    }
  };
  walk(document);
  return places;
}
