import { InputError } from '../base/errors.js';
import { type Digest, digestOf } from '../base/hash.js';
import type { Platform } from '../spec/platform.js';
import { BASE_INPUT, digestIn, readBaseConfig } from './base-config.js';
import { JsonSource } from './json-source.js';
import { BASE_LAYER_TYPES, MediaType, OTHER_LAYER_TYPES } from './profile1.js';

/** One layer of a base image, gzip, as it will stand in the manifest of the image on it. */
export interface BaseLayer {
  /** Of the OCI image spec, whatever the base called it. */
  readonly mediaType: string;
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
  readonly diffId: Digest;
  /** A file with the blob's exact bytes. */
  readonly path: string;
}

/** A base image of one platform. */
export interface BaseImage {
  /** In its canonical form, with the base's `os.version` and `os.features` where it is one for Windows. */
  readonly platform: Platform;
  readonly configJson: string;
  /** The lowest first. */
  readonly layers: readonly BaseLayer[];
}

/** What a manifest points at. */
export interface BaseManifest {
  config: { digest: Digest; size: number };
  /** The lowest first; media types are those of the OCI image spec. */
  layers: { mediaType: string; digest: Digest; size: number }[];
}

const MANIFEST_TYPES: readonly string[] = [MediaType.manifest, 'application/vnd.docker.distribution.manifest.v2+json'];
const CONFIG_TYPES: readonly string[] = [MediaType.config, 'application/vnd.docker.container.image.v1+json'];

/**
 * Reads the manifest of one image (image-spec manifest.md, or docker's schema 2).
 * @throws InputError('base-image') where it is none, or has layers that an image cannot be built on
 */
export function parseBaseManifest(json: string): BaseManifest {
  const root = JsonSource.read(json, "the base image's manifest", BASE_INPUT);
  if (root.member('manifests')) root.fail('is an index of several images, not the manifest of one');
  const version = root.required('schemaVersion').size();
  if (version !== 2) root.fail(`has schema version ${version}; only 2 is read (pull and push it again to convert it)`);
  const mediaType = root.member('mediaType')?.string().text ?? MediaType.manifest;
  if (!MANIFEST_TYPES.includes(mediaType)) root.fail(`has the media type ${JSON.stringify(mediaType.slice(0, 80))}`);
  const config = root.required('config');
  checkConfigType(config.required('mediaType'));
  return {
    config: { digest: digestIn(config.required('digest')), size: config.required('size').size() },
    layers: (root.member('layers')?.items() ?? []).map((layer) => ({
      mediaType: layerType(layer.required('mediaType')),
      digest: digestIn(layer.required('digest')),
      size: layer.required('size').size(),
    })),
  };
}

function checkConfigType(value: JsonSource): void {
  const { text } = value.string();
  if (!CONFIG_TYPES.includes(text)) value.fail(`is ${JSON.stringify(text.slice(0, 80))}: this is no container image`);
}

/** The layer's media type in the words of the OCI image spec. */
function layerType(value: JsonSource): string {
  const { text } = value.string();
  if (BASE_LAYER_TYPES.includes(text)) return MediaType.layer;
  const shown = JSON.stringify(text.slice(0, 100));
  if (OTHER_LAYER_TYPES.includes(text)) {
    return value.fail(
      `is ${shown}: only gzip layers keep their digests whatever pushes them. Convert the base image first ` +
        '(skopeo copy --all --dest-compress-format gzip docker://IMAGE oci:FOLDER) and use oci:FOLDER',
    );
  }
  if (/\.foreign\.|\.nondistributable\./.test(text)) {
    return value.fail(`is ${shown}: registries do not keep such layers. Use a newer release of the base image`);
  }
  if (text.endsWith('+encrypted')) return value.fail(`is ${shown}: the base image is encrypted. Decrypt it first`);
  return value.fail(`is ${shown}; accepted: ${BASE_LAYER_TYPES.join(', ')}`);
}

/**
 * Puts a base image together from its manifest and config.
 * @param configJson the config's bytes, decoded as UTF-8
 * @param pathOf where the blob of a layer lies
 * @throws InputError('base-image') where the config is not the one that the manifest names, cannot be read, or does not
 *   fit the manifest's layers
 */
export function parseBaseImage(
  manifestJson: string,
  configJson: string,
  pathOf: (digest: Digest) => string,
): BaseImage {
  const manifest = parseBaseManifest(manifestJson);
  // Bytes that are no UTF-8 do not survive being a text, so that they are found here, too.
  if (digestOf(configJson) !== manifest.config.digest || Buffer.byteLength(configJson) !== manifest.config.size) {
    throw new InputError(
      `The base image's config is not the one that its manifest names (${manifest.config.digest}), or is no UTF-8.`,
      BASE_INPUT,
    );
  }
  const { platform, diffIds } = readBaseConfig(configJson);
  if (diffIds.length !== manifest.layers.length) {
    throw new InputError(
      `The base image's manifest has ${manifest.layers.length} layers, but its config has ${diffIds.length} diff IDs.`,
      BASE_INPUT,
    );
  }
  const layers = manifest.layers.map((layer, i) => {
    return { ...layer, diffId: diffIds[i] as Digest, path: pathOf(layer.digest) };
  });
  return { platform, configJson, layers };
}
