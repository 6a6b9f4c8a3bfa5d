import { nearest } from '../inputs/nearest.js';
import {
  definitionOf,
  flagsOf,
  type InputName,
  type InputTable,
  type RawInputs,
  SECRET_INPUT,
} from '../inputs/raw-inputs.js';

const PREFIX = 'INPUT_';

/**
 * The inputs of a step, from the environment that the runner makes (`INPUT_PUSHGATEWAY-VERSION`). The runner fills in
 * the defaults of action.yml, so what equals its default counts as not given. Unknown inputs are a warning, as for the
 * runner. The password is not among them: whoever needs it takes it from the environment as a `Secret`.
 */
export function readInputs(table: InputTable, env: NodeJS.ProcessEnv, warn: (message: string) => void): RawInputs {
  const names = flagsOf(table);
  const raw = new Map<InputName, readonly string[]>();
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || value === undefined) continue;
    const given = variable.slice(PREFIX.length).toLowerCase();
    if (given === SECRET_INPUT) continue;
    const name = names.find((known) => known === given);
    if (name === undefined) {
      const guess = nearest(given, [...names, SECRET_INPUT]);
      warn(`Unknown input ${given}${guess ? `; did you mean ${guess}?` : ''}`);
    } else if (value.trim() !== definitionOf(name, table).default) raw.set(name, [value]);
  }
  return raw;
}
