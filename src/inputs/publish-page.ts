import { InputError } from '../base/errors.js';
import { parseReference } from '../spec/reference.js';

const ACCEPTED =
  'the https address at which the bucket is served, as in https://downloads.example.org; clients ask for /v2/ there, so it has no path, and its host has a dot or a port, without which docker takes it for a name on Docker Hub';

/**
 * The public address of a bucket, for its pages.
 * @returns scheme, host and port without a slash behind
 * @throws InputError
 */
export function parsePage(text: string, input = 'page'): string {
  const refuse = () =>
    new InputError(
      `${JSON.stringify(text.slice(0, 300).replace(/^.*@/s, '***@'))} is not accepted for ${input}. Accepted: ${ACCEPTED}`,
      input,
    );
  // As it is written, since an URL's parser repairs a great deal.
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+\/?$/.test(text) || !URL.canParse(text)) throw refuse();
  const { origin, host } = new URL(text);
  try {
    const { registry, path } = parseReference(`${host}/name`).repository;
    if (registry === host && path === 'name') return origin;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  throw refuse();
}
