import { RunError } from '../../base/errors.js';
import { isListSuffix } from '../destination.js';
import type { ObjectStore } from '../object-store.js';
import { S3Error } from '../s3/errors.js';
import { staticKeys } from '../static/static-keys.js';
import { getTagList } from '../tag-list.js';

/** A list of tags of binaries. */
export interface StaticList {
  readonly tags: readonly string[];
  /** Where the list of a tag's files lies. */
  readonly keyOf: (tag: string) => string;
}

/**
 * Finds the lists of a name's binaries. Their suffix is part of a destination, and whoever pushes an image need not have
 * given it; so it is read from the keys.
 */
export async function staticLists(store: ObjectStore, name: string): Promise<StaticList[]> {
  const plain = staticKeys(name, '').name;
  const suffixes = [''];
  for await (const { key } of store.list(`${plain}.`)) {
    const suffix = key.slice(plain.length);
    if (isListSuffix(suffix)) suffixes.push(suffix);
  }
  const lists = await Promise.all(suffixes.map((suffix) => listWith(store, name, suffix)));
  return lists.filter((list) => list.tags.length > 0);
}

/** What is there may be another name's list or a tag's: then it is none of this name. */
async function listWith(store: ObjectStore, name: string, suffix: string): Promise<StaticList> {
  const keys = staticKeys(name, suffix);
  try {
    return { tags: (await getTagList(store, keys.name, name)).tags, keyOf: keys.tag };
  } catch (error) {
    if (error instanceof RunError && !(error instanceof S3Error)) return { tags: [], keyOf: keys.tag };
    throw error;
  }
}
