import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseBase, parseExtraFiles } from '../../src/inputs/base-request.js';
import { parseDestinations } from '../../src/inputs/destinations.js';
import { locationName, parseImageLocation } from '../../src/inputs/image-location.js';
import * as names from '../../src/inputs/publish-name.js';
import { parsePage } from '../../src/inputs/publish-page.js';
import { parseRetries } from '../../src/inputs/registry-options.js';
import { parseOverrides, parsePatches, parsePlace } from '../../src/inputs/source-requests.js';
import { isTag, repositoryName } from '../../src/spec/reference.js';
import { fuzz } from './fuzz.js';
import { texts } from './generators.js';

const COMMIT = '007ba874bead1b9ad2253d89e3adeb16a73fd012';
const lines = (line: fc.Arbitrary<string>) =>
  fc.array(line, { maxLength: 3 }).map((all) => all.map((one) => one.trim()).filter((one) => one !== ''));

describe('inputs/, line by line', () => {
  fuzz('extra-files', {
    input: texts(['ca.pem:/etc/ssl/ca.pem:0644', 'a b:/c/', '/usr/bin/a -> ../b', './x:/y'], [' -> ', ':/', ':0755']),
    parse: (line) => parseExtraFiles([line]),
    check: ([file]) => expect(file?.target).toMatch(/^\//),
  });

  fuzz('base-image', {
    input: lines(
      texts(
        ['scratch', 'gcr.io/distroless/static:nonroot', 'oci:./base:tag', 'linux/amd64=debian', 'linux/arm64=oci:b'],
        ['docker-daemon:', 'oci:', 'linux/amd64=', 'docker://'],
      ),
    ),
    parse: parseBase,
    check: (base) => expect(['scratch', 'image', 'images']).toContain(base.type),
  });

  const image = texts(['ghcr.io/Me/Push', 'quay.io/me/a', 'localhost:5000/x'], ['ghcr.io/', ':5000']);
  const tag = texts(['1.11.3-ttl.1', 'latest', 'ghcr.io/me/b:1', 'quay.io/me/a:2'], [':', 'ghcr.io/me/a:']);
  fuzz('image and tags', {
    input: fc.tuple(lines(image), lines(tag)),
    parse: ([images, tags]) => parseDestinations(images, tags),
    check: ({ destinations }) => {
      const all = destinations.map(({ repository }) => repositoryName(repository));
      expect(new Set(all).size).toBe(all.length);
      for (const { tags = [] } of destinations) for (const one of tags) expect(isTag(one)).toBe(true);
    },
  });

  fuzz('place of an image', {
    input: texts(
      ['ghcr.io/me/a:1', 'oci:out/oci:tag', 'oci-archive:a.tar', 'image.tar', 'docker://a/b'],
      ['oci:', 'oci-archive:', '.tar', 'dir:', 'docker-daemon:', 'containers-storage:'],
    ),
    parse: (text) => parseImageLocation(text, 'image'),
    check: (location) => expect(parseImageLocation(locationName(location), 'image')).toEqual(location),
  });

  fuzz('source', {
    input: texts(
      [`https://example.com/a.git#${COMMIT}`, './folder', 'git@host:a#', `ssh://git@h/a#${COMMIT}`],
      ['://', '#', '@', 'ext::', '-'],
    ),
    parse: (text) => parsePlace(text, undefined, 'source', 'a place'),
    check: (place) => {
      if (place.type === 'git-commit') expect(place.url).toMatch(/^[^-\s]/);
    },
  });

  fuzz('patches', {
    input: lines(
      texts(
        ['ttl', 'dinumathai@2', 'none', './a.patch', `https://e.com/a#sha256=${'a'.repeat(64)}`],
        ['https://', '#sha256=', '@'],
      ),
    ),
    parse: (all) => parsePatches(all, ['dinumathai', 'ttl']),
    check: (requests) => {
      for (const request of requests) if (request.type === 'url') expect(new URL(request.url).protocol).toBe('https:');
    },
  });

  fuzz('module-overrides', {
    input: lines(
      texts(['golang.org/x/crypto@v0.53.0', 'example.com/a/v2@v2.0.0-rc.1', 'gopkg.in/yaml.v3@v3.0.1'], ['@v', '/v2']),
    ),
    parse: parseOverrides,
    check: (overrides) => {
      for (const { path, version } of overrides) expect(`${path}@${version}`).toMatch(/^[a-z0-9][!-~]*@v\d+\.\d+\.\d+/);
    },
  });

  fuzz('name and tag', {
    input: texts(['pushgateway:1.11.3', 'k0sproject/pushgateway-ttl:1', 'a'], [':', '__']),
    parse: (text) => names.parseNameOrTag(text, 'tag'),
    check: ({ name, tag }) =>
      expect(names.parseNameOrTag(tag === undefined ? name : `${name}:${tag}`, '')).toEqual({
        name,
        ...(tag && { tag }),
      }),
  });

  fuzz('keep, grace and retries', {
    input: fc.tuple(texts(['5', '24h', '7d', '20', '0'], ['h', 'd']), fc.nat(2)),
    parse: ([text, which]) => {
      if (which === 0) return names.parseKeep(text);
      return which === 1 ? names.parseGrace(text) : parseRetries(text);
    },
    check: (number) => expect(Number.isSafeInteger(number) && number >= 0).toBe(true),
  });

  fuzz('page', {
    input: texts(
      ['https://downloads.example.org', 'http://127.0.0.1:8080/', 'https://[::1]:443'],
      ['http://', ':99999'],
    ),
    parse: (text) => parsePage(text),
    check: (page) => expect(parsePage(page)).toBe(page),
  });
});
