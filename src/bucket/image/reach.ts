import { RunError } from '../../base/errors.js';
import { sha256Hex } from '../../base/hash.js';
import { MAX_DOCUMENT } from '../../registry/base-source.js';
import type { ObjectStore } from '../object-store.js';
import { S3Error } from '../s3/errors.js';
import { imageKeys, isDigestName } from './image-keys.js';

/** How deep indexes may be in indexes. */
const MOST_LEVELS = 8;

/** What a descriptor in a document of a bucket says, as far as it is looked at. */
export interface Named {
  readonly digest: string;
  readonly size: number | undefined;
  readonly platform: Readonly<Record<string, unknown>> | undefined;
}

/** A manifest or index of a bucket. */
export interface StoredManifest {
  readonly digest: string;
  readonly size: number;
  /** Images of an index. */
  readonly manifests: readonly Named[];
  /** Config and layers of an image. */
  readonly blobs: readonly Named[];
}

/** Reads manifests of one name, each once; those that were read by digest are checked against it. */
export class ManifestReader {
  private readonly store: ObjectStore;
  private readonly name: string;
  private readonly known = new Map<string, Promise<StoredManifest | undefined>>();

  constructor(store: ObjectStore, name: string) {
    this.store = store;
    this.name = name;
  }

  /**
   * @param reference a tag or a digest
   * @returns undefined where it is not there
   * @throws RunError where it cannot be read as a manifest
   */
  read(reference: string): Promise<StoredManifest | undefined> {
    const found = this.known.get(reference) ?? this.fetch(reference);
    this.known.set(reference, found);
    return found;
  }

  private async fetch(reference: string): Promise<StoredManifest | undefined> {
    const key = imageKeys(this.name).manifest(reference);
    const found = await this.store.get(key, MAX_DOCUMENT);
    if (!found) return undefined;
    const digest = `sha256:${sha256Hex(found.bytes)}`;
    const where = `${this.store.shown}/${key}`;
    if (/^sha256:/.test(reference) && digest !== reference) throw new RunError(`${where} has the digest ${digest}`);
    const { manifests, config, layers } = parse(found.bytes, where);
    return {
      digest,
      size: found.bytes.length,
      manifests: named(manifests, where),
      blobs: [...named(config === undefined ? undefined : [config], where), ...named(layers, where)],
    };
  }
}

function parse(bytes: Buffer, where: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new RunError(`${where} is no manifest of an image`);
  }
}

function named(list: unknown, where: string): Named[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new RunError(`${where} is no manifest of an image`);
  return list.map((item: unknown) => {
    const { digest, size, platform } = Object(item) as Readonly<Record<string, unknown>>;
    if (typeof digest !== 'string' || !isDigestName(digest)) {
      throw new RunError(`${where} names something without a valid digest`);
    }
    return {
      digest,
      size: typeof size === 'number' ? size : undefined,
      platform: platform === undefined || platform === null ? undefined : Object(platform),
    };
  });
}

/** Everything that a tag or a digest leads to. */
export interface Reach {
  /** Of the document that the tag holds; undefined where there is none. */
  readonly digest: string | undefined;
  /** Keys of manifests by digest, its own included, and of blobs. */
  readonly keys: ReadonlySet<string>;
  /** What is missing or cannot be read, in words. */
  readonly damage: readonly string[];
}

/** Follows a tag or a digest to the end. Blobs are not asked for: what names them is enough. */
export async function reachOf(reader: ManifestReader, name: string, reference: string): Promise<Reach> {
  const keys = new Set<string>();
  const damage: string[] = [];
  const at = imageKeys(name);
  const follow = async (from: string, level: number): Promise<string | undefined> => {
    let found: StoredManifest | undefined;
    try {
      found = await reader.read(from);
    } catch (error) {
      if (!(error instanceof RunError) || error instanceof S3Error) throw error;
      damage.push(error.message);
      return undefined;
    }
    // A tag that is not there leads nowhere; another run may have removed it just now.
    if (!found && level > 0) damage.push(`${at.manifest(from)} is not there`);
    if (!found || level > MOST_LEVELS) return found?.digest;
    keys.add(at.manifest(found.digest));
    for (const { digest } of found.blobs) keys.add(at.blob(digest));
    for (const { digest } of found.manifests) {
      if (keys.has(at.manifest(digest))) continue;
      keys.add(at.manifest(digest));
      await follow(digest, level + 1);
    }
    return found.digest;
  };
  return { digest: await follow(reference, 0), keys, damage };
}
