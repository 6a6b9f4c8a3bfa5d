import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { digestOf } from '../../src/base/hash.js';
import { type AssembledIndex, assembleImages } from '../../src/image/build-image.js';
import type { TestStore } from './buckets.js';
import { type Ended, program } from './program.js';
import { randomFrom } from './random.js';

/** Platforms of the images here. */
export const PLATFORMS = ['amd64', 'arm64'] as const;

/**
 * Makes a layout for two platforms whose layers follow from `seed` alone, and whose configs from `version`, too: images
 * with the same seed share their layers.
 * @param folder new or empty; the layout is in `oci` below it
 */
export function versionedImages(folder: string, seed: number, version: string): Promise<AssembledIndex> {
  mkdirSync(folder, { recursive: true });
  const platforms = PLATFORMS.map((architecture, position) => {
    const random = randomFrom(seed * 2 + position);
    const binaryPath = join(folder, architecture);
    writeFileSync(
      binaryPath,
      Uint8Array.from({ length: 200_000 }, () => random() * 256),
    );
    const labels = [['version', version] as const];
    return { platform: { os: 'linux', architecture }, binaryPath, docs: [], labels };
  });
  return assembleImages({ platforms, epochSeconds: 1_700_000_000, layoutDir: join(folder, 'oci') });
}

/** `node . ARGS` with a store's credentials. */
export function publish(store: TestStore, ...args: string[]): Promise<Ended> {
  return program(args, { env: { ...store.env } });
}

/** Like `publish`, but fails where the exit code is not 0. @returns standard output */
export async function mustPublish(store: TestStore, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await publish(store, ...args);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Every key of the bucket. */
export async function keysIn({ client, bucket }: TestStore): Promise<string[]> {
  const keys: string[] = [];
  for (let from: string | undefined, isMore = true; isMore; ) {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: from }));
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    from = page.NextContinuationToken;
    isMore = page.IsTruncated === true;
  }
  return keys.sort();
}

/**
 * Fetches a tag and all that it leads to over http, as a client does, and compares every digest.
 * @param site `http://127.0.0.1:PORT`
 * @param fetched what was fetched for other tags just now, by key, and need not be again
 * @returns the keys that it needs
 */
export async function pullWhole(
  site: string,
  name: string,
  tag: string,
  fetched = new Map<string, Promise<Buffer>>(),
): Promise<string[]> {
  const keys: string[] = [];
  const download = async (key: string) => {
    const answer = await fetch(`${site}/${key}`);
    if (answer.status !== 200) throw new Error(`${name}:${tag}: ${key} is ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const fetchOne = async (key: string, digest?: string) => {
    const found = fetched.get(key) ?? download(key);
    fetched.set(key, found);
    const bytes = await found;
    if (digest !== undefined && digestOf(bytes) !== digest) throw new Error(`${name}:${tag}: ${key} is another`);
    keys.push(key);
    return bytes;
  };
  const follow = async (reference: string, digest?: string) => {
    const bytes = await fetchOne(`v2/${name}/manifests/${reference}`, digest);
    if (digest === undefined) await fetchOne(`v2/${name}/manifests/${digestOf(bytes)}`, digestOf(bytes));
    const { manifests = [], config, layers = [] } = JSON.parse(bytes.toString('utf8'));
    for (const child of manifests) await follow(child.digest, child.digest);
    for (const blob of [...(config ? [config] : []), ...layers]) {
      await fetchOne(`v2/${name}/blobs/${blob.digest}`, blob.digest);
    }
  };
  await follow(tag);
  return [...new Set(keys)];
}

/** The tags on the list, as a client sees them. */
export async function tagsOn(site: string, name: string): Promise<string[]> {
  const answer = await fetch(`${site}/v2/${name}/tags/list`);
  return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
}
