import { expect, test } from 'vitest';
import { readInputs } from '../../src/actions/inputs.js';
import { BUILD_INPUTS } from '../../src/inputs/build-inputs.js';
import { parseBuildOptions } from '../../src/inputs/build-options.js';
import { BUILD } from '../../src/inputs/raw-inputs.js';

function read(env: NodeJS.ProcessEnv) {
  const warnings: string[] = [];
  const raw = readInputs(BUILD, env, (message) => warnings.push(message));
  return { given: Object.fromEntries(raw), warnings, options: parseBuildOptions(raw, ['ttl']) };
}

/** What the runner makes of a step that sets nothing: all defaults. */
const DEFAULTS = Object.fromEntries(
  BUILD_INPUTS.map(({ name, default: value }) => [`INPUT_${name.toUpperCase()}`, value]),
);

test('the inputs of a step are read from the environment of the runner', () => {
  const { given, options } = read({
    ...DEFAULTS,
    'INPUT_PUSHGATEWAY-VERSION': 'v1.9.0',
    INPUT_LABELS: 'a=b\nc=d\n',
    INPUT_CACHE: 'false',
    PATH: '/bin',
  });
  expect(given).toEqual({ 'pushgateway-version': ['v1.9.0'], labels: ['a=b\nc=d\n'], cache: ['false'] });
  expect(options).toMatchObject({ labels: { a: 'b', c: 'd' }, cache: false });
});

test('defaults that the runner fills in count as not given, so a folder may say its own version', () => {
  const { given, options, warnings } = read({ ...DEFAULTS, INPUT_SOURCE: './tree' });
  expect(given).toEqual({ source: ['./tree'] });
  expect(options.source).toEqual({ type: 'folder', path: './tree', version: undefined });
  expect(warnings).toEqual([]);
});

test('an unknown input is a warning with the nearest name, and the build goes on', () => {
  const { warnings, options } = read({ ...DEFAULTS, INPUT_PLATFORM: 'linux/amd64', INPUT_ZEBRA: '1' });
  expect(warnings).toEqual(['Unknown input platform; did you mean platforms?', 'Unknown input zebra']);
  expect(options.platforms).toHaveLength(3);
});

test('a list that is explicitly empty is refused, not taken as the default', () => {
  expect(() => read({ ...DEFAULTS, INPUT_PLATFORMS: '' })).toThrow(/platforms is an empty list/);
});

test('the password is neither read nor warned of, and a mistyped one gets the right guess and is not shown', () => {
  const { given, warnings } = read({
    ...DEFAULTS,
    'INPUT_REGISTRY-PASSWORD': 's3cret',
    'INPUT_REGISTRY-PASWORD': 's3cret',
    'INPUT_REGISTRY-USERNAME': '',
  });
  expect(given).toEqual({});
  expect(warnings).toEqual(['Unknown input registry-pasword; did you mean registry-password?']);
});
