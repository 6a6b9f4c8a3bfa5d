import { BUILD_INPUTS } from './build-inputs.js';
import type { InputDefinition } from './input-definition.js';
import { MERGE_INPUTS } from './merge-inputs.js';
import { OUTDATED_INPUTS } from './outdated-inputs.js';
import { PUBLISH_INPUTS } from './publish-inputs.js';
import { VERIFY_INPUTS } from './verify-inputs.js';

/** Names of the inputs of all actions, as in their action.yml, and of `outdated`. A name means the same in each. */
export type InputName = (
  | typeof BUILD_INPUTS
  | typeof VERIFY_INPUTS
  | typeof MERGE_INPUTS
  | typeof PUBLISH_INPUTS
  | typeof OUTDATED_INPUTS
)[number]['name'];

/** What one action takes, and the command of the same name. */
export interface InputTable {
  readonly definitions: readonly (InputDefinition & { readonly name: InputName })[];
  /** Inputs that take several values: lines or commas in one value, or a repeated flag. */
  readonly lists: ReadonlySet<InputName>;
}

export const BUILD: InputTable = {
  definitions: BUILD_INPUTS,
  lists: new Set([
    'patches',
    'module-overrides',
    'platforms',
    'base-image',
    'extra-files',
    'labels',
    'image',
    'tags',
  ] satisfies InputName[]),
};

export const VERIFY: InputTable = {
  definitions: VERIFY_INPUTS,
  lists: new Set([
    'platforms',
    'patches',
    'allow-source',
    'base-image',
    'extra-files',
    'fail-on',
  ] satisfies InputName[]),
};

export const MERGE: InputTable = {
  definitions: MERGE_INPUTS,
  lists: new Set(['layouts', 'image', 'tags'] satisfies InputName[]),
};

export const PUBLISH: InputTable = {
  definitions: PUBLISH_INPUTS,
  lists: new Set(['image-destinations', 'static-destinations'] satisfies InputName[]),
};

/** Inputs of `build` that say what is used now, and how to find out. */
const USED_NOW: ReadonlySet<string> = new Set([
  ...['pushgateway-version', 'source', 'patches', 'module-overrides', 'go-version', 'version-suffix', 'platforms'],
  ...['base-image', 'extra-files', 'labels', 'source-date-epoch', 'smoke-test', 'cache'],
  ...['registry-username', 'registry-password', 'tls-verify', 'retries'],
]);

/** `outdated` is a command alone: what it takes is `build`'s, and a few of its own. */
export const OUTDATED: InputTable = {
  definitions: [...OUTDATED_INPUTS, ...BUILD_INPUTS.filter(({ name }) => USED_NOW.has(name))],
  lists: new Set([...BUILD.lists].filter((name) => USED_NOW.has(name))),
};

/**
 * What the user wrote, before any of it is understood: name → values. A flag may come several times; an input of the
 * action has one value. Names that are absent were not given.
 */
export type RawInputs = ReadonlyMap<InputName, readonly string[]>;

/** The input that is a secret: never a flag, never among the raw inputs. */
export const SECRET_INPUT = 'registry-password' satisfies InputName;

/** Inputs that are yes or no; on the command line their value may be left out. */
export const BOOLEAN_INPUTS: ReadonlySet<InputName> = new Set<InputName>([
  'load',
  'docker-archives',
  'push',
  'rebuild-check',
  'smoke-test',
  'sbom',
  'tls-verify',
  'cache',
  'summary',
  'build',
]);

/** The inputs of an action that are flags. */
export function flagsOf({ definitions }: InputTable): InputName[] {
  return definitions.map(({ name }) => name).filter((name) => name !== SECRET_INPUT);
}

/** The definition of an input. */
export function definitionOf(name: InputName, { definitions }: InputTable = BUILD): InputDefinition {
  const found = definitions.find((input) => input.name === name);
  if (!found) throw new Error(`no input ${name}`);
  return found;
}
