import { InputError } from '../base/errors.js';
import { type Digest, isDigest } from '../base/hash.js';
import { canonicalPlatform } from '../spec/canonical-platform.js';
import { checkPlatform, type Platform } from '../spec/platform.js';
import type { RawJson, RawText } from './json.js';
import { JsonSource } from './json-source.js';

/** The input that names a base image; every error here is about it. */
export const BASE_INPUT = 'base-image';

/** What an image takes over from the config of its base. Texts are those of the base, copied as they stand. */
export interface BaseConfig {
  /** In its canonical form. */
  readonly platform: Platform;
  /** Of the base's layers, the lowest first. */
  readonly diffIds: readonly Digest[];
  /** Undefined where the base sets none, or an empty one; so are `workingDir` and `stopSignal`. */
  readonly user: RawText | undefined;
  readonly exposedPorts: readonly RawText[];
  readonly env: readonly RawText[];
  readonly volumes: readonly RawText[];
  readonly workingDir: RawText | undefined;
  readonly labels: readonly (readonly [key: RawText, value: RawText])[];
  readonly stopSignal: RawText | undefined;
  readonly history: readonly { readonly entry: RawJson; readonly isEmptyLayer: boolean }[];
}

/**
 * Reads the config of a base image (image-spec config.md, and docker's of the same form). Members that are not used here
 * may hold anything; `null` counts as absent, as Go's programs write it.
 * @throws InputError naming the member that is not what it has to be
 */
export function readBaseConfig(json: string): BaseConfig {
  const root = JsonSource.read(json, "the base image's config", BASE_INPUT);
  const run = root.member('config');
  return {
    platform: platformOf(root),
    diffIds: diffIdsOf(root),
    user: filled(run?.member('User')),
    exposedPorts: keysOf(run?.member('ExposedPorts')),
    env: (run?.member('Env')?.items() ?? []).map((item) => item.string()),
    volumes: keysOf(run?.member('Volumes')),
    workingDir: filled(run?.member('WorkingDir')),
    labels: (run?.member('Labels')?.entries() ?? []).map(({ key, value }) => [key, value.string()]),
    stopSignal: filled(run?.member('StopSignal')),
    history: (root.member('history')?.items() ?? []).map(historyEntry),
  };
}

function platformOf(root: JsonSource): Platform {
  const text = (key: string) => root.member(key)?.string().text ?? '';
  const platform = canonicalPlatform({
    os: root.required('os').string().text,
    architecture: root.required('architecture').string().text,
    variant: text('variant'),
    osVersion: text('os.version'),
    osFeatures: (root.member('os.features')?.items() ?? []).map((item) => item.string().text),
  });
  try {
    checkPlatform(platform);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`The base image: ${error.message}`, BASE_INPUT) : error;
  }
  return platform;
}

function diffIdsOf(root: JsonSource): Digest[] {
  const rootfs = root.member('rootfs');
  return (rootfs?.member('diff_ids')?.items() ?? []).map(digestIn);
}

/** Copied whole; what the members are that programs read is checked, so that they can read the copy. */
function historyEntry(entry: JsonSource): BaseConfig['history'][number] {
  for (const key of ['created', 'created_by', 'author', 'comment']) entry.member(key)?.string();
  return { entry: { raw: entry.raw }, isEmptyLayer: entry.member('empty_layer')?.boolean() ?? false };
}

/** @throws InputError where the value is no SHA-256 digest */
export function digestIn(value: JsonSource): Digest {
  const { text } = value.string();
  return isDigest(text) ? text : value.fail(`is ${JSON.stringify(text.slice(0, 80))}, not a sha256 digest`);
}

function filled(value: JsonSource | undefined): RawText | undefined {
  const text = value?.string();
  return text?.text === '' ? undefined : text;
}

/** The keys of a set, which JSON writes as a map; what stands behind them means nothing. */
function keysOf(value: JsonSource | undefined): RawText[] {
  return (value?.entries() ?? []).map(({ key }) => key);
}
