import { type Digest, digestOf, isDigest } from '../../src/base/hash.js';

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
}

/** What a tag leads to. */
export interface TagState {
  /** Of the manifest or index; undefined where the registry does not give it. */
  readonly digest: Digest | undefined;
  /** What is wrong, a sentence each; empty where all of the image is there, byte for byte. */
  readonly flaws: readonly string[];
}

/**
 * Every tag of a repository with what it leads to, asked of the registry itself over plain HTTP: index, manifests,
 * configs and layers, by digest and size.
 * @param registry `http://127.0.0.1:PORT`
 */
export async function tagsOf(registry: string, repository: string): Promise<Map<string, TagState>> {
  const base = `${registry}/v2/${repository}`;
  const answer = await fetch(`${base}/tags/list`);
  if (answer.status === 404) return new Map();
  if (!answer.ok) throw new Error(`${base}/tags/list: ${answer.status}`);
  const { tags } = (await answer.json()) as { tags: string[] | null };
  const states = new Map<string, TagState>();
  for (const tag of tags ?? []) states.set(tag, await stateOf(base, tag));
  return states;
}

async function stateOf(base: string, tag: string): Promise<TagState> {
  const flaws: string[] = [];
  const found = await readManifest(base, tag, flaws);
  if (!found) return { digest: undefined, flaws };
  const digest = digestOf(found.bytes);
  if (found.named !== digest) flaws.push(`the tag ${tag} is said to be ${found.named}, and is ${digest}`);
  await checkManifest(base, { mediaType: found.mediaType, digest, size: found.bytes.length }, flaws);
  return { digest, flaws };
}

/** Checks a manifest or index by its digest, and all that it names. */
async function checkManifest(base: string, expected: Descriptor, flaws: string[]): Promise<void> {
  const { mediaType, digest, size } = expected;
  const found = await readManifest(base, digest, flaws);
  if (!found) return;
  if (digestOf(found.bytes) !== digest) flaws.push(`the manifest ${digest} has other bytes: ${digestOf(found.bytes)}`);
  if (found.bytes.length !== size) flaws.push(`the manifest ${digest} has ${found.bytes.length} bytes, not ${size}`);
  if (found.mediaType !== mediaType) flaws.push(`the manifest ${digest} is ${found.mediaType}, not ${mediaType}`);
  const document = parse(found.bytes);
  const isIndex = INDEXES.includes(mediaType);
  const parts = isIndex ? document?.manifests : document && [document.config, ...(document.layers ?? [])];
  if (!parts?.length || (!isIndex && parts.length < 2) || !parts.every(isDescriptor)) {
    flaws.push(`${mediaType} ${digest} does not name what an image needs`);
    return;
  }
  if (!isIndex && !MANIFESTS.includes(mediaType)) flaws.push(`the manifest ${digest} has the media type ${mediaType}`);
  for (const part of parts) await (isIndex ? checkManifest(base, part, flaws) : checkBlob(base, part, flaws));
}

async function checkBlob(base: string, { digest, size }: Descriptor, flaws: string[]): Promise<void> {
  const answer = await fetch(`${base}/blobs/${digest}`);
  const bytes = Buffer.from(await answer.arrayBuffer().catch(() => new ArrayBuffer(0)));
  if (!answer.ok) flaws.push(`the blob ${digest} is not there: ${answer.status}`);
  else if (bytes.length !== size) flaws.push(`the blob ${digest} has ${bytes.length} bytes, not ${size}`);
  else if (digestOf(bytes) !== digest) flaws.push(`the blob ${digest} has other bytes: ${digestOf(bytes)}`);
}

async function readManifest(base: string, reference: string, flaws: string[]) {
  const headers = { accept: [...INDEXES, ...MANIFESTS].join(', ') };
  const answer = await fetch(`${base}/manifests/${reference}`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) {
    flaws.push(`the manifest ${reference} is not there: ${answer.status}`);
    return undefined;
  }
  const { headers: said } = answer;
  return { bytes, mediaType: said.get('content-type') ?? '', named: said.get('docker-content-digest') };
}

interface Document {
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

function parse(bytes: Buffer): Document | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Document;
  } catch {
    return undefined;
  }
}

function isDescriptor(value: Descriptor | undefined): value is Descriptor {
  return value !== undefined && isDigest(value.digest) && Number.isInteger(value.size);
}
