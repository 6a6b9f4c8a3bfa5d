import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseDestination } from '../../src/bucket/destination.js';
import { imageKeys, placeOfKey } from '../../src/bucket/image/image-keys.js';
import { ManifestReader, reachOf } from '../../src/bucket/image/reach.js';
import { nameOfPage, pageKey } from '../../src/bucket/page/key.js';
import { readAwsSettings } from '../../src/bucket/s3/aws-settings.js';
import { readEndpoint } from '../../src/bucket/s3/endpoint.js';
import { classifyS3 } from '../../src/bucket/s3/failure.js';
import { readStaticTag } from '../../src/bucket/static/static-inventory.js';
import { readTagList, writeTagList } from '../../src/bucket/tag-list.js';
import { compareVersions, isVersioned, newestTags } from '../../src/bucket/version-order.js';
import { MemoryStore } from '../bucket/memory-store.js';
import { fuzz, fuzzFolder } from './fuzz.js';
import { texts } from './generators.js';
import { documents, values } from './json.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;

/** A store with one object. */
function storeWith(key: string, text: string): MemoryStore {
  const store = new MemoryStore();
  store.objects.set(key, { bytes: Buffer.from(text), contentType: 'application/json', sha256: '', modified: 0 });
  return store;
}

describe('bucket/', () => {
  fuzz('destination', {
    input: texts(
      [
        's3://downloads/a/b?endpoint=s3.example.org:9000&region=eu-1&s3ForcePathStyle=true&suffix=.json',
        's3://b-c',
        'docker://ghcr.io/me/a',
      ],
      ['?endpoint=', '&region=', '&suffix=.', 'http://', '://', '%2e', '..', 'user:pass@'],
    ),
    parse: (text) => parseDestination(text, 'image-destinations'),
    check: (destination) => {
      expect(destination.shown).not.toMatch(/[\s@?]/);
      if (destination.type === 's3') expect(destination.prefix).toMatch(/^([^/]+\/)*$/);
    },
  });

  fuzz('endpoint', {
    input: texts(['s3.example.org', 'https://s3.example.org:9000/a', 'http://[::1]:80'], ['http://', ':', '[', ']']),
    parse: readEndpoint,
    check: (endpoint) => expect(readEndpoint(endpoint)).toBe(endpoint),
  });

  const folder = fuzzFolder();
  const file = texts(
    [
      '[default]\naws_access_key_id = AKIA # x\naws_secret_access_key=secret\nregion = eu-1\n',
      '[profile a]\nendpoint_url=https://s3.example.org\n  s3 =\n   x = y\n[a]\naws_access_key_id=1\naws_secret_access_key=2',
      '[default]\nsso_session = x\n',
    ],
    ['[default]\n', '=', '[', ']', 'region = ', '__proto__ = 1\n', '[__proto__]\n', 'source_profile = a\n'],
  );
  fuzz('AWS files and variables', {
    input: fc.record({
      config: file,
      credentials: file,
      profile: fc.constantFrom('', 'a', '__proto__'),
      region: fc.constantFrom('', 'eu-1', 'eu 1'),
    }),
    parse: ({ config, credentials, profile, region }) => {
      writeFileSync(join(folder, 'config'), config);
      writeFileSync(join(folder, 'credentials'), credentials);
      const places = {
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      };
      return readAwsSettings({ ...places, AWS_PROFILE: profile, AWS_REGION: region });
    },
    check: ({ accessKeyId }) => expect(accessKeyId).toBe(accessKeyId.trim()),
  });

  fuzz('list of tags', {
    input: documents([
      { name: 'a', tags: ['1.11.3', 'latest'] },
      { name: 'a', tags: null },
    ]),
    parse: (text) => readTagList(Buffer.from(text), 'a', 'it'),
    check: (list) => expect(readTagList(writeTagList(list), 'a', 'it')).toEqual(list),
  });

  const flavor = {
    resources: [{ path: 'pushgateway' }],
    platform: { architecture: 'arm', os: 'linux', variant: 'v7' },
  };
  fuzz('list of binaries', {
    input: documents([{ flavors: [flavor, flavor] }, { flavors: [] }]),
    parse: (text) => readStaticTag(storeWith('key', text), 'key'),
    check: (files) => {
      for (const { platform, path } of files) expect([typeof platform, typeof path]).toEqual(['string', 'string']);
    },
  });

  const named = { mediaType: 'x', digest: DIGEST, size: 3, platform: { os: 'linux', architecture: 'amd64' } };
  fuzz('manifest in a bucket', {
    input: documents([{ schemaVersion: 2, config: named, layers: [named] }, { manifests: [named, named] }]),
    parse: async (text) => {
      const store = storeWith(imageKeys('a').manifest('1'), text);
      const reach = await reachOf(new ManifestReader(store, 'a'), 'a', '1');
      return reach.damage.length === 0 ? reach : undefined;
    },
    check: ({ digest }) => expect(digest).toMatch(/^sha256:/),
  });

  const tag = texts(
    ['1.11.3', 'v1.4.0-k0s.3', '1.10', '1.10.0-rc.2', 'latest', `sha256-${'a'.repeat(64)}.sig`],
    ['.', '-rc.', '0'],
  );
  fuzz('order of versions', {
    input: fc.tuple(tag, tag, tag),
    parse: ([a, b, c]) => {
      const tags = [...new Set([a, b, c])];
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      expect(compareVersions(a, b) === 0).toBe(a === b);
      const [x = '', y = '', z = ''] = [a, b, c].sort(compareVersions);
      expect(compareVersions(x, y) <= 0 && compareVersions(y, z) <= 0 && compareVersions(x, z) <= 0).toBe(true);
      const { kept, removed } = newestTags(tags, 1, new Map());
      expect([...kept, ...removed].sort()).toEqual(tags.sort());
      return tags.every(isVersioned) || undefined;
    },
  });

  fuzz('key of an object', {
    input: texts(
      ['v2/a/b/manifests/1.0', `v2/a/blobs/${DIGEST}`, 'v2/a/tags/list', 'pages/a/index.html'],
      ['/tags/', '/blobs/'],
    ),
    parse: (key) => placeOfKey(key) ?? nameOfPage(key),
    check: (found, key) => {
      if (typeof found === 'string') expect(pageKey(found)).toBe(key);
      else expect(key.startsWith(`v2/${found.name}/${found.part}/`)).toBe(true);
    },
  });

  const said = { name: 'AccessDenied', message: "expecting 'eu-1'", Code: 'PermanentRedirect', Region: 'eu-1' };
  const headers = { date: 'Mon, 01 Jan 2024 00:00:00 GMT', 'content-type': 'text/html' };
  fuzz('answer of a store that is an error', {
    input: fc.record({
      said: values([
        said,
        { ...said, Code: 'SlowDown' },
        { message: 'socket hang up', code: 'ECONNRESET' },
        { name: 'x' },
      ]),
      status: fc.constantFrom(undefined, 200, 301, 403, 404, 418, 503),
      isStated: fc.boolean(),
    }),
    parse: ({ said, status, isStated }) => {
      const metadata = { $metadata: { httpStatusCode: status }, $response: { statusCode: status, headers } };
      // As the SDK makes one: of the elements of the answer, whatever they hold.
      const failure = classifyS3(Object.assign(new Error('x'), said, isStated ? metadata : {}));
      for (const text of [failure.text, failure.code, failure.region ?? '']) expect(typeof text).toBe('string');
      return failure.cause === 'other' ? undefined : failure;
    },
  });
});
