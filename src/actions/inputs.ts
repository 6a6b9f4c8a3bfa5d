import {
  definitionOf,
  INPUT_NAMES,
  type InputName,
  nearest,
  type RawInputs,
  SECRET_INPUT,
} from '../inputs/raw-inputs.js';

const PREFIX = 'INPUT_';

/**
 * The inputs of a step, from the environment that the runner makes (`INPUT_PUSHGATEWAY-VERSION`). The runner fills in
 * the defaults of action.yml, so what equals its default counts as not given. Unknown inputs are a warning, as for the
 * runner. The password is not among them: whoever needs it takes it from the environment as a `Secret`.
 */
export function readInputs(env: NodeJS.ProcessEnv, warn: (message: string) => void): RawInputs {
  const raw = new Map<InputName, readonly string[]>();
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || value === undefined) continue;
    const given = variable.slice(PREFIX.length).toLowerCase();
    if (given === SECRET_INPUT) continue;
    const name = INPUT_NAMES.find((known) => known === given);
    if (name === undefined) {
      const guess = nearest(given, [...INPUT_NAMES, SECRET_INPUT]);
      warn(`Unknown input ${given}${guess ? `; did you mean ${guess}?` : ''}`);
    } else if (value.trim() !== definitionOf(name).default) raw.set(name, [value]);
  }
  return raw;
}
