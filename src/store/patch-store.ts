import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptPatches } from '../source/fetch-patch.js';
import { ignoreUnusable, keepFile, touch } from './entries.js';

/** Patches that were fetched, each a file with its SHA-256 as its name. Whoever takes one checks it. */
export function patchStore(root: string): KeptPatches {
  const place = (sha256: string) => join(root, 'patches', `${sha256}.patch`);
  return {
    get: async (sha256) => {
      const data = await readFile(place(sha256)).catch(ignoreUnusable);
      if (data) await touch(place(sha256));
      return data;
    },
    put: (sha256, data) => keepFile(place(sha256), data),
  };
}
