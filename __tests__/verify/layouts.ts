import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Digest, digestOf } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { type AssembleOptions, assembleImages } from '../../src/image/build-image.js';
import type { BuildSpec } from '../../src/spec/build-spec.js';
import { imageLabels } from '../../src/spec/image-labels.js';
import { type CompareOptions, compareImages } from '../../src/verify/compare.js';
import type { OpenedImage } from '../../src/verify/open/open-image.js';
import type { ImageComparison } from '../../src/verify/verdict.js';
import { scratch } from '../support/files.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { type Tampering, tamperedLayout } from '../support/tampered-layout.js';
import { blobPath, openHere } from './images.js';

/** A spec without base and extra files, as that of the small images. */
export const SMALL_SPEC: BuildSpec = { ...EXAMPLE_SPEC, base: null, files: null };

export interface SmallOptions {
  readonly spec?: BuildSpec;
  readonly architectures?: readonly string[];
  /** What stands in the place of the binary; of a text, each platform gets its own. */
  readonly binary?: Buffer | string;
  readonly base?: AssembleOptions['platforms'][number]['base'];
  readonly extra?: AssembleOptions['extra'];
}

/** Makes a layout of small files as a build makes it; where nothing is given, always the same. @returns its path */
export async function smallLayout(options: SmallOptions = {}): Promise<string> {
  const {
    spec = SMALL_SPEC,
    architectures = ['amd64', 'arm64'],
    binary = 'the program\n'.repeat(500),
    base,
    extra,
  } = options;
  const folder = scratch();
  const docs = [{ path: 'LICENSE', content: Buffer.from('licence\n') }];
  await assembleImages({
    platforms: architectures.map((architecture) => {
      const binaryPath = join(folder, architecture);
      writeFileSync(binaryPath, typeof binary === 'string' ? `${binary}${architecture}` : binary);
      return { platform: { os: 'linux', architecture }, binaryPath, docs, labels: [...imageLabels(spec)], base };
    }),
    epochSeconds: spec.sourceDateEpoch,
    layoutDir: join(folder, 'layout'),
    extra,
  });
  return join(folder, 'layout');
}

/** A copy of a layout with its first image changed. */
export function tampered(layout: string, tampering: Tampering): string {
  const to = join(scratch(), 'tampered');
  tamperedLayout(layout, to, tampering);
  return to;
}

/** A copy of a layout whose first image has its layer compressed by another compressor, and nothing else changed. */
export function recompressed(layout: string): string {
  let bytes = Buffer.alloc(0);
  const to = tampered(layout, {
    manifest: (text) => {
      const { digest, size } = JSON.parse(text).layers[0] as { digest: Digest; size: number };
      bytes = gzipSync(gunzipSync(readFileSync(blobPath(layout, digest))), { level: 1 });
      return text.replace(`"${digest}","size":${size}`, `"${digestOf(bytes)}","size":${bytes.length}`);
    },
  });
  writeFileSync(blobPath(to, digestOf(bytes)), bytes);
  return to;
}

export function open(layout: string): Promise<OpenedImage> {
  return openHere({ type: 'layout', path: layout, tag: undefined });
}

export async function compareLayouts(
  a: string,
  b: string,
  options: Partial<CompareOptions> = {},
): Promise<ImageComparison> {
  return compareImages(await open(a), await open(b), { tempDir: scratch(), log: silentLog, ...options });
}
