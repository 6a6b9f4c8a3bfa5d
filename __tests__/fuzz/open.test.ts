import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { readLayoutImage } from '../../src/smoke/layout-image.js';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import { readDocument } from '../../src/verify/open/document.js';
import { isIndexDocument, readConfig, readManifest } from '../../src/verify/open/read-image.js';
import { readIndex } from '../../src/verify/open/read-index.js';
import { NotPerformedError } from '../../src/verify/trust/not-performed.js';
import { readSpecs } from '../../src/verify/trust/read-specs.js';
import { descriptor, TYPES } from '../support/base-images.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { CONFIG, imageOf, indexOf } from '../verify/images.js';
import { fuzz, fuzzFolder } from './fuzz.js';
import { bytes, texts } from './generators.js';
import { documents } from './json.js';

const PLACE = { image: 'x', level: 'index', where: 'index' } as const;
const OWN = `sha256:${'f'.repeat(64)}` as const;
const IMAGE = imageOf({});
const parsed = (data: Buffer) => JSON.parse(data.toString('utf8')) as object;

describe('verify/open and its like', () => {
  fuzz('index under examination', {
    input: documents([parsed(indexOf([IMAGE, imageOf({ config: '{}' })]).bytes), parsed(IMAGE.bytes)]),
    parse: (text) =>
      readDocument(Buffer.from(text), PLACE, (root) => {
        return isIndexDocument(root, PLACE) ? readIndex(root, OWN, PLACE) : undefined;
      }),
    check: ({ entries }) => expect(entries.length).toBeGreaterThan(0),
  });

  fuzz('manifest under examination', {
    input: documents([parsed(IMAGE.bytes)], ['"Layers":[],', '"urls":["x"],']),
    parse: (text) => readManifest(Buffer.from(text), PLACE),
    check: ({ layers }) => {
      for (const { size } of layers) expect(size).toBeLessThanOrEqual(8 * 1024 ** 3);
    },
  });

  fuzz('config under examination', {
    input: fc.oneof(
      documents([CONFIG]).map((text) => Buffer.from(text)),
      bytes([Buffer.from(JSON.stringify(CONFIG))]),
    ),
    parse: (data) => readConfig(data, PLACE),
  });

  const spec = texts([encodeSpec(EXAMPLE_SPEC)]);
  const label = fc.constantFrom(SPEC_LABEL, SPEC_LABEL, SPEC_LABEL, 'other');
  fuzz('labels with specs', {
    input: fc.array(fc.tuple(label, spec), { minLength: 1, maxLength: 2 }),
    parse: (labels) => readSpecs(new Map(labels.map(([key, text], i) => [`linux/${i}`, new Map([[key, text]])]))),
    check: (found, [first]) => expect(encodeSpec(found)).toBe(first?.[1]),
    handled: [NotPerformedError],
  });

  const layout = join(fuzzFolder(), 'blobs', 'sha256');
  mkdirSync(layout, { recursive: true });
  const put = (content: Buffer | string) => {
    writeFileSync(join(layout, hexOf(digestOf(content))), content);
    return content;
  };
  const layer = put(Buffer.from('layer')) as Buffer;
  const config = { ...CONFIG, config: { Entrypoint: ['/a', 'b'] } };
  const made = JSON.stringify(config);
  const whole = {
    config: descriptor(TYPES.oci.config, Buffer.from(made)),
    layers: [descriptor(TYPES.oci.layer, layer)],
  };
  put(made);
  fuzz('image that is run', {
    input: fc.oneof(
      documents([whole]),
      documents([config]).map((text) => {
        put(text);
        return JSON.stringify({ ...whole, config: descriptor(TYPES.oci.config, Buffer.from(text)) });
      }),
    ),
    parse: (text) => {
      put(text);
      return readLayoutImage(join(layout, '../..'), { os: 'linux', architecture: 'amd64' }, digestOf(text));
    },
    check: ({ entrypoint: [program] }) => expect(program).toMatch(/^\//),
  });
});
