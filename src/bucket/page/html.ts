import { createHash } from 'node:crypto';
import { Html, html } from '../../base/html.js';
import { PROJECT_URL } from '../../spec/image-labels.js';
import { printable } from '../../verify/difference.js';
import { pageAddress } from './key.js';
import { MOST_DETAILED, type PageModel, type PageTag } from './model.js';
import { PAGE_STYLE } from './style.js';
import { type PageSite, tagContent } from './tag.js';

/** Nothing is loaded, no script runs, nothing is sent; the style is known by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What a page of this program begins with; its own address comes next. */
const BEGINNING =
  '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="pushgateway-ttl-action">\n';

/**
 * The address that a page says to be its own.
 * @returns undefined where it is no page of this program
 */
export function addressOfPage(bytes: Buffer): string | undefined {
  const text = bytes.subarray(0, 2000).toString('utf8');
  if (!text.startsWith(BEGINNING)) return undefined;
  const [, address] =
    /^<link rel="canonical" href="(https?:\/\/[^"<>&\s]+)">\n/.exec(text.slice(BEGINNING.length)) ?? [];
  return address;
}

/**
 * Writes the page of a name: a function of what the bucket has and of its address, and of no clock. Whatever it says is
 * in the text itself; nothing needs a script.
 */
export function writePage(model: PageModel, site: PageSite): Buffer {
  const { name, tags, older } = model;
  const { host } = new URL(site.site);
  const count = tags.length + older.length;
  const tagsAt = `${count === 1 ? '1 tag' : `${count} tags, the newest first,`} at ${host}`;
  const page = html`${new Html(BEGINNING)}<link rel="canonical" href="${pageAddress(site.site, name)}">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${name} – ${host}</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${name}</h1>
<p>${contentOf(tags)}: ${tagsAt}</p>
</header>
${tagLinks(tags)}<main>
${tags.map((tag, position) => tagSection(model, tag, position, site))}${olderSection(older, count)}</main>
<footer>
<p>This page says what the bucket holds. podman takes the same commands as docker; <code>node . verify</code> is for a clone of <a href="${PROJECT_URL}">pushgateway-ttl-action</a>, which wrote this.</p>
</footer>
</body>
</html>
`;
  return Buffer.from(page.text, 'utf8');
}

function contentOf(tags: readonly PageTag[]): string {
  const hasImages = tags.some(({ image }) => image !== undefined);
  const hasFiles = tags.some(({ files }) => files.length > 0);
  if (hasImages && hasFiles) return 'Container images and binaries';
  return hasFiles ? 'Binaries' : 'Container images';
}

/** What a heading is linked by; tags that are none have a number instead, which no tag's anchor can be. */
function anchorOf({ tag, isValid }: PageTag, position: number): string {
  return isValid ? `tag-${tag}` : `number-${position}`;
}

function tagLinks(tags: readonly PageTag[]): Html {
  if (tags.length < 2) return html``;
  return html`<nav aria-label="Tags">
<ul>
${tags.map((tag, position) => html`<li><a href="#${anchorOf(tag, position)}">${printable(tag.tag)}</a></li>\n`)}</ul>
</nav>
`;
}

/** The newest tag is open; the others are opened by their reader. */
function tagSection({ name }: PageModel, tag: PageTag, position: number, site: PageSite): Html {
  const shown = printable(tag.tag);
  const content = tagContent(name, tag, site);
  return html`<section>
<h2 id="${anchorOf(tag, position)}">${shown}</h2>
${position === 0 ? content : html`<details>\n<summary>Platforms, digests and commands of ${shown}</summary>\n${content}</details>\n`}</section>
`;
}

function olderSection(older: readonly string[], count: number): Html {
  if (older.length === 0) return html``;
  return html`<section class="older">
<h2>Older tags</h2>
<p class="soft">Of ${count} tags, this page shows the newest ${MOST_DETAILED} with platforms, digests and commands. These are there, too:</p>
<ul>
${older.map((tag) => html`<li>${printable(tag)}</li>\n`)}</ul>
</section>
`;
}
