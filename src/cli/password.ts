import { text } from 'node:stream/consumers';
import { InputError } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { RawInputs } from '../inputs/raw-inputs.js';

/**
 * The registry's password: from standard input where `--registry-password-stdin` is given, else from REGISTRY_PASSWORD
 * where there is a user name for it. It leaves the environment, so that no report of a crash holds it.
 */
export async function registryPassword(fromStdin: boolean, raw: RawInputs): Promise<Secret | undefined> {
  const fromEnv = process.env.REGISTRY_PASSWORD;
  delete process.env.REGISTRY_PASSWORD;
  if (fromStdin) {
    if (process.stdin.isTTY) {
      throw new InputError(
        'standard input is a terminal, which would show the password. Pipe it in, as in: --registry-password-stdin < FILE',
        'registry-password-stdin',
      );
    }
    // One line end belongs to how it was piped in, not to the password.
    return new Secret((await text(process.stdin)).replace(/\r?\n$/, ''));
  }
  return raw.has('registry-username') && fromEnv !== undefined ? new Secret(fromEnv) : undefined;
}
