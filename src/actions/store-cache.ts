import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as cache from '@actions/cache';
import * as core from '@actions/core';
import { ignoreMissing, messageOf } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import type { RawInputs } from '../inputs/raw-inputs.js';

/** Raised when what the store holds changes its form. */
const FORM = 1;

/** Folders of the store that go through the cache; toolchains have the runner's tool cache. */
const PARTS = ['binaries', 'layers', 'patches', 'facts', 'go-build'];

/** What was looked for, and whether it was there. */
export interface RestoredStore {
  readonly key: string;
  readonly hit: boolean;
}

/**
 * Brings the store of an earlier run back, the one of the same inputs if there is one. Whatever comes is checked by
 * digest before use; a failure is a warning, since a build needs no cache.
 */
export async function restoreStore(storeDir: string, raw: RawInputs): Promise<RestoredStore | undefined> {
  if (!cache.isFeatureAvailable()) {
    core.info('This runner has no cache service; nothing is restored.');
    return undefined;
  }
  const prefix = `pushgateway-ttl-${FORM}-${process.platform}-${process.arch}-`;
  const key = prefix + sha256Hex(JSON.stringify([...raw].sort())).slice(0, 32);
  try {
    const found = await cache.restoreCache(paths(storeDir), key, [prefix]);
    core.info(found === undefined ? 'No cache of an earlier run.' : `Restored the cache ${found}.`);
    return { key, hit: found === key };
  } catch (error) {
    core.warning(`The cache could not be restored: ${messageOf(error)}`);
    return { key, hit: false };
  }
}

/** Saves the store under the key that was looked for, unless it came from there; a failure is a warning. */
export async function saveStore(storeDir: string, { key, hit }: RestoredStore): Promise<void> {
  if (hit) return;
  const there = (await readdir(storeDir).catch(ignoreMissing)) ?? [];
  if (!PARTS.some((part) => there.includes(part))) return;
  try {
    await cache.saveCache(paths(storeDir), key);
    core.info(`Saved the cache ${key}.`);
  } catch (error) {
    core.warning(`The cache could not be saved: ${messageOf(error)}`);
  }
}

function paths(storeDir: string): string[] {
  return PARTS.map((part) => join(storeDir, part));
}
