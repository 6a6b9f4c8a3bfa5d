import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { parseGrace, parseKeep, parseNameOrTag, parsePublishName } from '../../src/inputs/publish-name.js';
import { parsePublishOptions } from '../../src/inputs/publish-options.js';
import type { InputName } from '../../src/inputs/raw-inputs.js';

const raw = (given: Partial<Record<InputName, string>>) =>
  new Map(Object.entries(given).map(([name, value]) => [name as InputName, [value]]));

describe('NAME:TAG', () => {
  it.each([
    ['pushgateway:1.11.3', 'pushgateway', '1.11.3'],
    [' k0sproject/pushgateway-ttl:1.4.0-k0s.3\n', 'k0sproject/pushgateway-ttl', '1.4.0-k0s.3'],
    ['a__b/c.d:_', 'a__b/c.d', '_'],
  ])('takes %j', (text, name, tag) => {
    expect(parsePublishName(text)).toEqual({ name, tag });
  });

  it.each([
    ...[
      'pushgateway',
      ':1',
      'a:',
      'A:1',
      'a/:1',
      '/a:1',
      'a//b:1',
      '../a:1',
      'a:..',
      'a:-1',
      'a:b/c',
      'a b:1',
      'a:1 2',
    ],
    ...[
      'a@sha256:1',
      'host:5000/a',
      'a..b:1',
      'a:é',
      'é:1',
      `${'a'.repeat(256)}:1`,
      `a:${'1'.repeat(129)}`,
      '',
      'a:1\0',
    ],
  ])('refuses %j', (text) => {
    expect(() => parsePublishName(text)).toThrow(InputError);
  });

  it('takes a name alone where that is enough', () => {
    expect(parseNameOrTag('a/b', 'name')).toEqual({ name: 'a/b' });
    expect(parseNameOrTag('a/b:1', 'name')).toEqual({ name: 'a/b', tag: '1' });
    expect(() => parseNameOrTag('A', 'name')).toThrow(InputError);
  });
});

describe('keep and grace', () => {
  it('take whole numbers alone', () => {
    expect([parseKeep('1'), parseKeep('12')]).toEqual([1, 12]);
    for (const text of ['0', '-1', '1.5', 'x', '', '1e3']) expect(() => parseKeep(text)).toThrow(InputError);
    expect(() => parseKeep(undefined)).toThrow(/Give keep/);
    expect([parseGrace(), parseGrace('0'), parseGrace('2h'), parseGrace('7d')]).toEqual(
      [24, 0, 2, 168].map((h) => h * 3_600_000),
    );
    for (const text of ['-1', '1w', 'x', '1.5h', '']) expect(() => parseGrace(text)).toThrow(InputError);
  });
});

describe('the inputs of publish', () => {
  it('are an image, binaries, or both, each with where they go', () => {
    const options = parsePublishOptions(
      raw({
        tag: 'app:1',
        layout: 'out/oci',
        'image-destinations': 's3://a?region=x\ndocker://ghcr.io/me/app\n',
        page: 'https://downloads.example.org/',
        keep: '3',
        grace: '2d',
      }),
    );
    expect(options.image).toEqual({
      layout: 'out/oci',
      destinations: { input: 'image-destinations', texts: ['s3://a?region=x', 'docker://ghcr.io/me/app'] },
    });
    expect(options).toMatchObject({
      static: undefined,
      page: 'https://downloads.example.org',
      keep: 3,
      grace: 48 * 3_600_000,
      name: { name: 'app', tag: '1' },
    });
  });

  it.each([
    [{ tag: 'app:1' }, 'layout'],
    [{ tag: 'app:1', layout: 'x' }, 'image-destinations'],
    [{ tag: 'app:1', 'image-destinations': 's3://a' }, 'layout'],
    [{ tag: 'app:1', binaries: 'x' }, 'static-destinations'],
    [{ layout: 'x', 'image-destinations': 's3://aaa' }, 'tag'],
    [{ tag: 'app:1', layout: 'x', 'image-destinations': 's3://aaa', keep: '0' }, 'keep'],
    [{ tag: 'app:1', layout: 'x', 'image-destinations': 's3://aaa', page: 'downloads.example.org' }, 'page'],
  ])('refuse %j, blaming %s', (given, input) => {
    const refused = (() => {
      try {
        parsePublishOptions(raw(given));
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as InputError).input).toBe(input);
  });
});
