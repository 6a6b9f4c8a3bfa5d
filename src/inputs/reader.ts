import { InputError } from '../base/errors.js';
import { BUILD, definitionOf, type InputName, type InputTable, type RawInputs } from './raw-inputs.js';

export type Reader = ReturnType<typeof reader>;

/** Values of an action's inputs by their form; trimmed, and the default where nothing was given. */
export function reader(raw: RawInputs, table: InputTable = BUILD) {
  const defaultOf = (name: InputName) => definitionOf(name, table).default;
  const values = (name: InputName) => (raw.get(name) ?? [defaultOf(name)]).map((value) => value.trim());
  const text = (name: InputName): string | undefined => {
    const given = values(name).filter((value) => value !== '');
    if (given.length > 1) throw new InputError(`${name} was given ${given.length} times; one value is accepted`, name);
    return given[0];
  };
  const split = (name: InputName, by: RegExp): string[] => {
    const items = values(name)
      .flatMap((value) => value.split(by))
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length === 0 && defaultOf(name) !== '') {
      throw new InputError(
        `${name} is an empty list. Accepted: one or more values, or leave it out for ${defaultOf(name).replaceAll('\n', ', ')}`,
        name,
      );
    }
    return items;
  };
  return {
    text,
    list: (name: InputName) => split(name, /[\n,]/),
    lines: (name: InputName) => split(name, /\n/),
    boolean: (name: InputName, accepted = 'true or false'): boolean => {
      const value = text(name) ?? defaultOf(name);
      // The forms of YAML 1.2's core schema, which are those that the runner's own toolkit takes.
      if (/^(true|True|TRUE)$/.test(value)) return true;
      if (/^(false|False|FALSE)$/.test(value)) return false;
      throw refuse(name, value, accepted);
    },
    /** Whether a value was given: an expression in a workflow can come out empty. */
    isExplicit: (name: InputName) => (raw.get(name) ?? []).some((value) => value.trim() !== ''),
  };
}

/** An error that says what was given and what is accepted. */
export function refuse(name: InputName, given: string, accepted: string): InputError {
  return new InputError(`${JSON.stringify(given)} is not accepted for ${name}. Accepted: ${accepted}`, name);
}
