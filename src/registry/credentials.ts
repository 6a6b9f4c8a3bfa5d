import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, ignoreMissing, RunError } from '../base/errors.js';
import { writeFileAtomic } from '../base/files.js';
import type { Secret } from '../base/secret.js';
import { callSkopeo, type RegistryAccess } from './call-skopeo.js';
import { type Doing, RegistryError } from './registry-error.js';
import { withRetries } from './retry.js';
import { questionTimeout } from './skopeo.js';

/**
 * Asks a registry whether it accepts a login, and keeps it in a file of our own. The password goes through standard
 * input; neither the user's auth files nor a credential helper get it.
 * @param folder private (mode 0700), and the caller's to remove
 * @returns the auth file, mode 0600, for `RegistryAccess.authFiles`
 * @throws InputError where name or password cannot be sent
 * @throws RunError where the registry refuses them, or cannot be asked
 */
export async function logIn(
  access: RegistryAccess,
  registry: string,
  username: string,
  password: Secret,
  folder: string,
): Promise<string> {
  checkLogin(username, password);
  const file = join(folder, 'auth.json');
  // Made first, so that no umask opens it for the time between writing and chmod.
  await writeFileAtomic(file, '{}\n', 0o600);
  const hidden = { ...access, redact: [...(access.redact ?? []), password] };
  const doing: Doing = { what: `log in to ${registry}`, repository: { registry, path: '' }, access: 'read' };
  const args = ['--authfile', file, `--username=${username}`, '--password-stdin'];
  if (!access.tlsVerify) args.push('--tls-verify=false');
  try {
    await withRetries(doing.what, access, () =>
      callSkopeo(hidden, {
        command: 'login',
        args: [...args, registry],
        input: password.reveal(),
        timeoutMs: questionTimeout(access),
        doing,
      }),
    );
  } catch (error) {
    if (!(error instanceof RegistryError) || error.failure.kind !== 'denied') throw error;
    throw new RunError(
      `${registry} refuses the login of ${username}. Check registry-username and registry-password: whether the token ` +
        `has expired, and is meant for this registry (skopeo: ${error.failure.text})`,
    );
  }
  await ensureStored(file, registry, `${username}:${password.reveal()}`);
  access.log.info(`Logged in to ${registry} as ${username}`);
  return file;
}

/** What HTTP's basic authentication (RFC 7617) and a line of standard input cannot carry. */
function checkLogin(username: string, password: Secret): void {
  if (username === '') throw new InputError('The user name is empty', 'registry-username');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[:\x00-\x1f\x7f]/.test(username)) {
    throw new InputError('A user name has neither colons nor control characters', 'registry-username');
  }
  if (password.reveal() === '') {
    throw new InputError('The password is empty; is the secret set, and visible to this job?', 'registry-password');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\x00\r\n]/.test(password.reveal())) {
    throw new InputError('The password has line breaks in it, which cannot be sent', 'registry-password');
  }
}

/**
 * Writes the login into our file where skopeo has put it elsewhere, as a credential helper named in registries.conf.d
 * makes it do: only the file is ours to use, and to remove.
 */
async function ensureStored(file: string, registry: string, pair: string): Promise<void> {
  const auth = Buffer.from(pair, 'utf8').toString('base64');
  const stored = (await readFile(file, 'utf8').catch(ignoreMissing)) ?? '';
  if (!stored.includes(JSON.stringify(auth))) {
    await writeFileAtomic(file, `${JSON.stringify({ auths: { [registry]: { auth } } })}\n`, 0o600);
  }
  await chmod(file, 0o600);
}
