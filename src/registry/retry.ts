import { type RetryOptions, tryAgain } from '../base/retry.js';
import { RegistryError } from './registry-error.js';

/** `tryAgain` for what a registry is asked: failures that pass are known by their kind. */
export function withRetries<T>(what: string, options: RetryOptions, body: () => Promise<T>): Promise<T> {
  return tryAgain(what, options, body, (error) =>
    error instanceof RegistryError && error.failure.kind === 'passing' ? error.failure.text : undefined,
  );
}
