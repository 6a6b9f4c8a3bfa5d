import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../base/errors.js';
import type { BuildOptions } from '../../inputs/build-options.js';
import type { LookOptions } from '../../inputs/registry-options.js';
import type {
  BaseReference,
  BaseRequest,
  ExtraFileRequest,
  PatchRequest,
  SourceRequest,
} from '../../inputs/requests.js';
import type { BaseSpec, ImageBase } from '../../spec/build-spec.js';
import { platformName } from '../../spec/platform.js';
import type { BuildShape, PreparedBuild } from '../steps/prepare.js';

/**
 * What a second process is told on its standard input, as JSON, to build an image again: what the user asked for, with
 * absolute paths, since it runs elsewhere, and with the time and the base that the first build came to.
 */
export interface RebuildRequest {
  readonly shape: Omit<BuildShape, 'patches'> & Pick<BuildOptions, 'patches'>;
  readonly look: Omit<LookOptions, 'login'> & {
    readonly login: { readonly registry: string; readonly username: string; readonly password: string } | undefined;
  };
  /** A private folder, new or with the blobs of base images in `store/`. The image comes to be in its `oci`. */
  readonly work: string;
  /** File mode creation mask. */
  readonly umask: number;
}

/** @param work a folder of the second build's own */
export function rebuildRequest(
  { spec }: PreparedBuild,
  options: BuildOptions,
  work: string,
  umask: number,
): RebuildRequest {
  const { overrides, versionSuffix, platforms, labels, login, tlsVerify, retries } = options;
  return {
    shape: {
      ...{ overrides, versionSuffix, platforms, labels },
      source: absoluteSource(options.source),
      patches: options.patches.map(absolutePatch),
      base: pinnedBase(options.base, spec.base),
      extraFiles: options.extraFiles.map(absoluteFile),
      go: spec.go,
      epoch: spec.sourceDateEpoch,
      cache: true, // of its own store, which is empty but for blobs of bases
    },
    look: { login: login && { ...login, password: login.password.reveal() }, tlsVerify, retries },
    work,
    umask,
  };
}

/** @throws InputError where somebody started the second process by hand */
export function parseRebuildRequest(text: string): RebuildRequest {
  try {
    return JSON.parse(text) as RebuildRequest;
  } catch {
    throw new InputError('rebuild is what a build with --rebuild-check starts; there is nothing to start by hand');
  }
}

/** The user's own files and folders that the second build reads. */
export function pathsOf({ shape: { source, patches, base, extraFiles } }: RebuildRequest): string[] {
  const bases = base.type === 'images' ? base.images : base.type === 'image' ? [base] : [];
  return [
    ...(source.type === 'folder' ? [source.path] : []),
    ...(source.type === 'git-commit' && existsSync(source.url) ? [source.url] : []),
    ...patches.flatMap((patch) => (patch.type === 'path' ? [patch.path] : [])),
    ...extraFiles.flatMap((file) => (file.type === 'copy' ? [file.source] : [])),
    ...bases.flatMap(({ from }) => (from.type === 'layout' ? [from.path] : [])),
  ];
}

function absoluteSource(source: SourceRequest): SourceRequest {
  if (source.type === 'folder') return { ...source, path: resolve(source.path) };
  const isHere = source.type === 'git-commit' && existsSync(resolve(source.url));
  return isHere ? { ...source, url: resolve(source.url) } : source;
}

function absolutePatch(patch: PatchRequest): PatchRequest {
  return patch.type === 'path' ? { ...patch, path: resolve(patch.path) } : patch;
}

function absoluteFile(file: ExtraFileRequest): ExtraFileRequest {
  return file.type === 'copy' ? { ...file, source: resolve(file.source) } : file;
}

/** The base by digest, so that what was fetched once is not asked for again, and a tag that moves changes nothing. */
function pinnedBase(base: BaseRequest, found: BaseSpec | null): BaseRequest {
  if (base.type === 'scratch' || found === null) return base;
  if (base.type === 'image') return { ...base, from: pinned(base.from, 'digest' in found ? found : undefined) };
  const images = base.images.map((image) => {
    const name = platformName(image.platform);
    const own = 'digest' in found ? undefined : found.find(({ platform }) => platform === name);
    return { ...image, from: pinned(image.from, own) };
  });
  return { ...base, images };
}

function pinned(from: BaseReference, found: ImageBase | undefined): BaseReference {
  if (from.type === 'layout') return { ...from, path: resolve(from.path) };
  const { repository } = from.reference;
  return found === undefined ? from : { ...from, reference: { repository, digest: found.digest } };
}
