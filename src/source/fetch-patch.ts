import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile, NotFoundError, TooLargeError } from '../base/download.js';
import { InputError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import type { Log } from '../base/log.js';
import { removeTree } from '../base/workspace.js';
import type { FetchPatch } from './patches.js';
import { fetchPinnedDiff } from './pinned-diff.js';

/** Largest patch that is fetched from an address. */
const MAX_PATCH_BYTES = 10 * 1024 * 1024;

/** A memory of patches that were fetched, by the SHA-256 that they must have. */
export interface KeptPatches {
  /** What is kept under that name, unchecked; undefined where nothing is. */
  get(sha256: string): Promise<Buffer | undefined>;
  put(sha256: string, data: Buffer): Promise<void>;
}

/** What fetching needs of the world. */
export interface FetchWorld {
  /** A private folder of the run. */
  readonly tempDir: string;
  /** The user's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Follow no redirect to a private network, and none at all with git; see `GitWorld`. */
  readonly strict?: boolean | undefined;
  readonly kept: KeptPatches;
}

/**
 * Fetches patches over https, or out of git repositories, into memory; those that an earlier run kept are taken from
 * there. What has another SHA-256 than was asked for is an error, and not used.
 */
export function patchFetcher(world: FetchWorld): FetchPatch {
  return async (patch) => {
    const kept = await world.kept.get(patch.sha256);
    if (kept && sha256Hex(kept) === patch.sha256) return kept;
    const data = patch.type === 'git' ? await fetchPinnedDiff(patch, world) : await download(patch, world);
    await world.kept.put(patch.sha256, data);
    return data;
  };
}

async function download({ url, sha256 }: { url: string; sha256: string }, world: FetchWorld): Promise<Buffer> {
  const { log, signal, strict: keepOutside } = world;
  const path = join(world.tempDir, `patch-${sha256}`);
  await downloadFile(url, path, { log, signal, keepOutside, limit: MAX_PATCH_BYTES }).catch((error) => {
    if (!(error instanceof NotFoundError || error instanceof TooLargeError)) throw error;
    throw new InputError(`${error.message}. Accepted: a patch of at most ${MAX_PATCH_BYTES} bytes`, 'patches');
  });
  const data = await readFile(path);
  await removeTree(path);
  const actual = sha256Hex(data);
  if (actual === sha256) return data;
  throw new InputError(
    `${url} has the SHA-256 ${actual}, but ${sha256} was asked for; nothing of it is used`,
    'patches',
  );
}
