import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from './files.js';
import { freePort, mustExec } from './program.js';
import { goTool, tool } from './tools.js';

/** Debian's docker-registry is distribution 2.8; the other is distribution 3.0. */
export type RegistryKind = 'docker-registry' | 'distribution-v3';

export const REGISTRY_KINDS = ['docker-registry', 'distribution-v3'] as const;

export interface RegistryOptions {
  readonly kind?: RegistryKind;
  /** With a certificate of its own that `ca` signs. */
  readonly tls?: boolean;
  /** Names and passwords; without them everybody may do everything. */
  readonly users?: Readonly<Record<string, string>>;
}

export interface TestRegistry {
  readonly port: number;
  /** `127.0.0.1:PORT`, the name in references. */
  readonly host: string;
  readonly url: string;
  /** File with the certificate to trust; only with `tls`. */
  readonly ca: string | undefined;
  /** Asks the registry itself; any status is an answer. */
  ask(path: string, options?: AskOptions): Promise<Answer>;
  /** Digest of the manifest that a tag points to, said by the registry; undefined where there is none. */
  digestOf(repository: string, tag: string): Promise<string | undefined>;
  tags(repository: string): Promise<string[]>;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Media types of manifests and indexes. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Starts a registry on loopback with its data below `folder`, until the test ends.
 * @param folder each registry's own
 */
export async function startSecureRegistry(folder: string, options: RegistryOptions = {}): Promise<TestRegistry> {
  const { kind = 'docker-registry', tls = false, users } = options;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const lines = ['version: 0.1', 'log: { level: error }'];
  lines.push(`storage: { filesystem: { rootdirectory: ${JSON.stringify(join(folder, 'data'))} } }`);
  const http = [`addr: "${host}"`];
  const certificate = tls ? await makeCertificate(folder) : undefined;
  if (certificate) http.push(`tls: { certificate: "${certificate.cert}", key: "${certificate.key}" }`);
  lines.push(`http: { ${http.join(', ')} }`);
  if (users) lines.push(`auth: { htpasswd: { realm: test, path: "${await makeUsers(folder, users)}" } }`);
  const config = join(folder, 'registry.yml');
  writeFileSync(config, `${lines.join('\n')}\n`);

  const command = kind === 'docker-registry' ? tool('docker-registry') : goTool('registry');
  const ended = run(command, ['serve', config], folder);
  const url = `${tls ? 'https' : 'http'}://${host}`;
  const ca = certificate?.cert;
  const [first] = Object.entries(users ?? {});
  const login = first && { authorization: `Basic ${Buffer.from(first.join(':')).toString('base64')}` };
  const ask = (path: string, { method = 'GET', headers = {} }: AskOptions = {}) =>
    fetchFrom(`${url}${path}`, method, { ...login, ...headers }, ca);
  await until(async () => {
    if (ended.said !== undefined) throw new Error(`${command} ended: ${ended.said}`);
    return (await ask('/v2/').catch(() => undefined))?.status === 200;
  });
  return {
    port,
    host,
    url,
    ca,
    ask,
    async digestOf(repository, tag) {
      const headers = { accept: MANIFEST_TYPES };
      const answer = await ask(`/v2/${repository}/manifests/${tag}`, { method: 'HEAD', headers });
      return answer.status === 200 ? String(answer.headers['docker-content-digest']) : undefined;
    },
    async tags(repository) {
      const { status, body } = await ask(`/v2/${repository}/tags/list`);
      return status === 200 ? (JSON.parse(body).tags ?? []) : [];
    },
  };
}

function run(command: string, args: string[], cwd: string): { said: string | undefined } {
  const state: { said: string | undefined } = { said: undefined };
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd });
  let said = '';
  server.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const end = new Promise<void>((resolve) => {
    server.on('close', () => {
      state.said = said;
      resolve();
    });
    server.on('error', (error) => {
      state.said = error.message;
      resolve();
    });
  });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await end;
  });
  return state;
}

/** A certificate for 127.0.0.1 that signs itself. */
async function makeCertificate(folder: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const what = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  await mustExec('openssl', [...what, ...subject, '-keyout', key, '-out', cert]);
  return { key, cert };
}

async function makeUsers(folder: string, users: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, 'htpasswd');
  const lines = Object.entries(users).map(async ([name, password]) =>
    (await mustExec(tool('htpasswd'), ['-inB', name], { input: password })).trim(),
  );
  writeFileSync(path, `${(await Promise.all(lines)).join('\n')}\n`);
  return path;
}

function fetchFrom(
  url: string,
  method: string,
  headers: Record<string, string>,
  ca: string | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = ca
      ? requestHttps(url, { method, headers, ca: readFileSync(ca), agent: false })
      : requestHttp(url, { method, headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.end();
  });
}
