import type { PatchSpec } from '../spec/build-spec.js';
import type { ModuleFile } from './module-zip.js';
import type { PinnedDiff } from './pinned-diff.js';
import type { Reach } from './reach.js';

/** A patch set: what the spec records of it, and a way to what it brings. */
export interface PatchSet {
  readonly spec: PatchSpec;
  /** When the revision was made, seconds since 1970; loose patches have no time. */
  readonly time: number | undefined;
  /** The releases of upstream that it applies to, where that is known. */
  readonly reach?: Reach | undefined;
  /** What is to be said to who chooses it. */
  readonly warning?: string | undefined;
  /** What it brings; what lies elsewhere is fetched only now, and checked. */
  content(): Promise<PatchContent>;
}

/** New files to lay into the tree, then diffs to apply, in this order. */
export interface PatchContent {
  readonly overlay: readonly ModuleFile[];
  readonly diffs: readonly { readonly name: string; readonly data: Buffer }[];
}

/** A diff that lies elsewhere, and is known by its SHA-256. */
export type RemotePatch =
  | { readonly type: 'url'; readonly url: string; readonly sha256: string }
  | ({ readonly type: 'git' } & PinnedDiff);

/** Fetches a diff whose content must have the given SHA-256. */
export type FetchPatch = (patch: RemotePatch) => Promise<Buffer>;
