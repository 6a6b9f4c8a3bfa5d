import { InputError } from '../base/errors.js';
import type { Platform } from './platform.js';

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
] as const;

/** Other names that docker, uname and people use for the same platforms. */
const ALIASES: Readonly<Record<string, string>> = {
  'linux/arm': 'linux/arm/v7',
  'linux/arm64/v8': 'linux/arm64',
  'linux/amd64/v1': 'linux/amd64',
};

/**
 * One platform as the user wrote it, in its canonical form.
 * @throws InputError naming what is accepted
 */
export function parsePlatform(text: string): Platform {
  const name = ALIASES[text] ?? text;
  if (!(SUPPORTED as readonly string[]).includes(name)) {
    const hint = text.includes('/') ? '' : ' (a platform is os/architecture, as in linux/amd64)';
    throw new InputError(
      `${JSON.stringify(text)} is no platform that can be built${hint}. Accepted: ${SUPPORTED.join(', ')}`,
      'platforms',
    );
  }
  const [os = '', architecture = '', variant] = name.split('/');
  return variant === undefined ? { os, architecture } : { os, architecture, variant };
}
