import { InputError, RunError } from '../base/errors.js';
import type { ObjectStore } from './object-store.js';
import { compareVersions } from './version-order.js';

/** How many tags a message names. */
const MOST_SHOWN = 10;

/** For a tag that was asked for by its name. */
export function noTag(store: ObjectStore, name: string, tag: string, tags: readonly string[]): InputError {
  const sorted = [...tags].sort(compareVersions).reverse();
  const shown = sorted.slice(0, MOST_SHOWN).join(', ');
  const has = sorted.length === 0 ? `has nothing of ${name}` : `has ${shown}${sorted.length > MOST_SHOWN ? ', …' : ''}`;
  return new InputError(`there is no ${name}:${tag}; ${store.shown} ${has}`, 'tag');
}

/** For a name that has no tags. */
export function nothingThere(store: ObjectStore, name: string): RunError {
  return new RunError(`${store.shown} has nothing of ${name}`);
}
