/** Which source the user asked for. */
export type SourceRequest =
  | { readonly type: 'module'; readonly version: string }
  /** Upstream's tag `v1.11.3`, from upstream's repository. */
  | { readonly type: 'git-tag'; readonly version: string }
  /** `version` is undefined unless the user named one: then the tree's VERSION file says it. */
  | { readonly type: 'git-commit'; readonly url: string; readonly commit: string; readonly version: string | undefined }
  | { readonly type: 'folder'; readonly path: string; readonly version: string | undefined };

/** Which patch set the user asked for, one a line of `patches`. */
export type PatchRequest =
  | { readonly type: 'builtin'; readonly name: string; readonly revision: number | undefined }
  | { readonly type: 'path'; readonly path: string }
  | { readonly type: 'url'; readonly url: string; readonly sha256: string };

/** One dependency to raise. */
export interface ModuleOverride {
  readonly path: string;
  /** Canonical version, `v0.53.0`. */
  readonly version: string;
}
