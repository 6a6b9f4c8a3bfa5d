import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { choosePlatforms } from '../../src/registry/base-platforms.js';
import { canonicalPlatform } from '../../src/spec/canonical-platform.js';
import { type Platform, platformName } from '../../src/spec/platform.js';

/** `os/architecture[/variant][:os.version]`. */
function platformOf(name: string): Platform {
  const [path = '', osVersion] = name.split(':');
  const [os = '', architecture = '', variant] = path.split('/');
  return {
    os,
    architecture,
    ...(variant === undefined ? {} : { variant }),
    ...(osVersion === undefined ? {} : { osVersion }),
  };
}

const platformsOf = (...names: string[]) => names.map(platformOf);
/** What a function throws; fails where it throws nothing, or no mistake of the user's. */
function refusal(run: () => unknown): { message: string; input: string | undefined } {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return { message: error.message, input: error.input };
    throw error;
  }
  throw new Error('it was not refused');
}

const namesOf = (platforms: readonly Platform[]) => platforms.map(platformName);

describe('the canonical form of a platform', () => {
  test.each([
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/arm64/8', 'linux/arm64'],
    ['linux/arm64/v8.0', 'linux/arm64'],
    ['linux/arm64/9', 'linux/arm64/v9'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/arm/v5', 'linux/arm/v5'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v2', 'linux/amd64/v2'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/x86_64', 'linux/amd64'],
    ['Linux/AMD64', 'linux/amd64'],
    ['linux/i386', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
    ['linux/ppc64le', 'linux/ppc64le'],
    ['windows/amd64:10.0.20348.2700', 'windows/amd64:10.0.20348.2700'],
    ['linux/amd64:6.1', 'linux/amd64'],
  ])('of %s is %s', (stated, canonical) => {
    expect(platformName(canonicalPlatform(platformOf(stated)))).toBe(canonical);
    expect(canonicalPlatform(platformOf(stated))).toEqual(platformOf(canonical));
  });

  test('keeps os.version and os.features of Windows, drops them elsewhere, and drops what is empty', () => {
    const windows = { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.1', osFeatures: ['win32k'] };
    expect(canonicalPlatform(windows)).toEqual(windows);
    expect(canonicalPlatform({ ...windows, os: 'linux' })).toEqual({ os: 'linux', architecture: 'amd64' });
    const empty = { os: 'windows', architecture: 'amd64', variant: '', osVersion: '', osFeatures: [] };
    expect(canonicalPlatform(empty)).toEqual({ os: 'windows', architecture: 'amd64' });
  });

  test('is its own canonical form', () => {
    const word = fc.constantFrom('', '5', '7', '8', '9', 'v1', 'v6', 'v7', 'v8', 'v8.0', 'v9', '9.0', 'V8', 'x');
    const architecture = fc.constantFrom(
      'arm',
      'ARM64',
      'aarch64',
      'amd64',
      'x86-64',
      'i386',
      'armhf',
      'armel',
      'wasm',
    );
    fc.assert(
      fc.property(fc.constantFrom('linux', 'Windows', 'macOS'), architecture, word, (os, architecture, variant) => {
        const once = canonicalPlatform({ os, architecture, variant });
        expect(canonicalPlatform(once)).toEqual(once);
      }),
    );
  });
});

describe('all platforms', () => {
  test('are those of the base that can be built, in the order of the index; the others are named with the reason', () => {
    const offered = platformsOf(
      'windows/amd64:10.0.20348.2700',
      'linux/s390x',
      'linux/amd64',
      'linux/amd64/v2',
      'linux/amd64/v3',
      'linux/arm64',
      'linux/arm64/v9',
      'linux/arm/v8',
      'linux/arm/v7',
      'linux/riscv64',
      'linux/ppc64',
      'linux/sparc64',
      'freebsd/amd64',
      'wasip1/wasm',
      'windows/amd64:10.0.17763.6532',
      'windows/arm',
    );
    const { platforms, leftOut } = choosePlatforms('all', offered);
    expect(namesOf(platforms)).toEqual([
      'linux/amd64',
      'linux/arm/v7',
      'linux/arm64',
      'linux/riscv64',
      'linux/s390x',
      'windows/amd64:10.0.17763.6532',
      'windows/amd64:10.0.20348.2700',
    ]);
    expect(leftOut).toEqual([
      { platform: 'freebsd/amd64', why: 'an operating system for which no images are built' },
      { platform: 'linux/amd64/v2', why: 'a variant that is not built' },
      { platform: 'linux/amd64/v3', why: 'a variant that is not built' },
      { platform: 'linux/arm/v8', why: 'a variant that is not built' },
      { platform: 'linux/arm64/v9', why: 'a variant that is not built' },
      { platform: 'linux/ppc64', why: 'an architecture that is not built' },
      { platform: 'linux/sparc64', why: 'an architecture that is not built' },
      { platform: 'wasip1/wasm', why: 'WebAssembly, for which no images are built' },
      { platform: 'windows/arm', why: 'an architecture that is not built' },
    ]);
  });

  test('are an error where none can be built, which names what the base has', () => {
    expect(refusal(() => choosePlatforms('all', platformsOf('plan9/amd64', 'linux/amd64/v3')))).toEqual({
      message:
        'The base image has no platform that can be built. It has: linux/amd64/v3, plan9/amd64. Choose another base image',
      input: 'platforms',
    });
  });
});

describe('wanted platforms', () => {
  const offered = platformsOf(
    'windows/amd64:10.0.20348.2700',
    'windows/amd64:10.0.17763.6532',
    'linux/arm64',
    'linux/amd64',
    'linux/amd64/v3',
  );

  test('are built alone, in the order of the index, whatever their order', () => {
    for (const wanted of [platformsOf('linux/arm64', 'linux/amd64'), platformsOf('linux/amd64', 'linux/arm64')]) {
      const { platforms, leftOut } = choosePlatforms(wanted, offered);
      expect(namesOf(platforms)).toEqual(['linux/amd64', 'linux/arm64']);
      expect(leftOut).toEqual([]);
    }
  });

  test('mean every os.version of the base where they name none, and one where they name it', () => {
    expect(namesOf(choosePlatforms(platformsOf('windows/amd64', 'linux/amd64'), offered).platforms)).toEqual([
      'linux/amd64',
      'windows/amd64:10.0.17763.6532',
      'windows/amd64:10.0.20348.2700',
    ]);
    expect(namesOf(choosePlatforms(platformsOf('windows/amd64:10.0.20348.2700'), offered).platforms)).toEqual([
      'windows/amd64:10.0.20348.2700',
    ]);
  });

  test('keep the os.features of the base', () => {
    const windows = { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.1', osFeatures: ['win32k'] };
    expect(choosePlatforms(platformsOf('windows/amd64'), [windows]).platforms).toEqual([windows]);
  });

  test('that the base lacks are an error, which names all of them and what it has', () => {
    expect(refusal(() => choosePlatforms(platformsOf('linux/s390x', 'linux/amd64', 'linux/arm/v7'), offered))).toEqual({
      message:
        'The base image has no image for linux/arm/v7, linux/s390x. It has: linux/amd64, linux/amd64/v3, linux/arm64, ' +
        'windows/amd64:10.0.17763.6532, windows/amd64:10.0.20348.2700. ' +
        'Leave out of platforms what it lacks, or choose another base image',
      input: 'platforms',
    });
  });

  test('are never served by another variant', () => {
    for (const name of ['linux/arm/v6', 'linux/arm/v7']) {
      const base = platformsOf('linux/arm/v5', 'linux/arm64', 'linux/arm/v8');
      expect(() => choosePlatforms(platformsOf(name), base)).toThrow(InputError);
    }
  });
});
