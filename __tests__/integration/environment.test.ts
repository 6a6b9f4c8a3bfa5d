import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, type ExecOptions, freshFolder, mustExec, PROJECT, program, SHARED_STORE } from '../support/program.js';
import { nodeOf } from '../support/tools.js';

interface Golden {
  name: string;
  digest: string;
}

const ALL = JSON.parse(readFileSync(new URL('golden-digests.json', import.meta.url), 'utf8')) as Golden[];
const GOLDEN = ALL.find((golden) => golden.name.endsWith('the default'))?.digest;

type Variation = ExecOptions & {
  name: string;
  node?: string;
  /** Words before `node`, such as `taskset`. */
  before?: string[];
  args?: string[];
};

/** A home with some files. */
function home(name: string, files: Record<string, string>): string {
  const folder = freshFolder(`home-${name}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function folder(...parts: string[]): string {
  const path = join(freshFolder('place'), ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

const shell = (line: string) => ['sh', '-c', `${line}; exec "$@"`, 'sh'];
const hostileGit =
  '[apply]\n\twhitespace = fix\n[core]\n\tautocrlf = true\n\teol = crlf\n\tattributesFile = ~/attributes\n';

/** One thing each that must not reach a byte of the images. */
const VARIATIONS: Variation[] = [
  { name: 'TZ', env: { TZ: 'Pacific/Kiritimati' } },
  { name: 'LANG and LC_ALL', env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  { name: 'LC_ALL=C', env: { LC_ALL: 'C' } },
  { name: 'umask 077', before: shell('umask 077') },
  { name: 'umask 000', before: shell('umask 000') },
  { name: 'cwd', cwd: '/' },
  { name: 'HOME', env: { HOME: freshFolder('home') } },
  { name: 'no HOME', env: { HOME: undefined } },
  { name: 'USER and LOGNAME', env: { USER: 'mallory', LOGNAME: 'mallory' } },
  { name: 'TMPDIR with blanks', env: { TMPDIR: folder('a b', 'ü') } },
  { name: 'hostname', before: ['unshare', '--uts', ...shell('hostname elsewhere')] },
  { name: 'one processor', before: ['taskset', '-c', '0'] },
  { name: 'UV_THREADPOOL_SIZE', env: { UV_THREADPOOL_SIZE: '1' } },
  { name: 'GOMAXPROCS', env: { GOMAXPROCS: '1' } },
  { name: 'GOFLAGS', env: { GOFLAGS: '-ldflags=-X' } },
  { name: 'GOAMD64, GOARM and GOARM64', env: { GOAMD64: 'v3', GOARM: '5', GOARM64: 'v9.0' } },
  { name: 'GOEXPERIMENT', env: { GOEXPERIMENT: 'nogreenteagc' } },
  { name: 'GOOS and GOARCH', env: { GOOS: 'plan9', GOARCH: 'mips' } },
  { name: 'CGO_ENABLED and CC', env: { CGO_ENABLED: '1', CC: 'false' } },
  { name: 'go env -w', env: { HOME: home('goenv', { '.config/go/env': 'GOFLAGS=-race\nGOAMD64=v4\n' }) } },
  {
    name: 'git configuration',
    env: { HOME: home('git', { '.gitconfig': hostileGit, attributes: '* text eol=crlf\n' }) },
  },
  { name: 'GIT_DIR', env: { GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere' } },
  { name: 'SOURCE_DATE_EPOCH', env: { SOURCE_DATE_EPOCH: '1' } },
  { name: 'NODE_OPTIONS', env: { NODE_OPTIONS: '--no-warnings --max-old-space-size=512' } },
  { name: 'NODE_ENV', env: { NODE_ENV: 'production' } },
  {
    name: 'GitHub variables',
    env: { GITHUB_REPOSITORY: 'evil/fork', GITHUB_SHA: 'f'.repeat(40), GITHUB_ACTOR: 'mallory' },
  },
  { name: 'Node 20', node: nodeOf('20') },
  { name: 'Node 24', node: nodeOf('24') },
  { name: 'few open files', before: shell('ulimit -n 64') },
  { name: 'output path with blanks and umlauts', args: ['--output-dir', join(freshFolder('out'), 'ä b', 'ć')] },
  { name: 'platforms in another order', args: ['--platforms', 'linux/arm,linux/arm64,linux/amd64'] },
  { name: 'nothing but PATH and HOME', before: ['env', '-i', `PATH=${process.env.PATH}`, 'HOME=/nowhere'] },
];

describe('what surrounds an assembly does not reach a byte of it', () => {
  let amd64: string;

  beforeAll(async () => {
    const outputs = await build(['--output-dir', join(freshFolder('warm'), 'out')]); // what follows finds its binaries
    expect(outputs.digest).toBe(GOLDEN);
    amd64 = outputs['digest-amd64'];
  }, 600_000);

  it('varies at least 20 things', () => {
    expect(new Set(VARIATIONS.map((variation) => variation.name)).size).toBeGreaterThanOrEqual(20);
    expect(GOLDEN).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each(VARIATIONS)(
    '$name',
    async ({ name, before = [], args = [], node = process.execPath, env, cwd = PROJECT }) => {
      // The store gives the binaries, not the layers: those are compressed anew.
      const store = freshFolder('store');
      await mustExec('cp', ['-a', join(SHARED_STORE, 'binaries'), store]);
      const out = args.includes('--output-dir') ? [] : ['--output-dir', join(freshFolder('env'), 'out')];
      const merged = { ...process.env, GITHUB_ACTIONS: undefined, ...env, PUSHGATEWAY_TTL_CACHE: store };
      // `env -i` drops that name, too; there it stands in the words.
      const wrapped = before[0] === 'env' ? [...before, `PUSHGATEWAY_TTL_CACHE=${store}`] : before;
      // One platform shows it as well as three, in a third of the time; those that vary Node or the platforms take all.
      const whole = name.startsWith('Node ') || args.includes('--platforms');
      const platforms = whole ? [] : ['--platforms', 'linux/amd64'];
      const words = [...wrapped, node, PROJECT, 'build', '--json', '--smoke-test=false', ...out, ...platforms, ...args];
      const outputs = JSON.parse(await mustExec(words[0] ?? '', words.slice(1), { cwd, env: merged }));
      expect(outputs['digest-amd64']).toBe(amd64);
      if (whole) expect(outputs.digest).toBe(GOLDEN);
    },
  );
});

describe('what surrounds a whole build, from empty caches, does not reach a byte of it', () => {
  const expected = async () => {
    const outputs = await build(['--platforms', 'linux/amd64', '--output-dir', join(freshFolder('amd64'), 'out')]);
    return outputs.digest;
  };
  const flags = ['build', '--json', '--smoke-test=false', '--platforms', 'linux/amd64', '--output-dir'];

  it('another clone, another user, hostile settings of Go, git and Node', async () => {
    const place = freshFolder('user');
    const clone = join(place, 'a clone');
    await mustExec('git', ['clone', '-q', '--no-hardlinks', PROJECT, clone]);
    await mustExec('cp', ['-a', join(PROJECT, 'dist'), join(PROJECT, 'patches'), clone]); // the working tree is tested
    await mustExec('chmod', ['-R', 'a+rX', place]);
    await mustExec('sh', ['-c', 'mkdir -m 777 "$1/home" "$1/tmp" "$1/work"', 'sh', place]);
    writeFileSync(join(place, 'home', '.gitconfig'), hostileGit);
    const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', ...shell('umask 027')];
    const stdout = await mustExec('setpriv', [...asNobody, process.execPath, clone, ...flags, 'out'], {
      cwd: join(place, 'work'),
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
        HOME: join(place, 'home'),
        TMPDIR: join(place, 'tmp'),
        TZ: 'America/St_Johns',
        LANG: 'de_DE.UTF-8',
        GOFLAGS: '-ldflags=-X',
        GOAMD64: 'v3',
        NODE_OPTIONS: '--stack-trace-limit=5',
      },
    });
    expect(JSON.parse(stdout).digest).toBe(await expected());
  }, 600_000);

  it('no cache, one processor, Node 24', async () => {
    const place = freshFolder('node24');
    const words = ['-c', '0', nodeOf('24'), PROJECT, ...flags, join(place, 'out'), '--no-cache'];
    const more = { GOMAXPROCS: '1', GOEXPERIMENT: 'nogreenteagc', GOENV: '/dev/null' };
    const env = { ...process.env, GITHUB_ACTIONS: undefined, ...more, PUSHGATEWAY_TTL_CACHE: join(place, 'store') };
    const stdout = await mustExec('taskset', words, { env });
    expect(JSON.parse(stdout).digest).toBe(await expected());
    expect(existsSync(join(place, 'store'))).toBe(false);
  }, 600_000);

  it('inside another git repository with a go.work, with another module cache, Node 20', async () => {
    const place = freshFolder('repository');
    await mustExec('git', ['init', '-q', place]);
    writeFileSync(join(place, 'go.work'), 'go 1.25.0\n');
    const places = { GOMODCACHE: join(place, 'modules'), PUSHGATEWAY_TTL_CACHE: join(place, 'store'), TMPDIR: place };
    const env = { ...places, GOWORK: join(place, 'go.work') };
    const result = await program([...flags, join(place, 'out')], { env, cwd: place, node: nodeOf('20') });
    expect(result.stderr).not.toContain('warning');
    expect(JSON.parse(result.stdout).digest).toBe(await expected());
    await mustExec('chmod', ['-R', 'u+w', join(place, 'modules')]);
  }, 600_000);
});

it('has its source checked against the checksum database where there is no home', async () => {
  const place = freshFolder('homeless');
  const nowhere = { HOME: undefined, XDG_CACHE_HOME: undefined, GOPATH: undefined };
  const env = { ...nowhere, GOMODCACHE: join(place, 'modules'), PUSHGATEWAY_TTL_CACHE: join(place, 'store') };
  const { code, stderr } = await program(['patch', '--to', join(place, 'tree')], { env });
  expect(code, stderr).toBe(0);
  expect(existsSync(join(place, 'tree', 'storage', 'ttl.go'))).toBe(true);
  await mustExec('chmod', ['-R', 'u+w', join(place, 'modules')]);
}, 120_000);
