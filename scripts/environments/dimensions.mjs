import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What surrounds a build, one entry a dimension. `values` maps the name of a value to a function that is given the run's
 * place ({folder, home, go, ...}, see place.mjs) and gives what it adds: `env`, `cwd`, `shell` (a line before the
 * program), `before` (words before it), `flags` (for the program), `expect` (what a probe in this environment must see).
 * `shares` are of values that come up more often than the others, since others' values need them.
 * A dimension with `isAbout` 'compiling' has a say only where something is compiled.
 */
export const DIMENSIONS = [
  { name: 'node', values: named(['20.0.0', '20.9.0', '20', '22', '24', '26', 'debian'], () => ({})) },
  {
    name: 'user',
    values: {
      root: () => ({ expect: { uid: 0 } }),
      nobody: () => ({
        before: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'],
        expect: { uid: 65534 },
      }),
    },
  },
  {
    name: 'umask',
    values: named(['022', '027', '077', '000'], (mask) => ({
      shell: `umask ${mask}`,
      expect: { umask: Number.parseInt(mask, 8) },
    })),
  },
  {
    name: 'TZ',
    values: named(['UTC', 'Pacific/Kiritimati', 'America/St_Johns'], (zone) => ({
      env: { TZ: zone },
      expect: { zone },
    })),
  },
  {
    name: 'LANG',
    values: {
      none: () => ({}),
      C: () => ({ env: { LANG: 'C', LC_ALL: 'C' } }),
      'tr_TR.UTF-8': () => ({ env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }),
      'de_DE.UTF-8': () => ({ env: { LANG: 'de_DE.UTF-8', LANGUAGE: 'de' } }),
    },
  },
  {
    name: 'cwd',
    values: {
      program: ({ program }) => ({ cwd: program, expect: { cwd: program } }),
      '/': () => ({ cwd: '/', expect: { cwd: '/' } }),
      'a b/ü': (place) => inFolder(place, 'cwd', (path) => ({ cwd: path, expect: { cwd: path } })),
    },
  },
  {
    name: 'HOME',
    shares: { fresh: 2 },
    values: {
      fresh: ({ home }) => ({ env: { HOME: home }, expect: { home } }),
      none: () => ({ expect: { home: null } }),
      // Nobody can make a folder there, root neither.
      '/dev/null/home': () => ({ env: { HOME: '/dev/null/home' }, expect: { home: '/dev/null/home' } }),
    },
  },
  {
    name: 'TMPDIR',
    values: {
      none: () => ({ expect: { tmp: '/tmp' } }),
      plain: (place) => inFolder(place, 'tmp', (path) => ({ env: { TMPDIR: path }, expect: { tmp: path } }), ''),
      'a b/ü': (place) => inFolder(place, 'tmp', (path) => ({ env: { TMPDIR: path }, expect: { tmp: path } })),
    },
  },
  {
    name: 'hostname',
    values: {
      own: ({ hostname }) => ({ expect: { hostname } }),
      elsewhere: () => ({
        first: ['unshare', '--uts', 'sh', '-c', 'hostname elsewhere.example; exec "$@"', 'sh'],
        expect: { hostname: 'elsewhere.example' },
      }),
    },
  },
  { name: 'files', values: named(['disk', 'tmpfs', 'tmpfs, in reverse'], () => ({})) },
  {
    name: 'processors',
    values: {
      all: ({ processors }) => ({ expect: { processors } }),
      one: () => ({ before: ['taskset', '-c', '0'], expect: { processors: 1 } }),
    },
  },
  {
    name: 'Go from',
    isAbout: 'compiling',
    values: {
      PATH: ({ go, noGo }) => ({ env: { PATH: `${go.root}/bin:${noGo}`, ...go.noSite }, says: 'PATH' }),
      archive: ({ go, noGo }) => ({ env: { PATH: noGo, ...go.site }, says: 'the official archive' }),
      module: ({ go }) => ({ env: go.noSite, says: 'the toolchain module' }),
    },
  },
  {
    name: 'GOMAXPROCS',
    values: { none: () => ({}), ...named(['1', '7'], (count) => ({ env: { GOMAXPROCS: count } })) },
  },
  {
    name: 'GOFLAGS',
    values: { none: () => ({}), ...named(['-ldflags=-X', '-race -tags=hostile'], (GOFLAGS) => ({ env: { GOFLAGS } })) },
  },
  {
    name: 'GOEXPERIMENT',
    values: { none: () => ({}), nogreenteagc: () => ({ env: { GOEXPERIMENT: 'nogreenteagc', GOAMD64: 'v3' } }) },
  },
  {
    name: 'GOENV',
    values: {
      none: () => ({}),
      'go env -w': ({ home }) => written(join(home, '.config', 'go', 'env'), HOSTILE_GO),
      file: ({ folder }) => written(join(folder, 'goenv'), HOSTILE_GO, (path) => ({ GOENV: path })),
    },
  },
  {
    name: 'git',
    values: {
      none: () => ({}),
      '.gitconfig': ({ home }) => written(join(home, '.gitconfig'), HOSTILE_GIT),
      GIT_CONFIG_GLOBAL: ({ folder }) =>
        written(join(folder, 'git'), HOSTILE_GIT, (path) => ({ GIT_CONFIG_GLOBAL: path, GIT_DIR: '/nowhere' })),
    },
  },
  {
    name: 'NODE_OPTIONS',
    values: {
      none: () => ({}),
      ...named(['--no-warnings --max-old-space-size=512', '--stack-trace-limit=5 --pending-deprecation'], (words) => ({
        nodeOptions: words,
      })),
    },
  },
  {
    name: 'deflate',
    shares: { 'as chosen': 5, pako: 2 },
    values: {
      'as chosen': () => ({}),
      pako: (place) => watched(place, 'pako'),
      node: (place) => watched(place, 'node'),
    },
  },
  {
    name: 'caches',
    values: {
      cold: () => ({}),
      '--no-cache': () => ({ flags: ['--no-cache'] }),
      binaries: ({ warm }) => ({ store: [warm.binaries] }),
      'binaries and layers': ({ warm }) => ({ store: [warm.binaries, warm.layers] }),
    },
  },
];

const HOSTILE_GO = 'GOFLAGS=-race\nGOAMD64=v4\nGOEXPERIMENT=nogreenteagc\n';
const HOSTILE_GIT =
  '[apply]\n\twhitespace = fix\n\tignoreWhitespace = change\n[core]\n\tautocrlf = true\n\teol = crlf\n\tfileMode = false\n';

function named(names, make) {
  return Object.fromEntries(names.map((name) => [name, () => make(name)]));
}

function inFolder({ folder }, name, make, below = 'a b/ü') {
  const path = join(folder, name, below).replace(/\/$/, '');
  mkdirSync(path, { recursive: true });
  return make(path);
}

function written(path, content, env = () => ({})) {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return { env: env(path) };
}

/** A preload that forces an implementation, and says afterwards which was used; see deflate.mjs. */
function watched({ folder, program }, deflate) {
  const report = join(folder, 'deflate');
  return { nodeOptions: `--import=${program}/deflate.mjs`, env: { DEFLATE: deflate, DEFLATE_REPORT: report }, report };
}

/**
 * Which values do not go together.
 * @param row dimension → value
 * @returns whether that environment can be
 */
export function isPossible(row) {
  const usesHome = row.GOENV === 'go env -w' || row.git === '.gitconfig';
  if (usesHome && row.HOME !== 'fresh') return false;
  if (row.deflate === 'node' && !['20.9.0', 'debian'].includes(row.node)) return false;
  // A layer that comes from the store is not compressed.
  return !(row.deflate !== 'as chosen' && row.caches === 'binaries and layers');
}
