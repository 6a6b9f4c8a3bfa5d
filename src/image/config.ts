import type { Digest } from '../base/hash.js';
import type { Platform } from '../spec/platform.js';
import { type Json, type JsonObject, object, type RawJson, type RawText, sortedMap, writeJson } from './json.js';

/** How the image runs (image-spec config.md, `config`); absent members are left out. */
export interface RunConfig {
  User?: string | RawJson | undefined;
  /** Ports such as `9091/tcp`. */
  ExposedPorts?: readonly (string | RawText)[] | undefined;
  Env?: readonly (string | RawJson)[] | undefined;
  Entrypoint?: readonly (string | RawJson)[] | undefined;
  Cmd?: readonly (string | RawJson)[] | undefined;
  /** Paths. */
  Volumes?: readonly (string | RawText)[] | undefined;
  WorkingDir?: string | RawJson | undefined;
  Labels?: readonly (readonly [key: string | RawText, value: string | RawJson])[] | undefined;
  StopSignal?: string | RawJson | undefined;
}

/** One step of the image's history; or an entry of a base image, copied as it is. */
export type HistoryEntry = { created: string; created_by: string; empty_layer?: boolean } | RawJson;

/** An image's configuration (image-spec config.md). */
export interface ImageConfig {
  /** RFC 3339, UTC, whole seconds. */
  created: string;
  platform: Platform;
  config: RunConfig;
  /** Of the layers, the lowest first. */
  diffIds: readonly Digest[];
  /** One entry a layer, in the same order. */
  history: readonly HistoryEntry[];
}

/**
 * The config's bytes, as text. Keys stand in the order of the OCI Go structs, `created` first.
 * @throws InputError for a lone surrogate, or a label, port or volume that is there twice
 */
export function writeConfig(image: ImageConfig): string {
  const { os, architecture, variant, osVersion, osFeatures } = image.platform;
  return writeJson(
    object(
      ['created', image.created],
      ['architecture', architecture],
      ['os', os],
      ['os.version', osVersion],
      ['os.features', osFeatures],
      ['variant', variant],
      ['config', runConfig(image.config)],
      ['rootfs', object(['type', 'layers'], ['diff_ids', image.diffIds])],
      ['history', image.history.map(historyEntry)],
    ),
  );
}

function runConfig(config: RunConfig): JsonObject {
  return object(
    ['User', config.User],
    ['ExposedPorts', config.ExposedPorts && setOf(config.ExposedPorts)],
    ['Env', config.Env],
    ['Entrypoint', config.Entrypoint],
    ['Cmd', config.Cmd],
    ['Volumes', config.Volumes && setOf(config.Volumes)],
    ['WorkingDir', config.WorkingDir],
    ['Labels', config.Labels && sortedMap(config.Labels)],
    ['StopSignal', config.StopSignal],
  );
}

/** A set, which JSON lacks: a map to empty objects. */
function setOf(keys: readonly (string | RawText)[]): JsonObject {
  return sortedMap(keys.map((key) => [key, object()] as const));
}

function historyEntry(entry: HistoryEntry): Json {
  if ('raw' in entry) return entry;
  return object(
    ['created', entry.created],
    ['created_by', entry.created_by],
    ['empty_layer', entry.empty_layer || undefined],
  );
}
