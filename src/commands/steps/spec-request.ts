import type { ModuleOverride } from '../../inputs/requests.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { canonicalPlatform } from '../../spec/canonical-platform.js';
import { type Platform, platformName, targetOf } from '../../spec/platform.js';
import { isBuildable } from '../../spec/platforms.js';
import { NotPerformedError } from '../../verify/trust/not-performed.js';
import type { TrustedParts } from '../../verify/trust/trust.js';
import type { BuildShape } from './prepare.js';

/** A trusted spec as a request to build: what `build` would have been asked for. */
export function requestOf(spec: BuildSpec, trusted: TrustedParts, platforms: readonly Platform[]): BuildShape {
  const { source, patches, base, extraFiles, release } = trusted;
  return {
    source,
    patches,
    base,
    extraFiles,
    overrides: spec.modules?.overrides.map(overrideOf) ?? [],
    go: spec.go,
    versionSuffix: spec.version.slice(release.length),
    labels: spec.labels,
    epoch: spec.sourceDateEpoch,
    platforms: targetsOf(platforms),
    cache: true, // of the run's own store, which is empty but for blobs of bases
  };
}

/** The decoder has checked the form. */
function overrideOf(text: string): ModuleOverride {
  const at = text.indexOf('@');
  return { path: text.slice(0, at), version: text.slice(at + 1) };
}

/**
 * What is to be built for the platforms of an image. Those that no build makes are left out: the comparison shows them as
 * children that only the image has. Each `os.version` follows from the base.
 */
function targetsOf(platforms: readonly Platform[]): Platform[] {
  const targets = platforms.map(canonicalPlatform).filter(isBuildable).map(targetOf);
  const unique = [...new Map(targets.map((target) => [platformName(target), target])).values()];
  if (unique.length > 0) return unique;
  const has = platforms.map(platformName).join(', ') || 'none';
  throw new NotPerformedError('unavailable', `the image has no platform that can be built. It has: ${has}`);
}
