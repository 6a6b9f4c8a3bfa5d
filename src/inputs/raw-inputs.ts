import { BUILD_INPUTS, type InputDefinition } from './build-inputs.js';

/** Names of `build`'s inputs, as in action.yml. */
export type InputName = (typeof BUILD_INPUTS)[number]['name'];

/**
 * What the user wrote, before any of it is understood: name → values. A flag may come several times; an input of the
 * action has one value. Names that are absent were not given.
 */
export type RawInputs = ReadonlyMap<InputName, readonly string[]>;

/** The input that is a secret: never a flag, never among the raw inputs. */
export const SECRET_INPUT = 'registry-password' satisfies InputName;

/** The inputs that are flags. */
export const INPUT_NAMES: readonly InputName[] = BUILD_INPUTS.map((input) => input.name).filter(
  (name) => name !== SECRET_INPUT,
);

/** Inputs that are yes or no; on the command line their value may be left out. */
export const BOOLEAN_INPUTS: ReadonlySet<InputName> = new Set<InputName>([
  'load',
  'docker-archives',
  'push',
  'smoke-test',
  'sbom',
  'tls-verify',
  'cache',
  'summary',
]);

/** Inputs that take several values: lines or commas in one value, or a repeated flag. */
export const LIST_INPUTS: ReadonlySet<InputName> = new Set<InputName>([
  'patches',
  'module-overrides',
  'platforms',
  'base-image',
  'extra-files',
  'labels',
  'image',
  'tags',
]);

/** The definition of an input. */
export function definitionOf(name: InputName): InputDefinition {
  const found = BUILD_INPUTS.find((input) => input.name === name);
  if (!found) throw new Error(`no input ${name}`);
  return found;
}

/** The nearest of some names to a mistyped one (Damerau–Levenshtein, at most a third of it wrong), or undefined. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let j = 1; j <= b.length; j++) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      (rows[i] as number[])[j] = best;
    }
  }
  return at(a.length, b.length);
}
