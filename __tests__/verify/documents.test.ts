import { describe, expect, it } from 'vitest';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import type { Difference } from '../../src/verify/difference.js';
import { compareConfigs } from '../../src/verify/documents/config-document.js';
import { readJsonText } from '../../src/verify/documents/json-diff.js';
import { compareManifests } from '../../src/verify/documents/manifest-document.js';
import { compareSpecs } from '../../src/verify/documents/spec-label.js';
import { EXAMPLE_SPEC } from '../support/specs.js';

type Json = Record<string, unknown>;

const lines = (found: readonly Difference[]) =>
  found.map(({ weight, cause, where, a, b }) => `${weight} ${cause}: ${where}: ${a} | ${b}`);

const DIFF_ID = `sha256:${'1'.repeat(64)}`;

function config(changes: Json = {}, run: Json = {}): Json {
  return {
    created: '2026-05-27T15:09:50Z',
    architecture: 'arm64',
    os: 'linux',
    config: { User: '65534', Entrypoint: ['/x'], Env: ['A=1', 'B=2'], Labels: { a: '1' }, ...run },
    rootfs: { type: 'layers', diff_ids: [DIFF_ID] },
    history: [{ created: '2026-05-27T15:09:50Z', created_by: 'x' }],
    ...changes,
  };
}

function configs(changed: Json, original: Json = config()): string[] {
  return lines(compareConfigs(readJsonText(JSON.stringify(original)), readJsonText(JSON.stringify(changed))));
}

describe('two configs', () => {
  it('are equal where they are', () => {
    expect(configs(config())).toEqual([]);
  });

  it.each<[string, Json, string]>([
    [
      'created',
      { created: '2020-01-01T00:00:00Z' },
      'metadata epoch: created: "2026-05-27T15:09:50Z" | "2020-01-01T00:00:00Z"',
    ],
    ['no created', { created: undefined }, 'metadata config-keys: created: "2026-05-27T15:09:50Z" | undefined'],
    ['author', { author: 'me' }, 'metadata config-keys: author: undefined | "me"'],
    ['docker_version', { docker_version: '20' }, 'metadata config-keys: docker_version: undefined | "20"'],
    [
      'container_config',
      { container_config: { Cmd: ['x'] } },
      'metadata config-keys: container_config: undefined | {"Cmd":["x"]}',
    ],
    ['architecture', { architecture: 'amd64' }, 'content behaviour: architecture: "arm64" | "amd64"'],
    ['variant that says nothing', { variant: 'v8' }, 'metadata config-keys: variant: undefined | "v8"'],
    ['variant', { variant: 'v9' }, 'content behaviour: variant: undefined | "v9"'],
    ['os.version', { 'os.version': '10.0' }, 'content behaviour: ["os.version"]: undefined | "10.0"'],
    ['unknown key', { entrypoint: ['sh'] }, 'content behaviour: entrypoint: undefined | ["sh"]'],
    ['rootfs type', { rootfs: { type: 'x', diff_ids: [DIFF_ID] } }, 'content behaviour: rootfs.type: "layers" | "x"'],
    ['no history', { history: undefined }, 'metadata history: history: 1 entry | undefined'],
    ['empty history', { history: [] }, 'metadata history: history: 1 entry | 0 entries'],
    ['history that is no list', { history: 'x' }, 'content history: history: 1 entry | no list'],
    [
      'time of history',
      { history: [{ created: '1970-01-01T00:00:00Z', created_by: 'x' }] },
      'metadata epoch: history[0].created: "2026-05-27T15:09:50Z" | "1970-01-01T00:00:00Z"',
    ],
    [
      'words of history',
      { history: [{ created: '2026-05-27T15:09:50Z', created_by: 'y' }] },
      'metadata history: history[0].created_by: "x" | "y"',
    ],
    ['no config', { config: undefined }, 'content behaviour: config.User: "65534" | undefined'],
    [
      'config of another kind',
      { config: [] },
      'content undefined: config: {"User":"65534","Entrypoint":["/x"],"Env":["A=1","B=2"],"Labels":{"a":"1"}} | []',
    ],
  ])('differ by %s', (_name, changes, line) => {
    expect(configs(config(changes))).toContain(line);
  });

  it.each<[string, Json, string]>([
    ['User', { User: '0' }, 'content behaviour: config.User: "65534" | "0"'],
    ['Entrypoint', { Entrypoint: ['/x', '-y'] }, 'content behaviour: config.Entrypoint: ["/x"] | ["/x","-y"]'],
    ['Cmd', { Cmd: ['y'] }, 'content behaviour: config.Cmd: undefined | ["y"]'],
    ['Env', { Env: ['A=1', 'B=3'] }, 'content behaviour: config.Env: ["A=1","B=2"] | ["A=1","B=3"]'],
    ['order of Env', { Env: ['B=2', 'A=1'] }, 'content behaviour: config.Env: ["A=1","B=2"] | ["B=2","A=1"]'],
    [
      'ExposedPorts',
      { ExposedPorts: { '1/tcp': {} } },
      'content behaviour: config.ExposedPorts: undefined | {"1/tcp":{}}',
    ],
    ['Volumes', { Volumes: { '/v': {} } }, 'content behaviour: config.Volumes: undefined | {"/v":{}}'],
    ['StopSignal', { StopSignal: 'SIGKILL' }, 'content behaviour: config.StopSignal: undefined | "SIGKILL"'],
    [
      'Healthcheck',
      { Healthcheck: { Test: ['CMD', 'x'] } },
      'content behaviour: config.Healthcheck: undefined | {"Test":["CMD","x"]}',
    ],
    ['Shell', { Shell: ['sh'] }, 'content behaviour: config.Shell: undefined | ["sh"]'],
    ['OnBuild', { OnBuild: ['RUN x'] }, 'content behaviour: config.OnBuild: undefined | ["RUN x"]'],
    ['WorkingDir', { WorkingDir: '/tmp' }, 'content behaviour: config.WorkingDir: undefined | "/tmp"'],
    ['unknown key', { user: '0' }, 'content behaviour: config.user: undefined | "0"'],
    ['inert WorkingDir', { WorkingDir: '/' }, 'metadata config-keys: config.WorkingDir: undefined | "/"'],
    ['empty WorkingDir', { WorkingDir: '' }, 'metadata config-keys: config.WorkingDir: undefined | ""'],
    ['empty Cmd', { Cmd: null }, 'metadata config-keys: config.Cmd: undefined | null'],
    ['empty OnBuild', { OnBuild: [] }, 'metadata config-keys: config.OnBuild: undefined | []'],
    ['Hostname', { Hostname: 'abc' }, 'metadata config-keys: config.Hostname: undefined | "abc"'],
    ['ArgsEscaped', { ArgsEscaped: true }, 'metadata config-keys: config.ArgsEscaped: undefined | true'],
    ['a label', { Labels: { a: '2' } }, 'metadata labels: config.Labels.a: "1" | "2"'],
    [
      'one label more',
      { Labels: { a: '1', 'io.buildah.version': '1' } },
      'metadata labels: config.Labels["io.buildah.version"]: undefined | "1"',
    ],
    ['no labels', { Labels: null }, 'metadata labels: config.Labels.a: "1" | undefined'],
    ['a label that is no text', { Labels: { a: 1 } }, 'content labels: config.Labels.a: "1" | 1'],
    ['labels that are no object', { Labels: 'x' }, 'content undefined: config.Labels: {"a":"1"} | "x"'],
  ])('differ by config.%s', (_name, run, line) => {
    expect(configs(config({}, run))).toContain(line);
  });

  it('differ by ArgsEscaped on Windows, where it has a say', () => {
    const found = configs(config({ os: 'windows' }, { ArgsEscaped: true }), config({ os: 'windows' }));
    expect(found).toEqual(['content behaviour: config.ArgsEscaped: undefined | true']);
  });

  it('leave diff_ids to the layers', () => {
    expect(configs(config({ rootfs: { type: 'layers', diff_ids: [] } }))).toEqual([]);
  });

  it('tell time, version and base of labels that both have', () => {
    const labels = (time: string, version: string, base: string) =>
      config(
        {},
        {
          Labels: {
            'org.opencontainers.image.created': time,
            'org.opencontainers.image.version': version,
            'org.opencontainers.image.base.name': base,
          },
        },
      );
    const found = configs(labels('2020-01-01T00:00:00Z', '1', ''), labels('2021-01-01T00:00:00Z', '2', 'x'));
    expect(found.map((line) => line.split(':')[0])).toEqual(['metadata epoch', 'metadata version', 'metadata base']);
  });
});

describe('two specs in labels', () => {
  const spec = (changes: Json) => JSON.stringify({ ...JSON.parse(encodeSpec(EXAMPLE_SPEC)), ...changes });

  it.each<[Json, string]>([
    [{ go: '1.26.7' }, 'metadata go-version: spec.go: 1.26.8 | 1.26.7'],
    [{ patches: [] }, 'metadata patches: spec.patches: ttl revision 1 (aaaaaaaaaaaa) | no patches'],
    [
      { patches: [{ name: 'ttl', revision: 2, sha256: 'b'.repeat(64) }] },
      'metadata patches: spec.patches: ttl revision 1 (aaaaaaaaaaaa) | ttl revision 2 (bbbbbbbbbbbb)',
    ],
    [
      { source: { type: 'git', url: 'https://x.example/y', commit: 'c'.repeat(40) } },
      `metadata patches: spec.source: the module github.com/prometheus/pushgateway@v1.11.3 | the commit ${'c'.repeat(40)} of https://x.example/y`,
    ],
    [{ modules: null }, 'metadata module-version: spec.modules: golang.org/x/crypto@v0.53.0 | none raised'],
    [{ sourceDateEpoch: 1 }, 'metadata epoch: spec.sourceDateEpoch: 1779894590 | 1'],
    [{ base: null }, `metadata base: spec.base: docker.io/library/debian@sha256:${'c'.repeat(64)} | scratch`],
    [{ labels: {} }, 'metadata labels: spec.labels: {"com.example.team":"metrics"} | {}'],
    [{ version: '2' }, 'metadata version: spec.version: 1.11.3+ttl.1 | 2'],
    [{ files: null }, `metadata files: spec.files: sha256:${'d'.repeat(64)} | no extra files`],
    [{ profile: 2 }, 'metadata labels: spec.profile: 1 | 2'],
    [{ constructor: 1 }, 'metadata labels: spec.constructor: undefined | 1'],
    [{ patches: 'x' }, 'metadata patches: spec.patches: ttl revision 1 (aaaaaaaaaaaa) | x'],
    [
      { patches: [null, 1] },
      'metadata patches: spec.patches: ttl revision 1 (aaaaaaaaaaaa) | undefined (undefined), undefined (undefined)',
    ],
  ])('%j', (changes, line) => {
    expect(lines(compareSpecs(spec({}), spec(changes)))).toEqual([line]);
  });

  it('are compared as JSON where words do not tell them apart', () => {
    const long = { patches: [{ name: 'ttl', revision: 1, sha256: `${'a'.repeat(63)}b` }] };
    const [found] = compareSpecs(spec({}), spec(long));
    expect(found?.a).not.toBe(found?.b);
    expect(found?.cause).toBe('patches');
  });

  it('are one difference where one is no object, and another spelling is told', () => {
    expect(lines(compareSpecs('[]', '{}'))).toEqual(['metadata labels: spec: [] | {}']);
    expect(lines(compareSpecs('no JSON', '{"a":1}'))).toEqual(['metadata labels: spec: no JSON | {"a":1}']);
    expect(lines(compareSpecs('{"a":1,"b":2}', '{"b":2,"a":1}'))).toEqual([
      'metadata key-order: spec: order of keys: a, b | b, a',
    ]);
  });

  it('are found in a config, in the place of the label', () => {
    const of = (go: string) => config({}, { Labels: { [SPEC_LABEL]: spec({ go }) } });
    expect(configs(of('1.26.7'), of('1.26.8'))).toEqual(['metadata go-version: spec.go: 1.26.8 | 1.26.7']);
    expect(configs(config(), of('1.26.8')).at(0)).toMatch(/^metadata labels: config\.Labels\["io\.k0sproject/);
  });
});

describe('two manifests', () => {
  const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: DIFF_ID, size: 1 };
  const manifest = (changes: Json = {}) => ({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: DIFF_ID, size: 2 },
    layers: [layer],
    ...changes,
  });
  const manifests = (changed: Json) =>
    lines(compareManifests(readJsonText(JSON.stringify(manifest())), readJsonText(JSON.stringify(changed))));

  it('leave digests and sizes to what they name', () => {
    expect(manifests(manifest({ layers: [{ ...layer, digest: `sha256:${'2'.repeat(64)}`, size: 3 }] }))).toEqual([]);
  });

  it.each<[string, Json, string]>([
    [
      'no media type',
      { mediaType: undefined },
      'metadata media-types: mediaType: "application/vnd.oci.image.manifest.v1+json" | undefined',
    ],
    ['artifact type', { artifactType: 'x' }, 'metadata media-types: artifactType: undefined | "x"'],
    ['subject', { subject: { digest: DIFF_ID } }, `metadata annotations: subject: undefined | {"digest":"${DIFF_ID}"}`],
    ['annotation', { annotations: { a: 'b' } }, 'metadata annotations: annotations.a: undefined | "b"'],
    [
      'empty annotation of a base',
      { annotations: { 'org.opencontainers.image.base.name': '' } },
      'metadata annotations: annotations["org.opencontainers.image.base.name"]: undefined | ""',
    ],
    [
      'base',
      { annotations: { 'org.opencontainers.image.base.name': 'x' } },
      'metadata base: annotations["org.opencontainers.image.base.name"]: undefined | "x"',
    ],
    [
      'layer type',
      { layers: [{ ...layer, mediaType: 'x' }] },
      'metadata media-types: layers[0].mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" | "x"',
    ],
    [
      'layer annotation',
      { layers: [{ ...layer, annotations: { a: 'b' } }] },
      'metadata annotations: layers[0].annotations.a: undefined | "b"',
    ],
    [
      'embedded data',
      { layers: [{ ...layer, data: 'AA==' }] },
      'content undefined: layers[0].data: undefined | "AA=="',
    ],
    ['two sizes of one digest', { layers: [{ ...layer, size: 9 }] }, 'content damaged: layers[0].size: 1 | 9'],
    [
      'types of other layers',
      { layers: [layer, { ...layer, mediaType: 'x' }] },
      'metadata media-types: layers: media types: application/vnd.oci.image.layer.v1.tar+gzip | application/vnd.oci.image.layer.v1.tar+gzip, x',
    ],
    ['unknown key', { more: 1 }, 'content undefined: more: undefined | 1'],
  ])('differ by %s', (_name, changes, line) => {
    expect(manifests(manifest(changes))).toEqual([line]);
  });
});
