import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, hexOf } from '../../src/base/hash.js';

interface Part {
  readonly mediaType: string;
  readonly digest: Digest;
}

/** The order in which a push goes wrong or right. */
export type Order = 'tag-last' | 'tag-first';

/**
 * Pushes a layout with an index over plain HTTP, with nothing of the program's own in it; stops at the first failure.
 * @param registry `http://127.0.0.1:PORT`
 * @param order `tag-first` is what a pusher must never do
 */
export async function plainPush(
  registry: string,
  repository: string,
  tag: string,
  layoutDir: string,
  order: Order = 'tag-last',
): Promise<void> {
  const base = `${registry}/v2/${repository}`;
  const bytesOf = (digest: Digest) => readFileSync(join(layoutDir, 'blobs', 'sha256', hexOf(digest)));
  const read = (digest: Digest) => JSON.parse(bytesOf(digest).toString('utf8'));
  const [index] = JSON.parse(readFileSync(join(layoutDir, 'index.json'), 'utf8')).manifests as [Part];
  const putManifest = ({ mediaType, digest }: Part, reference: string) =>
    put(`${base}/manifests/${reference}`, bytesOf(digest), mediaType);

  if (order === 'tag-first') await putManifest(index, tag);
  for (const child of read(index.digest).manifests as Part[]) {
    const { config, layers } = read(child.digest) as { config: Part; layers: Part[] };
    for (const { digest } of [...layers, config]) await putBlob(base, digest, bytesOf(digest));
    await putManifest(child, child.digest);
  }
  if (order === 'tag-last') await putManifest(index, tag);
}

async function putBlob(base: string, digest: Digest, bytes: Buffer): Promise<void> {
  const begun = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  if (begun.status !== 202) throw new Error(`an upload could not begin: ${begun.status} ${await begun.text()}`);
  const target = new URL(begun.headers.get('location') ?? '', base);
  target.searchParams.set('digest', digest);
  await put(target.href, bytes, 'application/octet-stream');
}

async function put(url: string, bytes: Buffer, mediaType: string): Promise<void> {
  const body = new Uint8Array(bytes);
  const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': mediaType } });
  if (answer.status !== 201) throw new Error(`PUT ${url}: ${answer.status} ${await answer.text()}`);
}
