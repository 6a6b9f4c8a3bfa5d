/** What an endpoint may be, in words. */
export const ENDPOINT_FORM = 'HOST[:PORT], https://HOST[:PORT], or http://HOST[:PORT] for a store without TLS';

/**
 * The address of an S3 endpoint, without a slash at its end; without a scheme it is https.
 * @returns undefined where the text is none
 */
export function readEndpoint(text: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  // URL's own parser would make something of blanks, backslashes, user names and control characters.
  if (!/^https?:\/\/[A-Za-z0-9._:[\]-]+(\/[A-Za-z0-9._~/-]*)?$/i.test(address) || !URL.canParse(address)) {
    return undefined;
  }
  return new URL(address).href.replace(/\/+$/, '');
}

/** Whether a text is a region by its letters; stores other than Amazon's have names of their own. */
export function isRegion(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(text);
}
