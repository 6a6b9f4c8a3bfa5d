import type { SourceSpec } from '../spec/build-spec.js';

/** A source that has been found: what the spec records of it, and a way to write its files. */
export interface ResolvedSource {
  readonly spec: SourceSpec;
  /** Upstream's version, `1.11.3`. */
  readonly version: string;
  /** When this source was released, seconds since 1970; undefined where nothing says (a folder). */
  readonly time: number | undefined;
  /** Writes the source's files, regular files only, into an empty folder. */
  write(folder: string): Promise<void>;
}

/** What the sources need of the world. */
export interface SourceContext {
  /** A private folder for downloads; removed with the run. */
  readonly tempDir: string;
  /** The user's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: import('../base/log.js').Log;
  readonly signal?: AbortSignal | undefined;
  /** See `GitWorld`. */
  readonly strict?: boolean | undefined;
  /** A Go command (any version from 1.21) and the environment to run it in; asked for only where it is needed. */
  goCommand(): Promise<{ readonly binary: string; readonly env: Record<string, string> }>;
  /** Sums and times of versions that an earlier run asked for. */
  readonly known: KnownVersions;
}

/** A memory of what the checksum database said. A sum there never changes, so it may be kept for ever. */
export interface KnownVersions {
  get(version: string): Promise<{ readonly sum: string; readonly time: number } | undefined>;
  put(version: string, facts: { readonly sum: string; readonly time: number }): Promise<void>;
}
