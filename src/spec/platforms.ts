import { InputError } from '../base/errors.js';
import { type Platform, platformName, targetOf } from './platform.js';

/**
 * Platforms of the OCI image spec that Go can target without cgo, as `os/architecture[/variant]`. Variants stand where
 * they mean something: `arm` is v7 where none is given; `arm64/v8` and `amd64/v1` are the plain architectures.
 */
const SUPPORTED = [
  'linux/386',
  'linux/amd64',
  'linux/arm/v5',
  'linux/arm/v6',
  'linux/arm/v7',
  'linux/arm64',
  'linux/loong64',
  'linux/mips',
  'linux/mips64',
  'linux/mips64le',
  'linux/mipsle',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
  'windows/386',
  'windows/amd64',
  'windows/arm64',
] as const;

/** Other names that docker, uname and people use for the same platforms. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/amd64/v1', 'linux/amd64'],
]);

/** Whether binaries for a platform can be built; its `os.version` has no say. */
export function isBuildable(platform: Platform): boolean {
  return (SUPPORTED as readonly string[]).includes(platformName(targetOf(platform)));
}

/**
 * One platform as the user wrote it, in its canonical form.
 * @param input name of the input that it came from, for the message
 * @throws InputError naming what is accepted
 */
export function parsePlatform(text: string, input = 'platforms'): Platform {
  const name = ALIASES.get(text) ?? text;
  if (!(SUPPORTED as readonly string[]).includes(name)) {
    const hint = text.includes('/') ? '' : ' (a platform is os/architecture, as in linux/amd64)';
    throw new InputError(
      `${JSON.stringify(text)} is no platform that can be built${hint}. Accepted: ${SUPPORTED.join(', ')}`,
      input,
    );
  }
  const [os = '', architecture = '', variant] = name.split('/');
  return variant === undefined ? { os, architecture } : { os, architecture, variant };
}
