import type { Platform } from '../spec/platform.js';
import type { ImageReference, Repository } from '../spec/reference.js';

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

/** Where a base image is: in a registry (by tag or digest), or in an OCI layout on disk. */
export type BaseReference =
  | { readonly type: 'registry'; readonly reference: ImageReference }
  | { readonly type: 'layout'; readonly path: string; readonly tag: string | undefined };

/** What the images are built on: nothing, one image, or one for each platform. */
export type BaseRequest =
  | { readonly type: 'scratch' }
  | { readonly type: 'image'; readonly from: BaseReference }
  | { readonly type: 'images'; readonly images: readonly PlatformBaseRequest[] };

export interface PlatformBaseRequest {
  readonly platform: Platform;
  readonly from: BaseReference;
}

/** One line of `extra-files`. Targets are absolute, as the user wrote them. */
export type ExtraFileRequest =
  | { readonly type: 'copy'; readonly source: string; readonly target: string; readonly mode: number | undefined }
  /** A symbolic link at `target` that points `to`. */
  | { readonly type: 'link'; readonly target: string; readonly to: string };

/** One repository that the image is for. */
export interface Destination {
  readonly repository: Repository;
  /** Undefined for the default tag, which is known when the version is, and which never moves. */
  readonly tags: readonly string[] | undefined;
}
