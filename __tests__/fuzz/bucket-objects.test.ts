import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { digestOf } from '../../src/base/hash.js';
import { findArchives } from '../../src/bucket/image/convert-archives.js';
import { imageKeys } from '../../src/bucket/image/image-keys.js';
import { whileRemoving } from '../../src/bucket/image/removal-marker.js';
import { pageAddress, pageKey } from '../../src/bucket/page/key.js';
import { readPageModel } from '../../src/bucket/page/model.js';
import { specOf } from '../../src/bucket/page/spec.js';
import { findPage } from '../../src/bucket/page/update.js';
import { readFlavors } from '../../src/bucket/static/static-folder.js';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import { comparePlatforms } from '../../src/spec/platform.js';
import { MemoryStore } from '../bucket/memory-store.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { empty, fuzz, fuzzFolder } from './fuzz.js';
import { texts } from './generators.js';
import { documents } from './json.js';

/** A store with some objects. */
function storeWith(objects: Readonly<Record<string, string>>): MemoryStore {
  const store = new MemoryStore();
  for (const [key, text] of Object.entries(objects)) {
    store.objects.set(key, { bytes: Buffer.from(text), contentType: 'text/plain', sha256: '', modified: 1 });
  }
  return store;
}

const SPEC = encodeSpec(EXAMPLE_SPEC);
const SITE = 'https://downloads.example.org';

describe('what lies in a bucket', () => {
  fuzz('keys that a push needs', {
    input: documents([['v2/a/blobs/1', 'v2/a/blobs/2'], []]),
    parse: async (text) => {
      let found: ReadonlySet<string> = new Set();
      await whileRemoving(storeWith({ '.pushgateway-ttl-pushing-1': text }), 0, async (needed) => {
        found = needed;
      });
      return found.size > 0 ? found : undefined;
    },
    check: (needed) => expect([...needed].every((key) => typeof key === 'string')).toBe(true),
  });

  fuzz('spec of an image in a bucket', {
    input: documents([{ config: { Labels: { [SPEC_LABEL]: SPEC, a: 'b' } } }, { config: null }]),
    parse: (text) => {
      const digest = digestOf(text);
      const blob = { digest, size: text.length, platform: undefined };
      return specOf(storeWith({ [imageKeys('a').blob(digest)]: text }), 'a', {
        ...{ digest, size: 1, manifests: [], blobs: [blob] },
      });
    },
    check: (spec) => expect(() => encodeSpec(spec)).not.toThrow(),
  });

  const beginning =
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="pushgateway-ttl-action">\n';
  const canonical = `<link rel="canonical" href="${pageAddress(SITE, 'a')}">\n`;
  fuzz('page in a bucket', {
    input: texts(
      [`${beginning}${canonical}<title>`, `${beginning}${canonical}`.replace('https', 'http')],
      ['http://[', 'https://', ':99999', '">\n', '@'],
    ),
    parse: async (text) => {
      const page = await findPage(storeWith({ [pageKey('a')]: text }), 'a');
      return page === 'foreign' ? undefined : page;
    },
    check: ({ site }) => expect(new URL(site).origin).toBe(site),
  });

  const tags = fc.array(texts(['1.11.3', 'latest', 'v1'], ['/', '..', '.json']), { maxLength: 3 });
  const list = (name: string, found: readonly string[]) => JSON.stringify({ name, tags: found });
  fuzz('tags on a page', {
    input: fc.tuple(tags, tags, documents([{ manifests: [] }, { flavors: [{ resources: [{ path: 'p' }] }] }])),
    parse: async ([images, binaries, document]) => {
      const both = Object.fromEntries(images.map((tag) => [imageKeys('a').manifest(tag), document]));
      const files = Object.fromEntries(binaries.map((tag) => [`df-dist-v1/a/${tag}`, document]));
      const lists = { [imageKeys('a').tags]: list('a', images), 'df-dist-v1/a': list('a', binaries) };
      const model = await readPageModel(storeWith({ ...both, ...files, ...lists }), 'a');
      return model.tags.some(({ isValid }) => isValid) ? { model, given: [...images, ...binaries] } : undefined;
    },
    check: ({ model, given }) => {
      for (const { tag } of model.tags) expect(given).toContain(tag);
    },
  });
});

describe('folders to publish', () => {
  const folder = fuzzFolder();
  const isName = (name: string) =>
    !/[/\0]/.test(name) && !['', '.', '..'].includes(name) && Buffer.byteLength(name) < 200;
  const archive = texts(
    ['linux.amd64.tar.gz', 'linux-arm-v7.tar', 'windows.amd64.tgz', 'README', 'linux.arm64.tar'],
    ['.tar', 'linux.', '.v7', '.tgz', '.gz'],
  );
  fuzz('names of archives', {
    input: fc.array(archive, { maxLength: 3 }),
    parse: async (names) => {
      empty(folder);
      for (const name of names.filter(isName)) writeFileSync(join(folder, name), '');
      const found = await findArchives(folder);
      return found.length > 0 ? found : undefined;
    },
    check: (found) => {
      const platforms = found.map(({ platform }) => platform);
      expect([...platforms].sort(comparePlatforms)).toEqual(platforms);
    },
  });

  const binary = texts(
    ['linux/amd64/pushgateway', 'linux/arm/v7/a', 'windows/amd64/pushgateway.exe'],
    ['/', 'linux', 'arm', 'v7'],
  );
  fuzz('folder of binaries', {
    input: fc.array(binary, { maxLength: 3 }),
    parse: async (paths) => {
      empty(folder);
      for (const path of paths) {
        const parts = path.split('/').filter(isName);
        const [name = 'a'] = parts.splice(-1);
        try {
          mkdirSync(join(folder, ...parts), { recursive: true });
          writeFileSync(join(folder, ...parts, name), '');
        } catch {
          // One path is a file, another wants a folder there, or it is too long for the system.
        }
      }
      return readFlavors(folder);
    },
    check: (flavors) => {
      for (const { files } of flavors) for (const { name } of files) expect(encodeURI(name)).toBe(name);
    },
  });
});
