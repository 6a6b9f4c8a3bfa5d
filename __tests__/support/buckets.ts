import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { serveGarage } from './garage.js';
import { freePort } from './program.js';
import { serveStore } from './store-server.js';
import { goTool, pythonTool } from './tools.js';

/** What a kind of store does. */
interface Traits {
  /** Obeys `If-Match` and `If-None-Match` of what is put. */
  readonly isConditional: boolean;
  /** Holds an object `a` beside one `a/b`. */
  readonly nests: boolean;
  /** Checks signatures, regions and checksums. */
  readonly checks: boolean;
}

const KINDS = {
  moto: { isConditional: true, nests: true, checks: false },
  versitygw: { isConditional: true, nests: false, checks: true },
  garage: { isConditional: false, nests: true, checks: true },
} as const satisfies Record<string, Traits>;

export type StoreKind = keyof typeof KINDS;

/** The kinds that the tests run against: those that $STORES names, with commas between them. */
export const STORE_KINDS = (process.env.STORES ?? 'moto,versitygw').split(',').map((name) => {
  if (!Object.hasOwn(KINDS, name)) throw new Error(`STORES: there is no store ${name}`);
  return name as StoreKind;
});

export function traitsOf(kind: StoreKind): Traits {
  return KINDS[kind];
}

/** Those of them that hold an object `a` beside one `a/b`, as Amazon's does. */
export const FLAT_KINDS = STORE_KINDS.filter((kind) => KINDS[kind].nests);

/** An S3 server on loopback with one bucket, until the test ends. */
export interface TestStore {
  readonly kind: StoreKind;
  readonly url: string;
  readonly region: string;
  readonly bucket: string;
  /** `http://HOST:PORT` of the website that the store makes of the bucket by itself; undefined: it makes none. */
  readonly website: string | undefined;
  /** The variables that credentials come from, and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  /** A client of its own, for looking at what is there. */
  readonly client: S3Client;
  /**
   * The destination that is this bucket.
   * @param prefix as `a/b`
   * @param more of the query, as `&suffix=.json`
   */
  destination(prefix?: string, more?: string): string;
  /** Uploads that were begun and neither ended nor taken back. */
  openUploads(): Promise<string[]>;
}

// Its warning about old versions of Node; see src/bucket/s3/client.ts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const REGION = 'eu-test-1';
const BUCKET = 'downloads';
const CREATE = { Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION as 'eu-west-1' } };
const KEY = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'Hush+hush/hush0hush1hush2hush3hush4hush5' };

/** Starts a server with S3's flat keys (moto), which keeps everything in memory and lets everybody in. */
export async function startMoto(folder: string): Promise<TestStore> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = ['-H', '127.0.0.1', '-p', String(port)];
  await serveStore(folder, pythonTool('moto', 'moto_server'), args, { PYTHONDONTWRITEBYTECODE: '1' }, port);
  const store = storeAt('moto', port);
  await store.client.send(new CreateBucketCommand(CREATE));
  return store;
}

/** Starts a server that keeps objects as files below `folder` (versitygw), and checks signatures and regions. */
export async function startVersity(folder: string): Promise<TestStore> {
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  const port = await freePort();
  const args = ['--quiet', '--port', `127.0.0.1:${port}`, '--region', REGION, 'posix', root];
  const keys = { ROOT_ACCESS_KEY: KEY.accessKeyId, ROOT_SECRET_KEY: KEY.secretAccessKey };
  await serveStore(folder, goTool('versitygw'), args, keys, port);
  const store = storeAt('versitygw', port);
  await store.client.send(new CreateBucketCommand(CREATE));
  return store;
}

/** Starts a server that keeps flat keys below `folder`, obeys no conditions, and serves the bucket as a website (Garage). */
export async function startGarage(folder: string): Promise<TestStore> {
  const { port, website } = await serveGarage(folder, { region: REGION, bucket: BUCKET, ...KEY });
  return storeAt('garage', port, website);
}

export function startStore(kind: StoreKind, folder: string): Promise<TestStore> {
  return { moto: startMoto, versitygw: startVersity, garage: startGarage }[kind](folder);
}

/** Starts the first of `FLAT_KINDS`, for what is the same with every store. */
export function startFlat(folder: string): Promise<TestStore> {
  return startStore(FLAT_KINDS[0] ?? 'moto', folder);
}

function storeAt(kind: StoreKind, port: number, website?: string): TestStore {
  const url = `http://127.0.0.1:${port}`;
  const how = { endpoint: url, region: REGION, forcePathStyle: true, credentials: KEY, maxAttempts: 1 };
  const client = new S3Client(how);
  onTestFinished(() => client.destroy());
  return {
    kind,
    url,
    region: REGION,
    bucket: BUCKET,
    website,
    env: { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey },
    client,
    destination: (prefix = '', more = '') =>
      `s3://${[BUCKET, prefix].filter((part) => part !== '').join('/')}?endpoint=${url}&region=${REGION}&s3ForcePathStyle=true${more}`,
    openUploads: async () => {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
      return Uploads.map(({ Key = '' }) => Key);
    },
  };
}
