import { RunError } from '../../base/errors.js';
import { sha256Hex } from '../../base/hash.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { NotPerformedError } from '../../verify/trust/not-performed.js';
import { readSpecs } from '../../verify/trust/read-specs.js';
import { imageKeys } from '../image/image-keys.js';
import type { StoredManifest } from '../image/reach.js';
import type { ObjectStore } from '../object-store.js';
import { S3Error } from '../s3/errors.js';

/** Largest config that is read, in bytes. */
const MOST = 1024 * 1024;

/**
 * The spec that an image of one platform carries, by which it can be built again.
 * @returns undefined where it has none that can be read
 */
export async function specOf(
  store: ObjectStore,
  name: string,
  manifest: StoredManifest | undefined,
): Promise<BuildSpec | undefined> {
  // The config comes first.
  const [config] = manifest?.blobs ?? [];
  if (!config || (config.size ?? 0) > MOST) return undefined;
  try {
    const found = await store.get(imageKeys(name).blob(config.digest), MOST);
    if (!found || `sha256:${sha256Hex(found.bytes)}` !== config.digest) return undefined;
    const labels = Object(Object(Object(JSON.parse(found.bytes.toString('utf8'))).config).Labels);
    const texts = Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return readSpecs(new Map([['its first platform', new Map(texts)]]));
  } catch (error) {
    const isUnreadable = error instanceof SyntaxError || error instanceof NotPerformedError;
    if (isUnreadable || (error instanceof RunError && !(error instanceof S3Error))) return undefined;
    throw error;
  }
}
