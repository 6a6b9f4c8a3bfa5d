import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AssembledIndex, assembleImages } from '../../src/image/build-image.js';
import { randomFrom } from './random.js';

/**
 * Makes an image layout for two platforms, whose layers are of 300 kB that do not compress.
 * @param folder new or empty; the layout is in `layout` below it
 * @param seed another, another image
 */
export function smallImages(folder: string, seed: number): Promise<AssembledIndex> {
  mkdirSync(folder, { recursive: true });
  const platforms = ['amd64', 'arm64'].map((architecture, position) => {
    const random = randomFrom(seed * 2 + position);
    const binaryPath = join(folder, architecture);
    writeFileSync(
      binaryPath,
      Uint8Array.from({ length: 300_000 }, () => random() * 256),
    );
    return { platform: { os: 'linux', architecture }, binaryPath, docs: [], labels: [] };
  });
  return assembleImages({ platforms, epochSeconds: 1_700_000_000, layoutDir: join(folder, 'layout') });
}
