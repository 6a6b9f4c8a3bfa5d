import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';
import { randomFrom } from './random.js';

/** Names of media types as the OCI image spec and docker's schema 2 have them. */
export const TYPES = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const;

export type Format = keyof typeof TYPES;

/** A manifest or index of a test, with all that it names. */
export interface Made {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
  /** What an index says of it. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** Configs and layers, the config first; none in an index. */
  readonly blobs: readonly Buffer[];
  /** Of an index. */
  readonly children: readonly Made[];
}

export interface ImageOptions {
  /** Another, another image. */
  readonly seed?: number;
  readonly format?: Format;
  /** What the config says, where it is not what the index says. */
  readonly own?: Readonly<Record<string, unknown>>;
  /** More of the index's entry. */
  readonly entry?: Readonly<Record<string, unknown>>;
  /** Layers beside its own, which others have, too. */
  readonly shared?: readonly Buffer[];
}

/** Bytes that nothing else is made of, gzipped as layers are. */
export function layerBytes(seed: number, length = 2000): Buffer {
  const random = randomFrom(seed);
  return gzipSync(Uint8Array.from({ length }, () => random() * 256));
}

/** An image of two layers. What is in them does not matter: nobody opens a base image's layers. */
export function madeImage(platform: Readonly<Record<string, unknown>>, options: ImageOptions = {}): Made {
  const { seed = 1, format = 'oci', own = platform, entry = {}, shared = [] } = options;
  const types = TYPES[format];
  const layers = [...shared, layerBytes(seed)];
  const config = Buffer.from(
    JSON.stringify({
      ...own,
      config: { Env: ['PATH=/usr/bin'], User: '0' },
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => digestOf(`unpacked ${digestOf(layer)}`)) },
      history: layers.map(() => ({ created_by: 'bazel' })),
    }),
  );
  const manifest = { schemaVersion: 2, mediaType: types.manifest, config: descriptor(types.config, config) };
  const bytes = Buffer.from(
    JSON.stringify({ ...manifest, layers: layers.map((layer) => descriptor(types.layer, layer)) }, undefined, 2),
  );
  return made(types.manifest, bytes, { platform, ...entry }, [config, ...layers]);
}

/** What buildx puts beside each image of an index: a manifest that no platform runs. */
export function madeAttestation(image: Made): Made {
  const statement = Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', of: image.digest }));
  const config = Buffer.from(JSON.stringify({ os: 'unknown', architecture: 'unknown', of: image.digest }));
  const manifest = {
    schemaVersion: 2,
    mediaType: TYPES.oci.manifest,
    config: descriptor(TYPES.oci.config, config),
    layers: [descriptor('application/vnd.in-toto+json', statement)],
  };
  return made(
    TYPES.oci.manifest,
    Buffer.from(JSON.stringify(manifest)),
    {
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': image.digest },
    },
    [config, statement],
  );
}

export function madeIndex(children: readonly Made[], format: Format = 'oci'): Made {
  const manifests = children.map((child) => ({ ...descriptor(child.mediaType, child.bytes), ...child.entry }));
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: TYPES[format].index, manifests }));
  return { ...made(TYPES[format].index, bytes, {}, []), children };
}

/** An index as distroless has it: several platforms, some layers in common, and attestations. */
export function distrolessLike(seed = 1): Made {
  const shared = [layerBytes(1000 * seed)];
  const images = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64', variant: 'v8' },
    { os: 'linux', architecture: 'arm', variant: 'v7' },
    { os: 'linux', architecture: 's390x' },
    { os: 'linux', architecture: 'riscv64' },
  ].map((platform, position) => madeImage(platform, { seed: 1000 * seed + position + 1, shared }));
  return madeIndex([...images, ...images.slice(0, 2).map(madeAttestation)]);
}

function made(mediaType: string, bytes: Buffer, entry: Made['entry'], blobs: readonly Buffer[]): Made {
  return { mediaType, digest: digestOf(bytes), bytes, entry, blobs, children: [] };
}

export function descriptor(mediaType: string, bytes: Buffer) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

/** Every blob of an image or index that a layout holds, manifests included. */
export function allBytes(image: Made): Buffer[] {
  return [image.bytes, ...image.blobs, ...image.children.flatMap(allBytes)];
}

/**
 * Writes an OCI image layout.
 * @param images by tag; one whose tag is empty has none
 */
export function writeMadeLayout(folder: string, images: readonly (readonly [tag: string, image: Made])[]): string {
  mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true });
  for (const [, image] of images) {
    for (const bytes of allBytes(image)) writeFileSync(join(folder, 'blobs', 'sha256', hexOf(digestOf(bytes))), bytes);
  }
  const manifests = images.map(([tag, { mediaType, bytes }]) => ({
    ...descriptor(mediaType, bytes),
    ...(tag === '' ? {} : { annotations: { 'org.opencontainers.image.ref.name': tag } }),
  }));
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  return folder;
}

/**
 * Pushes an image or index over plain HTTP, byte for byte.
 * @param repository its address: `http://127.0.0.1:PORT/v2/NAME`
 */
export async function pushMade(repository: string, tag: string, image: Made, login?: string): Promise<void> {
  await Promise.all(image.children.map((child) => pushMade(repository, child.digest, child, login)));
  const send = async (method: string, address: string, type?: string, body?: Buffer) => {
    const headers = { ...(type && { 'content-type': type }), ...(login && { authorization: `Basic ${login}` }) };
    const answer = await fetch(address, { method, headers, ...(body && { body: new Uint8Array(body) }) });
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  for (const blob of image.blobs) {
    const begun = await send('POST', `${repository}/blobs/uploads/`);
    const target = new URL(begun.headers.get('location') ?? '', repository);
    target.searchParams.set('digest', digestOf(blob));
    await send('PUT', target.href, 'application/octet-stream', blob);
  }
  await send('PUT', `${repository}/manifests/${tag}`, image.mediaType, image.bytes);
}
