import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { Secret } from '../../src/base/secret.js';
import { flagsOf, type InputName, VERIFY } from '../../src/inputs/raw-inputs.js';
import { parseDiffOptions, parseVerifyOptions, type VerifyOptions } from '../../src/inputs/verify-options.js';
import type { Given } from './helpers.js';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const IMAGE = 'ghcr.io/me/app:1';

function parse(given: Given, password?: Secret): VerifyOptions {
  const raw = Object.entries(given).map(([name, value]): [InputName, readonly string[]] => [
    name as InputName,
    typeof value === 'string' ? [value] : value,
  ]);
  return parseVerifyOptions(new Map(raw), ['ttl', 'dinumathai'], password);
}

test('an image alone is verified whole, and nothing beyond the project is accepted', () => {
  expect(parse({ image: IMAGE })).toEqual({
    image: { type: 'registry', reference: { repository: { registry: 'ghcr.io', path: 'me/app' }, tag: '1' } },
    platforms: undefined,
    patches: [],
    sources: [],
    base: { type: 'scratch' },
    extraFiles: [],
    spec: undefined,
    failOn: ['compression-differs', 'metadata-differs', 'content-differs'],
    login: undefined,
    tlsVerify: true,
    retries: 5,
    reportDir: undefined,
    summary: true,
  });
});

test('every input that is left empty, as an expression in a workflow may leave it, is its default', () => {
  const others = flagsOf(VERIFY).filter((name) => !['image', 'fail-on'].includes(name));
  expect(others.length).toBeGreaterThan(8);
  for (const name of others) expect(parse({ image: IMAGE, [name]: ' ' }), name).toEqual(parse({ image: IMAGE }));
});

describe('values that are understood', () => {
  test.each<[Given, Partial<VerifyOptions>]>([
    [{ platforms: 'linux/arm,linux/arm/v7' }, { platforms: [{ os: 'linux', architecture: 'arm', variant: 'v7' }] }],
    [
      { 'allow-source': `https://example.com/a#${COMMIT}\n./tree` },
      {
        sources: [
          { type: 'git-commit', url: 'https://example.com/a', commit: COMMIT, version: undefined },
          { type: 'folder', path: './tree', version: undefined },
        ],
      },
    ],
    [{ patches: 'dinumathai' }, { patches: [{ type: 'builtin', name: 'dinumathai', revision: undefined }] }],
    [{ 'fail-on': 'none' }, { failOn: [] }],
    [{ 'fail-on': 'content-differs, not-performed' }, { failOn: ['content-differs'] }],
    [{ spec: '{}' }, { spec: '{}' }],
    [
      { 'report-dir': 'r', summary: 'false', retries: '0' },
      { reportDir: 'r', summary: false, retries: 0 },
    ],
    [{ 'base-image': 'oci:base' }, { base: { type: 'image', from: { type: 'layout', path: 'base', tag: undefined } } }],
  ])('%j', (given, expected) => {
    expect(parse({ image: IMAGE, ...given })).toMatchObject(expected);
  });

  test('a login is for the registry of the image; of a folder, for that of the base', () => {
    const password = new Secret('s3cret');
    const login = (given: Given) => parse({ 'registry-username': 'me', ...given }, password).login;
    expect(login({ image: IMAGE, 'base-image': 'quay.io/b' })).toEqual({
      registry: 'ghcr.io',
      username: 'me',
      password,
    });
    expect(login({ image: 'oci:x', 'base-image': 'quay.io/b' })?.registry).toBe('quay.io');
  });
});

describe('values that are refused, each with its input named', () => {
  test.each<[Given, string, RegExp]>([
    [{}, 'image', /no image was given\. Accepted: a reference/],
    [{ image: 'docker-archive:x' }, 'image', /docker-archive/],
    [{ image: IMAGE, 'fail-on': 'reproducible' }, 'fail-on', /Accepted: compression-differs/],
    [{ image: IMAGE, 'fail-on': 'none,content-differs' }, 'fail-on', /none alone/],
    [{ image: IMAGE, 'allow-source': 'https://example.com/a' }, 'allow-source', /URL#COMMIT/],
    [{ image: IMAGE, 'allow-source': 'https://example.com/a#main' }, 'allow-source', /URL#COMMIT/],
    [{ image: IMAGE, 'allow-source': `https://u:p@example.com/a#${COMMIT}` }, 'allow-source', /user name or password/],
    [{ image: IMAGE, platforms: 'linux/amd65' }, 'platforms', /no platform/],
    [{ image: IMAGE, retries: '21' }, 'retries', /0 to 20/],
    [{ image: [IMAGE, IMAGE] }, 'image', /given 2 times/],
    [{ image: 'oci:x', 'registry-username': 'me' }, 'registry-username', /without a password/],
  ])('%j', (given, input, message) => {
    const refused = () => parse(given);
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(message);
    try {
      refused();
    } catch (error) {
      expect((error as InputError).input).toBe(input);
    }
  });
});

test('diff takes platforms and how registries are reached', () => {
  const raw = new Map<InputName, readonly string[]>([
    ['platforms', ['linux/amd64']],
    ['tls-verify', ['false']],
  ]);
  expect(parseDiffOptions(raw)).toEqual({
    platforms: [{ os: 'linux', architecture: 'amd64' }],
    login: undefined,
    tlsVerify: false,
    retries: 5,
  });
});
