import { sha256Hex } from '../../base/hash.js';
import { compileKey } from '../../spec/build-spec.js';
import { canonicalJson } from '../../spec/canonical.js';
import { platformName } from '../../spec/platform.js';
import type { PreparedBuild } from '../steps/prepare.js';

/**
 * What results of earlier runs are looked for by, the most general part first: a run that shares the first parts with
 * this one has left a build cache of Go that helps; one that shares all has left the binaries.
 */
export type CacheKey = readonly string[];

/** Go, source, patches and modules, and what is left of the spec with the platforms. */
export function cacheKeyOf({ spec, platforms }: Pick<PreparedBuild, 'spec' | 'platforms'>): CacheKey {
  const short = (text: string) => sha256Hex(text).slice(0, 16);
  const { source, patches, modules } = spec;
  return [
    `go${spec.go}`,
    short(canonicalJson({ ...source })),
    short(JSON.stringify([patches.map((patch) => patch.sha256), modules?.goMod])),
    short(JSON.stringify([compileKey(spec), platforms.map(platformName)])),
  ];
}
