import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { type PublishName, parseGrace, parseKeep, parsePublishName } from './publish-name.js';
import { parsePage } from './publish-page.js';
import { type InputName, PUBLISH, type RawInputs } from './raw-inputs.js';
import { type Reader, reader } from './reader.js';
import { parseRetries } from './registry-options.js';

/** How destinations are reached. */
export interface ReachOptions {
  /** User name and password for the one registry among the destinations. */
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly tlsVerify: boolean;
  /** Further tries of a request after the first. */
  readonly retries: number;
}

/** Where something goes, as the user wrote it. */
export interface DestinationTexts {
  /** Input or flag that they came with. */
  readonly input: string;
  readonly texts: readonly string[];
}

/** Everything that the action was asked for; images, binaries or both. */
export interface PublishOptions {
  readonly name: PublishName;
  /** The layout, and where it goes. */
  readonly image: { readonly layout: string; readonly destinations: DestinationTexts } | undefined;
  /** The folder of binaries, and where they go. */
  readonly static: { readonly folder: string; readonly destinations: DestinationTexts } | undefined;
  /** Where the buckets are served, `https://HOST[:PORT]`; undefined: no page is asked for. */
  readonly page: string | undefined;
  /** Tags that stay; undefined: all. */
  readonly keep: number | undefined;
  /** Milliseconds. */
  readonly grace: number;
  readonly reach: ReachOptions;
  readonly summary: boolean;
}

/**
 * Understands all inputs of `publish`, or refuses them before anything has been started.
 * @throws InputError
 */
export function parsePublishOptions(raw: RawInputs, password?: Secret): PublishOptions {
  const read = reader(raw, PUBLISH);
  const name = parsePublishName(read.text('tag'), 'tag');
  const [layout, toImages] = pair(read, 'layout', 'image-destinations');
  const [folder, toBinaries] = pair(read, 'binaries', 'static-destinations');
  if (layout === undefined && folder === undefined) {
    throw new InputError(
      'there is nothing to publish. Give layout and image-destinations, or binaries and static-destinations',
      'layout',
    );
  }
  const [keep, page] = [read.text('keep'), read.text('page')];
  return {
    name,
    image: layout === undefined ? undefined : { layout, destinations: toImages },
    static: folder === undefined ? undefined : { folder, destinations: toBinaries },
    page: page === undefined ? undefined : parsePage(page),
    keep: keep === undefined ? undefined : parseKeep(keep),
    grace: parseGrace(read.text('grace')),
    reach: {
      username: read.text('registry-username'),
      password,
      tlsVerify: read.boolean('tls-verify'),
      retries: parseRetries(read.text('retries')),
    },
    summary: read.boolean('summary'),
  };
}

/** What is published, and where to: both or neither. */
function pair(read: Reader, what: InputName, where: InputName): [string | undefined, DestinationTexts] {
  const [source, texts] = [read.text(what), read.list(where)];
  if (source === undefined && texts.length > 0) throw new InputError(`${where} came without ${what}. Give both`, what);
  if (source !== undefined && texts.length === 0)
    throw new InputError(`${what} came without ${where}. Give both`, where);
  return [source, { input: where, texts }];
}
