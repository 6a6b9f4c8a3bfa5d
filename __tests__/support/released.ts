import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPatchSet } from '../../src/source/patch-set.js';

/** What a released revision must remain, since it enters the digests of images. */
export interface Released {
  /** Of the content, as in the spec. */
  readonly sha256: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * Released revisions of patch sets (`NAME@REVISION`, or `NAME` where a set has none) that are no longer what
 * `released.json` says, or are gone: images that were made with them could not be derived any more.
 */
export async function changedReleases(patchesDir: string): Promise<string[]> {
  const released = JSON.parse(readFileSync(join(patchesDir, 'released.json'), 'utf8')) as Record<string, Released>;
  const fetchNothing = () => Promise.reject(new Error('nothing is fetched for this'));
  const changed: string[] = [];
  for (const [id, { sha256, time }] of Object.entries(released)) {
    const [name = '', number] = id.split('@');
    const revision = number === undefined ? undefined : Number(number);
    const request = { type: 'builtin', name, revision } as const;
    const set = await loadPatchSet(request, patchesDir, fetchNothing).catch(() => undefined);
    if (set?.spec.sha256 !== sha256 || set.spec.revision !== revision || set.time !== time) changed.push(id);
  }
  return changed;
}
