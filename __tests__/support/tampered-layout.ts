import { cpSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';

/** What is done to an image; each gets the bytes as they are by then, and gives others. */
export interface Tampering {
  /** The archive of the first image's layer. */
  readonly layer?: (archive: Buffer) => Buffer;
  /** Config, manifest and index as texts; those of the first image. */
  readonly config?: (text: string) => string;
  readonly manifest?: (text: string) => string;
  readonly index?: (text: string) => string;
}

/**
 * Copies a layout and changes its first image, so that all of it fits together again: every blob is named by its digest,
 * and named so wherever it is named. Nothing but the content tells.
 * @param to a folder that is made
 * @returns the digest of the new index
 */
export function tamperedLayout(from: string, to: string, tampering: Tampering): Digest {
  cpSync(realpathSync(from), to, { recursive: true });
  const blobs = join(to, 'blobs', 'sha256');
  const read = (digest: string) => readFileSync(join(blobs, hexOf(digest as Digest)));
  /** Puts other bytes into a blob's place; what names it has to name the new one. */
  const replace = (digest: string, bytes: Buffer | string): ((text: string) => string) => {
    const content = Buffer.from(bytes);
    const old = read(digest).length;
    rmSync(join(blobs, hexOf(digest as Digest)));
    writeFileSync(join(blobs, hexOf(digestOf(content))), content);
    return (text) => text.replace(`"${digest}","size":${old}`, `"${digestOf(content)}","size":${content.length}`);
  };
  const same = (text: string) => text;

  const root = JSON.parse(readFileSync(join(to, 'index.json'), 'utf8')).manifests[0].digest as string;
  let index = read(root).toString();
  const manifestDigest = JSON.parse(index).manifests[0].digest as string;
  let manifest = read(manifestDigest).toString();
  const { config: configOf, layers } = JSON.parse(manifest);
  let config = read(configOf.digest).toString();

  if (tampering.layer) {
    const archive = gunzipSync(read(layers[0].digest));
    const changed = tampering.layer(Buffer.from(archive));
    config = config.replace(digestOf(archive), digestOf(changed));
    manifest = replace(layers[0].digest, gzipSync(changed))(manifest);
  }
  manifest = replace(configOf.digest, (tampering.config ?? same)(config))(manifest);
  index = replace(manifestDigest, (tampering.manifest ?? same)(manifest))(index);
  index = (tampering.index ?? same)(index);
  const named = replace(root, index)(readFileSync(join(to, 'index.json'), 'utf8'));
  writeFileSync(join(to, 'index.json'), named);
  return digestOf(Buffer.from(index));
}
