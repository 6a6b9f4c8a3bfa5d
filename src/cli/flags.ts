import { type Command, Option } from 'commander';
import { InputError } from '../base/errors.js';
import {
  BOOLEAN_INPUTS,
  flagsOf,
  type InputName,
  type InputTable,
  type RawInputs,
  SECRET_INPUT,
} from '../inputs/raw-inputs.js';

/** What commander makes of a command's flags. */
export type Flags = Record<string, unknown>;

/**
 * Gives a command one flag for each input.
 * @param names the inputs that it takes
 * @param words how many words without a flag it takes at most
 */
export function withInputs(
  command: Command,
  { definitions, lists }: InputTable,
  names: readonly InputName[],
  words = 0,
): Command {
  for (const { name, default: value, description } of definitions) {
    if (!names.includes(name)) continue;
    const form = BOOLEAN_INPUTS.has(name) ? `--${name} [boolean]` : `--${name} <value>`;
    const more = lists.has(name) ? ' May be repeated.' : '';
    const shown = value === '' ? '' : ` (default: ${value.replaceAll('\n', ', ')})`;
    // Values are collected, so that a flag that comes twice is seen.
    const flag = new Option(form, `${description.replaceAll('`', '')}${more}${shown}`);
    flag.argParser((item: string, before: string[] | boolean | undefined) => [...collected(before), item]);
    // Without a value it is yes.
    command.addOption(BOOLEAN_INPUTS.has(name) ? flag.preset('true') : flag);
  }
  if (names.includes('registry-username')) {
    command.option('--registry-password-stdin', 'Read the password for --registry-username from standard input.');
  }
  return command
    .allowExcessArguments(true)
    .hook('preAction', (_root, called) => {
      const word = called.args[words];
      if (word !== undefined)
        throw new InputError(`${JSON.stringify(word)} belongs to no flag; flags begin with --, see --help`);
    })
    .exitOverride()
    .configureOutput({ outputError: () => {} });
}

/** A flag with `no-` is no list. */
function collected(before: string[] | boolean | undefined): string[] {
  return typeof before === 'boolean' ? [String(before)] : (before ?? []);
}

/** What commander made of the flags, by the names of the inputs. */
export function rawInputs(flags: Flags, table: InputTable): RawInputs {
  const raw = new Map<InputName, readonly string[]>();
  for (const name of flagsOf(table)) {
    const value = flags[camelCase(name)];
    if (Array.isArray(value)) raw.set(name, value as string[]);
    else if (value === false) raw.set(name, ['false']); // `--no-cache`
  }
  return raw;
}

/**
 * The inputs, with the image that was given as a word in place of `--image`.
 * @param image the word, if there is one
 * @throws InputError where `--image` was given, too
 */
export function withImage(image: string | undefined, given: RawInputs): RawInputs {
  if (image === undefined) return given;
  if (given.has('image')) {
    throw new InputError(`the image was given twice, as ${JSON.stringify(image)} and with --image`, 'image');
  }
  return new Map([...given, ['image', [image]]]);
}

/** Flags that are no inputs of an action, for guesses at what was meant. */
export const RUN_FLAGS = ['json', 'dry-run', 'no-cache', 'registry-password-stdin', 'to', 'exit-code', 'help'];

/** Whether a flag is one for a password, which there is none of. */
export function isPasswordFlag(flag: string): boolean {
  return new RegExp(`^${SECRET_INPUT}\\b`).test(flag);
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
}
