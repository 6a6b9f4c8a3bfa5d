import { type Html, html } from '../../base/html.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { printable } from '../../verify/difference.js';
import type { ListedImage } from '../image/list-images.js';
import type { PageFile, PageImage, PageTag } from './model.js';

/** Where a bucket is served, and a command that another part of the program knows. */
export interface PageSite {
  /** Scheme, host and port, as `https://downloads.example.org`. */
  readonly site: string;
  /**
   * The command line that builds an image again and compares.
   * @param repository with the registry
   * @param spec that the image carries
   */
  readonly verifyCommand: (repository: string, digest: string, spec: BuildSpec) => string;
}

/** Files of a tag that are shown; a build has one a platform. */
const MOST_FILES = 200;

/** What a page says of one tag: its image, and its binaries. */
export function tagContent(name: string, { tag, isValid, image, files }: PageTag, site: PageSite): Html {
  if (!isValid) return html`<p>The list of tags has this, and it is no tag that clients accept.</p>\n`;
  return html`${imagePart(name, tag, image, site)}${filesPart(tag, files, site)}`;
}

function imagePart(name: string, tag: string, image: PageTag['image'], { site, verifyCommand }: PageSite): Html {
  if (image === undefined) return html``;
  if (image === 'damaged') {
    return html`<h3>Container image</h3>\n<p>The image of this tag is not whole. Whoever publishes it has to push it again.</p>\n`;
  }
  const repository = `${new URL(site).host}/${name}`;
  const byDigest = `${repository}@${image.digest}`;
  const verify =
    image.spec === undefined
      ? html``
      : command(`Build ${tag} again from its source and compare`, verifyCommand(repository, image.digest, image.spec));
  return html`<h3>Container image</h3>
${platformsTable(tag, image)}${command(`Pull ${tag}`, `docker pull ${repository}:${tag}`)}${command(`Pull ${tag} by digest: these very bytes, wherever the tag moves`, `docker pull ${byDigest}`)}${verify}`;
}

function platformsTable(tag: string, { digest, images, more }: PageImage): Html {
  const isIndex = images.every((each) => each.digest !== digest);
  const index = html`<tr><th scope="row">All (index)</th><td class="size">–</td><td><code>${digest}</code></td></tr>\n`;
  return html`<div class="table" role="group" aria-label="Platforms of ${tag}" tabindex="0">
<table>
<caption>Platforms of ${tag}${more === 0 ? '' : `, without ${more} more`}</caption>
<thead>
<tr><th scope="col">Platform</th><th scope="col" class="size">Compressed size</th><th scope="col">Digest</th></tr>
</thead>
<tbody>
${isIndex ? index : html``}${images.map(platformRow)}</tbody>
</table>
</div>
`;
}

function platformRow({ platform, digest, size }: ListedImage): Html {
  const shown = size === undefined ? 'missing' : `${(size / 1e6).toFixed(1)} MB`;
  return html`<tr><th scope="row">${printable(platform ?? 'not stated')}</th><td class="size">${shown}</td><td><code>${digest}</code></td></tr>\n`;
}

function filesPart(tag: string, files: PageTag['files'], { site }: PageSite): Html {
  if (files === 'damaged') {
    return html`<h3>Binaries</h3>\n<p>The binaries of this tag are not whole. Whoever publishes them has to push them again.</p>\n`;
  }
  if (files.length === 0) return html``;
  const more = files.length - MOST_FILES;
  const note = more > 0 ? html`<p class="label">There are ${more} more files.</p>\n` : html``;
  return html`<h3>Binaries</h3>
${files.slice(0, MOST_FILES).map((file) => fileCommand(tag, file, site))}${note}`;
}

function fileCommand(tag: string, { platform, path, key }: PageFile, site: string): Html {
  const label = `Download ${printable(path)} of ${tag} for ${printable(platform)}`;
  // Keys with such parts are other addresses to every client.
  const isPlain = !/\p{Cs}/u.test(key) && key.split('/').every((part) => !['', '.', '..'].includes(part));
  if (!isPlain) return html`<p class="label">${label}: no client can ask for it.</p>\n`;
  return command(label, `curl -fO ${site}/${key.split('/').map(escapePart).join('/')}`);
}

/** A part of a path with nothing in it that means something to a shell or an URL. */
function escapePart(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A command that can be selected and copied whole; a long one scrolls, by keyboard, too. */
function command(label: string, text: string): Html {
  return html`<p class="label">${label}</p>
<pre role="group" aria-label="${label}" tabindex="0"><code>${text}</code></pre>
`;
}
