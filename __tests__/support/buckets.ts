import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { freePort } from './program.js';
import { until } from './servers.js';
import { goTool, pythonTool } from './tools.js';

export const STORE_KINDS = ['moto', 'versitygw'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/** An S3 server on loopback with one bucket, until the test ends. */
export interface TestStore {
  readonly kind: StoreKind;
  readonly url: string;
  readonly region: string;
  readonly bucket: string;
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

// Its warning about old versions of Node; see src/bucket/s3-client.ts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const REGION = 'eu-test-1';
const BUCKET = 'downloads';
const KEY = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'Hush+hush/hush0hush1hush2hush3hush4hush5' };

/** Starts a server with S3's flat keys (moto), which keeps everything in memory and lets everybody in. */
export async function startMoto(folder: string): Promise<TestStore> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = ['-H', '127.0.0.1', '-p', String(port)];
  const env = { PATH: process.env.PATH ?? '', HOME: folder, PYTHONDONTWRITEBYTECODE: '1' };
  return await start('moto', pythonTool('moto', 'moto_server'), args, { cwd: folder, env }, port);
}

/** Starts a server that keeps objects as files below `folder` (versitygw), and checks signatures and regions. */
export async function startVersity(folder: string): Promise<TestStore> {
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  const port = await freePort();
  const args = ['--quiet', '--port', `127.0.0.1:${port}`, '--region', REGION, 'posix', root];
  const keys = { ROOT_ACCESS_KEY: KEY.accessKeyId, ROOT_SECRET_KEY: KEY.secretAccessKey };
  const env = { PATH: process.env.PATH ?? '', HOME: folder, ...keys };
  return await start('versitygw', goTool('versitygw'), args, { cwd: folder, env }, port);
}

export function startStore(kind: StoreKind, folder: string): Promise<TestStore> {
  return kind === 'moto' ? startMoto(folder) : startVersity(folder);
}

async function start(
  kind: StoreKind,
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
  port: number,
): Promise<TestStore> {
  const server = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    server.on('close', () => resolve());
    server.on('error', () => resolve());
  });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  const client = new S3Client({
    endpoint: url,
    region: REGION,
    forcePathStyle: true,
    credentials: KEY,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  const isUp = await until(60_000, async () => {
    if (server.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    return await fetch(url).then(
      () => true,
      () => false,
    );
  });
  if (!isUp) throw new Error(`${command} does not answer at ${url}: ${said}`);
  const location = { LocationConstraint: REGION as 'eu-west-1' };
  await client.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: location }));
  return {
    kind,
    url,
    region: REGION,
    bucket: BUCKET,
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
