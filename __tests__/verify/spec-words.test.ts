import { describe, expect, it } from 'vitest';
import { baseLayersOf, compareSpecs } from '../../src/verify/documents/spec-label.js';

const HEX = 'c'.repeat(64);

/** `field: a / b (cause)` of two specs, of whatever JSON. */
function told(a: unknown, b: unknown): string[] {
  const found = compareSpecs(JSON.stringify(a), JSON.stringify(b));
  return found.map(({ where, a: one = '-', b: other = '-', cause }) => `${where}: ${one} / ${other} (${cause})`);
}

describe('two specs are told apart in words', () => {
  it.each<[string, unknown, unknown, string]>([
    [
      'source',
      { type: 'module', path: 'm', version: 'v1' },
      { type: 'git', commit: 'abc', url: 'https://e.com/a' },
      'the module m@v1 / the commit abc of https://e.com/a (patches)',
    ],
    [
      'source',
      { type: 'git', commit: 'abc' },
      { type: 'folder', hash: 'h1:x' },
      'the commit abc / a folder with the hash h1:x (patches)',
    ],
    ['source', { type: 'other' }, 'text', '{"type":"other"} / text (patches)'],
    [
      'patches',
      [],
      [
        { name: 'ttl', revision: 2, sha256: HEX },
        { name: 'x', sha256: HEX },
      ],
      `no patches / ttl revision 2 (${HEX.slice(0, 12)}), x (${HEX.slice(0, 12)}) (patches)`,
    ],
    ['patches', 'none', [{}], 'none / undefined (undefined) (patches)'],
    ['modules', null, { overrides: ['a@v1', 'b@v2'] }, 'none raised / a@v1, b@v2 (module-version)'],
    ['modules', { overrides: [] }, { goMod: 'x' }, '{"overrides":[]} / {"goMod":"x"} (module-version)'],
    ['base', null, { digest: 'd' }, 'scratch / an oci: folder (d) (base)'],
    [
      'base',
      { repository: 'r', digest: 'd' },
      [{ platform: 'linux/amd64', repository: 'r', digest: 'd' }],
      'r@d / linux/amd64=r@d (base)',
    ],
    ['files', null, `sha256:${HEX}`, `no extra files / sha256:${HEX} (files)`],
    ['go', '1.26.7', '1.26.8', '1.26.7 / 1.26.8 (go-version)'],
    ['more', undefined, 1, '- / 1 (labels)'],
    // The words are the same; what differs is shown then.
    [
      'patches',
      [{ name: 'a', sha256: 'x', more: 1 }],
      [{ name: 'a', sha256: 'x' }],
      '[{"name":"a","sha256":"x","more":1}] / [{"name":"a","sha256":"x"}] (patches)',
    ],
  ])('%s: %j and %j', (field, a, b, expected) => {
    expect(told({ [field]: a }, { [field]: b })).toEqual([`spec.${field}: ${expected}`]);
  });

  it('also where one is none, or both are one in another spelling', () => {
    expect(told([], {})).toEqual(['spec: [] / {} (labels)']);
    expect(compareSpecs('{', '{}')).toMatchObject([{ where: 'spec', a: '{', b: '{}' }]);
    expect(compareSpecs('{"a":1}', '{ "a": 1 }')).toHaveLength(1);
    expect(compareSpecs('{"a":1}', '{"a":1}')).toEqual([]);
  });
});

it.each([
  [undefined, 3, undefined],
  ['no JSON', 3, undefined],
  ['{}', 3, 0],
  ['{"base":null}', 3, 0],
  ['{"base":{}}', 3, 2],
  ['{"base":{},"files":"x"}', 3, 1],
  ['{"base":{},"files":"x"}', 1, 0],
])('the spec %j says of %d layers that %d are of its base', (spec, layers, expected) => {
  expect(baseLayersOf(spec, layers)).toBe(expected);
});
