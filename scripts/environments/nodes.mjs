import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installNode } from '../install-node.mjs';
import { DIMENSIONS } from './dimensions.mjs';

/** The first Debian whose own Node is new enough: its 12 has Node 18. */
const DEBIAN = 'trixie';
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The releases of Node that the matrix names, those of npm's package `node` and Debian's own, which uses the zlib of
 * the system. What is not in `tools` yet is fetched.
 * @returns nodes: name → folder to share and, in it, the path of `node` (Debian's: the root of its packages), and
 *   missing: `node NAME` → why
 */
export function findNodes(tools) {
  const nodes = {};
  const missing = new Map();
  const { values } = DIMENSIONS.find(({ name }) => name === 'node');
  for (const name of Object.keys(values).filter((value) => value !== 'debian')) {
    const path = installNode(tools, name);
    if (path === undefined) missing.set(`node ${name}`, 'npm could not install it');
    else nodes[name] = path;
  }
  const debian = debianNode(join(tools, 'node-debian'));
  if (debian.why !== undefined) missing.set('node debian', debian.why);
  else nodes.debian = debian.root;
  return { nodes, missing };
}

/** The mirror that this machine's own apt is set up to have Debian's packages from. */
function debianMirror() {
  const { stdout } = spawnSync('apt-get', ['update', '--print-uris'], { encoding: 'utf8' });
  return /'([^']*\/debian\/)dists\//.exec(stdout ?? '')?.[1];
}

/**
 * Has apt fetch Debian's nodejs with all that it needs, its C library included, into a folder: nothing is installed, and
 * apt's own state is left alone.
 */
function debianNode(folder) {
  const root = join(folder, 'root');
  if (process.getuid?.() !== 0) return { why: 'only root can mount what it looks for below /usr/share' };
  if (existsSync(root)) return { root };
  if (!existsSync(KEYS)) return { why: `there is no ${KEYS} to check Debian's packages by` };
  const mirror = debianMirror();
  if (mirror === undefined) return { why: 'apt knows no mirror of Debian here' };
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'state/status'), '');
  writeFileSync(join(folder, 'sources'), `deb [signed-by=${KEYS}] ${mirror} ${DEBIAN} main\n`);
  const places = { State: 'state', 'State::status': 'state/status', Cache: 'cache', 'Etc::SourceList': 'sources' };
  const settings = Object.entries(places).map(([name, path]) => `Dir::${name} "${join(folder, path)}";`);
  const nothing = ['SourceParts', 'Parts', 'Preferences', 'PreferencesParts'].map(
    (name) => `Dir::Etc::${name} "/dev/null";`,
  );
  writeFileSync(join(folder, 'apt.conf'), [...settings, ...nothing, 'APT::Sandbox::User "root";\n'].join('\n'));
  const env = { ...process.env, APT_CONFIG: join(folder, 'apt.conf') };
  const install = ['install', '-y', '-q', '--no-install-recommends', '--download-only', 'nodejs'];
  for (const args of [['update', '-q'], install]) {
    console.error(`+ apt-get ${args.join(' ')} (${DEBIAN}, into ${folder})`);
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] });
    if (status !== 0) return { why: `apt-get could not fetch nodejs of Debian's ${DEBIAN}` };
  }
  const archives = join(folder, 'cache/archives');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    const { status } = spawnSync('dpkg-deb', ['-x', join(archives, name), `${root}.part`], { stdio: ['ignore', 2, 2] });
    if (status !== 0) return { why: `${name} could not be unpacked` };
  }
  rmSync(archives, { recursive: true });
  renameSync(`${root}.part`, root);
  return { root };
}

/**
 * Words that run Debian's Node from the root of its packages with its own C library, in a namespace in which /usr/share
 * has its files as well; `first` are for root, before any other user takes over.
 */
export function debianWords(root) {
  const triplet = readdirSync(join(root, 'usr', 'lib')).find((name) => name.endsWith('-linux-gnu'));
  const libraries = join(root, 'usr', 'lib', triplet);
  const loader = readdirSync(libraries).find((name) => name.startsWith('ld-linux'));
  const mount = 'mount -t overlay overlay -o "lowerdir=$1/usr/share:/usr/share" /usr/share && shift && exec "$@"';
  return {
    first: ['unshare', '--mount', 'sh', '-c', mount, 'sh', root],
    node: [join(libraries, loader), '--library-path', libraries, join(root, 'usr', 'bin', 'node')],
  };
}
