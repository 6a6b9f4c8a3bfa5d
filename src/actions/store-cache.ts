import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { ignoreMissing, messageOf } from '../base/errors.js';
import type { CacheKey } from '../commands/build/cache-key.js';
import type { RunCache } from '../commands/context.js';

/** Raised when what the store holds changes its form. */
const FORM = 2;

/** Folders of the store that go through the cache; toolchains have the runner's tool cache. */
const PARTS = ['binaries', 'layers', 'blobs', 'patches', 'facts', 'go-build'];

/** A large library, not loaded where no cache is asked for. */
const service = () => import('@actions/cache');

/** The runner's cache service for one run. */
export interface StoreCache extends RunCache {
  /** Saves the store under the key that was looked for, unless it came from there; a failure is a warning. */
  save(): Promise<void>;
}

/**
 * Brings the store of an earlier run back: that of the same build if there is one, else of one that shares Go, source
 * and patches, or the first of these. Whatever comes is checked by digest before use; a failure is a warning, since a
 * build needs no cache.
 */
export function storeCache(storeDir: string): StoreCache {
  let missed: string | undefined;
  const paths = PARTS.map((part) => join(storeDir, part));
  return {
    restore: async (parts) => {
      const cache = await service();
      if (!cache.isFeatureAvailable()) return core.info('This runner has no cache service; nothing is restored.');
      const { key, prefixes } = keysOf(parts);
      missed = key;
      try {
        const found = await cache.restoreCache([...paths], key, prefixes);
        core.info(found === undefined ? 'No cache of an earlier run.' : `Restored the cache ${found}.`);
        if (found === key) missed = undefined;
      } catch (error) {
        core.warning(`The cache could not be restored: ${messageOf(error)}`);
      }
    },
    save: async () => {
      const there = (await readdir(storeDir).catch(ignoreMissing)) ?? [];
      if (missed === undefined || !PARTS.some((part) => there.includes(part))) return;
      try {
        await (await service()).saveCache([...paths], missed);
        core.info(`Saved the cache ${missed}.`);
      } catch (error) {
        core.warning(`The cache could not be saved: ${messageOf(error)}`);
      }
    },
  };
}

/** The whole key, and its beginnings from the longest to the one with nothing but Go's version. */
function keysOf(parts: CacheKey): { key: string; prefixes: string[] } {
  const host = [`pushgateway-ttl-${FORM}`, process.platform, process.arch];
  const beginning = (length: number) => [...host, ...parts.slice(0, length)].join('-');
  const lengths = parts.map((_part, index) => index).filter((length) => length > 0);
  return { key: beginning(parts.length), prefixes: lengths.reverse().map((length) => `${beginning(length)}-`) };
}
