import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/base/errors.js';
import type { Digest } from '../../src/base/hash.js';
import { silentLog } from '../../src/base/log.js';
import { compareImages } from '../../src/verify/compare.js';
import { type OpenedImage, openOwnImage } from '../../src/verify/open/open-image.js';
import { type ImageComparison, verdictOf } from '../../src/verify/verdict.js';
import { scratch } from '../support/files.js';
import { open, smallLayout } from './layouts.js';

const OTHER: Digest = `sha256:${'7'.repeat(64)}`;

function compare(a: OpenedImage, b: OpenedImage): Promise<ImageComparison> {
  return compareImages(a, b, { tempDir: scratch(), log: silentLog });
}

/** The same image under another name of its content, as if a comparison overlooked what differs. */
describe('what has another digest is never the same, even where nothing that differs is found', () => {
  it('of an index', async () => {
    const image = await open(await smallLayout());
    const comparison = await compare(image, { ...image, digest: OTHER });
    expect(comparison.index).toMatchObject([{ level: 'index', weight: 'content', where: 'the index' }]);
    expect(comparison.platforms.map(({ verdict }) => verdict)).toEqual(['reproducible', 'reproducible']);
    expect(verdictOf(comparison)).toBe('content-differs');
  });

  it('of a manifest', async () => {
    const image = await open(await smallLayout({ architectures: ['amd64'] }));
    const renamed = image.entries.map((entry) => ({ ...entry, digest: OTHER }));
    const [first] = image.entries;
    if (!first) throw new Error('no entry');
    const other: OpenedImage = {
      ...{ ...image, entries: renamed },
      read: () => image.read(first),
      layerFiles: (_entry, wanted) => image.layerFiles(first, wanted),
    };
    const [platform] = (await compare(image, other)).platforms;
    expect(platform?.verdict).toBe('content-differs');
    expect(platform?.differences).toMatchObject([{ level: 'manifest', weight: 'content' }]);
    expect(platform?.differences[0]?.where).toMatch(/^the manifest \(sha256:\w{64}, sha256:\w{64}\)$/);
  });
});

describe('a failure of the world', () => {
  it('ends the comparison, and is no damage of the image', async () => {
    const image = await open(await smallLayout());
    const away = new RunError('the registry does not answer');
    for (const broken of [
      { ...image, read: () => Promise.reject(away) },
      { ...image, layerFiles: () => Promise.reject(away) },
    ]) {
      await expect(compare(image, broken)).rejects.toBe(away);
      await expect(compare(broken, image)).rejects.toBe(away);
    }
  });
});

describe('a layout that was just made', () => {
  it('is opened without a registry, and is the same as one that a user names', async () => {
    const layout = await smallLayout();
    const [own, named] = [await openOwnImage(layout, { tempDir: scratch() }), await open(layout)];
    expect([own.digest, own.entries]).toEqual([named.digest, named.entries]);
    expect(verdictOf(await compare(own, named))).toBe('reproducible');
  });
});
