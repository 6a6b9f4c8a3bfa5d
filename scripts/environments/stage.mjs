import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, hostname } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianWords } from './nodes.mjs';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** What the program is, without the rest of the checkout. */
const PARTS = ['package.json', 'dist', 'patches'];

/** Runs a command that must succeed. */
export function must(command, args, options = {}) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options }).trim();
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * Makes what the environments share, in a folder that everybody may read: copies of the program on disk and in memory,
 * Go as a folder and as an archive on a site, a module cache.
 * @param base a new folder
 * @param goVersion an exact release that is not the default, since the default's archive has a committed checksum
 * @param nodes name → path
 */
export async function stage(base, goVersion, nodes) {
  chmodSync(base, 0o755);
  const missing = new Map();
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) for (const user of ['root', 'nobody']) missing.set(`user ${user}`, 'only root can be either');
  if (!succeeds('unshare', ['--uts', 'true'])) missing.set('hostname elsewhere', 'unshare --uts is not allowed here');
  if (availableParallelism() === 1) missing.set('processors all', 'this machine has one');

  const disk = join(base, 'disk');
  mkdirSync(disk);
  const memory = inMemory(base);
  const programs = { disk: copyProgram(join(disk, 'program')) };
  if (memory === undefined) {
    for (const files of ['tmpfs', 'tmpfs, in reverse']) missing.set(`files ${files}`, 'no tmpfs can be mounted here');
  } else {
    programs.tmpfs = copyProgram(join(memory, 'program'));
    programs['tmpfs, in reverse'] = copyProgram(join(memory, 'reverse'), true);
    const orders = Object.values(programs).map((program) =>
      must('ls', ['-U', join(program, 'patches', 'ttl', 'storage')]),
    );
    if (new Set(orders).size === 1)
      throw new Error('the copies list their files in one order; the dimension shows nothing');
  }

  const gopath = join(base, 'gopath');
  const go = await stageGo(base, goVersion, join(gopath, 'pkg', 'mod'));
  return {
    base,
    missing,
    gopath,
    go,
    goVersion,
    nodes: Object.fromEntries(Object.entries(nodes).map(([name, path]) => [name, reachable(base, name, path)])),
    programs,
    places: { disk, tmpfs: memory, 'tmpfs, in reverse': memory },
    hostname: hostname(),
    processors: availableParallelism(),
    noGo: (process.env.PATH ?? '')
      .split(delimiter)
      .filter((folder) => !existsSync(join(folder, 'go')))
      .join(delimiter),
    async close() {
      await go.close();
      if (memory?.startsWith(base)) must('umount', ['-l', memory]);
      else if (memory !== undefined) rmSync(memory, { recursive: true, force: true });
    },
  };
}

/** A tmpfs of our own, else a folder in /dev/shm, else undefined. */
function inMemory(base) {
  const folder = join(base, 'memory');
  mkdirSync(folder);
  if (succeeds('mount', ['-t', 'tmpfs', '-o', 'size=3g,mode=755', 'environments', folder])) return folder;
  const shared = `/dev/shm/${basename(base)}`;
  if (!succeeds('sh', ['-c', 'test "$(stat -f -c %T /dev/shm)" = tmpfs && mkdir "$1"', 'sh', shared])) return undefined;
  return shared;
}

/** Files are made in the order of their names, or in the opposite one: a tmpfs lists them as they came. */
function copyProgram(to, inReverse = false) {
  mkdirSync(to);
  const files = PARTS.flatMap((part) => {
    const path = join(PROJECT, part);
    if (statSync(path).isFile()) return [part];
    const below = readdirSync(path, { recursive: true }).map((name) => join(part, name));
    return below.filter((name) => statSync(join(PROJECT, name)).isFile());
  }).sort();
  for (const name of inReverse ? files.reverse() : files) cpSync(join(PROJECT, name), join(to, name));
  cpSync(fileURLToPath(new URL('deflate.mjs', import.meta.url)), join(to, 'deflate.mjs'));
  must('chmod', ['-R', 'a+rX', to]);
  return to;
}

/** Links or copies into the shared folder: another user cannot go through a closed folder above the checkout. */
function reachable(base, name, path) {
  const copy = join(base, 'nodes', name);
  mkdirSync(join(base, 'nodes'), { recursive: true });
  const from = realpathSync(path);
  if (!succeeds('cp', ['-al', from, copy])) must('cp', ['-a', from, copy]);
  return name === 'debian' ? debianWords(copy) : { first: [], node: [copy] };
}

async function stageGo(base, version, modules) {
  const env = { ...process.env, GOTOOLCHAIN: `go${version}`, GOMODCACHE: modules, GOFLAGS: '', GOENV: 'off' };
  const fetched = must('go', ['env', 'GOROOT'], { cwd: base, env });
  if (!fetched.startsWith(modules))
    throw new Error(`Go on PATH is ${version} itself; the matrix needs another one there`);
  const root = join(base, 'go');
  must('cp', ['-a', fetched, root]);
  must('chmod', ['-R', 'u+w,a+rX', root]);
  for (const name of readdirSync(root, { recursive: true }))
    if (basename(name) === '_go.mod') renameSync(join(root, name), join(root, dirname(name), 'go.mod'));
  const archive = join(base, 'go.tar.gz');
  must('tar', ['-cf', archive, '--use-compress-program=gzip -1', '-C', base, 'go']);
  const bytes = readFileSync(archive);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const filename = `go${version}.${must('go', ['env', 'GOHOSTOS'])}-${must('go', ['env', 'GOHOSTARCH'])}.tar.gz`;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/nothing')) return response.writeHead(404).end();
    if (!request.url?.includes('mode=json')) return response.end(bytes);
    response.end(JSON.stringify([{ version: `go${version}`, files: [{ filename, sha256 }] }]));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const site = { GO_DOWNLOAD_BASE_URL: url };
  const noSite = { GO_DOWNLOAD_BASE_URL: `${url}/nothing` };
  return { root, site, noSite, close: () => new Promise((resolve) => server.close(resolve)) };
}
