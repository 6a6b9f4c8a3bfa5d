import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AssembledIndex, type AssembleOptions, assembleImages } from '../../src/image/build-image.js';
import { planExtraFiles } from '../../src/image/extra-layer.js';
import type { Content } from '../../src/image/tar-plan.js';
import type { Platform } from '../../src/spec/platform.js';
import { makeBase, onDisk } from './base.js';
import { EPOCH, example } from './example.js';
import { exampleOnBase } from './example-base.js';
import { output, sampleBytes, scratch } from './helpers.js';

const PROGRAM = join(import.meta.dirname, 'independent.py');

/** The same inputs through the program that was written from docs/image-format.md. */
function independently(options: AssembleOptions, folder: string): unknown {
  let count = 0;
  const named = (content: Content) => {
    if (!(content instanceof Uint8Array)) return content.file;
    const file = join(folder, `content-${count++}`);
    writeFileSync(file, content);
    return file;
  };
  const extra = options.extra?.map((entry) => {
    if (entry.type === 'file') return [entry.path, 'file', entry.mode, named(entry.content)];
    if (entry.type === 'symlink') return [entry.path, 'link', entry.mode, entry.target];
    return [entry.path, 'folder', entry.mode, null];
  });
  const images = options.platforms.map(({ platform, binaryPath, docs, labels, base }) => {
    const { osVersion, osFeatures, ...rest } = platform;
    const documents = docs.map(({ path, content }) => [path, named(content)]);
    const keys = { ...rest, 'os.version': osVersion, 'os.features': osFeatures };
    const stands = base && {
      config: named(Buffer.from(base.configJson)),
      layers: base.layers.map(({ digest, size }) => [digest, size]),
    };
    return { platform: keys, binary: binaryPath, documents, labels, base: stands, extra };
  });
  const printed = output('python3', [PROGRAM], JSON.stringify({ epoch: options.epochSeconds, images }));
  return JSON.parse(printed.toString());
}

function digestsOf({ index, images }: AssembledIndex): unknown {
  const each = images.map(({ digest, configDigest, layers }) => {
    const list = layers.map((layer) => layer.digest);
    return { manifest: digest, config: configDigest, layers: list, diffIds: layers.map(({ diffId }) => diffId) };
  });
  return { index: index.digest, images: each };
}

function unusual(folder: string): AssembleOptions {
  const list: Platform[] = [
    { os: 'linux', architecture: 'arm64' },
    { os: 'linux', architecture: 'arm', variant: 'v7' },
    { os: 'linux', architecture: 'amd64' },
    { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2227', osFeatures: ['win32k', 'a'] },
  ];
  const windows = {
    os: 'windows',
    architecture: 'amd64',
    'os.version': '10.0.20348.2227',
    'os.features': ['win32k', 'a'],
  };
  writeFileSync(join(folder, 'licence'), sampleBytes(1024, 9));
  const long = `licenses/${'example.com/'.repeat(5)}${'m'.repeat(60)}`;
  const platforms = list.map((platform, i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes([300_001, 0, 512, 65_536][i] ?? 1, i + 1));
    return {
      platform,
      binaryPath,
      docs: [
        { path: 'NOTICE', content: Buffer.alloc(0) },
        { path: 'LICENSE', content: { file: join(folder, 'licence') } },
        { path: `${long}/${'L'.repeat(20)}`, content: Buffer.from(`text ${i}`) },
        { path: `${'a/'.repeat(20)}${'b'.repeat(61 + i)}/${'c'.repeat(95 + i)}`, content: Buffer.from('x') },
        { path: 'a b/!burnt!sushi/LICENSE', content: Buffer.from('sushi') },
        { path: 'a b-c', content: Buffer.from('sorted between') },
      ],
      labels: [
        ['io.k0sproject.pushgateway-ttl.spec', '{"profile":1,"text":"\\"quoted\\" <&> \\\\ \u2028"}'],
        ['10', 'ten'],
        ['9', 'nine'],
        ['__proto__', 'constructor'],
        ['\u{1f600}', 'emoji \u{1f469}\u200d\u{1f52c} \uffff'],
        ['\uff5e', 'sorts before the emoji by UTF-8, after it by UTF-16'],
        ['controls', '\u0000\b\t\n\u000b\f\r\u001f\u007f\u0085\u2029'],
        ['', `empty key ${i}`],
      ] as const,
      ...(platform.os === 'windows' ? { base: onDisk(makeBase({ platform: windows }), folder) } : {}),
    };
  });
  return { platforms, epochSeconds: EPOCH, layoutDir: join(folder, 'layout') };
}

/** Bases whose configs have every spelling, with and without history that fits their layers. */
async function unusualBases(folder: string): Promise<AssembleOptions> {
  const run = `{ "User" :"\\u0030", "ExposedPorts":\n{"9091\\/tcp":{"x":[1,{"]":"}"}]}, "\\u0037/udp" : null, "80/tcp":{}},
    "Env":[ "PATH=\\/bin" , "A=\u2028\\ud83d\\ude00" ],"Cmd":["x"],"Entrypoint":null,"Volumes":{"/v":{},"/V":{}},"WorkingDir":"",
    "Labels":{"__proto__":"p","\\ud83d\\ude00":"emoji","\uff5e":"before it","10":"t","9":"n","io.k0sproject.pushgateway-ttl.spec":"base's"},
    "StopSignal":"SIGTERM","Healthcheck":{"Test":["NONE"]},"OnBuild":[] }`;
  const fitting = '[ {"created_by" : "\\u0061 [{\\"", "empty_layer":false}, {"empty_layer" : true},\n{"author":"x"} ]';
  const lists = [
    { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' }, run, history: fitting },
    { platform: { os: 'linux', architecture: 'arm' }, run: '{}', history: '[{}]' },
    { platform: { os: 'linux', architecture: 'amd64', 'os.version': '5' }, run: 'null' },
    { platform: { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2700' }, run, history: fitting },
    {
      platform: { os: 'windows', architecture: 'amd64', 'os.version': '10.0.9.1' },
      run: '{"User":""}',
      history: 'null',
    },
  ];
  const linked = unusual(folder).platforms;
  mkdirSync(join(folder, `tree/${'d'.repeat(60)}/${'e'.repeat(50)}`), { recursive: true });
  writeFileSync(join(folder, `tree/${'d'.repeat(60)}/${'e'.repeat(50)}/file`), sampleBytes(5000, 3));
  mkdirSync(join(folder, 'tree/empty'));
  const extra = await planExtraFiles(
    [
      { type: 'copy', source: 'tree', target: '/var/lib/tree/', mode: 0o640 },
      { type: 'copy', source: 'licence', target: '/tmp/', mode: undefined },
    ],
    folder,
  );
  const platforms = lists.map(({ platform, run, history }, i) => {
    const layers = [`first ${i}`, 'second'].map((content) => [content, 'gzip'] as const);
    const made = makeBase({ platform, run, layers, docker: i === 0, ...(history === undefined ? {} : { history }) });
    const base = onDisk(made, folder);
    const { binaryPath, docs, labels } = linked[i % linked.length] ?? { binaryPath: '', docs: [], labels: [] };
    return { platform: base.platform, binaryPath, docs, labels, base };
  });
  return { platforms, extra, epochSeconds: EPOCH, layoutDir: join(folder, 'on-bases') };
}

describe('a program written from docs/image-format.md', () => {
  it('gets our digests of the worked example', async () => {
    const folder = scratch();
    const options = example(folder);
    expect(independently(options, folder)).toEqual(digestsOf(await assembleImages(options)));
  });

  it('gets our digests of several platforms, long paths and unusual labels', async () => {
    const folder = scratch();
    const options = unusual(folder);
    expect(independently(options, folder)).toEqual(digestsOf(await assembleImages(options)));
  });

  it.each([0, 1, 951_782_400, 2 ** 33 - 1])('gets our digests at the epoch %d', async (epochSeconds) => {
    const folder = scratch();
    const options = { ...example(folder), epochSeconds };
    expect(independently(options, folder)).toEqual(digestsOf(await assembleImages(options)));
  });

  it('gets our digests of the second worked example', async () => {
    const folder = scratch();
    const options = await exampleOnBase(folder);
    expect(independently(options, folder)).toEqual(digestsOf(await assembleImages(options)));
  });

  it('gets our digests on bases with unusual configs, with extra files, on Linux and on Windows', async () => {
    const folder = scratch();
    const options = await unusualBases(folder);
    expect(independently(options, folder)).toEqual(digestsOf(await assembleImages(options)));
  });
});
