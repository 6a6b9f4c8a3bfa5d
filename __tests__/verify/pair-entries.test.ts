import { describe, expect, it } from 'vitest';
import { type Platform, platformName } from '../../src/spec/platform.js';
import type { ImageEntry, OpenedImage } from '../../src/verify/open/opened-image.js';
import { choosePairs } from '../../src/verify/pair-entries.js';

let count = 0;

function entry(platform: Platform | undefined): ImageEntry {
  const digest = `sha256:${String(++count).padStart(64, '0')}` as const;
  const name = platform ? platformName(platform) : digest;
  return { platform, name, digest, size: 1, mediaType: '', raw: '{}' };
}

/** Only what the choice goes by. */
function image(platforms: readonly (Platform | undefined)[], isIndex = true): OpenedImage {
  return { isIndex, entries: platforms.map(entry) } as unknown as OpenedImage;
}

const windows = (osVersion: string): Platform => ({ os: 'windows', architecture: 'amd64', osVersion });
const linux = (architecture: string): Platform => ({ os: 'linux', architecture });

const shown = (a: OpenedImage, b: OpenedImage, wanted?: Platform[]) => {
  const { pairs, unchecked } = choosePairs(a, b, wanted);
  const names = pairs.map((pair) => `${pair.a?.name ?? 'none'} = ${pair.b?.name ?? 'none'}`);
  return { names, unchecked };
};

describe('choosePairs', () => {
  it('finds platforms by what they are, in the order of platforms', () => {
    const found = shown(
      image([linux('arm64'), linux('amd64')]),
      image([linux('amd64'), linux('s390x'), linux('arm64')]),
    );
    expect(found.names).toEqual(['linux/amd64 = linux/amd64', 'linux/arm64 = linux/arm64', 'none = linux/s390x']);
  });

  it('pairs another os.version where there is one on each side, and does not guess where there are more', () => {
    const [old, newer, third] = [windows('10.0.1'), windows('10.0.2'), windows('10.0.3')];
    expect(shown(image([old]), image([newer])).names).toEqual(['windows/amd64:10.0.1 = windows/amd64:10.0.2']);
    expect(shown(image([old, newer]), image([newer, third])).names).toEqual([
      'windows/amd64:10.0.1 = windows/amd64:10.0.3',
      'windows/amd64:10.0.2 = windows/amd64:10.0.2',
    ]);
    expect(shown(image([old, newer]), image([third])).names).toEqual([
      'windows/amd64:10.0.1 = none',
      'windows/amd64:10.0.2 = none',
      'none = windows/amd64:10.0.3',
    ]);
  });

  it('takes all versions of a wanted platform', () => {
    const side = () => image([windows('10.0.1'), windows('10.0.2'), linux('amd64')]);
    const { names, unchecked } = shown(side(), side(), [{ os: 'windows', architecture: 'amd64' }]);
    expect(names).toHaveLength(2);
    expect(unchecked).toEqual(['linux/amd64']);
  });

  it('pairs the first with the first where a platform is there twice, and leaves the second over', () => {
    const found = shown(image([linux('amd64'), linux('amd64')]), image([linux('amd64')]));
    expect(found.names).toEqual(['linux/amd64 = linux/amd64', 'linux/amd64 = none']);
  });

  it('never pairs what has no platform, unless both are single manifests', () => {
    const [a, b] = [image([undefined]), image([undefined])];
    expect(shown(a, b).names).toHaveLength(2);
    expect(shown(image([undefined], false), image([linux('amd64')], false)).names).toHaveLength(1);
  });

  it('compares what a single manifest has, and no more', () => {
    const [single, three] = [image([linux('arm64')], false), image([linux('amd64'), linux('arm64')])];
    for (const found of [shown(single, three), shown(three, single)]) {
      expect(found).toEqual({ names: ['linux/arm64 = linux/arm64'], unchecked: ['linux/amd64'] });
    }
    const other = image([linux('s390x')], false);
    expect(shown(other, three)).toEqual({ names: ['linux/s390x = none'], unchecked: ['linux/amd64', 'linux/arm64'] });
  });
});
