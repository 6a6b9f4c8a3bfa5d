import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DIMENSIONS } from './dimensions.mjs';
import { must } from './stage.mjs';

/** What the program needs of this machine to reach the network, whatever else surrounds it. */
const NETWORK = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_CAINFO|GOPROXY|GOSUMDB|.*_proxy)$/i;

/** Prints what a process in an environment sees of it. */
const PROBE = `console.log(JSON.stringify({ version: process.version, uid: process.getuid(), umask: process.umask(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone, cwd: process.cwd(), home: process.env.HOME ?? null,
  tmp: require('os').tmpdir(), hostname: require('os').hostname(), processors: require('os').availableParallelism() }))`;

/**
 * Builds in one environment, after a look at whether it is the one that it is meant to be.
 * @param row dimension → value
 * @param staged see stage.mjs
 * @param number names the run's folder
 * @param warm {binaries, layers}: folders of an earlier run's store
 * @returns { digest, seconds, store }; the store only where the first row asks for it to stay
 * @throws Error that says what was not as it should be
 */
export async function run(row, staged, number, warm, signal) {
  const folder = join(staged.places[row.files], `run-${number}`);
  const place = { ...staged, folder, home: join(folder, 'home'), program: staged.programs[row.files], warm };
  mkdirSync(place.home, { recursive: true });
  const parts = DIMENSIONS.flatMap(({ name, values }) => (row[name] in values ? [values[row[name]](place)] : []));
  const collect = (key) => parts.map((part) => part[key]).filter((value) => value !== undefined);
  const store = join(folder, 'store');
  mkdirSync(store);
  for (const path of collect('store').flat()) cpSync(path, join(store, path.split('/').at(-1)), { recursive: true });
  if (row.user === 'nobody') must('chown', ['-R', '65534:65534', folder]);

  const node = staged.nodes[row.node];
  const [cwd] = collect('cwd');
  const shell = ['sh', '-c', `${collect('shell').join('; ')}; exec "$@"`, 'sh'];
  const words = [...node.first, ...collect('first').flat(), ...collect('before').flat(), ...shell, ...node.node];
  const nodeOptions = collect('nodeOptions').join(' ');
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => NETWORK.test(name))),
    PATH: process.env.PATH,
    // Modules are fetched once, and what Go remembers of the checksum database lies beside them.
    GOPATH: staged.gopath,
    PUSHGATEWAY_TTL_CACHE: store,
    ...staged.go.noSite,
    ...Object.assign({}, ...collect('env')),
    ...(nodeOptions === '' ? {} : { NODE_OPTIONS: nodeOptions }),
  };
  const start = (args) => spawned([...words, ...args], { cwd, env, signal });

  try {
    const probed = await start(['-e', PROBE]);
    checkProbe(probed, Object.assign({}, ...collect('expect')), row.node);
    const began = performance.now();
    const fixed = ['--json', '--smoke-test=false', '--platforms', 'linux/amd64', '--go-version', staged.goVersion];
    const out = ['--output-dir', join(folder, 'out'), ...collect('flags').flat()];
    const { stdout, stderr } = await start([place.program, 'build', ...fixed, ...out]);
    const seconds = (performance.now() - began) / 1000;
    checkLog(stderr, row, collect('says')[0], staged.goVersion);
    for (const report of collect('report')) {
      const used = readFileSync(report, 'utf8');
      if (used !== row.deflate) throw new Error(`the layer was compressed by ${used}, not by ${row.deflate}`);
    }
    return { digest: JSON.parse(stdout).digest, seconds, store };
  } finally {
    // The first run's store is what later ones find warm; it goes with the whole.
    if (warm.binaries !== undefined || !existsSync(store))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function checkProbe({ stdout }, expected, node) {
  const seen = JSON.parse(stdout);
  if (node !== 'debian' && !`${seen.version}.`.startsWith(`v${node}.`)) throw new Error(`Node is ${seen.version}`);
  for (const [name, value] of Object.entries(expected)) {
    if (seen[name] !== value) throw new Error(`${name} is ${seen[name]} in it, not ${value}`);
  }
}

/** Whether it compiled, or took what was compiled, and with the Go that it was to use. */
function checkLog(stderr, row, says, goVersion) {
  const compiles = ['cold', '--no-cache'].includes(row.caches);
  const wanted = compiles ? 'linux/amd64: compiled in ' : 'linux/amd64: compiled by an earlier run';
  if (!stderr.includes(wanted)) throw new Error(`the program does not say "${wanted}":\n${stderr}`);
  if (compiles && !stderr.includes(`Go ${goVersion} from ${says}: `))
    throw new Error(`Go is not from ${says}:\n${stderr}`);
}

function spawned([command, ...args], options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, ended) =>
      code === 0 ? resolve({ stdout, stderr }) : reject(new Error(`ended with ${code ?? ended}\n${stdout}${stderr}`)),
    );
  });
}
