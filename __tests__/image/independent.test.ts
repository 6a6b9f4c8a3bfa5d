import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AssembledIndex, type AssembleOptions, assembleImages } from '../../src/image/build-image.js';
import type { Platform } from '../../src/spec/platform.js';
import { EPOCH, example } from './example.js';
import { output, sampleBytes, scratch } from './helpers.js';

const PROGRAM = join(import.meta.dirname, 'independent.py');

/** The same inputs through the program that was written from docs/image-format.md. */
function independently(options: AssembleOptions, folder: string): unknown {
  let count = 0;
  const images = options.platforms.map(({ platform, binaryPath, docs, labels }) => {
    const { osVersion, osFeatures, ...rest } = platform;
    const documents = docs.map(({ path, content }) => {
      if (!(content instanceof Uint8Array)) return [path, content.file];
      const file = join(folder, `document-${count++}`);
      writeFileSync(file, content);
      return [path, file];
    });
    const keys = { ...rest, 'os.version': osVersion, 'os.features': osFeatures };
    return { platform: keys, binary: binaryPath, documents, labels };
  });
  const printed = output('python3', [PROGRAM], JSON.stringify({ epoch: options.epochSeconds, images }));
  return JSON.parse(printed.toString());
}

function digestsOf({ index, images }: AssembledIndex): unknown {
  const each = images.map(({ digest, configDigest, layers }) => {
    return { manifest: digest, config: configDigest, layer: layers[0]?.digest, diffId: layers[0]?.diffId };
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
    };
  });
  return { platforms, epochSeconds: EPOCH, layoutDir: join(folder, 'layout') };
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
});
