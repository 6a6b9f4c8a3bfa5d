import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { readDockerArchive } from '../../src/bucket/docker-archive.js';
import { readLayoutImage } from '../../src/smoke/layout-image.js';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import { readDocument } from '../../src/verify/open/document.js';
import { unpackArchive } from '../../src/verify/open/open-archive.js';
import { isIndexDocument, readConfig, readManifest } from '../../src/verify/open/read-image.js';
import { readIndex } from '../../src/verify/open/read-index.js';
import { NotPerformedError } from '../../src/verify/trust/not-performed.js';
import { readSpecs } from '../../src/verify/trust/read-specs.js';
import { descriptor, TYPES } from '../support/base-images.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { CONFIG, imageOf, indexOf, layoutFiles, type TarFile, tarOf } from '../verify/images.js';
import { empty, fuzz, fuzzFolder } from './fuzz.js';
import { bytes, texts } from './generators.js';
import { documents, values } from './json.js';

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

  const folder = fuzzFolder();
  const out = join(folder, 'out');
  mkdirSync(out);
  const archives = (files: readonly TarFile[]) => {
    const mixed = values([[...files]]).map((changed) => {
      try {
        return tarOf(changed);
      } catch {
        return Buffer.alloc(0); // what cannot be a header at all
      }
    });
    return fc.oneof(bytes([tarOf(files)]), mixed);
  };

  fuzz('OCI archive', {
    input: archives(layoutFiles(IMAGE)),
    parse: async (data) => {
      const path = join(folder, 'image.tar');
      writeFileSync(path, data);
      await unpackArchive(path, empty(out), { place: PLACE, input: 'image' });
      return true;
    },
  });

  const docker: TarFile[] = [
    {
      path: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: ['l/layer.tar'] }]),
    },
    { path: 'c.json', content: '{}' },
    { path: 'l/layer.tar', type: 'SymbolicLink', linkpath: '../other/layer.tar' },
    { path: 'other/layer.tar', content: 'x' },
  ];
  const manifest = documents([[{ Config: 'c.json', Layers: ['l/layer.tar'] }]]).map((content) =>
    tarOf([{ path: 'manifest.json', content }, ...docker.slice(1)]),
  );
  fuzz('docker archive', {
    input: fc.tuple(fc.oneof(archives(docker), manifest), fc.nat(3)),
    parse: ([data, which]) => {
      const path = join(folder, 'docker.tar');
      writeFileSync(path, which === 0 ? gzipSync(data, { level: 1 }) : data);
      return readDockerArchive(path, empty(out));
    },
    check: ({ layers }) => {
      for (const layer of layers) expect(layer).toMatch(/\/out\/\d+$/);
    },
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
