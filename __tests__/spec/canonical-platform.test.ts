import { expect, test } from 'vitest';
import { canonicalPlatform } from '../../src/spec/canonical-platform.js';
import type { Platform } from '../../src/spec/platform.js';

// By containerd's Normalize: `[os/architecture/variant as stated, os/architecture/variant as it is used]`.
test.each([
  ['linux/i386', 'linux/386'],
  ['linux/x86_64', 'linux/amd64'],
  ['linux/x86-64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/v3', 'linux/amd64/v3'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm64/8', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm64/v8.0', 'linux/arm64'],
  ['linux/arm64/9', 'linux/arm64/v9'],
  ['linux/arm64/v9.0', 'linux/arm64/v9'],
  ['linux/arm64/v8.2', 'linux/arm64/v8.2'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/armel', 'linux/arm/v6'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/5', 'linux/arm/v5'],
  ['linux/arm/v6', 'linux/arm/v6'],
  ['linux/s390x', 'linux/s390x'],
  ['Linux/AMD64/V1', 'linux/amd64'],
  ['macOS/aarch64', 'darwin/arm64'],
])('%s is %s', (stated, used) => {
  const [os = '', architecture = '', variant] = stated.split('/');
  const found = canonicalPlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) });
  expect([found.os, found.architecture, found.variant].filter((part) => part !== undefined).join('/')).toBe(used);
  expect(canonicalPlatform(found)).toEqual(found);
});

test('version and features of the system tell images of Windows apart, and no others', () => {
  const stated: Platform = { os: 'windows', architecture: 'amd64', osVersion: '10.0.1', osFeatures: ['win32k'] };
  expect(canonicalPlatform(stated)).toEqual(stated);
  expect(canonicalPlatform({ ...stated, os: 'linux' })).toEqual({ os: 'linux', architecture: 'amd64' });
  const bare = canonicalPlatform({ ...stated, osVersion: '', osFeatures: [] });
  expect(Object.keys(bare)).toEqual(['os', 'architecture']);
});
