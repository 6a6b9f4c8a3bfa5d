import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from '../base/errors.js';
import { writeFileAtomic } from '../base/files.js';
import type { KeptPatches } from '../source/fetch-patch.js';
import { touch } from './store.js';

/** Patches that were fetched, each a file with its SHA-256 as its name. Whoever takes one checks it. */
export function patchStore(root: string): KeptPatches {
  const place = (sha256: string) => join(root, 'patches', `${sha256}.patch`);
  return {
    get: async (sha256) => {
      const data = await readFile(place(sha256)).catch(ignoreMissing);
      if (data) await touch(place(sha256));
      return data;
    },
    put: (sha256, data) => writeFileAtomic(place(sha256), data),
  };
}
