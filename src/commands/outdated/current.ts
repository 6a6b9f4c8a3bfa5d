import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, parseBuildOptions } from '../../inputs/build-options.js';
import { type OutdatedOptions, quiet } from '../../inputs/outdated-options.js';
import type { InputName, RawInputs } from '../../inputs/raw-inputs.js';
import type { VerifyOptions } from '../../inputs/verify-options.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { builtinSets } from '../../source/builtin-sets.js';
import { versionSuffix } from '../../source/patch-set.js';
import type { PatchSet } from '../../source/patches.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { platformName } from '../../spec/platform.js';
import { emptyStore } from '../../store/store.js';
import { openImage } from '../../verify/open/open-image.js';
import { loadOwnSets } from '../../verify/trust/own-sets.js';
import { checkTrust, type TrustedParts } from '../../verify/trust/trust.js';
import type { Context } from '../context.js';
import { goVersionFor, loadPatchSets, patchFetcherFor } from '../steps/parts.js';
import type { BuildShape } from '../steps/prepare.js';
import { requestOf } from '../steps/spec-request.js';
import { findSpec } from '../verify/find-spec.js';

/** What is used now. */
export interface Current {
  /** As inputs of a build, which a re-cut changes some of; version and Go are always among them. */
  readonly raw: RawInputs;
  /** The same, understood. */
  readonly options: BuildOptions;
  /** What is built to look at it. */
  readonly shape: BuildShape;
  /** The image that says so. */
  readonly image: { readonly name: string; readonly digest: string } | undefined;
}

/**
 * What is used now: what the inputs say, or the spec of an image.
 * @throws NotPerformedError where the image carries no spec, or none that may be followed
 */
export async function currentOf(
  given: OutdatedOptions,
  context: Context,
  work: string,
  access: () => Promise<RegistryAccess>,
): Promise<Current> {
  if (given.image !== undefined) return ofImage(given.image, given, context, work, access);
  const { build, raw } = given;
  const { source } = build;
  const version =
    'version' in source && source.version !== undefined ? [['pushgateway-version', [source.version]]] : [];
  const go = goVersionFor(build);
  const entries = [...raw, ...version, ['go-version', [go]]] as [InputName, readonly string[]][];
  const epoch = build.epoch === 'published' ? 'release' : build.epoch;
  return { raw: new Map(entries), options: build, shape: { ...build, go, epoch }, image: undefined };
}

async function ofImage(
  options: VerifyOptions,
  given: OutdatedOptions,
  context: Context,
  work: string,
  access: () => Promise<RegistryAccess>,
): Promise<Current> {
  const { log, signal, patchesDir } = context;
  const strict: Context = { ...context, strictFetch: true };
  const fetch = patchFetcherFor(strict, emptyStore(join(work, 'fetched')), work);
  await mkdir(join(work, 'image'));
  const image = await openImage(options.image, { access, tempDir: join(work, 'image'), log, signal });
  const spec = await findSpec(image, image.entries, undefined);
  const folder = { type: 'folder', path: '', version: undefined } as const; // of no release: nothing is left out
  const patches = await loadPatchSets({ source: folder, patches: options.patches }, context, fetch);
  const allowed = { ...options, patches, specIsCallers: false };
  const trusted = await checkTrust(spec, allowed, await loadOwnSets(patchesDir, fetch), signal);
  const platforms = options.platforms ?? image.entries.flatMap(({ platform }) => platform ?? []);
  const shape = requestOf(spec, trusted, platforms);
  const builtins = await builtinSets(patchesDir);
  const lines = patchLines(spec, given.raw.get('patches') ?? [], patches, builtins);
  const raw = inputsOf(spec, trusted, shape, lines, given.raw);
  const { name, digest } = image;
  return { raw, options: parseBuildOptions(quiet(raw), builtins), shape, image: { name, digest } };
}

/** This project's own sets by name, which is their current revision; the caller's as the caller wrote them. */
function patchLines(
  { patches }: BuildSpec,
  given: readonly string[],
  named: readonly PatchSet[],
  builtins: readonly string[],
): string[] {
  const written = given.flatMap((value) => value.split(/[\n,]/)).map((line) => line.trim());
  const callers = written.filter((line) => line !== '');
  const lines = patches.map(({ name, sha256 }) => {
    const at = named.findIndex(({ spec }) => spec.sha256 === sha256);
    return (at >= 0 ? callers[at] : undefined) ?? (builtins.includes(name) ? name : sha256);
  });
  return lines.length === 0 ? ['none'] : lines;
}

/** A spec as the inputs that lead to it; base and extra files as the caller names them, who is believed alone. */
function inputsOf(
  spec: BuildSpec,
  { source, release }: TrustedParts,
  { platforms }: BuildShape,
  patches: readonly string[],
  given: RawInputs,
): RawInputs {
  const suffix = spec.version.slice(release.length);
  const labels = Object.entries(spec.labels).map(([key, value]) => `${key}=${value}`);
  const lists: [InputName, readonly string[]][] = [
    ['pushgateway-version', [release]],
    ['source', source.type === 'git-tag' ? ['git'] : []],
    ['patches', patches],
    ['module-overrides', spec.modules?.overrides ?? []],
    ['go-version', [spec.go]],
    ['version-suffix', suffix === versionSuffix(spec.patches) ? [] : [suffix]],
    ['platforms', platforms === 'all' ? [] : platforms.map(platformName)],
    ['labels', labels],
  ];
  const own = lists.filter(([, values]) => values.length > 0);
  return new Map([...[...given].filter(([name]) => !lists.some(([other]) => other === name)), ...own]);
}
