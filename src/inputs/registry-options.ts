import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { definitionOf, SECRET_INPUT } from './raw-inputs.js';
import { refuse } from './reader.js';
import type { BaseRequest } from './requests.js';

/** A login that came with the inputs, and the one registry that it is for. */
export interface Login {
  readonly registry: string;
  readonly username: string;
  readonly password: Secret;
}

/** How registries are reached. */
export interface LookOptions {
  readonly login: Login | undefined;
  readonly tlsVerify: boolean;
  /** Further tries of a request to a registry, after the first. */
  readonly retries: number;
}

/** The registries that an input names. */
export interface NamedRegistries {
  readonly input: 'image' | 'base-image' | 'published-image' | 'image-destinations';
  readonly registries: readonly string[];
}

/**
 * A login for the one registry of the first of some inputs that names any.
 * @param password an empty one is none: an expression in a workflow can come out empty
 * @throws InputError
 */
export function parseLogin(
  username: string | undefined,
  password: Secret | undefined,
  candidates: readonly NamedRegistries[],
): Login | undefined {
  const secret = password?.reveal() === '' ? undefined : password;
  if (username === undefined) {
    if (secret === undefined) return undefined;
    throw new InputError('registry-password came without registry-username. Give both or none', SECRET_INPUT);
  }
  if (secret === undefined) {
    throw new InputError(
      'registry-username came without a password. Give registry-password; on the command line set REGISTRY_PASSWORD or use --registry-password-stdin',
      'registry-username',
    );
  }
  // A colon ends the name where a login goes over HTTP (RFC 7617, section 2).
  if (/[\p{Cc}:]/u.test(username)) {
    throw refuse('registry-username', username, 'a name without colon and control characters');
  }
  const named = candidates.find(({ registries }) => registries.length > 0);
  const [registry, ...others] = new Set(named?.registries);
  if (registry === undefined) {
    throw new InputError(
      'registry-username is for the registry of image or base-image, and neither names one. Give image, as in ghcr.io/me/pushgateway',
      'registry-username',
    );
  }
  if (others.length > 0) {
    throw new InputError(
      `registry-username is for one registry, and ${named?.input} spans ${[registry, ...others].join(', ')}. Log in with podman or docker before, once for each`,
      'registry-username',
    );
  }
  return { registry, username, password: secret };
}

/** The registries of base images. */
export function registriesOf(base: BaseRequest): string[] {
  const images = base.type === 'images' ? base.images : base.type === 'image' ? [base] : [];
  return images.flatMap(({ from }) => (from.type === 'registry' ? [from.reference.repository.registry] : []));
}

/** How often a request is tried again. */
export function parseRetries(given = definitionOf('retries').default): number {
  if (!/^\d{1,2}$/.test(given) || Number(given) > 20) throw refuse('retries', given, 'a whole number from 0 to 20');
  return Number(given);
}
