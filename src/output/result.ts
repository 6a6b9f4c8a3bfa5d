import { join } from 'node:path';
import type { Digest } from '../base/hash.js';
import { rfc3339 } from '../base/time.js';
import type { CompiledBinary } from '../compile/compile-all.js';
import type { AssembledIndex } from '../image/build-image.js';
import type { BUILD_OUTPUTS } from '../inputs/build-inputs.js';
import { type BuildSpec, specDigest } from '../spec/build-spec.js';
import { platformName } from '../spec/platform.js';

/** The outputs of the contract, by their names in action.yml. */
export type Outputs = Record<(typeof BUILD_OUTPUTS)[number], string>;

/** What a finished build has to tell. */
export interface BuildResult {
  readonly outputs: Outputs;
  /** Digest of the index. */
  readonly digest: Digest;
  /** Time in the images, RFC 3339. */
  readonly created: string;
  /** The index as it was written. */
  readonly indexJson: string;
  readonly version: string;
  readonly goVersion: string;
  readonly platforms: readonly PlatformResult[];
  readonly outputDir: string;
  readonly milliseconds: number;
}

export interface PlatformResult {
  readonly platform: string;
  readonly digest: Digest;
  /** What a pull of this platform transfers: manifest, config and layers, in bytes. */
  readonly size: number;
  /** Compiling; 0 where an earlier run had done it. */
  readonly compileMilliseconds: number;
}

export interface FinishedBuild {
  readonly spec: BuildSpec;
  readonly specJson: string;
  readonly upstreamVersion: string;
  readonly outputDir: string;
  readonly sbom: boolean;
  readonly binaries: readonly CompiledBinary[];
  readonly assembled: AssembledIndex;
  readonly milliseconds: number;
}

/** Puts a finished build into the words of the contract. */
export function describeResult(built: FinishedBuild): BuildResult {
  const { spec, specJson, outputDir, binaries, assembled } = built;
  const compileTimes = new Map(binaries.map((binary) => [platformName(binary.platform), binary.milliseconds]));
  const platforms = assembled.images.map((image): PlatformResult => {
    const platform = platformName(image.platform);
    const size =
      image.size + Buffer.byteLength(image.configJson) + image.layers.reduce((sum, layer) => sum + layer.size, 0);
    return { platform, digest: image.digest, size, compileMilliseconds: compileTimes.get(platform) ?? 0 };
  });
  const digests = new Map(platforms.map((image): [string, string] => [image.platform, image.digest]));
  const outputs: Outputs = {
    digest: assembled.index.digest,
    'image-digests': JSON.stringify(Object.fromEntries(digests)),
    'digest-amd64': digests.get('linux/amd64') ?? '',
    'digest-arm64': digests.get('linux/arm64') ?? '',
    'digest-arm': digests.get('linux/arm/v7') ?? '',
    layout: join(outputDir, 'oci'),
    archive: join(outputDir, 'pushgateway.oci.tar'),
    binaries: join(outputDir, 'bin'),
    checksums: join(outputDir, 'SHA256SUMS'),
    sbom: built.sbom ? join(outputDir, 'sbom') : '',
    spec: specJson,
    'spec-digest': specDigest(spec),
    'pushgateway-version': built.upstreamVersion,
    'go-version': spec.go,
  };
  return {
    outputs,
    digest: assembled.index.digest,
    created: rfc3339(spec.sourceDateEpoch),
    indexJson: Buffer.from(assembled.index.bytes).toString('utf8'),
    version: spec.version,
    goVersion: spec.go,
    platforms,
    outputDir,
    milliseconds: built.milliseconds,
  };
}
