import type { Digest } from '../../base/hash.js';
import type { JsonSource } from '../../image/json-source.js';
import { MAX_DOCUMENT } from '../../registry/base-source.js';
import type { Platform } from '../../spec/platform.js';
import { hostile, type Place } from '../damaged.js';
import { checkCase, DESCRIPTOR_KEYS, digestAt, PLATFORM_KEYS, platformAt, readDocument, textAt } from './document.js';
import { CONFIG_TYPES, INDEX_TYPES, MANIFEST_TYPES } from './media-types.js';

/** No engine runs more layers (docker and containers/storage stop at 125 to 128). */
const MAX_LAYERS = 128;
const GIB = 1024 ** 3;
/** Bytes of one layer, and of all layers of one image, as they lie in a registry. */
const MAX_LAYER = 8 * GIB;
const MAX_IMAGE = 16 * GIB;

const ROOT_KEYS = [
  'schemaVersion',
  'mediaType',
  'config',
  'layers',
  'manifests',
  'artifactType',
  'subject',
  'annotations',
];
const CONFIG_KEYS = [...PLATFORM_KEYS, 'config', 'rootfs', 'history', 'created', 'author'];
const RUN_KEYS = [
  ...[
    'User',
    'ExposedPorts',
    'Env',
    'Entrypoint',
    'Cmd',
    'Volumes',
    'WorkingDir',
    'Labels',
    'StopSignal',
    'ArgsEscaped',
  ],
  ...['Healthcheck', 'OnBuild', 'Shell'],
];

/** How one document names another, or a blob. */
export interface BlobDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
}

export interface ManifestContent {
  readonly config: BlobDescriptor;
  /** The lowest first. */
  readonly layers: readonly BlobDescriptor[];
}

export interface ConfigContent {
  readonly platform: Platform | undefined;
  readonly diffIds: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Whether a document is an index or the manifest of one image; one that can be taken for both is neither
 * (CVE-2021-41190).
 * @throws DamagedImageError
 */
export function isIndexDocument(root: JsonSource, place: Place): boolean {
  checkCase(root, ROOT_KEYS, place);
  const keys = new Set(root.entries().map(({ key }) => key.text));
  const [isIndex, isManifest] = [keys.has('manifests'), keys.has('config') || keys.has('layers')];
  if ((isIndex && isManifest) || ((isIndex || isManifest) && keys.has('fsLayers'))) {
    throw hostile(place, 'it can be read as an index and as the manifest of one image, or as of two schemas');
  }
  const version = root.required('schemaVersion').size();
  if (version === 1) root.fail("is of docker's manifest schema 1, which registries have given up; copy the image anew");
  if (version !== 2) root.fail(`has the schema version ${version}; only 2 is read`);
  if (!isIndex && !isManifest) root.fail('is neither an image nor an index of images');
  const mediaType = textAt(root.member('mediaType'));
  const [own, other] = isIndex ? [INDEX_TYPES, MANIFEST_TYPES] : [MANIFEST_TYPES, INDEX_TYPES];
  if (other.includes(mediaType)) throw hostile(place, `it is ${isIndex ? 'an' : 'no'} index, and says ${mediaType}`);
  if (mediaType !== '' && !own.includes(mediaType)) root.fail(`has the media type ${JSON.stringify(mediaType)}`);
  return isIndex;
}

/**
 * Reads the manifest of one image. What it names has sensible sizes afterwards, and lies beside it: a descriptor with
 * `urls` would have tools fetch from wherever they point.
 * @throws DamagedImageError
 */
export function readManifest(bytes: Uint8Array, place: Place): ManifestContent {
  return readDocument(bytes, place, (root) => {
    if (isIndexDocument(root, place)) throw hostile(place, 'it is an index of several images, not the manifest of one');
    const config = descriptorAt(root.required('config'), place);
    if (!CONFIG_TYPES.includes(config.mediaType)) {
      root.fail(`has a config of the media type ${JSON.stringify(config.mediaType)}: it is no container image`);
    }
    if (config.size > MAX_DOCUMENT) {
      throw hostile({ ...place, level: 'config', where: 'config' }, tooLarge(config.size, MAX_DOCUMENT));
    }
    const items = root.member('layers')?.items() ?? [];
    if (items.length > MAX_LAYERS)
      throw hostile(place, `it has ${items.length} layers; at most ${MAX_LAYERS} are read`);
    const layers = items.map((item) => descriptorAt(item, place));
    checkSizes(layers, place);
    return { config, layers };
  });
}

function descriptorAt(value: JsonSource, place: Place): BlobDescriptor {
  checkCase(value, DESCRIPTOR_KEYS, place);
  const [url] = value.member('urls')?.items() ?? [];
  if (url) throw hostile(place, `${value.path} is to be fetched from elsewhere: ${url.string().text}`);
  return {
    mediaType: textAt(value.member('mediaType')),
    digest: digestAt(value.required('digest')),
    size: value.required('size').size(),
  };
}

function checkSizes(layers: readonly BlobDescriptor[], place: Place): void {
  const sizes = new Map<Digest, number>();
  layers.forEach(({ digest, size }, position) => {
    const at: Place = { ...place, level: 'layer', where: `layer ${position + 1}` };
    if (size > MAX_LAYER) throw hostile(at, tooLarge(size, MAX_LAYER));
    if ((sizes.get(digest) ?? size) !== size)
      throw hostile(at, `${digest} has two sizes, ${sizes.get(digest)} and ${size}`);
    sizes.set(digest, size);
  });
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (all > MAX_IMAGE) throw hostile(place, `its layers: ${tooLarge(all, MAX_IMAGE)}`);
}

function tooLarge(size: number, most: number): string {
  return `${size} bytes; at most ${most} are read`;
}

/** @throws DamagedImageError where the document cannot be read, or a label is no text */
export function readConfig(bytes: Uint8Array, place: Place): ConfigContent {
  return readDocument(bytes, place, (root) => {
    const [run, rootfs] = [root.member('config'), root.member('rootfs')];
    checkCase(root, CONFIG_KEYS, place);
    checkCase(run, RUN_KEYS, place);
    checkCase(rootfs, ['type', 'diff_ids'], place);
    return {
      platform: platformAt(root),
      diffIds: (rootfs?.member('diff_ids')?.items() ?? []).map((item) => item.string().text),
      labels: new Map(
        (run?.member('Labels')?.entries() ?? []).map(({ key, value }) => [key.text, value.string().text]),
      ),
    };
  });
}
