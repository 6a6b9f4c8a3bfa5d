// Starts docker-registry on loopback with a certificate of its own and one user with a random password, and tells the
// next steps where it is. It goes on running when this step has ended.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const USERNAME = 'robot';
const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'registry-'));

function run(command, args, input = '') {
  const { status, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} ended with ${status}: ${stderr}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether the registry asks for a login, which is how one shows that it is up. */
function isUp(host, ca) {
  return new Promise((resolve) => {
    const asked = request(`https://${host}/v2/`, { ca: readFileSync(ca), agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 401);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });
}

const host = `127.0.0.1:${await freePort()}`;
const [key, ca, users] = ['key.pem', 'ca.crt', 'htpasswd'].map((name) => join(folder, name));
run('openssl', [
  ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', ca],
  ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
]);
const password = randomBytes(24).toString('base64url');
console.log(`::add-mask::${password}`);
run('htpasswd', ['-iBc', users, USERNAME], password);

// Read by podman, buildah and skopeo, for this registry alone: SSL_CERT_FILE would stand in for all that the system trusts.
const trusted = join(homedir(), '.config', 'containers', 'certs.d', host);
mkdirSync(trusted, { recursive: true });
copyFileSync(ca, join(trusted, 'ca.crt'));

const config = join(folder, 'registry.yml');
const lines = [
  'version: 0.1',
  `storage: { filesystem: { rootdirectory: ${JSON.stringify(join(folder, 'data'))} } }`,
  `http: { addr: "${host}", tls: { certificate: ${JSON.stringify(ca)}, key: ${JSON.stringify(key)} } }`,
  `auth: { htpasswd: { realm: registry, path: ${JSON.stringify(users)} } }`,
];
writeFileSync(config, `${lines.join('\n')}\n`);
const log = join(folder, 'log');
const output = openSync(log, 'a');
const registry = spawn('docker-registry', ['serve', config], { detached: true, stdio: ['ignore', output, output] });
registry.unref();
for (let tries = 300; !(await isUp(host, ca)); tries--) {
  if (tries === 0 || registry.exitCode !== null)
    throw new Error(`docker-registry is not up: ${readFileSync(log, 'utf8')}`);
  await sleep(100);
}

const outputs = { host, username: USERNAME, password, ca, pid: registry.pid };
const text = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
appendFileSync(process.env.GITHUB_OUTPUT, text.join(''));
console.log(`docker-registry is up at ${host}`);
