// Installs what the tests need beside npm packages. From Debian: at once as root, through sudo where that asks nothing,
// else it prints the command and fails. Other versions of Node, and programs in Go and Python, go into node_modules/.tools;
// `--full` adds those that only `npm run test:full` and `npm run bench` need, and a browser from Debian; `--garage` adds
// what `npm run test:garage` needs.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNode } from './install-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, 'node_modules', '.tools');

/** program → Debian package */
const PACKAGES = {
  buildah: 'buildah',
  skopeo: 'skopeo',
  podman: 'podman',
  'docker-registry': 'docker-registry',
  htpasswd: 'apache2-utils',
  'qemu-arm-static': 'qemu-user-static',
  'qemu-aarch64-static': 'qemu-user-static',
  python3: 'python3',
  openssl: 'openssl',
  curl: 'curl',
  zstd: 'zstd',
  git: 'git',
  faketime: 'faketime',
  shellcheck: 'shellcheck',
};

/** The same for what only the longer tests need. */
const FULL_PACKAGES = { 'chromium-headless-shell': 'chromium-headless-shell' };

/** Programs in Go, by exact version; `go install` checks them against the checksum database. */
const GO_TOOLS = {
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
};
const MORE_GO_TOOLS = {
  crane: 'github.com/google/go-containerregistry/cmd/crane@v0.22.1',
  ko: 'github.com/google/ko@v0.19.1',
  act: 'github.com/nektos/act@v0.2.87',
  registry: 'github.com/distribution/distribution/v3/cmd/registry@v3.0.0',
  versitygw: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
};

/** Programs in Python, each in an environment of its own: name of that → the program, and pip's arguments for it. */
const PYTHON_TOOLS = {
  zizmor: [
    'zizmor',
    ['--no-deps', '--only-binary=:all:', '--require-hashes', '-r', join(root, 'scripts', 'zizmor.txt')],
  ],
};
const MORE_PYTHON_TOOLS = {
  moto: ['moto_server', ['moto[server]==5.2.5']],
};

/** A server of objects in Rust; without what the tests do not use, and with the C libraries that come with it. */
const GARAGE = ['garage', '--version', '=2.5.0', '--no-default-features', '--features', 'bundled-libs,sqlite'];

/** What compiling its C libraries takes: program → Debian package. */
const GARAGE_PACKAGES = { cc: 'build-essential', make: 'build-essential' };

/** Releases of Node that the bundle is run on, beside the one that runs the tests. */
const NODES = ['20', '24'];

function run(command, args, options = {}) {
  console.log(`+ ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function onPath(name) {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function installFromDebian(packages) {
  const missing = [...new Set(Object.entries(packages).flatMap(([name, pack]) => (onPath(name) ? [] : [pack])))];
  if (missing.length === 0) return;
  const commands = [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...missing],
  ];
  const shown = commands.map((command) => `sudo ${command.join(' ')}`).join(' && ');
  if (!onPath('apt-get'))
    fail(`The tests need ${missing.join(', ')}, and there is no apt-get here. Install them and run again.`);
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : ['sudo', '-n'];
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0)
    fail(`The tests need ${missing.join(', ')}. Run: ${shown}`);
  console.log(`The tests need ${missing.join(', ')}; installing from Debian.`);
  for (const command of commands) {
    const [name, ...args] = [...prefix, ...command];
    if (!run(name, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }))
      fail(`Could not install. Run: ${shown}`);
  }
}

function installNodes() {
  for (const version of NODES) if (!installNode(tools, version)) fail(`Could not install Node ${version}`);
}

function installGoTools(programs) {
  const bin = join(tools, 'bin');
  for (const [name, source] of Object.entries(programs)) {
    if (existsSync(join(bin, name))) continue;
    if (!run('go', ['install', source], { env: { ...process.env, GOBIN: bin, GOFLAGS: '' } }))
      fail(`Could not install ${name}`);
  }
}

function installPythonTools(programs) {
  for (const [name, [program, sources]] of Object.entries(programs)) {
    const folder = join(tools, name);
    if (existsSync(join(folder, 'bin', program))) continue;
    if (!run('python3', ['-m', 'venv', '--clear', folder]))
      fail('Could not make an environment for Python; on Debian that takes: sudo apt-get install python3-venv');
    if (!run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '-q', ...sources]))
      fail(`Could not install ${name}`);
  }
}

function installGarage() {
  const folder = join(tools, 'garage');
  if (existsSync(join(folder, 'bin', 'garage'))) return;
  if (!onPath('cargo')) fail('Garage needs Rust (1.89 or newer) on PATH: https://rustup.rs');
  installFromDebian(GARAGE_PACKAGES);
  if (!run('cargo', ['install', ...GARAGE, '--locked', '--root', folder])) fail('Could not install Garage');
}

if (!onPath('go')) fail('The tests need Go (1.21 or newer) on PATH: https://go.dev/dl/');
installFromDebian(PACKAGES);
installNodes();
installGoTools(GO_TOOLS);
installPythonTools(PYTHON_TOOLS);
if (process.argv.includes('--full')) {
  installFromDebian(FULL_PACKAGES);
  installGoTools(MORE_GO_TOOLS);
  installPythonTools(MORE_PYTHON_TOOLS);
}
if (process.argv.includes('--garage')) {
  installGoTools({ crane: MORE_GO_TOOLS.crane });
  installGarage();
}
