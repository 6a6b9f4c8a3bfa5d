// `npm run bench`: ratios of whole processes, measured side by side in one run, the two sides in turn. Times of a shared
// machine mean little by themselves; the ratio of two neighbours means more. Prints, for each figure, the median over
// the rounds and its range. `--rounds N` (at least 5 by default), `--only NAME,NAME`.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { build, fresh, inTurn, ONLY, PLATFORMS, root, run, tell, tools, work } from './measure.mjs';
import { publish } from './publish.mjs';
import { registry } from './servers.mjs';
import { startUp } from './start.mjs';
import { diff, verify } from './verify.mjs';

async function plainTree() {
  const tree = join(fresh(), 'tree');
  await run(process.execPath, [root, 'patch', '--to', tree]);
  return tree;
}

function goEnv(platform, gocache) {
  const [os, arch, variant] = platform.split('/');
  return { GOOS: os, GOARCH: arch, GOARM: variant?.slice(1) ?? '7', CGO_ENABLED: '0', GOCACHE: gocache, GOFLAGS: '' };
}

async function cold() {
  const tree = await plainTree();
  const ours = [];
  const unchanged = [];
  const peaks = [];
  const rounds = await inTurn(
    async () => {
      const store = fresh();
      const first = await build(store, { watch: true });
      peaks.push(first.peak);
      ours.push(first.seconds);
      unchanged.push((await build(store)).seconds / first.seconds);
      rmSync(store, { recursive: true });
      return first.seconds;
    },
    async () => {
      const gocache = fresh();
      let seconds = 0;
      for (const platform of PLATFORMS) {
        const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(work, 'plain'), '.'];
        seconds += (await run('go', args, { cwd: tree, env: goEnv(platform, gocache) })).seconds;
      }
      rmSync(gocache, { recursive: true });
      return seconds;
    },
  );
  tell(
    'cold run ÷ three plain go build, one after the other',
    rounds.map(({ a, b }) => a / b),
    '≤ 0.90',
  );
  tell('unchanged run ÷ cold run', unchanged, '≤ 0.02');
  tell('peak memory of our own process, cold run', peaks, '< 150 MB', ' MB');
}

/** buildah makes the same three images and their index, into an OCI layout. */
async function buildahLayout(binaries) {
  const place = fresh();
  mkdirSync(place);
  const globals = ['--root', join(place, 'root'), '--runroot', join(place, 'run'), '--storage-driver', 'vfs'];
  const buildah = (...args) => run('buildah', [...globals, ...args]);
  const started = performance.now();
  await buildah('manifest', 'create', 'bench');
  for (const platform of PLATFORMS) {
    const [os, arch, variant] = platform.split('/');
    const flags = ['--os', os, '--arch', arch, ...(variant ? ['--variant', variant] : [])];
    const container = (await buildah('from', ...flags, 'scratch')).stdout.trim();
    await buildah('copy', container, join(binaries, platform, 'pushgateway'), '/usr/local/bin/pushgateway');
    await buildah(
      'config',
      '--entrypoint',
      '["/usr/local/bin/pushgateway"]',
      '--user',
      '65534',
      '--port',
      '9091',
      ...flags,
      container,
    );
    await buildah('commit', '--timestamp', '0', '--manifest', 'bench', container);
  }
  await buildah('manifest', 'push', '--all', 'bench', `oci:${join(place, 'out')}`);
  const seconds = (performance.now() - started) / 1000;
  rmSync(place, { recursive: true });
  return seconds;
}

async function assembly() {
  const out = join(fresh(), 'out');
  await run(process.execPath, [root, 'build', '--smoke-test=false', '--output-dir', out], {
    env: { PUSHGATEWAY_TTL_CACHE: fresh() },
  });
  const assemble = (...store) =>
    run(process.execPath, [join(root, 'scripts', 'bench', 'assembly.mjs'), out, fresh(), ...store], { watch: true });
  const peaks = [];
  const anew = await inTurn(
    async () => {
      const result = await assemble();
      peaks.push(result.peak);
      return result.seconds;
    },
    () => buildahLayout(join(out, 'bin')),
  );
  tell(
    'assembly, every layer compressed anew ÷ buildah',
    anew.map(({ a, b }) => a / b),
    '≤ 0.5',
  );
  tell('peak memory of our own process, assembly', peaks, '< 150 MB', ' MB');
  const store = fresh();
  await assemble(store);
  const stored = await inTurn(
    async () => (await assemble(store)).seconds,
    () => buildahLayout(join(out, 'bin')),
  );
  tell(
    'assembly, layers from the store ÷ buildah',
    stored.map(({ a, b }) => a / b),
    '≤ 0.1',
  );
}

async function ko() {
  const tree = await plainTree();
  const store = fresh();
  const out = join(fresh(), 'out');
  await run(process.execPath, [root, 'build', '--smoke-test=false', '--output-dir', out], {
    env: { PUSHGATEWAY_TTL_CACHE: store },
  });
  const { host, stop } = await registry();
  try {
    const base = `${host}/base:latest`;
    await run('skopeo', ['copy', '--all', '--dest-tls-verify=false', `oci:${join(out, 'oci')}`, `docker://${base}`]);
    const gocache = fresh();
    const env = {
      KO_DOCKER_REPO: `${host}/bench`,
      KO_DEFAULTBASEIMAGE: base,
      GOCACHE: gocache,
      GOFLAGS: '',
      CGO_ENABLED: '0',
      KOCACHE: fresh(),
    };
    const layout = () => [
      'build',
      '--push=false',
      '--sbom=none',
      '--bare',
      `--oci-layout-path=${fresh()}`,
      `--platform=${PLATFORMS.join(',')}`,
      '.',
    ];
    await run(join(tools, 'ko'), layout(), { cwd: tree, env }); // warms its caches
    const rounds = await inTurn(
      async () => (await build(store)).seconds,
      async () => (await run(join(tools, 'ko'), layout(), { cwd: tree, env })).seconds,
    );
    tell(
      'whole warm run ÷ ko build, warm',
      rounds.map(({ a, b }) => a / b),
      '< 1.0',
    );
  } finally {
    stop();
  }
}

const parts = { startUp, assembly, ko, publish, diff, verify, cold };
try {
  for (const name of ONLY) {
    if (Object.hasOwn(parts, name)) continue;
    throw new Error(`there is no measurement ${JSON.stringify(name)}. Accepted: ${Object.keys(parts).join(', ')}`);
  }
  if (!existsSync(join(tools, 'ko'))) throw new Error('ko is missing; run: node scripts/setup-tests.mjs --full');
  for (const [name, part] of Object.entries(parts)) if (ONLY.length === 0 || ONLY.includes(name)) await part();
} finally {
  rmSync(work, { recursive: true, force: true });
}
