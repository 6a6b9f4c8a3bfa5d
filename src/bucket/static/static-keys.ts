import { type Platform, platformName } from '../../spec/platform.js';

/** Where binaries lie, in the form `df-dist-v1` (docs/buckets.md). */
export const STATIC_ROOT = 'df-dist-v1/';

/** @param suffix of the two lists, for stores that map keys to files: `''`, or as `.json` */
export function staticKeys(name: string, suffix: string) {
  const base = `${STATIC_ROOT}${name}`;
  return {
    /** The list of tags. */
    name: `${base}${suffix}`,
    /** What a tag has. */
    tag: (tag: string) => `${base}/${tag}${suffix}`,
    file: (tag: string, platform: Platform, file: string) => `${base}/${tag}/${platformName(platform)}/${file}`,
    /** What the keys of all that belongs to the name begin with. */
    below: `${base}/`,
    /** What the keys of a tag's files begin with. */
    files: (tag: string) => `${base}/${tag}/`,
  };
}
