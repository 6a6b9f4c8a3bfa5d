// Servers on loopback that `npm run bench` pushes to.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fresh, tools } from './measure.mjs';

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A registry on loopback, with nothing in it. */
export async function registry() {
  const port = await freePort();
  const place = fresh();
  mkdirSync(place);
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(place, 'data') } },
    http: { addr: `127.0.0.1:${port}` },
    log: { level: 'error' },
  };
  writeFileSync(join(place, 'config.yml'), JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', join(place, 'config.yml')], { stdio: 'ignore' });
  await answers(`http://127.0.0.1:${port}/v2/`);
  return { host: `127.0.0.1:${port}`, stop: () => child.kill() };
}

/** An S3 server that keeps objects as files, with the empty bucket `downloads`, as a registry keeps blobs. */
export async function bucket() {
  const port = await freePort();
  const place = fresh();
  mkdirSync(join(place, 'downloads'), { recursive: true });
  const env = { ...process.env, ROOT_ACCESS_KEY: 'bench', ROOT_SECRET_KEY: 'bench-secret' };
  const args = ['--quiet', '--port', `127.0.0.1:${port}`, '--region', 'bench', 'posix', place];
  const child = spawn(join(tools, 'versitygw'), args, { stdio: 'ignore', env });
  await answers(`http://127.0.0.1:${port}/`);
  return {
    destination: `s3://downloads?endpoint=http://127.0.0.1:${port}&region=bench&s3ForcePathStyle=true`,
    env: { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench-secret' },
    stop: () => child.kill(),
  };
}

/** Waits until something answers there, whatever it says. */
async function answers(url) {
  for (let tries = 0; tries < 100; tries++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}
