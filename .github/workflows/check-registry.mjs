// After a push: the registry has the index under its tag and its digest, with all that hangs from it, byte for byte; the
// container storage has the list, and pushes it on to the same digest; and no login was left.
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const outputs = JSON.parse(process.env.OUTPUTS ?? '{}');
const { REGISTRY_USERNAME: username, REGISTRY_PASSWORD: password, ...env } = process.env;
const [, host, path] = /^([^/]+)\/(.*)$/.exec(outputs.image);
const children = Object.values(JSON.parse(outputs['image-digests']));
const references = outputs.references.split('\n');

const sha256 = (data) => `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** Bytes of a manifest, by tag or digest, or of a blob. */
async function ask(address) {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const accept = ['index', 'manifest'].map((what) => `application/vnd.oci.image.${what}.v1+json`).join(', ');
  const answer = await fetch(`https://${host}/v2/${address}`, { headers: { authorization, accept } });
  assert.equal(answer.status, 200, address);
  return Buffer.from(await answer.arrayBuffer());
}

function run(command, args, input = '') {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, input, encoding: 'utf8' });
  assert.equal(status, 0, error?.message ?? `${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

async function checkRegistry() {
  for (const tag of outputs.tags.split('\n'))
    assert.equal(sha256(await ask(`${path}/manifests/${tag}`)), outputs.digest, tag);
  const index = await ask(`${path}/manifests/${outputs.digest}`);
  assert.equal(sha256(index), outputs.digest);
  const named = JSON.parse(index).manifests.map((manifest) => manifest.digest);
  assert.deepEqual(named, children);
  for (const digest of children) {
    const manifest = await ask(`${path}/manifests/${digest}`);
    assert.equal(sha256(manifest), digest);
    const { config, layers } = JSON.parse(manifest);
    for (const blob of [config, ...layers])
      assert.equal(sha256(await ask(`${path}/blobs/${blob.digest}`)), blob.digest);
  }
  console.log(`the registry has ${outputs.digest} with ${children.length} images, byte for byte`);
}

async function checkStorage() {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'again-'));
  try {
    const login = ['--authfile', join(folder, 'auth.json')];
    run('podman', ['login', ...login, '--username', username, '--password-stdin', host], password);
    for (const reference of references) {
      const list = JSON.parse(run('podman', ['manifest', 'inspect', reference]));
      assert.deepEqual(
        list.manifests.map((manifest) => manifest.digest),
        children,
      );
      run('podman', ['manifest', 'push', ...login, '--all', reference, `docker://${host}/again/pushgateway:tag`]);
      assert.equal(sha256(await ask('again/pushgateway/manifests/tag')), outputs.digest);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`podman has ${references.join(', ')} as a manifest list, and pushes it on as ${outputs.digest}`);
}

function checkArchives() {
  const folder = join(dirname(outputs.layout), 'docker');
  const names = readdirSync(folder);
  assert.equal(names.length, children.length);
  for (const name of names) {
    const [image] = JSON.parse(run('tar', ['-xOf', join(folder, name), 'manifest.json']));
    assert.deepEqual(image.RepoTags, references);
  }
  console.log(`${names.join(', ')} are there for docker load`);
}

/** Where podman, docker and the action keep a login. */
function checkNoLogin() {
  const { RUNNER_TEMP = tmpdir(), XDG_RUNTIME_DIR = '' } = process.env;
  const below = readdirSync(RUNNER_TEMP, { recursive: true }).filter((name) => /(^|\/)auth\.json$/.test(name));
  const files = [
    ...below.map((name) => join(RUNNER_TEMP, name)),
    join(XDG_RUNTIME_DIR, 'containers', 'auth.json'),
    join(homedir(), '.config', 'containers', 'auth.json'),
    join(homedir(), '.docker', 'config.json'),
  ];
  const left = files.filter((file) => existsSync(file) && readFileSync(file, 'utf8').includes(host));
  assert.deepEqual(left, []);
  console.log('no login was left');
}

checkNoLogin();
checkArchives();
await checkRegistry();
await checkStorage();
