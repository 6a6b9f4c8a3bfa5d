import { expect } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import type { Secret } from '../../src/base/secret.js';
import { type BuildOptions, parseBuildOptions } from '../../src/inputs/build-options.js';
import type { InputName } from '../../src/inputs/raw-inputs.js';

/** Inputs by name; a list stands for a flag that was repeated. */
export type Given = Partial<Record<InputName, string | readonly string[]>>;

/** What is understood of some inputs. */
export function parse(given: Given = {}, password?: Secret): BuildOptions {
  const raw = Object.entries(given).map(([name, value]): [InputName, readonly string[]] => [
    name as InputName,
    typeof value === 'string' ? [value] : value,
  ]);
  return parseBuildOptions(new Map(raw), ['ttl'], password);
}

/** The error that they are refused with. */
export function refusal(given: Given, password?: Secret): InputError {
  try {
    parse(given, password);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error(`it was accepted: ${JSON.stringify(given)}`);
}
