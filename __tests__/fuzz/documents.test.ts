import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import type { Difference } from '../../src/verify/difference.js';
import { compareConfigs } from '../../src/verify/documents/config-document.js';
import { jsonDifferences, readJson, readJsonText } from '../../src/verify/documents/json-diff.js';
import { compareManifests } from '../../src/verify/documents/manifest-document.js';
import { baseLayersOf, compareSpecs } from '../../src/verify/documents/spec-label.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { CONFIG, imageOf } from '../verify/images.js';
import { fuzz } from './fuzz.js';
import { bytes } from './generators.js';
import { documents } from './json.js';

const SPEC = encodeSpec(EXAMPLE_SPEC);
const ours = {
  ...CONFIG,
  created: '2024',
  config: { Env: ['A=b'], Labels: { [SPEC_LABEL]: SPEC, a: 'b' } },
  history: [{}],
};
const manifest = JSON.parse(imageOf({}).bytes.toString('utf8')) as object;

/** What each side has is one line that can be shown, and no long one; where it is, is made such a line later. */
function arePrintable(differences: readonly Difference[]): void {
  for (const { a = '', b = '' } of differences) {
    expect(`${a}${b}`).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
    expect(a.length + b.length).toBeLessThan(1000);
  }
}

/** Two documents, each as it is and changed; a comparison finds nothing in a document and itself. */
const pairs = (example: unknown) => fc.tuple(documents([example]), documents([example]));

describe('verify/documents', () => {
  fuzz('JSON that is compared', {
    input: fc.oneof(
      documents([ours, manifest]).map((text) => Buffer.from(text)),
      bytes([Buffer.from(JSON.stringify(ours))]),
    ),
    parse: readJson,
    check: (value) => expect([...jsonDifferences(value, value)]).toEqual([]),
  });

  for (const [name, example, compare] of [
    ['two configs', ours, compareConfigs],
    ['two manifests', manifest, compareManifests],
  ] as const) {
    fuzz(name, {
      input: pairs(example),
      parse: ([a, b]) => {
        const [one, other] = [readJsonText(a), readJsonText(b)];
        expect(compare(one, one).filter(({ cause }) => cause !== 'damaged')).toEqual([]);
        return compare(one, other);
      },
      check: arePrintable,
    });
  }

  fuzz('two specs', {
    input: pairs(JSON.parse(SPEC)),
    parse: ([a, b]) => {
      baseLayersOf(a, 3);
      const found = compareSpecs(a, b);
      return found.length > 0 ? found : undefined;
    },
    check: arePrintable,
  });
});
