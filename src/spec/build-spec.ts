import { type Digest, digestOf } from '../base/hash.js';
import { canonicalJson } from './canonical.js';

/** What was built from: a Go module (path, version, `h1:` sum), a git commit, or a folder by its content. */
export type SourceSpec =
  | { readonly type: 'module'; readonly path: string; readonly version: string; readonly sum: string }
  /** `url` is absent for a local repository: there the commit says it all. */
  | { readonly type: 'git'; readonly url?: string; readonly commit: string }
  | { readonly type: 'folder'; readonly hash: string };

/** One patch set, in the order of application. */
export interface PatchSpec {
  readonly name: string;
  /** Revision of a set that has some; absent for loose patch files. */
  readonly revision?: number;
  /** Hex SHA-256 of the content that can reach the binary. */
  readonly sha256: string;
}

/** The modules that were raised. */
export interface ModulesSpec {
  /** `PATH@VERSION`, sorted by UTF-8 bytes. */
  readonly overrides: readonly string[];
  /** Hex SHA-256 of the go.mod that they lead to. */
  readonly goMod: string;
}

/** A base image by the digest of its index or manifest; without repository where it was a local folder. */
export interface ImageBase {
  /** With its registry, without tag: `gcr.io/distroless/static`. */
  readonly repository?: string;
  readonly digest: Digest;
}

/** The base of one platform. */
export interface PlatformBase extends ImageBase {
  /** `linux/arm/v7`. */
  readonly platform: string;
}

/** One base for all platforms, or one each: sorted by platform, and whole whatever is built. */
export type BaseSpec = ImageBase | readonly PlatformBase[];

/**
 * Everything that an image's bytes depend on, beside its platform (design, section 5). All keys are always present.
 */
export interface BuildSpec {
  readonly profile: 1;
  readonly source: SourceSpec;
  readonly patches: readonly PatchSpec[];
  readonly modules: ModulesSpec | null;
  /** Exact Go version, `1.26.8`. */
  readonly go: string;
  /** What `--version` and the labels show, `1.11.3+ttl.1`. */
  readonly version: string;
  /** Null for `scratch`. */
  readonly base: BaseSpec | null;
  /** Diff ID of the layer of extra files, in the form that it has on Linux. */
  readonly files: Digest | null;
  /** Labels that the user set. */
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly sourceDateEpoch: number;
}

/** The image label that carries the spec. */
export const SPEC_LABEL = 'io.k0sproject.pushgateway-ttl.spec';

/** The newest profile that this program makes. */
export const PROFILE = 1;

/** The spec as canonical JSON (RFC 8785): the value of the label. */
export function encodeSpec(spec: BuildSpec): string {
  return canonicalJson(jsonOf(spec));
}

/** Digest of the canonical JSON. */
export function specDigest(spec: BuildSpec): Digest {
  return digestOf(encodeSpec(spec));
}

/**
 * Key of a binary: the digest of those parts of the spec that can reach it. Labels, base and extra files cannot, so
 * images that differ in these alone share their binaries.
 */
export function compileKey(spec: BuildSpec): Digest {
  const { profile, source, patches, modules, go, version, sourceDateEpoch } = spec;
  return digestOf(
    canonicalJson({
      profile,
      source: { ...source },
      patches: jsonOf(patches),
      modules: jsonOf(modules),
      go,
      version,
      sourceDateEpoch,
    }),
  );
}

// The types above are JSON by construction; what TypeScript cannot see is only that interfaces have no index signature.
function jsonOf(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}
