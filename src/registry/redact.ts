import { readFile } from 'node:fs/promises';
import { ignoreMissing } from '../base/errors.js';
import type { Secret } from '../base/secret.js';

/**
 * Finds what takes passwords out of a text: those given, and all that stands in auth files, each plain, as it is written
 * in an URL, and in base64. skopeo shows none of them by itself, but a registry's error message may be an echo.
 */
export async function redactor(
  secrets: readonly Secret[],
  authFiles: Iterable<string>,
): Promise<(text: string) => string> {
  const hidden = new Set<string>();
  const add = (password: string) => {
    for (const form of [
      password,
      encodeURIComponent(password),
      base64(password),
      JSON.stringify(password).slice(1, -1),
    ])
      hidden.add(form);
  };
  for (const secret of secrets) add(secret.reveal());
  for (const path of authFiles) {
    for (const auth of authsOf(await readFile(path, 'utf8').catch(ignoreMissing))) {
      hidden.add(auth);
      const pair = Buffer.from(auth, 'base64').toString('utf8');
      const colon = pair.indexOf(':');
      if (colon >= 0) add(pair.slice(colon + 1));
    }
  }
  hidden.delete('');
  // The longest first: one may be part of another.
  const ordered = [...hidden].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

/** The `auth` values of an auth file: base64 of `NAME:PASSWORD` by registry. */
function authsOf(json: string | undefined): string[] {
  try {
    const { auths } = JSON.parse(json ?? '{}') as { auths?: Record<string, { auth?: unknown }> };
    return Object.values(auths ?? {}).flatMap(({ auth }) => (typeof auth === 'string' ? [auth] : []));
  } catch {
    return [];
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
