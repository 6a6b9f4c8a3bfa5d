import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import type { CompiledBinary } from '../../src/compile/compile-all.js';
import { writeResult } from '../../src/output/files.js';
import { sbomJson } from '../../src/output/sbom.js';
import { encodeSpec, specDigest } from '../../src/spec/build-spec.js';
import { scratch, snapshot } from '../support/files.js';
import { mustExec, PROJECT } from '../support/program.js';
import { writeFiles } from '../support/repository.js';
import { EXAMPLE_SPEC } from '../support/specs.js';

const AMD64 = { os: 'linux', architecture: 'amd64' };
const ARM = { os: 'linux', architecture: 'arm', variant: 'v7' };
const SHA256 = 'a'.repeat(64);
const INFO = {
  goVersion: 'go1.26.8',
  main: { path: 'github.com/prometheus/pushgateway', version: '(devel)', sum: '' },
  deps: [
    { path: 'golang.org/x/sys', version: 'v0.46.0', sum: `h1:${'B'.repeat(43)}=` },
    { path: 'github.com/prometheus/common', version: 'v0.67.5', sum: `h1:${'A'.repeat(43)}=` },
    { path: 'example.com/with+incompatible', version: 'v2.0.0+incompatible', sum: '' },
  ],
  settings: [
    ['CGO_ENABLED', '0'],
    ['-trimpath', 'true'],
  ] as const,
};

function validate(document: unknown): unknown {
  const folder = join(PROJECT, 'node_modules', '@cyclonedx', 'cyclonedx-library', 'res', 'schema');
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const any = () => true;
  const formats = Object.fromEntries(
    ['iri-reference', 'idn-email', 'email', 'date', 'date-time', 'uri', 'iri'].map((name) => [name, any]),
  );
  const ajv = new Ajv({ strict: false, formats });
  for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
    const { $id: _, ...schema } = read(name); // it is referred to by the name of its file
    ajv.addSchema(schema, `http://cyclonedx.org/schema/${name}`);
  }
  const check = ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
  return check(document) ? [] : check.errors;
}

test('the SBOM is valid by the schema of CycloneDX 1.6, which refuses a broken one', () => {
  const document = JSON.parse(sbomJson(EXAMPLE_SPEC, ARM, INFO, SHA256));
  expect(validate(document)).toEqual([]);
  expect(validate({ ...document, serialNumber: 'x' })).not.toEqual([]);
});

test('the SBOM names every module, Go itself, and the binary by its digest', () => {
  const document = JSON.parse(sbomJson(EXAMPLE_SPEC, ARM, INFO, SHA256));
  expect(document.components.map((component: { purl: string }) => component.purl).sort()).toEqual([
    'pkg:golang/example.com/with%2Bincompatible@v2.0.0%2Bincompatible',
    'pkg:golang/github.com/prometheus/common@v0.67.5',
    'pkg:golang/golang.org/x/sys@v0.46.0',
    'pkg:golang/std@1.26.8',
  ]);
  const { component, timestamp } = document.metadata;
  expect(component).toMatchObject({ version: EXAMPLE_SPEC.version, hashes: [{ alg: 'SHA-256', content: SHA256 }] });
  expect(component.properties).toContainEqual({ name: 'pushgateway-ttl:platform', value: 'linux/arm/v7' });
  expect(timestamp).toBe('2026-05-27T15:09:50.000Z');
  const root = document.dependencies.find((entry: { ref: string }) => entry.ref === component['bom-ref']);
  expect(root.dependsOn).toHaveLength(4);
});

test('the SBOM is a function of what it is about: not of the order of modules, and another for anything else', () => {
  const plain = sbomJson(EXAMPLE_SPEC, ARM, INFO, SHA256);
  expect(sbomJson(EXAMPLE_SPEC, ARM, INFO, SHA256)).toBe(plain);
  expect(sbomJson(EXAMPLE_SPEC, ARM, { ...INFO, deps: [...INFO.deps].reverse() }, SHA256)).toBe(plain);
  const serial = (text: string) => JSON.parse(text).serialNumber;
  const serials = [
    plain,
    sbomJson({ ...EXAMPLE_SPEC, labels: {} }, ARM, INFO, SHA256),
    sbomJson(EXAMPLE_SPEC, AMD64, INFO, SHA256),
    sbomJson(EXAMPLE_SPEC, ARM, INFO, 'b'.repeat(64)),
  ].map(serial);
  expect(new Set(serials).size).toBe(4);
});

function someBinaries(): CompiledBinary[] {
  return [AMD64, ARM].map((platform) => {
    const path = join(writeFiles(scratch(), { binary: platform.architecture }), 'binary');
    return { platform, path, sha256: sha256Hex(platform.architecture), docs: [], buildInfo: INFO, milliseconds: 1 };
  });
}

/** A folder with the least that passes for a layout. */
const withLayout = () => {
  const index = '{"schemaVersion":2,"manifests":[]}';
  return writeFiles(scratch(), {
    'oci/oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    'oci/index.json': index,
    [`oci/blobs/sha256/${sha256Hex(index)}`]: index,
  });
};

test('the results stand in the shape that is promised, and sha256sum finds every checksum right', async () => {
  const folder = withLayout();
  await writeResult(folder, { spec: EXAMPLE_SPEC, binaries: someBinaries(), sbom: true, docker: undefined });
  const files = await snapshot(folder);
  const names = Object.keys(files).filter((name) => files[name] !== '/' && !name.startsWith('oci/'));
  expect(names.sort()).toEqual([
    'SHA256SUMS',
    'bin/linux/amd64/pushgateway',
    'bin/linux/arm/v7/pushgateway',
    'pushgateway.oci.tar',
    'sbom/linux-amd64.cdx.json',
    'sbom/linux-arm-v7.cdx.json',
    'spec.json',
  ]);
  expect(files['bin/linux/arm/v7/pushgateway']).toBe('arm');
  expect(statSync(join(folder, 'bin/linux/amd64/pushgateway')).mode & 0o777).toBe(0o755);
  const checked = await mustExec('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder });
  expect(checked.trim().split('\n')).toHaveLength(names.length - 1);
  expect(files['spec.json']).toBe(encodeSpec(EXAMPLE_SPEC));
  expect(specDigest(EXAMPLE_SPEC)).toContain((await mustExec('sha256sum', [join(folder, 'spec.json')])).slice(0, 64));
});

test('the results are the same bytes again in another folder, and have no SBOM where none was asked for', async () => {
  const [a, b, none] = [withLayout(), withLayout(), withLayout()];
  for (const folder of [a, b])
    await writeResult(folder, { spec: EXAMPLE_SPEC, binaries: someBinaries(), sbom: true, docker: undefined });
  expect(await snapshot(a)).toEqual(await snapshot(b));
  await writeResult(none, { spec: EXAMPLE_SPEC, binaries: someBinaries(), sbom: false, docker: undefined });
  expect(Object.keys(await snapshot(none)).some((name) => name.startsWith('sbom'))).toBe(false);
});
