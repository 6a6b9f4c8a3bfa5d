import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { digestOf } from '../../src/base/hash.js';
import { readBaseConfig } from '../../src/image/base-config.js';
import { parseBaseImage, parseBaseManifest } from '../../src/image/base-image.js';
import { imageConfig } from '../../src/image/image-config.js';
import { makeBase } from './base.js';

const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** A base with the text of a whole config. */
function baseOf(configJson: string, layers: unknown[] = []) {
  const config = { digest: digestOf(configJson), size: Buffer.byteLength(configJson) };
  const manifest = {
    schemaVersion: 2,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers,
  };
  return parseBaseImage(JSON.stringify(manifest), configJson, () => '/nowhere');
}

/** A config around the text of its `config`. */
const withRun = (run: string) =>
  `{"os":"linux","architecture":"amd64","config":${run},"rootfs":{"type":"layers","diff_ids":[]}}`;

/** What an image on a base with that config says, as text. */
function configOn(json: string, labels: (readonly [string, string])[] = [], hasExtra = false): string {
  const base = baseOf(json);
  const input = { platform: base.platform, binaryPath: '', docs: [], labels, base };
  return imageConfig(input, [{ diffId: digestOf('ours') }], hasExtra, 0);
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).input).toBe('base-image');
    return (error as InputError).message;
  }
  throw new Error('was not refused');
}

describe('a base image', () => {
  it.each([false, true])('is read, its layers with the media types of OCI (docker: %s)', (docker) => {
    const made = makeBase({
      docker,
      layers: [['a', 'gzip'] as const, ['b', 'gzip'] as const],
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    });
    const base = parseBaseImage(made.manifestJson, made.configJson, (digest) => `/blobs/${digest}`);
    expect(base.platform).toEqual({ os: 'linux', architecture: 'arm64' });
    expect(base.layers.map(({ mediaType }) => mediaType)).toEqual([OCI_LAYER, OCI_LAYER]);
    expect(base.layers.map(({ digest, size, path }) => ({ digest, size, path }))).toEqual(
      [...made.blobs].map(([digest, bytes]) => ({ digest, size: bytes.length, path: `/blobs/${digest}` })),
    );
    expect(base.layers.map(({ diffId }) => diffId)).toEqual(readBaseConfig(made.configJson).diffIds);
  });

  it('has the platform of its config, in canonical form', () => {
    const of = (platform: object) =>
      readBaseConfig(makeBase({ platform: { ...platform }, layers: [] }).configJson).platform;
    expect(of({ os: 'linux', architecture: 'arm' })).toEqual({ os: 'linux', architecture: 'arm', variant: 'v7' });
    expect(of({ os: 'linux', architecture: 'amd64', variant: '', 'os.version': '1' })).toEqual({
      os: 'linux',
      architecture: 'amd64',
    });
    expect(
      of({ os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2700', 'os.features': ['win32k'] }),
    ).toEqual({ os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2700', osFeatures: ['win32k'] });
  });

  it('may leave out what it does not need, as null too', () => {
    expect(readBaseConfig('{"os":"linux","architecture":"amd64"}').diffIds).toEqual([]);
    const none = withRun(
      '{"User":null,"Env":null,"Labels":null,"ExposedPorts":null,"Volumes":null,"Healthcheck":[{}]}',
    );
    expect(configOn(none)).toContain(
      '"config":{"User":"65534","ExposedPorts":{"9091/tcp":{}},"Entrypoint":["/usr/local/bin/pushgateway"],"Labels":{}}',
    );
    expect(configOn(withRun('null'))).toContain('"User":"65534"');
  });

  const layer = (mediaType: string) => ({ mediaType, digest: digestOf(''), size: 1 });
  const manifest = (change: object) =>
    JSON.stringify({
      schemaVersion: 2,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(''), size: 0 },
      layers: [],
      ...change,
    });
  it.each([
    ['an index', manifest({ manifests: [] }), /is an index/],
    ['schema 1', manifest({ schemaVersion: 1 }), /schema version 1/],
    ['no version', '{}', /has no "schemaVersion"/],
    ['another manifest', manifest({ mediaType: 'text/plain' }), /media type "text\/plain"/],
    [
      'a helm chart',
      manifest({ config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: digestOf(''), size: 0 } }),
      /no container image/,
    ],
    [
      'sha512',
      manifest({ layers: [{ ...layer(OCI_LAYER), digest: `sha512:${'a'.repeat(128)}` }] }),
      /layers\[0\]\.digest.*not a sha256 digest/,
    ],
    [
      'a path for a digest',
      manifest({ layers: [{ ...layer(OCI_LAYER), digest: 'sha256:../../etc/passwd' }] }),
      /not a sha256 digest/,
    ],
    ['a size that is no number', manifest({ layers: [{ ...layer(OCI_LAYER), size: '1' }] }), /size is a text/],
    ['a negative size', manifest({ layers: [{ ...layer(OCI_LAYER), size: -1 }] }), /size is -1, not a whole number/],
    ['half a byte', manifest({ layers: [{ ...layer(OCI_LAYER), size: 0.5 }] }), /size is 0.5/],
    ['a size in words', manifest({ layers: [layer(OCI_LAYER)] }).replace('"size":1', '"size":1e3'), /size is 1e3/],
    [
      'an uncompressed layer',
      manifest({ layers: [layer('application/vnd.oci.image.layer.v1.tar')] }),
      /only gzip layers.*skopeo copy/,
    ],
    ['a zstd layer', manifest({ layers: [layer('application/vnd.oci.image.layer.v1.tar+zstd')] }), /only gzip layers/],
    [
      "docker's uncompressed layer",
      manifest({ layers: [layer('application/vnd.docker.image.rootfs.diff.tar')] }),
      /only gzip layers/,
    ],
    [
      'a foreign layer',
      manifest({ layers: [layer('application/vnd.docker.image.rootfs.foreign.diff.tar.gzip')] }),
      /do not keep/,
    ],
    [
      'a nondistributable layer',
      manifest({ layers: [layer('application/vnd.oci.image.layer.nondistributable.v1.tar+gzip')] }),
      /do not keep/,
    ],
    ['an encrypted layer', manifest({ layers: [layer(`${OCI_LAYER}+encrypted`)] }), /encrypted/],
    ['another layer', manifest({ layers: [layer('application/vnd.in-toto+json')] }), /in-toto.*accepted/],
    ['no list', manifest({ layers: {} }), /layers is an object, not a list/],
    ['no JSON', 'x', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a list', '[]', /is a list, not an object/],
  ])('is refused where its manifest is or has %s', (_what, json, why) => {
    expect(refusal(() => parseBaseManifest(json))).toMatch(why);
  });

  it('is refused where config and manifest do not belong together', () => {
    const { manifestJson, configJson } = makeBase();
    expect(refusal(() => parseBaseImage(manifestJson, `${configJson} `, String))).toMatch(
      /not the one that its manifest names/,
    );
    const bytes = Buffer.from(configJson.replace('layers', 'l\xe4yers'), 'latin1');
    const lossy = manifestJson.replace(/sha256:[0-9a-f]{64}/, digestOf(bytes));
    expect(refusal(() => parseBaseImage(lossy, bytes.toString('utf8'), String))).toMatch(/or is no UTF-8/);
    expect(refusal(() => baseOf(configJson))).toMatch(/0 layers, but its config has 1 diff IDs/);
  });
});

describe('the config of an image on a base', () => {
  it('takes over what ko takes over, as the base spells it, and nothing else', () => {
    const run = `{ "Hostname" : "h", "Domainname":"d", "User":"nonroot:\\u0031", "AttachStdin":true, "Tty":true,
      "ExposedPorts":{"9091\\/tcp":{"x":1},"80/tcp":null,"\\u0037/udp":{}}, "Env":["PATH=\\/bin","A=\\u003c&>\u2028"], "Cmd":["sh"],
      "Entrypoint":["/bin/sh"], "Image":"sha256:0", "Volumes":{"/b":{},"/\\u0061":{}}, "WorkingDir":"\\/data", "ArgsEscaped":true,
      "Healthcheck":{"Test":["NONE"]}, "OnBuild":["RUN x"], "Shell":["sh"], "MacAddress":"0", "StopSignal":"SIG\\u0054ERM", "StopTimeout":5,
      "Labels":{"b":"1","__proto__":"p","10":"t","9":"n","own":"base","\\u0061":"\\ud83d\\ude00","":"e"} }`;
    const written = configOn(withRun(run), [
      ['own', 'ours'],
      ['Z', 'z'],
    ]);
    expect(written).toBe(
      '{"created":"1970-01-01T00:00:00Z","architecture":"amd64","os":"linux","config":{"User":"nonroot:\\u0031",' +
        '"ExposedPorts":{"\\u0037/udp":{},"80/tcp":{},"9091/tcp":{}},"Env":["PATH=\\/bin","A=\\u003c&>\u2028"],' +
        '"Entrypoint":["/usr/local/bin/pushgateway"],"Volumes":{"/\\u0061":{},"/b":{}},"WorkingDir":"\\/data",' +
        '"Labels":{"":"e","10":"t","9":"n","Z":"z","__proto__":"p","\\u0061":"\\ud83d\\ude00","b":"1","own":"ours"},' +
        '"StopSignal":"SIG\\u0054ERM"},' +
        `"rootfs":{"type":"layers","diff_ids":["${digestOf('ours')}"]},` +
        '"history":[{"created":"1970-01-01T00:00:00Z","created_by":"pushgateway-ttl-action profile 1"}]}',
    );
  });

  it('gives Windows no user of its own, and another entrypoint', () => {
    const windows = (run: string) => withRun(run).replace('linux', 'windows');
    expect(configOn(windows('{}'))).toContain(
      '"config":{"ExposedPorts":{"9091/tcp":{}},"Entrypoint":["C:\\\\usr\\\\local\\\\bin\\\\pushgateway.exe"],"Labels":{}}',
    );
    expect(configOn(windows('{"User":"ContainerUser"}'))).toContain('"User":"ContainerUser"');
  });

  const digests = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => digestOf(`${i}`)));
  const history = (entries: string, layers: number) => {
    const json = `{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":${digests(layers)}},"history":${entries}}`;
    const platform = { os: 'linux', architecture: 'amd64' };
    const base = { platform, configJson: json, layers: [] };
    const written = imageConfig({ platform, binaryPath: '', docs: [], labels: [], base }, [], true, 0);
    return written.slice(written.indexOf('"history":') + 10, -1);
  };
  const ours =
    '{"created":"1970-01-01T00:00:00Z","created_by":"pushgateway-ttl-action profile 1"},' +
    '{"created":"1970-01-01T00:00:00Z","created_by":"pushgateway-ttl-action profile 1, extra files"}';

  it("copies the base's history to the byte where it has one entry for each layer", () => {
    const entries =
      '{ "created_by" : "\\u0061\\/", "x":[1e5, -0] },{"empty_layer":true,"created":"2020-01-01T00:00:00.5Z"}';
    expect(history(`[${entries}]`, 1)).toBe(`[${entries},${ours}]`);
    expect(history('[]', 0)).toBe(`[${ours}]`);
  });

  it.each(['null', '[]', '[{"created_by":"a"}]', '[{},{},{}]', '[{},{"empty_layer":true}]'])(
    'writes one entry for each layer of the base where its history is %s, for two layers',
    (entries) => {
      const one = '{"created":"1970-01-01T00:00:00Z","created_by":"base image"}';
      expect(history(entries, 2)).toBe(`[${one},${one},${ours}]`);
    },
  );

  it.each([
    ['a key twice', withRun('{"Labels":{"a":"1","a":"2"}}'), /key a is there twice/],
    ['a key twice, spelled otherwise', withRun('{"Labels":{"a":"1","\\u0061":"2"}}'), /key a is there twice/],
    [
      'a key twice where nobody looks',
      withRun('{"Other":[{"__proto__":1,"__proto__":2}]}'),
      /__proto__ is there twice/,
    ],
    ['half a surrogate pair', withRun('{"Env":["\\ud800"]}'), /half of a surrogate pair/],
    ['half a surrogate pair in a key', withRun('{"Labels":{"\\udc00":"1"}}'), /half of a surrogate pair/],
    ['too deep a nest', withRun('['.repeat(70) + ']'.repeat(70)), /nested over 64 levels/],
    ['a nest that would use up the stack', '['.repeat(1_000_000), /nested over 64 levels/],
    ['a number for a user', withRun('{"User":0}'), /config\.User is a number, not a text/],
    ['a number in the environment', withRun('{"Env":["A=1",2]}'), /config\.Env\[1\] is a number/],
    ['a text for the environment', withRun('{"Env":"A=1"}'), /config\.Env is a text, not a list/],
    ['a label that is true', withRun('{"Labels":{"a b":true}}'), /Labels\."a b" is true, not a text/],
    ['a list of ports', withRun('{"ExposedPorts":["80"]}'), /ExposedPorts is a list, not an object/],
    ['a comment', withRun('{/**/}'), /not JSON/],
    ['a comma too many', withRun('{"Env":["A",]}'), /not JSON/],
    ['a control letter', withRun('{"User":"\u0001"}'), /not JSON/],
    ['a byte order mark', `\ufeff${withRun('{}')}`, /not JSON/],
    ['no os', '{"architecture":"amd64"}', /has no "os"/],
    ['a system that is no word', '{"os":"lin ux","architecture":"amd64"}', /lin ux/],
    [
      'a sha512 diff ID',
      '{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":["sha512:0"]}}',
      /diff_ids\[0\].*sha256/,
    ],
    ['history that is a text', '{"os":"linux","architecture":"amd64","history":["x"]}', /history\[0\] is a text/],
    [
      'a history entry nobody can read',
      '{"os":"linux","architecture":"amd64","history":[{"created_by":5}]}',
      /created_by is a number/,
    ],
    [
      'an empty layer of 1',
      '{"os":"linux","architecture":"amd64","history":[{"empty_layer":1}]}',
      /empty_layer is a number/,
    ],
    ['more than 4 MiB', withRun(`{"Other":"${'x'.repeat(2 ** 22)}"}`), /larger than 4 MiB/],
  ])('is refused where the base has %s', (_what, json, why) => {
    const message = refusal(() => configOn(json));
    expect(message).toMatch(why);
    expect(message.length).toBeLessThan(400);
  });

  it('holds a megabyte of labels, and is refused where it would become too large to be read', () => {
    const labels = Array.from({ length: 10_000 }, (_, i) => [`label-${i}`, 'v'.repeat(90)] as const);
    const written = JSON.parse(configOn(withRun(JSON.stringify({ Labels: Object.fromEntries(labels) }))));
    expect(Object.entries(written.config.Labels)).toHaveLength(10_000);
    const large = withRun(`{"Labels":{"a":"${'x'.repeat(2 ** 22 - 200)}"}}`);
    expect(refusal(() => configOn(large, [['b', 'y'.repeat(200)]]))).toMatch(/larger than the 4 MiB/);
  });

  it('says of any base what the base said, in the same spelling', () => {
    /** One text in one of its many spellings. */
    const point = fc.oneof(
      fc.integer({ min: 0, max: 0x7f }),
      fc.constantFrom(0x22, 0x5c, 0x2028, 0xd7ff, 0xe000, 0xff5e, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff),
    );
    const letter = fc.tuple(
      point.map((code) => String.fromCodePoint(code)),
      fc.boolean(),
      fc.boolean(),
    );
    const spelled = fc.array(letter, { maxLength: 8 }).map((letters) => {
      const spellings = letters.map(([letter, escaped, upper]) => {
        if (!escaped && JSON.stringify(letter).length === letter.length + 2) return letter;
        const units = Array.from({ length: letter.length }, (_, i) =>
          letter.charCodeAt(i).toString(16).padStart(4, '0'),
        );
        return units.map((unit) => `\\u${upper ? unit.toUpperCase() : unit}`).join('');
      });
      return { text: letters.map(([letter]) => letter).join(''), raw: `"${spellings.join('')}"` };
    });
    const blank = fc.constantFrom('', ' ', '\n\t ');
    const pairs = fc.uniqueArray(fc.tuple(spelled, spelled), { maxLength: 6, selector: ([key]) => key.text });
    const base = fc.record({
      labels: pairs,
      env: fc.array(spelled, { maxLength: 5 }),
      volumes: pairs,
      user: spelled,
      blank,
    });
    fc.assert(
      fc.property(base, ({ labels, env, volumes, user, blank }) => {
        const map = (list: typeof labels, value: (raw: string) => string) =>
          `{${list.map(([key, { raw }]) => `${blank}${key.raw}${blank}:${blank}${value(raw)}`).join(`${blank},`)}${blank}}`;
        const run = `{"Labels":${map(labels, (raw) => raw)},"Env":[${env.map(({ raw }) => raw).join(`,${blank}`)}],"Volumes":${map(volumes, () => '{}')},"User":${user.raw}}`;
        const written = configOn(withRun(run));
        const { config } = JSON.parse(written);
        expect(new Map(Object.entries(config.Labels))).toEqual(
          new Map(labels.map(([key, value]) => [key.text, value.text])),
        );
        expect(config.Env ?? []).toEqual(env.map(({ text }) => text));
        expect(new Set(Object.keys(config.Volumes ?? {}))).toEqual(new Set(volumes.map(([key]) => key.text)));
        expect(config.User).toBe(user.text === '' ? '65534' : user.text);
        const sorted = [...labels].sort(([a], [b]) => Buffer.compare(Buffer.from(a.text), Buffer.from(b.text)));
        expect(written).toContain(`"Labels":{${sorted.map(([key, value]) => `${key.raw}:${value.raw}`).join(',')}}`);
        if (env.length > 0) expect(written).toContain(`"Env":[${env.map(({ raw }) => raw).join(',')}]`);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('never fails on any text with another error than one of the input', () => {
    const seeds = [
      makeBase({ history: '[{"created_by":"x"}]' }).configJson,
      withRun('{"Labels":{"a":"b"},"Env":["c"]}'),
    ];
    const damage = fc.tuple(
      fc.constantFrom(...seeds),
      fc.nat(),
      fc.nat(30),
      fc.constantFrom('', '"', '{', '[', 'null', '\\', '\ud800', '0', ',', '}'),
    );
    fc.assert(
      fc.property(damage, ([text, at, length, instead]) => {
        const cut = at % text.length;
        const json = text.slice(0, cut) + instead + text.slice(cut + length);
        try {
          configOn(json);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500, seed: 9 },
    );
  });
});
