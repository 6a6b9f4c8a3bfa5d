import { RunError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import { object, writeJson } from '../image/json.js';
import { editJson } from './edit-list.js';
import type { ObjectStore } from './object-store.js';

/** Longest document of a bucket that is read, in bytes. */
export const MOST_LIST = 16 * 1024 * 1024;

/** What a name has: `{"name":"pushgateway","tags":["1.11.3"]}`, of images and of binaries alike. */
export interface TagList {
  readonly name: string;
  /** Sorted by UTF-8 bytes, as registries list them; none twice. */
  readonly tags: readonly string[];
}

export function writeTagList({ name, tags }: TagList): Buffer {
  return Buffer.from(writeJson(object(['name', name], ['tags', [...tags]])), 'utf8');
}

/**
 * @param where it lies, for the message
 * @throws RunError where it is no list of that name's tags
 */
export function readTagList(bytes: Buffer, name: string, where: string): TagList {
  const list = parse(bytes);
  const tags = list?.tags ?? [];
  const isList = list?.name === name && Array.isArray(tags) && tags.every(isText);
  if (!isList) throw new RunError(`${where} is no list of the tags of ${name}. Remove it there, or publish elsewhere`);
  return { name, tags: sorted(tags as string[]) };
}

/** Half of a surrogate pair could not be written again. */
function isText(tag: unknown): boolean {
  return typeof tag === 'string' && !/\p{Surrogate}/u.test(tag);
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** The list as it is in a bucket; without tags where there is none. */
export async function getTagList(store: ObjectStore, key: string, name: string): Promise<TagList> {
  return read((await store.get(key, MOST_LIST))?.bytes, name, `${store.shown}/${key}`);
}

function edit(
  store: ObjectStore,
  key: string,
  name: string,
  change: (list: TagList) => TagList | undefined,
  signal: AbortSignal | undefined,
) {
  const where = `${store.shown}/${key}`;
  return editJson(store, key, 'application/json', (bytes) => read(bytes, name, where), change, writeTagList, signal);
}

function read(bytes: Buffer | undefined, name: string, where: string): TagList {
  return bytes === undefined ? { name, tags: [] } : readTagList(bytes, name, where);
}

/**
 * Puts a tag on the list.
 * @returns whether it was not there yet
 */
export async function addTag(
  store: ObjectStore,
  key: string,
  name: string,
  tag: string,
  signal?: AbortSignal,
): Promise<boolean> {
  let isNew = false;
  const add = (list: TagList) => {
    if (list.tags.includes(tag)) return undefined;
    isNew = true;
    return { name, tags: sorted([...list.tags, tag]) };
  };
  await edit(store, key, name, add, signal);
  return isNew;
}

/** Takes tags from the list. An empty list stays, since removing it could lose the tag of another writer. */
export async function removeTags(
  store: ObjectStore,
  key: string,
  name: string,
  gone: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const take = (list: TagList) => {
    const tags = list.tags.filter((tag) => !gone.includes(tag));
    return tags.length === list.tags.length ? undefined : { name, tags };
  };
  await edit(store, key, name, take, signal);
}

function sorted(tags: readonly string[]): string[] {
  return [...new Set(tags)].sort(compareUtf8);
}
