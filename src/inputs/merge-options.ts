import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { withoutUserInfo } from '../spec/reference.js';
import { type DeliveryOptions, parseDelivery } from './delivery-options.js';
import { type ImageLocation, parseImageLocation } from './image-location.js';
import { MERGE, type RawInputs } from './raw-inputs.js';
import { reader } from './reader.js';

/** Where layouts lie that are to be merged. */
export type LayoutRequest =
  /** A folder or a file, whose content says what it is. */
  | { readonly type: 'path'; readonly path: string }
  /** As `verify` takes it, with a transport: one layout, or one archive. */
  | { readonly type: 'image'; readonly location: Exclude<ImageLocation, { type: 'registry' }> };

/** Everything that `merge` was asked for. */
export interface MergeOptions extends DeliveryOptions {
  /** In the order in which they were given; at least one. */
  readonly layouts: readonly LayoutRequest[];
}

const ACCEPTED =
  'the folder or the OCI archive that a build left, or a folder of several; oci:FOLDER, oci-archive:FILE';

/**
 * Understands all inputs of `merge`, or refuses them before anything has been started or written.
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
export function parseMergeOptions(raw: RawInputs, password?: Secret): MergeOptions {
  const read = reader(raw, MERGE);
  const layouts = read.list('layouts').map(parseLayout);
  if (layouts.length === 0) throw new InputError(`there is nothing to merge. Accepted: ${ACCEPTED}`, 'layouts');
  return { layouts, ...parseDelivery(read, password) };
}

function parseLayout(text: string): LayoutRequest {
  if (/^oci(-archive)?:/.test(text)) {
    const location = parseImageLocation(text, 'layouts');
    if (location.type !== 'registry') return { type: 'image', location };
  }
  const isTransport = /^(containers-storage|dir|docker(-archive|-daemon)?):|:\/\//.test(text);
  if (!isTransport && !text.includes('\0')) return { type: 'path', path: text };
  throw new InputError(
    `${JSON.stringify(withoutUserInfo(text))} is not accepted for layouts. Accepted: ${ACCEPTED}`,
    'layouts',
  );
}
