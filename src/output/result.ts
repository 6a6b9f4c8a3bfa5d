import { join } from 'node:path';
import type { Digest } from '../base/hash.js';
import { rfc3339 } from '../base/time.js';
import type { CompiledBinary } from '../compile/compile-all.js';
import type { AssembledIndex } from '../image/build-image.js';
import type { BUILD_OUTPUTS } from '../inputs/build-inputs.js';
import type { SmokeTestResult } from '../smoke/smoke-test.js';
import { type BaseSpec, type BuildSpec, specDigest } from '../spec/build-spec.js';
import { platformName, targetOf } from '../spec/platform.js';
import { repositoryName } from '../spec/reference.js';
import type { ImageNames } from './image-names.js';

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
  readonly names: ImageNames;
  /** Of the spec. */
  readonly base: BaseSpec | null;
  /** Whether it is another image than the published one; undefined where nobody asked. */
  readonly changed: boolean | undefined;
  /** Whether a second build gave the same; undefined where nobody asked. */
  readonly reproducible: boolean | undefined;
  /** Versions of podman, buildah and skopeo, where they were used. */
  readonly tools: readonly string[];
  readonly phases: readonly Phase[];
  readonly milliseconds: number;
}

/** One phase of a run, with when it began and how long it took. */
export interface Phase {
  readonly title: string;
  readonly startMilliseconds: number;
  readonly milliseconds: number;
}

export interface PlatformResult {
  readonly platform: string;
  readonly digest: Digest;
  /** What a pull of this platform transfers: manifest, config and layers, in bytes. */
  readonly size: number;
  /** Compiling; 0 where an earlier run had done it. */
  readonly compileMilliseconds: number;
  /** How its smoke test went, in words; undefined where none was asked for. */
  readonly smokeTest: string | undefined;
}

export interface FinishedBuild {
  readonly spec: BuildSpec;
  readonly specJson: string;
  readonly upstreamVersion: string;
  readonly outputDir: string;
  readonly sbom: boolean;
  readonly binaries: readonly CompiledBinary[];
  readonly assembled: AssembledIndex;
  readonly names: ImageNames;
  readonly smokeTests: readonly SmokeTestResult[];
  /** Whether it is another image than the published one; undefined where nobody asked. */
  readonly changed: boolean | undefined;
  /** Whether a second build gave the same; undefined where nobody asked. */
  readonly reproducible: boolean | undefined;
}

/** Puts a finished build into the words of the contract. */
export function describeResult(built: FinishedBuild): Omit<BuildResult, 'tools' | 'phases' | 'milliseconds'> {
  const { spec, specJson, outputDir, binaries, assembled, names } = built;
  const compileTimes = new Map(binaries.map((binary) => [platformName(binary.platform), binary.milliseconds]));
  const smokeTests = new Map(built.smokeTests.map((test) => [platformName(test.platform), wordsOf(test)]));
  const platforms = assembled.images.map((image): PlatformResult => {
    const platform = platformName(image.platform);
    const size =
      image.size + Buffer.byteLength(image.configJson) + image.layers.reduce((sum, layer) => sum + layer.size, 0);
    const compileMilliseconds = compileTimes.get(platformName(targetOf(image.platform))) ?? 0;
    return { platform, digest: image.digest, size, compileMilliseconds, smokeTest: smokeTests.get(platform) };
  });
  const digests = new Map(platforms.map((image): [string, string] => [image.platform, image.digest]));
  const [first] = names.repositories;
  const outputs: Outputs = {
    image: first ? repositoryName(first.repository) : '',
    digest: assembled.index.digest,
    'image-digests': JSON.stringify(Object.fromEntries(digests)),
    'digest-amd64': digests.get('linux/amd64') ?? '',
    'digest-arm64': digests.get('linux/arm64') ?? '',
    'digest-arm': digests.get('linux/arm/v7') ?? '',
    references: names.references.join('\n'),
    tags: names.tags.join('\n'),
    layout: join(outputDir, 'oci'),
    archive: join(outputDir, 'pushgateway.oci.tar'),
    binaries: join(outputDir, 'bin'),
    checksums: join(outputDir, 'SHA256SUMS'),
    sbom: built.sbom ? join(outputDir, 'sbom') : '',
    spec: specJson,
    'spec-digest': specDigest(spec),
    changed: String(built.changed ?? ''),
    reproducible: String(built.reproducible ?? ''),
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
    names,
    base: spec.base,
    changed: built.changed,
    reproducible: built.reproducible,
  };
}

function wordsOf({ outcome, how }: SmokeTestResult): string {
  return `${outcome === 'passed' ? 'passed' : 'not performed'} (${how})`;
}
