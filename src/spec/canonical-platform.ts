import type { Platform } from './platform.js';

/**
 * A platform as a base image states it, in the one form that is used here: lower case, usual names of architectures,
 * and no variant where it says nothing. As containerd has it (github.com/containerd/platforms, Normalize): `arm64/v8` is
 * `arm64`, `amd64/v1` is `amd64`, `arm` is `arm/v7`; `amd64/v3` and `arm64/v9` stay themselves. `os.version` and
 * `os.features` are kept on Windows alone, the one system where they tell images apart.
 */
export function canonicalPlatform(stated: Platform): Platform {
  const os = stated.os.toLowerCase() === 'macos' ? 'darwin' : stated.os.toLowerCase();
  const [architecture, variant] = canonicalArchitecture(
    stated.architecture.toLowerCase(),
    (stated.variant ?? '').toLowerCase(),
  );
  const { osVersion = '', osFeatures = [] } = os === 'windows' ? stated : {};
  return {
    os,
    architecture,
    ...(variant === '' ? {} : { variant }),
    ...(osVersion === '' ? {} : { osVersion }),
    ...(osFeatures.length === 0 ? {} : { osFeatures: [...osFeatures] }),
  };
}

function canonicalArchitecture(architecture: string, variant: string): [architecture: string, variant: string] {
  switch (architecture) {
    case 'i386':
      return ['386', ''];
    case 'amd64':
    case 'x86_64':
    case 'x86-64':
      return ['amd64', variant === 'v1' ? '' : variant];
    case 'arm64':
    case 'aarch64':
      return ['arm64', canonicalArm64(variant)];
    case 'armhf':
      return ['arm', 'v7'];
    case 'armel':
      return ['arm', 'v6'];
    case 'arm':
      return ['arm', variant === '' ? 'v7' : variant.replace(/^(\d)$/, 'v$1')];
    default:
      return [architecture, variant];
  }
}

function canonicalArm64(variant: string): string {
  if (['8', 'v8', 'v8.0'].includes(variant)) return '';
  return ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant;
}
