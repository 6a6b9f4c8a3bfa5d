import type { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { rfc3339 } from '../../src/base/time.js';
import { writeConfig } from '../../src/image/config.js';
import { writeIndex } from '../../src/image/image-index.js';
import { writeManifest } from '../../src/image/manifest.js';
import { MediaType } from '../../src/image/profile1.js';
import { comparePlatforms, type Platform, platformName } from '../../src/spec/platform.js';
import { ociSchemas } from './oci-schemas.js';

const DIGEST = digestOf('x');

const windows: Platform = {
  os: 'windows',
  architecture: 'amd64',
  osVersion: '10.0.20348.2227',
  osFeatures: ['win32k'],
};

const full = () =>
  writeConfig({
    created: rfc3339(0),
    platform: { ...windows, variant: 'v1' },
    config: {
      StopSignal: 'SIGTERM',
      Labels: [
        ['b', '<&>'],
        ['__proto__', 'p'],
        ['10', 'ten'],
        ['9', { raw: '"\\u003c"' }],
      ],
      WorkingDir: '/',
      Volumes: ['/v'],
      Cmd: ['c'],
      Entrypoint: ['e'],
      Env: ['PATH=/bin', { raw: '"A=\\u0026"' }],
      ExposedPorts: ['9091/tcp', '80/tcp'],
      User: '65534',
    },
    diffIds: [DIGEST],
    history: [{ raw: '{"created_by":"base","empty_layer":true}' }, { created: rfc3339(0), created_by: 'us' }],
  });

describe('config', () => {
  it('writes its keys in the one order, maps sorted, raw parts as they are', () => {
    expect(full()).toBe(
      '{"created":"1970-01-01T00:00:00Z","architecture":"amd64","os":"windows","os.version":"10.0.20348.2227",' +
        '"os.features":["win32k"],"variant":"v1","config":{"User":"65534","ExposedPorts":{"80/tcp":{},"9091/tcp":{}},' +
        '"Env":["PATH=/bin","A=\\u0026"],"Entrypoint":["e"],"Cmd":["c"],"Volumes":{"/v":{}},"WorkingDir":"/",' +
        '"Labels":{"10":"ten","9":"\\u003c","__proto__":"p","b":"<&>"},"StopSignal":"SIGTERM"},' +
        `"rootfs":{"type":"layers","diff_ids":["${DIGEST}"]},"history":[{"created_by":"base","empty_layer":true},` +
        '{"created":"1970-01-01T00:00:00Z","created_by":"us"}]}',
    );
  });

  it('writes times in UTC without fractions', () => {
    expect(rfc3339(1779894590)).toBe('2026-05-27T15:09:50Z');
    expect(rfc3339(2 ** 33 - 1)).toBe('2242-03-16T12:56:31Z');
  });
});

describe('index', () => {
  const entry = (platform: Platform) => ({ mediaType: MediaType.manifest, digest: DIGEST, size: 1, platform });

  it('writes its keys in the one order, platforms sorted', () => {
    const arm: Platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
    const text = (platform: string) =>
      `{"mediaType":"${MediaType.manifest}","digest":"${DIGEST}","size":1,${platform}}`;
    expect(writeIndex([entry(windows), entry(arm), entry({ os: 'linux', architecture: 'amd64' })])).toBe(
      `{"schemaVersion":2,"mediaType":"${MediaType.index}","manifests":[` +
        `${text('"platform":{"architecture":"amd64","os":"linux"}')},` +
        `${text('"platform":{"architecture":"arm","os":"linux","variant":"v7"}')},` +
        `${text('"platform":{"architecture":"amd64","os":"windows","os.version":"10.0.20348.2227","os.features":["win32k"]}')}]}`,
    );
  });

  it('refuses letters that buildah would write in another way, and a platform listed twice', () => {
    for (const word of ['', 'a<', 'a&', 'a"', 'ä', '.a', 'x'.repeat(65)]) {
      expect(() => writeIndex([entry({ os: 'linux', architecture: word })])).toThrow(InputError);
    }
    expect(() => writeIndex([entry(windows), entry({ ...windows })])).toThrow(
      /windows\/amd64:10\.0\.20348\.2227 is listed twice/,
    );
  });

  it('orders by os, architecture, variant and os.version', () => {
    const list: Platform[] = [
      { os: 'linux', architecture: 'arm' },
      { os: 'linux', architecture: 'arm', variant: 'v6' },
      { os: 'linux', architecture: 'arm', variant: 'v7' },
      { os: 'linux', architecture: 'arm64' },
      { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763' },
      { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348' },
    ];
    expect([...list].reverse().sort(comparePlatforms)).toEqual(list);
    expect(list.slice(2, 4).map(platformName)).toEqual(['linux/arm/v7', 'linux/arm64']);
  });
});

describe('the JSON schemas of the OCI image spec', () => {
  let ajv: Ajv;
  const check = (name: string, value: unknown) => {
    const validate = ajv.getSchema(`https://opencontainers.org/schema/${name}`);
    if (!validate) throw new Error(`no schema ${name}`);
    return { valid: validate(value), errors: validate.errors };
  };
  const ok = { valid: true, errors: null };

  beforeAll(() => {
    ajv = ociSchemas();
  }, 60_000);

  it('accept config, manifest and index', () => {
    const descriptor = (mediaType: string) => ({ mediaType, digest: DIGEST, size: 1 });
    const manifest = writeManifest(descriptor(MediaType.config), [descriptor(MediaType.layer)]);
    const index = writeIndex([{ ...descriptor(MediaType.manifest), platform: windows }]);
    expect(check('config-schema.json', JSON.parse(full()))).toEqual(ok);
    expect(check('image-manifest-schema.json', JSON.parse(manifest))).toEqual(ok);
    expect(check('image-index-schema.json', JSON.parse(index))).toEqual(ok);
  });

  it('refuse what is wrong, so that accepting means something', () => {
    expect(check('config-schema.json', { ...JSON.parse(full()), rootfs: {} }).valid).toBe(false);
    expect(check('image-manifest-schema.json', { schemaVersion: 2 }).valid).toBe(false);
    expect(check('image-index-schema.json', { schemaVersion: 2, manifests: [{ digest: DIGEST }] }).valid).toBe(false);
  });
});
