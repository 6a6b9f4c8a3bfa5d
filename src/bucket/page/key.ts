/**
 * Where pages lie: beside `v2/` and `df-dist-v1/`, so that no name of an image or of binaries meets them, and with the
 * file name that websites give for a path that ends with a slash.
 */
const PAGES = 'pages/';
const FILE = 'index.html';

/** The key of a name's page. */
export function pageKey(name: string): string {
  return `${PAGES}${name}/${FILE}`;
}

/**
 * Its address.
 * @param site as `https://downloads.example.org`
 */
export function pageAddress(site: string, name: string): string {
  return `${site}/${PAGES}${name}/`;
}

/** Whether a name can have a page: the page of `a/index.html` would lie below that of `a`. */
export function canHavePage(name: string): boolean {
  return !name.split('/').includes(FILE);
}

/** What the keys of all pages begin with. */
export const PAGES_ROOT = PAGES;

/** The name whose page a key is. */
export function nameOfPage(key: string): string | undefined {
  return key.startsWith(PAGES) && key.endsWith(`/${FILE}`) ? key.slice(PAGES.length, -`/${FILE}`.length) : undefined;
}
