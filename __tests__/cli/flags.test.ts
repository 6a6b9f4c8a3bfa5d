import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { rawInputs, withInputs } from '../../src/cli/flags.js';
import { BUILD, flagsOf } from '../../src/inputs/raw-inputs.js';

/** What the flags of `build` are understood as. */
function raw(...args: string[]): Record<string, readonly string[]> {
  const command = withInputs(new Command('build'), BUILD, flagsOf(BUILD)).option('--no-cache');
  command.parse(args, { from: 'user' });
  return Object.fromEntries(rawInputs(command.opts(), BUILD));
}

describe('flags', () => {
  it('are inputs; a boolean one without a value is yes', () => {
    expect(raw('--push', '--load=false', '--tags', '1', '--tags', '2')).toEqual({
      ...{ push: ['true'], load: ['false'], tags: ['1', '2'] },
    });
    expect(raw('--no-cache')).toEqual({ cache: ['false'] });
  });

  it('that come twice are seen, also where the first has no value, so that they can be refused', () => {
    expect(raw('--push', '--push=false')).toEqual({ push: ['true', 'false'] });
    expect(raw('--push=false', '--push')).toEqual({ push: ['false', 'true'] });
    expect(raw('--cache')).toEqual({ cache: ['true'] });
    expect(raw('--no-cache', '--cache=auto')).toEqual({ cache: ['false', 'auto'] });
    expect(raw('--go-version', '1.26.8', '--go-version', '1.26.7')).toEqual({ 'go-version': ['1.26.8', '1.26.7'] });
  });

  it('that are none, or lack their value, are refused', () => {
    expect(() => raw('--pusch')).toThrow(CommanderError);
    expect(() => raw('--go-version')).toThrow(CommanderError);
  });
});
