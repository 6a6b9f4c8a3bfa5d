import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';
import { type BaseImage, parseBaseImage } from '../../src/image/base-image.js';
import { output } from './helpers.js';

/** How a layer of a test's base is kept, with the media types that OCI and docker have for it. */
const KINDS = {
  gzip: ['application/vnd.oci.image.layer.v1.tar+gzip', 'application/vnd.docker.image.rootfs.diff.tar.gzip'],
  tar: ['application/vnd.oci.image.layer.v1.tar', 'application/vnd.docker.image.rootfs.diff.tar'],
  zstd: ['application/vnd.oci.image.layer.v1.tar+zstd', 'application/vnd.docker.image.rootfs.diff.tar.zstd'],
} as const;

export type LayerKind = keyof typeof KINDS;

export interface BaseOptions {
  /** `os`, `architecture` and the like. */
  platform?: Record<string, unknown>;
  /** JSON text of `config`. */
  run?: string;
  /** JSON text of `history`. */
  history?: string;
  /** Layers: what is in the one file `etc/layer-N`, and how it is kept. */
  layers?: readonly (readonly [content: string, kind: LayerKind])[];
  docker?: boolean;
}

/** The two documents of a base image and its blobs, as a registry would give them. */
export interface MadeBase {
  manifestJson: string;
  configJson: string;
  blobs: ReadonlyMap<Digest, Buffer>;
}

/** A tar archive with one file, written by Python. */
function oneFile(name: string, content: string): Buffer {
  const program = `import io,sys,tarfile
out=io.BytesIO();t=tarfile.open(fileobj=out,mode='w',format=tarfile.USTAR_FORMAT)
i=tarfile.TarInfo(sys.argv[1]);d=sys.argv[2].encode();i.size=len(d);i.mtime=7;t.addfile(i,io.BytesIO(d));t.close()
sys.stdout.buffer.write(out.getvalue())`;
  return output('python3', ['-c', program, name, content]);
}

/** A Zstandard frame (RFC 8878) of blocks that are not compressed: no program is needed, and every reader takes it. */
function zstd(bytes: Buffer): Buffer {
  const header = Buffer.from('28b52ffd80', 'hex'); // magic; a content size of four bytes, no checksum
  const window = Buffer.from([0x50]); // 1 MiB
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 100_000) {
    const block = bytes.subarray(at, at + 100_000);
    const head = Buffer.alloc(3);
    head.writeUIntLE((block.length << 3) | (at + block.length >= bytes.length ? 1 : 0), 0, 3);
    blocks.push(head, block);
  }
  return Buffer.concat([header, window, size, ...blocks]);
}

export function makeBase(options: BaseOptions = {}): MadeBase {
  const { platform = { os: 'linux', architecture: 'amd64' }, run = '{}', layers = [['one', 'gzip']] } = options;
  const blobs = new Map<Digest, Buffer>();
  const kept = layers.map(([content, kind], i) => {
    const tar = oneFile(`etc/layer-${i}`, content);
    const bytes = { gzip: () => gzipSync(tar), tar: () => tar, zstd: () => zstd(tar) }[kind]();
    blobs.set(digestOf(bytes), bytes);
    const mediaType = KINDS[kind][options.docker ? 1 : 0];
    return { diffId: digestOf(tar), descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length } };
  });
  const history = options.history === undefined ? '' : `,"history":${options.history}`;
  const diffIds = JSON.stringify(kept.map(({ diffId }) => diffId));
  const configJson =
    `${JSON.stringify(platform).slice(0, -1)},"created":"2020-01-01T00:00:00Z","config":${run},` +
    `"rootfs":{"type":"layers","diff_ids":${diffIds}}${history}}`;
  return { ...withConfig(configJson, kept, options.docker ?? false), blobs };
}

function withConfig(configJson: string, layers: readonly { descriptor: unknown }[], docker: boolean) {
  const [manifest, config] = docker
    ? ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.docker.container.image.v1+json']
    : ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.oci.image.config.v1+json'];
  const manifestJson = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifest,
    config: { mediaType: config, digest: digestOf(configJson), size: Buffer.byteLength(configJson) },
    layers: layers.map(({ descriptor }) => descriptor),
  });
  return { manifestJson, configJson };
}

/** The base with its blobs on disk. */
export function onDisk({ manifestJson, configJson, blobs }: MadeBase, folder: string): BaseImage {
  for (const [digest, bytes] of blobs) writeFileSync(join(folder, hexOf(digest)), bytes);
  return parseBaseImage(manifestJson, configJson, (digest) => join(folder, hexOf(digest)));
}
