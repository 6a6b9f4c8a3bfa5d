import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { Secret } from '../../src/base/secret.js';
import { readBaseDocument } from '../../src/registry/base-index.js';
import { openLayoutBase } from '../../src/registry/base-layout.js';
import { classify } from '../../src/registry/failure.js';
import { readContent } from '../../src/registry/kept-layout.js';
import { readTags } from '../../src/registry/list-tags.js';
import { redactor } from '../../src/registry/redact.js';
import { madeImage, madeIndex, writeMadeLayout } from '../support/base-images.js';
import { fuzz, fuzzFolder } from './fuzz.js';
import { texts } from './generators.js';
import { documents } from './json.js';

const LINUX = { os: 'linux', architecture: 'amd64' };
const IMAGE = madeImage(LINUX);
const WINDOWS = madeImage({ os: 'windows', architecture: 'amd64', 'os.version': '10.0.1', 'os.features': ['win32k'] });
const INDEX = madeIndex([IMAGE, WINDOWS]);
const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

describe('registry/', () => {
  fuzz('document of a base image', {
    input: documents([parsed(INDEX.bytes), parsed(IMAGE.bytes)]),
    parse: (text) => readBaseDocument(Buffer.from(text)),
    check: (document) => {
      if (document.type === 'index') expect(document.entries.length).toBeGreaterThan(0);
    },
  });

  const layout = writeMadeLayout(join(fuzzFolder(), 'layout'), [['1', INDEX]]);
  const index = {
    schemaVersion: 2,
    manifests: [
      {
        ...{ mediaType: INDEX.mediaType, digest: INDEX.digest, size: INDEX.bytes.length },
        annotations: { 'org.opencontainers.image.ref.name': '1' },
      },
    ],
  };
  fuzz('index.json of a layout', {
    input: fc.tuple(documents([index]), fc.constantFrom(undefined, '1')),
    parse: ([text, tag]) => {
      writeFileSync(join(layout, 'index.json'), text);
      return openLayoutBase(layout, tag);
    },
    check: ({ spec }) => expect(spec.digest).toBe(INDEX.digest),
  });

  const kept = writeMadeLayout(join(fuzzFolder(), 'layout'), [['1', INDEX]]);
  fuzz('layout that is loaded', {
    input: documents([parsed(INDEX.bytes)]),
    parse: (text) => {
      const digest = digestOf(text);
      mkdirSync(join(kept, 'blobs', 'sha256'), { recursive: true });
      writeFileSync(join(kept, 'blobs', 'sha256', hexOf(digest)), text);
      return readContent(kept, digest);
    },
    check: ({ blobs }) => expect(blobs.size).toBeGreaterThan(0),
  });

  const said = [
    'time="2024" level=fatal msg="Error parsing image name \\"docker://a/b\\": reading manifest 1 in a/b: manifest unknown"',
    'FATA[0000] initializing source docker://a: pinging container registry a: received unexpected HTTP status: 503 Service',
    'level=fatal msg="copying: writing blob: uploading layer: denied: requested access to the resource is denied"',
    'level=fatal msg="(Mirrors also failed: [a: x]): b: StatusCode: 401, invalid character \'<\' looking for beginning of value"',
  ];
  fuzz('message of skopeo', {
    input: texts(said, ['level=fatal msg="', 'invalid character ', '\\', '(Mirrors also failed: ', ': 500 (', ': EOF']),
    parse: (text) => {
      const failure = classify(text);
      expect(failure.text.length).toBeLessThan(500);
      expect(failure.text).not.toMatch(/\p{Cc}/u);
      return failure.cause === 'other' ? undefined : failure;
    },
  });

  fuzz('answer of skopeo list-tags', {
    input: documents([{ Repository: 'a/b', Tags: ['1', '2'] }, { Tags: null }]),
    parse: readTags,
    check: (tags) => expect(tags.every((tag) => typeof tag === 'string')).toBe(true),
  });

  const auths = join(fuzzFolder(), 'auth.json');
  const pair = Buffer.from('me:a secret').toString('base64');
  fuzz('auth file', {
    input: fc.tuple(documents([{ auths: { 'ghcr.io': { auth: pair }, a: {} } }, { auths: null }]), fc.string()),
    parse: async ([text, password]) => {
      writeFileSync(auths, text);
      const redact = await redactor([new Secret(password)], [auths]);
      if (password !== '')
        expect(redact(`<${password}>`).includes(password) && !'<***>'.includes(password)).toBe(false);
      return redact(pair) === '***' ? redact : undefined;
    },
    check: (redact) => expect(redact('x a secret y')).not.toContain('a secret'),
  });
});
