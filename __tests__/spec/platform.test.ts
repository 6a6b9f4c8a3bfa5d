import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePlatforms, type Platform, platformFileName, platformName, targetOf } from '../../src/spec/platform.js';
import { isBuildable, parsePlatform } from '../../src/spec/platforms.js';

const WINDOWS: Platform = {
  os: 'windows',
  architecture: 'amd64',
  osVersion: '10.0.20348.2700',
  osFeatures: ['win32k'],
};

test.each<[Platform, string, string]>([
  [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64', 'linux-amd64'],
  [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7', 'linux-arm-v7'],
  [{ os: 'windows', architecture: 'amd64' }, 'windows/amd64', 'windows-amd64'],
  [WINDOWS, 'windows/amd64:10.0.20348.2700', 'windows-amd64-10.0.20348.2700'],
])('%j is shown as %s, and is %s in a file name', (platform, name, file) => {
  expect(platformName(platform)).toBe(name);
  expect(platformFileName(platform)).toBe(file);
});

test('what is compiled does not know the version of Windows', () => {
  expect(targetOf(WINDOWS)).toEqual({ os: 'windows', architecture: 'amd64' });
  expect(Object.keys(targetOf(WINDOWS))).toEqual(['os', 'architecture']);
  expect(targetOf({ os: 'linux', architecture: 'arm', variant: 'v6', osFeatures: ['a'] })).toEqual({
    os: 'linux',
    architecture: 'arm',
    variant: 'v6',
  });
});

test('what can be built: what can be asked for, in its canonical form, whatever version of Windows', () => {
  for (const name of ['linux/amd64', 'linux/arm', 'linux/arm/v5', 'linux/s390x', 'windows/amd64', 'windows/arm64']) {
    expect(isBuildable(parsePlatform(name))).toBe(true);
    expect(isBuildable({ ...parsePlatform(name), osVersion: '10.0.1', osFeatures: ['x'] })).toBe(true);
  }
  expect(isBuildable({ os: 'linux', architecture: 'arm' })).toBe(false);
  expect(isBuildable({ os: 'linux', architecture: 'arm64', variant: 'v8' })).toBe(false);
  expect(isBuildable({ os: 'linux', architecture: 'amd64', variant: 'v3' })).toBe(false);
  expect(isBuildable({ os: 'windows', architecture: 'arm', variant: 'v7' })).toBe(false);
  expect(isBuildable({ os: 'unknown', architecture: 'unknown' })).toBe(false);
});

test('an error over a platform names the input that it stood in', () => {
  const error = expect.objectContaining({ name: 'InputError', input: 'base-image' });
  expect(() => parsePlatform('linux/amd65', 'base-image')).toThrow(error);
});

test('platforms in any order are sorted into one: os, architecture, variant, os.version', () => {
  const sorted: Platform[] = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm', variant: 'v6' },
    { os: 'linux', architecture: 'arm', variant: 'v7' },
    { os: 'linux', architecture: 'arm64' },
    { os: 'windows', architecture: 'amd64' },
    { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.6414' },
    WINDOWS,
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
      expect([...shuffled].sort(comparePlatforms)).toEqual(sorted);
    }),
  );
});

test.each([
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/arm/v6', 'linux/arm/v6'],
])('%s means %s', (written, name) => {
  expect(platformName(parsePlatform(written))).toBe(name);
});
