import { InputError } from '../../base/errors.js';
import { type Digest, hexOf } from '../../base/hash.js';
import { inParallel } from '../../base/parallel.js';
import { JsonSource } from '../../image/json-source.js';
import { platformName } from '../../spec/platform.js';
import { digestAt, textAt } from '../../verify/open/document.js';
import { CONFIG_TYPES, INDEX_TYPES, MANIFEST_TYPES } from '../../verify/open/media-types.js';
import type { ImageEntry, OpenedImage, PlatformImage } from '../../verify/open/open-image.js';
import { bytesUpload, type Upload } from '../uploads.js';
import { imageKeys } from './image-keys.js';

/** Images that are read at once. */
const AT_ONCE = 3;

/** What registries call any blob. A type of its own could have a web server compress or show it. */
const BLOB_TYPE = 'application/octet-stream';

/** An image as objects of a bucket, in the order in which they are uploaded: what nothing points to is never seen. */
export interface ImageObjects {
  readonly digest: Digest;
  /** Platform → digest of its manifest; images without a platform are not in it. */
  readonly images: Readonly<Record<string, Digest>>;
  /** Configs and layers. */
  readonly blobs: readonly Upload[];
  /** Manifests of the images of an index; empty for a single image. */
  readonly children: readonly Upload[];
  /** The index, or the manifest of a single image, under its digest. */
  readonly index: Upload;
  /** The same under the tag. */
  readonly tag: Upload;
}

/**
 * Reads a whole image, every blob checked by digest and size, and says what objects it becomes.
 * @param shown the layout as the user gave it
 * @throws DamagedImageError, RunError where the image is not whole
 * @throws InputError where its index names what is no image
 */
export async function imageObjects(
  { name, tag }: { readonly name: string; readonly tag: string },
  image: OpenedImage,
  shown: string,
): Promise<ImageObjects> {
  const keys = imageKeys(name);
  const source = (digest: Digest) => `${shown}/blobs/sha256/${hexOf(digest)}`;
  const [blobs, children] = [new Map<Digest, Upload>(), new Map<Digest, Upload>()];
  const images: Record<string, Digest> = {};
  const read = await inParallel([...image.entries, ...sideEntries(image)], AT_ONCE, async (entry) => {
    const content = await image.read(entry);
    return { entry, content, files: await image.layerFiles(entry, content.layers) };
  });
  for (const { entry, content, files } of read) {
    const { configInfo, config } = content;
    if (entry.platform) images[platformName(entry.platform)] = entry.digest;
    blobs.set(
      configInfo.digest,
      bytesUpload(keys.blob(configInfo.digest), BLOB_TYPE, config, source(configInfo.digest), true),
    );
    for (const [digest, file] of files) {
      const size = content.layers.find((layer) => layer.digest === digest)?.size ?? 0;
      const upload = { key: keys.blob(digest), contentType: BLOB_TYPE, sha256: hexOf(digest), isByDigest: true };
      blobs.set(digest, { ...upload, body: { file, size }, source: source(digest) });
    }
    if (!image.isIndex) continue;
    const type = manifestType(entry.mediaType, content);
    children.set(
      entry.digest,
      bytesUpload(keys.manifest(entry.digest), type, content.manifest, source(entry.digest), true),
    );
  }
  const type = image.mediaType || (await ownType(image));
  return {
    digest: image.digest,
    images,
    blobs: [...blobs.values()],
    children: [...children.values()],
    index: bytesUpload(keys.manifest(image.digest), type, image.bytes, source(image.digest), true),
    tag: bytesUpload(keys.manifest(tag), type, image.bytes, source(image.digest)),
  };
}

/**
 * What an index has beside images: attestations, which BuildKit stores as images of no platform. A pushed index has to
 * be whole.
 */
function sideEntries(image: OpenedImage): ImageEntry[] {
  if (!image.isIndex) return [];
  const known = new Set<string>(image.entries.map(({ digest }) => digest));
  const root = JsonSource.read(image.bytes.toString('utf8'), 'the index', 'layout');
  return root
    .required('manifests')
    .items()
    .flatMap((item): ImageEntry[] => {
      const [digest, mediaType] = [digestAt(item.required('digest')), textAt(item.member('mediaType'))];
      if (known.has(digest)) return [];
      if (!MANIFEST_TYPES.includes(mediaType)) {
        throw new InputError(
          `the index of ${image.name} names ${digest} of the type ${JSON.stringify(mediaType)}. Accepted: an index of images`,
          'layout',
        );
      }
      known.add(digest);
      return [
        { platform: undefined, name: digest, digest, size: item.required('size').size(), mediaType, raw: item.raw },
      ];
    });
}

/** As the document says; else as the index says of it. */
function manifestType(stated: string, { manifest, configInfo }: PlatformImage): string {
  const own = textAt(JsonSource.read(manifest.toString('utf8'), 'the manifest', 'layout').member('mediaType'));
  return own || stated || typeBeside(configInfo.mediaType);
}

async function ownType(image: OpenedImage): Promise<string> {
  const [entry] = image.entries;
  if (image.isIndex || !entry) return INDEX_TYPES[0] as string;
  return typeBeside((await image.read(entry)).configInfo.mediaType);
}

function typeBeside(configType: string): string {
  return MANIFEST_TYPES[configType === CONFIG_TYPES[1] ? 1 : 0] as string;
}
