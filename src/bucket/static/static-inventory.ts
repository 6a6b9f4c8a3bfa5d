import { RunError } from '../../base/errors.js';
import { isTag } from '../../spec/reference.js';
import type { ObjectInfo, ObjectStore } from '../object-store.js';
import { S3Error } from '../s3/errors.js';
import { getTagList, MOST_LIST, readTagList } from '../tag-list.js';
import { STATIC_ROOT, staticKeys } from './static-keys.js';

/** A file that a tag has. */
export interface StaticFile {
  /** `linux/arm/v7`. */
  readonly platform: string;
  readonly path: string;
}

/**
 * What a tag has, by its object.
 * @returns undefined where there is none
 * @throws RunError where it is another document
 */
export async function readStaticTag(store: ObjectStore, key: string): Promise<StaticFile[] | undefined> {
  const found = await store.get(key, MOST_LIST);
  if (!found) return undefined;
  try {
    const { flavors } = JSON.parse(found.bytes.toString('utf8')) as { flavors: readonly Flavor[] };
    return flavors.flatMap(({ platform: { os, architecture, variant }, resources }) => {
      if (typeof os !== 'string' || typeof architecture !== 'string') throw new TypeError('no platform');
      const platform = variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
      return resources.map(({ path }) => ({ platform, path: String(path) }));
    });
  } catch {
    throw new RunError(`${store.shown}/${key} is no list of a tag's files`);
  }
}

interface Flavor {
  readonly resources: readonly { readonly path: unknown }[];
  readonly platform: { readonly os?: unknown; readonly architecture?: unknown; readonly variant?: string };
}

/**
 * `TAG/OS/ARCH/…`, with Go's names of systems. What lies below a name and has another form belongs to a name that is
 * longer: `a/b` is below `a`.
 */
const FILE =
  /^[^/]+\/(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows)\/[^/]+\/./;

/** What a bucket has of one name of binaries. */
export interface StaticInventory {
  readonly name: string;
  /** Tags on the list, and tags that have their own object. */
  readonly tags: readonly string[];
  /** Files of tags, by key. */
  readonly files: ReadonlyMap<string, ObjectInfo>;
}

export async function takeStaticInventory(store: ObjectStore, name: string, suffix: string): Promise<StaticInventory> {
  const keys = staticKeys(name, suffix);
  const { tags: listed } = await getTagList(store, keys.name, name);
  const tags = new Set(listed);
  const files = new Map<string, ObjectInfo>();
  for await (const info of store.list(keys.below)) {
    const rest = info.key.slice(keys.below.length);
    const tag = rest.endsWith(suffix) ? rest.slice(0, rest.length - suffix.length) : '';
    if (FILE.test(rest)) files.set(info.key, info);
    else if (isTag(tag) && !tags.has(tag) && (await hasFiles(store, info.key))) tags.add(tag);
  }
  return { name, tags: [...tags], files };
}

/** Whether an object is that of a tag: the list of the name `a/b` lies where the tag `b` of `a` would. */
async function hasFiles(store: ObjectStore, key: string): Promise<boolean> {
  try {
    return (await readStaticTag(store, key)) !== undefined;
  } catch (error) {
    if (error instanceof RunError && !(error instanceof S3Error)) return false;
    throw error;
  }
}

/** The tag that a file's key belongs to. */
export function tagOfFile(name: string, key: string): string {
  return key.slice(staticKeys(name, '').below.length).split('/')[0] ?? '';
}

/** Names in a bucket of which there is anything, as the files of a push that was killed. */
export async function allStaticNames(store: ObjectStore, suffix: string): Promise<string[]> {
  const names = new Set(await staticNames(store, suffix));
  for await (const { key } of store.list(STATIC_ROOT)) {
    const parts = key.slice(STATIC_ROOT.length).split('/');
    // The name is what comes before TAG/OS/ARCH/….
    for (let end = 1; end < parts.length - 3; end++) {
      if (!FILE.test(parts.slice(end).join('/'))) continue;
      names.add(parts.slice(0, end).join('/'));
      break;
    }
  }
  return [...names].sort();
}

/** Names of binaries in a bucket that have a list of tags, sorted. */
export async function staticNames(store: ObjectStore, suffix: string): Promise<string[]> {
  const [candidates, folders] = [new Set<string>(), new Set<string>()];
  for await (const { key } of store.list(STATIC_ROOT)) {
    const rest = key.slice(STATIC_ROOT.length);
    for (let at = rest.lastIndexOf('/'); at > 0; at = rest.lastIndexOf('/', at - 1)) folders.add(rest.slice(0, at));
    if (rest.endsWith(suffix)) candidates.add(rest.slice(0, rest.length - suffix.length));
  }
  const names: string[] = [];
  const tags = new Set<string>();
  // Names before what is below them: what one lists as its tag need not be read.
  for (const name of [...candidates].filter((key) => folders.has(key)).sort()) {
    if (tags.has(name)) continue;
    const key = staticKeys(name, suffix).name;
    const found = await store.get(key, MOST_LIST);
    try {
      if (!found) continue;
      for (const tag of readTagList(found.bytes, name, key).tags) tags.add(`${name}/${tag}`);
      names.push(name);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
    }
  }
  return names;
}
