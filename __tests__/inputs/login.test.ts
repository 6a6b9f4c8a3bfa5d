import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/base/secret.js';
import { type Given, parse, refusal } from './helpers.js';

const PASSWORD = new Secret('s3cret');
const ME = { 'registry-username': 'me' };

describe('the one registry that a login is for', () => {
  test.each<[string, Given, string]>([
    ['that of image', { image: 'ghcr.io/me/app' }, 'ghcr.io'],
    ['with its port', { image: 'localhost:5000/x' }, 'localhost:5000'],
    ['of several repositories', { image: 'ghcr.io/me/app,ghcr.io/me/other' }, 'ghcr.io'],
    ['Docker Hub, by any name', { image: 'me/app,index.docker.io/me/app,docker.io/me/b' }, 'docker.io'],
    ['that of full references', { tags: 'quay.io/me/app:1,quay.io/me/b:2' }, 'quay.io'],
    ['that of image, whatever the base', { image: 'ghcr.io/me/app', 'base-image': 'quay.io/me/base' }, 'ghcr.io'],
    ['else that of the base', { 'base-image': 'quay.io/me/base:1' }, 'quay.io'],
    [
      'else that of the bases of platforms, folders aside',
      { 'base-image': 'linux/amd64=quay.io/a,linux/arm=quay.io/b,linux/arm64=oci:x' },
      'quay.io',
    ],
  ])('%s', (_what, given, registry) => {
    expect(parse({ ...given, ...ME }, PASSWORD).login).toEqual({ registry, username: 'me', password: PASSWORD });
  });

  test('without name and password there is none; an empty password, as an expression may leave it, is none', () => {
    expect(parse({ image: 'ghcr.io/me/app' }).login).toBeUndefined();
    expect(parse({ image: 'ghcr.io/me/app', 'registry-username': ' ' }, new Secret('')).login).toBeUndefined();
  });

  test('a name may hold what names of robots hold', () => {
    for (const name of ['robot$me+ci', '_json_key', 'me@example.com', '00000000-0000', 'a b', '-x', 'é']) {
      const { login } = parse({ image: 'quay.io/me/app', 'registry-username': ` ${name} ` }, PASSWORD);
      expect(login?.username).toBe(name);
    }
  });
});

describe('what is refused names the input, and never shows the password', () => {
  const image = 'ghcr.io/me/app';
  const cases: [string, Given, Secret | undefined, string, RegExp][] = [
    ['a name without password', { image, ...ME }, undefined, 'registry-username', /REGISTRY_PASSWORD/],
    [
      'a name with an empty password',
      { image, ...ME },
      new Secret(''),
      'registry-username',
      /--registry-password-stdin/,
    ],
    ['a password without name', { image }, PASSWORD, 'registry-password', /Give both or none/],
    [
      'several registries',
      { image: 'ghcr.io/me/app,quay.io/me/app', ...ME },
      PASSWORD,
      'registry-username',
      /one registry, and image spans ghcr\.io, quay\.io\. Log in with podman or docker/,
    ],
    [
      'several registries through full references',
      { image, tags: 'localhost:5000/x:y', ...ME },
      PASSWORD,
      'registry-username',
      /image spans ghcr\.io, localhost:5000/,
    ],
    [
      'several registries of bases',
      { 'base-image': 'linux/amd64=quay.io/a,linux/arm=a', ...ME },
      PASSWORD,
      'registry-username',
      /base-image spans quay\.io, docker\.io/,
    ],
    ['no registry at all', ME, PASSWORD, 'registry-username', /neither names one\. Give image/],
    ['a base in a folder', { 'base-image': 'oci:x', ...ME }, PASSWORD, 'registry-username', /Give image/],
    ['a colon', { image, 'registry-username': 'me:you' }, PASSWORD, 'registry-username', /without colon/],
    ['a line break', { image, 'registry-username': 'me\nyou' }, PASSWORD, 'registry-username', /control characters/],
    ['two names', { image, 'registry-username': ['a', 'b'] }, PASSWORD, 'registry-username', /2 times/],
  ];
  test.each(cases)('%s', (_what, given, password, input, words) => {
    const error = refusal(given, password);
    expect(error.input).toBe(input);
    expect(error.message).toMatch(words);
    expect(inspect(error)).not.toContain('s3cret');
  });
});

test('options with a login can be printed', () => {
  const options = parse({ image: 'ghcr.io/me/app', ...ME }, PASSWORD);
  expect(inspect(options, { depth: 9 }) + JSON.stringify(options)).not.toContain('s3cret');
  expect(options.login?.password.reveal()).toBe('s3cret');
});
