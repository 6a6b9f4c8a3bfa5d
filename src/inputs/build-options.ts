import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { isGoVersion, isLabelKey, MAX_EPOCH } from '../spec/grammar.js';
import { RESERVED_LABELS } from '../spec/image-labels.js';
import { comparePlatforms, type Platform, platformName } from '../spec/platform.js';
import { parsePlatform } from '../spec/platforms.js';
import { parseBase, parseExtraFiles } from './base-request.js';
import { type DeliveryOptions, parseDelivery } from './delivery-options.js';
import type { RawInputs } from './raw-inputs.js';
import { reader, refuse } from './reader.js';
import { registriesOf } from './registry-options.js';
import type { BaseRequest, ExtraFileRequest, ModuleOverride, PatchRequest, SourceRequest } from './requests.js';
import { parseOverrides, parsePatches, parseSource } from './source-requests.js';

/** Everything that `build` was asked for: what shapes the images, and how to run. */
export interface BuildOptions extends DeliveryOptions {
  readonly source: SourceRequest;
  readonly patches: readonly PatchRequest[];
  readonly overrides: readonly ModuleOverride[];
  /** Exact version; undefined for the one that is pinned for the release. */
  readonly go: string | undefined;
  /** Undefined for the one that names the patch sets. */
  readonly versionSuffix: string | undefined;
  /** Sorted as in the index; none twice. `all`: every one that the base offers. */
  readonly platforms: readonly Platform[] | 'all';
  readonly base: BaseRequest;
  readonly extraFiles: readonly ExtraFileRequest[];
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970, the time of the release, or that of `published`. */
  readonly epoch: 'release' | 'published' | number;
  /** Whether to build twice. */
  readonly rebuildCheck: boolean;
  /** Whether results of earlier runs are used. */
  readonly cache: boolean;
}

/**
 * Understands all inputs of `build`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @param password of the registry; apart from the other inputs, so that it is in no list of them
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
export function parseBuildOptions(raw: RawInputs, builtins: readonly string[], password?: Secret): BuildOptions {
  const read = reader(raw);
  const suffix = read.text('version-suffix');
  // Behind a digit the release that it follows could not be told any more.
  if (suffix !== undefined && !/^[A-Za-z.+_-][0-9A-Za-z.+_-]{0,39}$/.test(suffix)) {
    throw refuse('version-suffix', suffix, 'at most 40 letters, digits and . + _ -, the first no digit, as in +ttl.1');
  }
  const go = read.text('go-version')?.replace(/^go/, '');
  if (go !== undefined && !isGoVersion(go)) throw refuse('go-version', go, 'an exact version, as in 1.26.8');
  const base = parseBase(read.isExplicit('base-image') ? read.list('base-image') : []);
  const delivery = parseDelivery(read, password, [{ input: 'base-image', registries: registriesOf(base) }]);
  const epoch = parseEpoch(read.text('source-date-epoch') ?? 'release');
  if (epoch === 'published' && delivery.published === undefined) {
    throw new InputError('published is the time of published-image, and none was given', 'source-date-epoch');
  }
  return {
    ...delivery,
    source: parseSource(read),
    patches: parsePatches(read.list('patches'), builtins),
    overrides: parseOverrides(read.list('module-overrides')),
    go,
    versionSuffix: suffix,
    platforms: parsePlatforms(read.list('platforms'), base),
    base,
    extraFiles: parseExtraFiles(read.lines('extra-files')),
    labels: parseLabels(read.lines('labels')),
    epoch,
    rebuildCheck: read.boolean('rebuild-check'),
    // What an earlier run left may come from a pull request; what is pushed is made anew.
    cache: (read.text('cache') ?? 'auto') === 'auto' ? !delivery.push : read.boolean('cache', 'auto, true or false'),
  };
}

function parsePlatforms(items: readonly string[], base: BaseRequest): Platform[] | 'all' {
  if (items.includes('all')) {
    if (items.length > 1) throw refuse('platforms', items.join(', '), 'all alone, or a list of platforms');
    if (base.type !== 'scratch') return 'all';
    throw new InputError(
      'all means the platforms that the base image has, and scratch has none. Give base-image, or list the platforms, as in linux/amd64',
      'platforms',
    );
  }
  const platforms = items.map((item) => parsePlatform(item)).sort(comparePlatforms);
  const windows = platforms.find((platform) => platform.os === 'windows');
  if (windows && base.type === 'scratch') {
    throw new InputError(
      `${platformName(windows)} needs a Windows image as base-image, and that is scratch. Give one, as in mcr.microsoft.com/windows/nanoserver:ltsc2022`,
      'platforms',
    );
  }
  const twice = platforms.find(
    (platform, index) => index > 0 && platformName(platform) === platformName(platforms[index - 1] ?? platform),
  );
  if (twice) throw new InputError(`platforms names ${platformName(twice)} twice; once is accepted`, 'platforms');
  return platforms;
}

function parseLabels(lines: readonly string[]): Record<string, string> {
  const labels = new Map<string, string>();
  for (const line of lines) {
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(0, equals)).trim();
    if (equals < 0) throw refuse('labels', line, 'key=value');
    if (!isLabelKey(key)) throw refuse('labels', line, 'key=value with a key of printable ASCII without blanks');
    if (RESERVED_LABELS.includes(key))
      throw new InputError(`The label ${key} follows from the build spec and cannot be set`, 'labels');
    if (labels.has(key)) throw new InputError(`labels sets ${key} twice; once is accepted`, 'labels');
    labels.set(key, line.slice(equals + 1).trim());
  }
  return Object.fromEntries(labels);
}

function parseEpoch(given: string): BuildOptions['epoch'] {
  if (given === 'release' || given === 'published') return given;
  if (!/^\d{1,11}$/.test(given) || Number(given) > MAX_EPOCH) {
    throw refuse('source-date-epoch', given, `release, published, or whole seconds since 1970 from 0 to ${MAX_EPOCH}`);
  }
  return Number(given);
}
