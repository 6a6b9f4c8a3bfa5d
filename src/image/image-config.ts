import { InputError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import { rfc3339 } from '../base/time.js';
import { BASE_INPUT, type BaseConfig, readBaseConfig } from './base-config.js';
import { type HistoryEntry, type RunConfig, writeConfig } from './config.js';
import { type ImageInput, isWindows } from './image-input.js';
import { type RawText, textOf } from './json.js';
import { MAX_JSON_BYTES } from './json-strict.js';
import { Config, HISTORY_BASE_LAYER, HISTORY_CREATED_BY, HISTORY_EXTRA_FILES, Windows } from './profile1.js';

/**
 * The config of one image. What it takes from its base is what ko takes over (github.com/ko-build/ko, pkg/build): user,
 * ports, environment, volumes, working directory, labels, stop signal and history; never entrypoint and command.
 * @param layers of all layers, the lowest first
 * @param hasExtra whether the last layer is that of the extra files
 * @throws InputError for labels that cannot be written, and where the base makes the config too large to be read
 */
export function imageConfig(
  input: ImageInput,
  layers: readonly { diffId: Digest }[],
  hasExtra: boolean,
  epochSeconds: number,
): string {
  const created = rfc3339(epochSeconds);
  const base = input.base && readBaseConfig(input.base.configJson);
  const own = [HISTORY_CREATED_BY, ...(hasExtra ? [HISTORY_EXTRA_FILES] : [])];
  const json = writeConfig({
    created,
    platform: input.platform,
    config: runConfig(input, base),
    diffIds: layers.map(({ diffId }) => diffId),
    history: [...baseHistory(base, created), ...own.map((created_by) => ({ created, created_by }))],
  });
  if (base && Buffer.byteLength(json) > MAX_JSON_BYTES) {
    throw new InputError('The config on this base image is larger than the 4 MiB that podman reads.', BASE_INPUT);
  }
  return json;
}

function runConfig({ platform, labels }: ImageInput, base: BaseConfig | undefined): RunConfig {
  return {
    User: base?.user ?? (isWindows(platform) ? undefined : Config.user),
    ExposedPorts: [...without(base?.exposedPorts, [Config.exposedPort]), Config.exposedPort],
    Env: unlessEmpty(base?.env),
    Entrypoint: [isWindows(platform) ? Windows.entrypoint : Config.entrypoint],
    Volumes: unlessEmpty(base?.volumes),
    WorkingDir: base?.workingDir,
    Labels: [...baseLabels(base, labels), ...labels],
    StopSignal: base?.stopSignal,
  };
}

/** The base's labels, less those that the image sets itself. */
function baseLabels(base: BaseConfig | undefined, own: ImageInput['labels']): BaseConfig['labels'] {
  const keys = new Set(own.map(([key]) => key));
  return (base?.labels ?? []).filter(([key]) => !keys.has(textOf(key)));
}

/**
 * The base's history, if it has one entry for each layer (and any number for none): programs that show a history go
 * through both side by side. Else one entry of ours for each layer.
 */
function baseHistory(base: BaseConfig | undefined, created: string): HistoryEntry[] {
  if (!base) return [];
  const withLayer = base.history.filter(({ isEmptyLayer }) => !isEmptyLayer);
  if (withLayer.length === base.diffIds.length) return base.history.map(({ entry }) => entry);
  return base.diffIds.map(() => ({ created, created_by: HISTORY_BASE_LAYER }));
}

function without(texts: readonly RawText[] = [], left: readonly string[]): RawText[] {
  return texts.filter(({ text }) => !left.includes(text));
}

function unlessEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list?.length ? list : undefined;
}
