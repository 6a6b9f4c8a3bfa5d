import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { digestOf } from '../../src/base/hash.js';
import { readBaseConfig } from '../../src/image/base-config.js';
import { parseBaseImage, parseBaseManifest } from '../../src/image/base-image.js';
import { baseWithin } from '../../src/image/base-within.js';
import { GzipStream } from '../../src/image/gzip.js';
import { type Json, object, sortedMap, writeJson } from '../../src/image/json.js';
import { JsonSource } from '../../src/image/json-source.js';
import { tarChunks } from '../../src/image/tar.js';
import { planTar, type TarEntry } from '../../src/image/tar-plan.js';
import { TYPES } from '../support/base-images.js';
import { read } from '../verify/archives.js';
import { fuzz } from './fuzz.js';
import { texts } from './generators.js';
import { documents } from './json.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const CONFIG = {
  ...{ created: '2024-01-01T00:00:00Z', architecture: 'amd64', os: 'linux', 'os.features': ['win32k'], variant: 'v1' },
  config: {
    ...{ User: '65534', ExposedPorts: { '9091/tcp': {} }, Env: ['PATH=/bin', 'A=\u00e9'], Entrypoint: ['/a'] },
    ...{ Volumes: { '/data': {} }, WorkingDir: '/', Labels: { '10': 'x', '9': 'y' }, StopSignal: 'SIGINT' },
  },
  rootfs: { type: 'layers', diff_ids: [DIGEST] },
  history: [{ created: '2024-01-01T00:00:00Z', created_by: 'x', empty_layer: true }],
};
const blob = { mediaType: TYPES.oci.layer, digest: DIGEST, size: 10 };
const manifestOf = (config: string) => ({
  ...{ schemaVersion: 2, mediaType: TYPES.oci.manifest },
  config: { mediaType: TYPES.oci.config, digest: digestOf(config), size: Buffer.byteLength(config) },
  layers: [blob],
});

describe('image/', () => {
  fuzz('JSON with its places', {
    input: documents([CONFIG, manifestOf('')], ['\\u0041', '1.0', '1e3', '/* */']),
    parse: (text) => ({ source: JsonSource.read(text, 'it', 'image'), text }),
    check: ({ source, text }) => expect(JSON.parse(source.raw)).toEqual(JSON.parse(text)),
  });

  fuzz('manifest of a base', { input: documents([manifestOf('{}')]), parse: parseBaseManifest });

  fuzz('config of a base', {
    input: documents([CONFIG]),
    parse: readBaseConfig,
    check: ({ platform }) => expect(platform.os).not.toBe(''),
  });

  fuzz('base image', {
    input: fc.tuple(documents([CONFIG]), fc.nat(9)),
    parse: ([config, which]) => parseBaseImage(JSON.stringify(manifestOf(which > 0 ? config : '')), config, () => ''),
    check: ({ layers }) => expect(layers.length).toBe(1),
  });

  fuzz('base within an image', {
    input: documents([CONFIG]),
    parse: (text) => baseWithin(text, 1, 'image'),
    check: (text) => expect(baseWithin(text, 0, 'image')).toBe(text),
  });

  const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      ...[fc.integer(), fc.boolean(), fc.constant(null)],
      texts(['a', '__proto__', '\u2028<>&']),
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(texts(['10', '9', '__proto__', 'b']), tie('value')), { maxLength: 3 })
        .map((pairs) => (pairs.length > 1 ? sortedMap(pairs) : object(...pairs))),
    ),
  })).value;
  fuzz('JSON that is written', {
    input: json,
    parse: writeJson,
    check: (text) => {
      expect(text).toBe(Buffer.from(text, 'utf8').toString('utf8'));
      expect(JsonSource.read(text, 'it', 'image').raw).toBe(text);
    },
  });

  const path = texts(
    ['usr/local/bin/pushgateway', 'etc/a', 'a'.repeat(90), `${'b'.repeat(80)}/${'c'.repeat(80)}`],
    ['/', 'usr/'],
  );
  const entry: fc.Arbitrary<TarEntry> = fc
    .tuple(path, fc.constantFrom(0o644, 0o755, 0o1777, 0o40755), fc.nat(2), texts(['text', '../x']), fc.boolean())
    .map(([name, mode, kind, content, isWindows]): TarEntry => {
      const common = { path: name, mode, ...(isWindows ? { pax: [['MSWINDOWS.fileattr', '32'] as const] } : {}) };
      if (kind === 0) return { ...common, type: 'directory' };
      if (kind === 1) return { ...common, type: 'symlink', target: content };
      return { ...common, type: 'file', content: Buffer.from(content) };
    });
  fuzz('archive, made and read back', {
    input: fc.tuple(fc.array(entry, { maxLength: 4 }), fc.nat(2 ** 33)),
    parse: async ([entries, mtime]) => {
      const planned = planTar(entries);
      return { planned, mtime, found: await read(tarChunks(planned, mtime)) };
    },
    check: ({ planned, mtime, found: { entries } }) => {
      const shown = entries.map(({ path, mode, mtime, problems }) => [path, mode, mtime, problems.length]);
      expect(shown).toEqual(planned.map((one) => [one.path, one.mode, String(mtime), 0]));
    },
  });

  fuzz('gzip, made and read back', {
    input: fc.tuple(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), fc.nat(9)),
    parse: async ([chunks, which]) => {
      const stream = new GzipStream('pako');
      const parts: Uint8Array[] = [GzipStream.header()];
      for (const chunk of chunks) parts.push(...(await stream.push(Buffer.from(chunk))));
      parts.push(...(await stream.end()));
      return which > 0 ? gunzipSync(Buffer.concat(parts)) : undefined;
    },
    check: (found, [chunks]) => {
      expect(createHash('sha1').update(found).digest('hex')).toBe(
        createHash('sha1').update(Buffer.concat(chunks)).digest('hex'),
      );
    },
  });
});
