import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, mustExec } from './program.js';
import { serveStore } from './store-server.js';
import { cargoTool } from './tools.js';

export interface GarageOptions {
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Garage finds the bucket of a website by the host in the request, and a bucket may have several names. */
const WEBSITE_HOST = 'localhost';

/**
 * Starts Garage on loopback as one node, until the test ends, with a bucket that a key may read and write, and that is a
 * website.
 * @returns port: of S3's interface; website: `http://HOST:PORT`, which serves the bucket without a prefix
 */
export async function serveGarage(
  folder: string,
  { region, bucket, accessKeyId, secretAccessKey }: GarageOptions,
): Promise<{ port: number; website: string }> {
  mkdirSync(folder, { recursive: true });
  const [port, webPort, rpcPort] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, 'garage.toml');
  const lines = [
    `metadata_dir = ${JSON.stringify(join(folder, 'meta'))}`,
    `data_dir = ${JSON.stringify(join(folder, 'data'))}`,
    'db_engine = "sqlite"',
    'replication_factor = 1',
    `rpc_bind_addr = "127.0.0.1:${rpcPort}"`,
    `rpc_public_addr = "127.0.0.1:${rpcPort}"`,
    `rpc_secret = "${randomBytes(32).toString('hex')}"`,
    '[s3_api]',
    `s3_region = "${region}"`,
    `api_bind_addr = "127.0.0.1:${port}"`,
    '[s3_web]',
    `bind_addr = "127.0.0.1:${webPort}"`,
    'root_domain = ".web.test"',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  const garage = cargoTool('garage', 'garage');
  const args = ['-c', config, 'server', '--single-node', '--default-access-key', '--default-bucket'];
  const env = {
    GARAGE_DEFAULT_ACCESS_KEY: accessKeyId,
    GARAGE_DEFAULT_SECRET_KEY: secretAccessKey,
    GARAGE_DEFAULT_BUCKET: bucket,
    RUST_LOG: 'garage=warn,netapp=warn',
  };
  await serveStore(folder, garage, args, env, port);
  const admin = (...command: string[]) => mustExec(garage, ['-c', config, 'bucket', ...command]);
  await admin('deny', '--owner', bucket, '--key', accessKeyId);
  await admin('alias', bucket, WEBSITE_HOST);
  await admin('website', '--allow', bucket);
  return { port, website: `http://${WEBSITE_HOST}:${webPort}` };
}
