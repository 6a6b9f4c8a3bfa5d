import { describe, expect, test } from 'vitest';
import { readInputs } from '../../src/actions/inputs.js';
import { InputError } from '../../src/base/errors.js';
import { Secret } from '../../src/base/secret.js';
import { BUILD_INPUTS, BUILD_OUTPUTS } from '../../src/inputs/build-inputs.js';
import { MERGE_INPUTS, MERGE_OUTPUTS } from '../../src/inputs/merge-inputs.js';
import { type MergeOptions, parseMergeOptions } from '../../src/inputs/merge-options.js';
import { BOOLEAN_INPUTS, flagsOf, type InputName, MERGE } from '../../src/inputs/raw-inputs.js';
import type { Given } from './helpers.js';

function parse(given: Given, password?: Secret): MergeOptions {
  const raw = Object.entries(given).map(([name, value]): [InputName, readonly string[]] => [
    name as InputName,
    typeof value === 'string' ? [value] : value,
  ]);
  return parseMergeOptions(new Map(raw), password);
}

test('a folder alone is merged into files, which are smoke-tested and loaded where that is possible', () => {
  expect(parse({ layouts: 'a' })).toEqual({
    layouts: [{ type: 'path', path: 'a' }],
    to: { destinations: [], localTags: undefined, notices: [] },
    load: 'auto',
    dockerArchives: false,
    push: false,
    published: undefined,
    smokeTest: true,
    login: undefined,
    tlsVerify: true,
    retries: 5,
    sbom: true,
    summary: true,
    outputDir: undefined,
  });
});

test('every other input that is left empty, as an expression in a workflow may leave it, is its default', () => {
  const others = flagsOf(MERGE).filter((name) => name !== 'layouts');
  expect(others.length).toBeGreaterThan(12);
  for (const name of others) expect(parse({ layouts: 'a', [name]: ' ' }), name).toEqual(parse({ layouts: 'a' }));
});

test('what build has, too, has the same default, and its outputs are build’s', () => {
  const builds = new Map<string, string>(BUILD_INPUTS.map(({ name, default: value }) => [name, value]));
  for (const { name, default: value } of MERGE_INPUTS)
    if (name !== 'layouts') expect(builds.get(name), name).toBe(value);
  expect(BUILD_OUTPUTS.filter((name) => name !== 'reproducible')).toEqual(MERGE_OUTPUTS);
});

test('a step that sets nothing but layouts gives nothing else', () => {
  const env = Object.fromEntries(
    MERGE_INPUTS.map(({ name, default: value }) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const warnings: string[] = [];
  const raw = readInputs(MERGE, { ...env, INPUT_LAYOUTS: 'a\nb', INPUT_PLATFORMS: 'x' }, (text) => warnings.push(text));
  expect([...raw]).toEqual([['layouts', ['a\nb']]]);
  expect(warnings).toEqual(['Unknown input platforms']);
});

describe('layouts', () => {
  test.each([
    ['a/out', [{ type: 'path', path: 'a/out' }]],
    ['a\n  b/oci \n\nc.tar', ['a', 'b/oci', 'c.tar'].map((path) => ({ type: 'path', path }))],
    ['a,b', ['a', 'b'].map((path) => ({ type: 'path', path }))],
    ['docker', [{ type: 'path', path: 'docker' }]],
    ['oci:a/oci', [{ type: 'image', location: { type: 'layout', path: 'a/oci', tag: undefined } }]],
    ['oci:a/oci:v1', [{ type: 'image', location: { type: 'layout', path: 'a/oci', tag: 'v1' } }]],
    ['oci-archive:a', [{ type: 'image', location: { type: 'archive', path: 'a', tag: undefined } }]],
  ])('%s', (layouts, expected) => {
    expect(parse({ layouts }).layouts).toEqual(expected);
  });

  test('that come by several flags are one list', () => {
    expect(parse({ layouts: ['a', 'b,c'] }).layouts).toHaveLength(3);
  });

  test.each([
    ['', /^there is nothing to merge\. Accepted: /],
    [' \n,', /^there is nothing to merge/],
    ['docker://ghcr.io/me/app:1', /"docker:\/\/ghcr.io\/me\/app:1" is not accepted for layouts\. Accepted: /],
    ['containers-storage:x', /is not accepted for layouts/],
    ['docker-archive:x.tar', /is not accepted for layouts/],
    ['https://me:secret@example.com/x', /is not accepted for layouts/],
    ['oci:', /is not accepted for layouts/],
    ['a\0b', /is not accepted for layouts/],
  ])('%j is refused', (layouts, message) => {
    const refused = () => parse({ layouts });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(/secret/);
  });
});

describe('where results go', () => {
  test('is understood as build does', () => {
    const given: Given = {
      layouts: 'a',
      image: 'GHCR.io/Me/App',
      tags: '1\nlatest',
      push: 'true',
      'published-image': 'ghcr.io/me/app:1',
      'registry-username': 'me',
      'docker-archives': 'true',
      'output-dir': 'o',
    };
    const options = parse({ ...given, image: 'ghcr.io/Me/App' }, new Secret('s3cret'));
    expect(options).toMatchObject({ push: true, dockerArchives: true, outputDir: 'o' });
    expect(options.to.destinations).toEqual([
      { repository: { registry: 'ghcr.io', path: 'me/app' }, tags: ['1', 'latest'] },
    ]);
    expect(options.login).toMatchObject({ registry: 'ghcr.io', username: 'me' });
    expect(options.published).toMatchObject({ type: 'registry' });
  });

  test.each<[Given, string]>([
    [{ push: 'true' }, 'push'],
    [{ 'registry-username': 'me' }, 'registry-username'],
    [{ retries: '21' }, 'retries'],
    [{ image: 'a:b:c' }, 'image'],
    [{ tags: '.x' }, 'tags'],
    [{ 'output-dir': ['a', 'b'] }, 'output-dir'],
    ...[...BOOLEAN_INPUTS]
      .filter((name) => MERGE_INPUTS.some((input) => input.name === name))
      .map((name): [Given, string] => [{ [name]: 'maybe' }, name]),
  ])('%j is refused, by its name', (given, name) => {
    try {
      parse({ layouts: 'a', ...given });
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).input).toBe(name);
      return;
    }
    throw new Error('it was accepted');
  });
});
