import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/base/log.js';
import { type AssembledIndex, assembleImages } from '../../src/image/build-image.js';
import { loadImage } from '../../src/registry/local-storage.js';
import { type ContainerTool, containerTools } from '../../src/toolchain/container-tools.js';
import { sampleBytes } from '../image/helpers.js';
import { isolatedStorage } from '../support/container-storage.js';
import { removeFolder, scratch } from '../support/files.js';
import { asNobody, compiled, publicScratch } from '../support/nobody.js';
import { type Ended, exec, mustExec } from '../support/program.js';
import { startRegistry, until } from '../support/servers.js';

const NAME = 'ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1';
const OTHER = 'localhost/pushgateway-ttl:1.11.3-ttl.1';

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
let env: Record<string, string>;

beforeEach(() => {
  folder = scratch();
  env = isolatedStorage(folder);
});

interface Layout {
  readonly path: string;
  readonly index: AssembledIndex['index']['digest'];
  readonly digests: string[];
}

/** A layout of small files that no other seed gives. */
async function layoutOf(seed: number, architectures = ['amd64', 'arm64', 'arm']): Promise<Layout> {
  const path = join(folder, `layout-${seed}`);
  const platforms = architectures.map((architecture, i) => {
    const binaryPath = join(folder, `binary-${seed}-${i}`);
    writeFileSync(binaryPath, sampleBytes(20_000, seed * 10 + i));
    const platform = { os: 'linux', architecture, ...(architecture === 'arm' ? { variant: 'v7' } : {}) };
    return { platform, binaryPath, docs: [], labels: [['seed', String(seed)] as const] };
  });
  const { index, images } = await assembleImages({ platforms, epochSeconds: 1_700_000_000, layoutDir: path });
  return { path, index: index.digest, digests: images.map(({ digest }) => digest) };
}

interface Load {
  readonly names?: readonly string[];
  readonly tool?: ContainerTool;
  readonly signal?: AbortSignal;
  readonly said?: string[];
}

async function toolOf(name: 'podman' | 'buildah'): Promise<ContainerTool> {
  const found = await containerTools({ env, log: silentLog, mayInstall: false }).find(name);
  if (found === undefined) throw new Error(`${name} is missing`);
  return found;
}

async function load(layout: Layout, { names = [NAME], tool, signal, said = [] }: Load = {}): Promise<void> {
  const say = (line: string) => said.push(line);
  await loadImage({
    layoutDir: layout.path,
    index: layout.index,
    names,
    tool: tool ?? (await toolOf('podman')),
    env,
    dataDir: join(folder, 'data'),
    log: { ...silentLog, info: say, notice: say, warning: say },
    signal,
  });
}

const must = (command: string, ...args: string[]) => mustExec(command, args, { env });
const podman = (...args: string[]) => must('podman', ...args);

/** Every image and list in storage: its names. */
async function storedNames(): Promise<string[][]> {
  const rows = JSON.parse(await podman('images', '--all', '--format', 'json')) as { Id: string; Names?: string[] }[];
  const byId = new Map(rows.map(({ Id, Names }) => [Id, [...(Names ?? [])].sort()]));
  return [...byId.values()].sort();
}

const native = ({ index }: Layout) => `localhost/pushgateway-ttl-native:${index.slice(7, 23)}`;

/** Digests of the list of that name, as podman reads it from storage. */
async function listed(name = NAME): Promise<string[]> {
  const { manifests } = JSON.parse(await podman('manifest', 'inspect', name)) as { manifests: { digest: string }[] };
  return manifests.map(({ digest }) => digest);
}

const kept = () => readdirSync(join(folder, 'data', 'loaded')).filter((name) => name !== 'names');

/**
 * The real podman or buildah, with something done before a command of it.
 * @param script shell, run where the command begins with `words`; what it exits with is the tool's end
 */
async function troubled(name: 'podman' | 'buildah', words: string, script: string): Promise<ContainerTool> {
  const real = await toolOf(name);
  const path = join(folder, `troubled-${name}`);
  const body = `case "$*" in ${JSON.stringify(words)}*) ${script} ;; esac\nexec ${real.path} "$@"\n`;
  writeFileSync(path, `#!/bin/sh\n${body}`);
  chmodSync(path, 0o755);
  return { ...real, path };
}

/** What the registry says a tag is. */
async function digestAt(port: number, path: string, tag: string): Promise<string | null> {
  const headers = { accept: 'application/vnd.oci.image.index.v1+json' };
  const { headers: answer } = await fetch(`http://127.0.0.1:${port}/v2/${path}/manifests/${tag}`, { headers });
  return answer.get('docker-content-digest');
}

describe.each(['podman', 'buildah'] as const)('loaded with %s', (name) => {
  it('an index becomes a list of its name, that can be run here and pushed to the same digest when the layout is gone', async () => {
    const layout = await layoutOf(1);
    await load(layout, { tool: await toolOf(name), names: [NAME, OTHER] });
    removeFolder(layout.path);
    for (const each of [NAME, OTHER]) expect(await listed(each)).toEqual(layout.digests);
    // No network is asked: the name's registry does not know it.
    expect(await podman('create', '--pull', 'never', NAME)).toMatch(/^[0-9a-f]{64}\n$/);
    await must('buildah', 'from', '--pull-never', OTHER);

    const port = await startRegistry(folder);
    for (const [pusher, each] of [
      ['podman', NAME],
      ['podman', OTHER],
      ['buildah', NAME],
      ['buildah', OTHER],
    ] as const) {
      const tag = `${pusher}-${each === NAME ? 'name' : 'other'}`;
      const to = `docker://127.0.0.1:${port}/monitoring/pushgateway:${tag}`;
      await must(pusher, 'manifest', 'push', '--all', '--tls-verify=false', each, to);
      expect(await digestAt(port, 'monitoring/pushgateway', tag)).toBe(layout.index);
    }
  });

  it('twice is one list and one image, and nothing without a name', async () => {
    const layout = await layoutOf(1);
    const tool = await toolOf(name);
    for (let i = 0; i < 2; i++) {
      await load(layout, { tool });
      expect(await storedNames()).toEqual([[NAME], [native(layout)]].sort());
      expect(kept()).toEqual([layout.index.slice(7)]);
    }
    await podman('image', 'prune', '--force');
    await podman('create', '--pull', 'never', NAME);
  });

  it('another index takes the name over, and what no name uses any more is removed', async () => {
    const tool = await toolOf(name);
    const [first, second] = [await layoutOf(1), await layoutOf(2)];
    await load(first, { tool, names: [NAME, OTHER] });
    await load(second, { tool, names: [NAME] });
    expect([await listed(NAME), await listed(OTHER)]).toEqual([second.digests, first.digests]);
    expect(kept().sort()).toEqual([first, second].map(({ index }) => index.slice(7)).sort());
    expect(await storedNames()).toEqual([[NAME], [OTHER], [native(first)], [native(second)]].sort());
    await load(second, { tool, names: [OTHER] });
    expect(kept()).toEqual([second.index.slice(7)]);
    expect(await storedNames()).toEqual([[NAME], [OTHER], [native(second)]].sort());
  });

  it("a name that an image has is taken, and the image stays the user's", async () => {
    const tool = await toolOf(name);
    await layoutOf(1);
    const ours = await layoutOf(2);
    const id = (await mustExec('podman', ['pull', '--quiet', 'oci:layout-1'], { env, cwd: folder })).trim();
    for (const each of [NAME, OTHER, 'localhost/theirs:1']) await podman('tag', id, each);
    const said: string[] = [];
    await load(ours, { tool, said });
    expect(await listed()).toEqual(ours.digests);
    expect(await podman('image', 'inspect', '--format', '{{.Id}}', 'localhost/theirs:1')).toBe(`${id}\n`);
    expect(said.filter((line) => line.includes('without a name'))).toEqual([]);

    for (const each of (await storedNames()).find((names) => names.includes(OTHER)) ?? [])
      if (each !== OTHER) await podman('untag', id, each);
    await load(ours, { tool, names: [OTHER], said });
    expect(await listed(OTHER)).toEqual(ours.digests);
    expect(await podman('image', 'inspect', '--format', '{{.Id}}', id)).toBe(`${id}\n`);
    expect(said.filter((line) => line.includes('without a name'))).toHaveLength(1);
  });

  it.each([
    ['info', 'before'],
    ['pull', 'before'],
    ['pull', 'after'],
    ['manifest create', 'before'],
    ['manifest create', 'after'],
    ['manifest add', 'before'],
    ['manifest add', 'after'],
    ['manifest inspect', 'before'],
    ['tag', 'before'],
    ['tag', 'after'],
  ])('a cancel at "%s" (%s) leaves the name at the one index or the other, and nothing else', async (words, when) => {
    const [first, second] = [await layoutOf(1), await layoutOf(2)];
    await load(first, { tool: await toolOf(name) });
    const reached = join(folder, 'reached');
    const wait = `: > ${reached}; sleep 100`;
    const real = (await toolOf(name)).path;
    const script = when === 'before' ? wait : `${real} "$@"; ${wait}`;
    // The second tag is the one of the list.
    const guard = words === 'tag' ? `[ -e ${reached}-1 ] || { : > ${reached}-1; exec ${real} "$@"; }; ` : '';
    const abort = new AbortController();
    const tool = await troubled(name, words, guard + script);
    const loading = expect(load(second, { tool, signal: abort.signal })).rejects.toMatchObject({
      name: 'CancelledError',
    });
    expect(await until(120_000, async () => existsSync(reached))).toBe(true);
    // The cleaning up uses the same tool, which is in no trouble any more.
    writeFileSync(tool.path, `#!/bin/sh\nexec ${real} "$@"\n`);
    abort.abort();
    await loading;
    const current = words === 'tag' && when === 'after' ? second : first;
    expect(await listed()).toEqual(current.digests);
    expect(await storedNames()).toEqual([[NAME], [native(current)]].sort());
    expect(kept()).toEqual([current.index.slice(7)]);
  });

  it('a list that is another than was asked for is an error, and the name stays where it was', async () => {
    const [first, second] = [await layoutOf(1), await layoutOf(2)];
    await load(first, { tool: await toolOf(name) });
    const real = (await toolOf(name)).path;
    // Without --all, only the image for this machine is added.
    const tool = await troubled(name, 'manifest add --all ', `shift 3; exec ${real} manifest add "$@"`);
    await expect(load(second, { tool })).rejects.toMatchObject({
      name: 'RunError',
      message: expect.stringMatching(/names sha256:[0-9a-f]{64} instead of .*load: false/),
    });
    expect(await listed()).toEqual(first.digests);
    expect(await storedNames()).toEqual([[NAME], [native(first)]].sort());
    expect(kept()).toEqual([first.index.slice(7)]);
  });

  it('a tool that gives the name to something else is an error, and the name stays where it was', async () => {
    const [first, second] = [await layoutOf(1), await layoutOf(2)];
    await load(first, { tool: await toolOf(name) });
    // Of old, the image for this machine got the list's new name.
    const script = `case "$*" in *${NAME}) exec ${(await toolOf(name)).path} tag ${native(second)} localhost/astray:1 ;; esac`;
    const tool = await troubled(name, 'tag ', script);
    await expect(load(second, { tool })).rejects.toMatchObject({
      name: 'RunError',
      message: expect.stringContaining('did not go to the new list'),
    });
    expect(await listed()).toEqual(first.digests);
    expect(await storedNames()).toEqual([[NAME], ['localhost/astray:1'], [native(first)]].sort());
    expect(kept()).toEqual([first.index.slice(7)]);
  });

  it('what the tool says of its failure is told', async () => {
    const layout = await layoutOf(1);
    const tool = await troubled(name, 'manifest add ', 'echo "Error: the moon is full" >&2; exit 125');
    await expect(load(layout, { tool })).rejects.toMatchObject({
      name: 'RunError',
      message: `Could not put the image into ${name}'s storage: ${name} manifest add ended with code 125: Error: the moon is full. Mend that, or set load: false.`,
    });
    expect(await storedNames()).toEqual([]);
    expect(kept()).toEqual([]);
  });
});

describe('loading', () => {
  it('an index without an image for this machine gives a list that can be pushed', async () => {
    const foreign = await layoutOf(1, ['s390x', 'riscv64']);
    const said: string[] = [];
    await load(foreign, { said });
    expect(said.join('\n')).toContain('cannot be run here');
    expect(await listed()).toEqual(foreign.digests);
    expect(await storedNames()).toEqual([[NAME]]);
  });

  it('a kept copy that was damaged is made anew', async () => {
    const layout = await layoutOf(1);
    await load(layout);
    const blobs = join(folder, 'data', 'loaded', layout.index.slice(7), 'blobs', 'sha256');
    const sizes = readdirSync(blobs).map((name) => ({ name, size: readFileSync(join(blobs, name)).length }));
    const layer = sizes.sort((a, b) => b.size - a.size)[0] ?? { name: '', size: 0 };
    writeFileSync(join(blobs, layer.name), Buffer.alloc(layer.size));
    await load(layout);
    expect(readFileSync(join(blobs, layer.name))).toEqual(
      readFileSync(join(layout.path, 'blobs', 'sha256', layer.name)),
    );
  });

  it.each(['missing', 'of other bytes'])(
    'a layout with a blob that is %s is refused, and nothing is kept',
    async (how) => {
      const layout = await layoutOf(1);
      for (const name of readdirSync(join(layout.path, 'blobs', 'sha256'))) {
        const blob = join(layout.path, 'blobs', 'sha256', name);
        const bytes = readFileSync(blob);
        if (how === 'missing') rmSync(blob);
        else writeFileSync(blob, Buffer.from(bytes).reverse());
        await expect(load(layout)).rejects.toMatchObject({ name: 'RunError' });
        expect(kept()).toEqual([]);
        writeFileSync(blob, bytes);
      }
      expect(await storedNames()).toEqual([]);
    },
    120_000,
  );

  it.each([
    ['podman', '3.4.4', 1],
    ['podman', '4.3.1', 0],
    ['buildah', '1.23.1', 1],
    ['buildah', '1.28.2', 0],
  ] as const)('with %s %s, users are told that it may push another index: %d', async (name, version, times) => {
    const said: string[] = [];
    await load(await layoutOf(1), { tool: { ...(await toolOf(name)), version }, said });
    expect(said.filter((line) => line.includes('may push another index'))).toHaveLength(times);
  });

  it('a name that the user removed is forgotten after an hour, and its copy with it', async () => {
    const [first, second] = [await layoutOf(1), await layoutOf(2)];
    await load(first, { names: [OTHER] });
    await podman('manifest', 'rm', OTHER);
    await load(second);
    expect(kept()).toHaveLength(2);
    const records = join(folder, 'data', 'loaded', 'names');
    const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of readdirSync(records)) utimesSync(join(records, name), old, old);
    await load(second);
    expect(kept()).toEqual([second.index.slice(7)]);
    expect(await storedNames()).toEqual([[NAME], [native(second)]].sort());
  });

  it('an image that a container was made of stays as long as that', async () => {
    const [first, second] = [await layoutOf(1), await layoutOf(2)];
    await load(first);
    await podman('create', '--pull', 'never', NAME);
    await load(second);
    expect(await storedNames()).toEqual([[NAME], [native(first)], [native(second)]].sort());
    await podman('rm', '--all');
    const said: string[] = [];
    await load(second, { said });
    expect(await storedNames()).toEqual([[NAME], [native(second)]].sort());
    expect(said).toEqual([`Loaded ${NAME} into podman's storage`]);
  });

  it('a folder whose path the tools cannot take is refused', async () => {
    const layout = await layoutOf(1);
    const options = { layoutDir: layout.path, index: layout.index, names: [NAME], tool: await toolOf('podman'), env };
    for (const dataDir of ['relative', '/tmp/a:b'])
      await expect(loadImage({ ...options, dataDir, log: silentLog })).rejects.toThrow(/absolute and have no colon/);
  });

  it('works where storage is overlay, too', async () => {
    env = isolatedStorage(folder, 'overlay');
    const layout = await layoutOf(1);
    await load(layout);
    expect(await listed()).toEqual(layout.digests);
    const { stdout, code }: Ended = await exec('podman', ['info', '--format', '{{.Store.GraphDriverName}}'], { env });
    expect([code, stdout]).toEqual([0, 'overlay\n']);
    await podman('create', '--pull', 'never', NAME);
    // Mounted by podman, it keeps the folder from being removed.
    await podman('rm', '--all', '--force');
  });

  it.each(['podman', 'buildah'])("works without root's rights, with %s", async (name) => {
    folder = await publicScratch();
    env = isolatedStorage(folder);
    const layout = await layoutOf(1);
    const data = join(folder, 'data');
    mkdirSync(data);
    for (const path of [data, ...readdirSync(folder).map((each) => join(folder, each))])
      if (lstatSync(path).isDirectory()) chownSync(path, 65534, 65534);
    const { code, stdout, stderr } = await asNobody(`
      import { containerTools } from '${await compiled('toolchain/container-tools.js')}';
      import { loadImage } from '${await compiled('registry/local-storage.js')}';
      import { silentLog as log } from '${await compiled('base/log.js')}';
      import { run } from '${await compiled('base/process.js')}';
      const { env, ...options } = ${JSON.stringify({ env, layoutDir: layout.path, index: layout.index, dataDir: data })};
      const tools = containerTools({ env, log, mayInstall: false });
      const tool = await tools.find('${name}');
      for (const names of [['${NAME}'], ['${NAME}', '${OTHER}']]) await loadImage({ ...options, names, tool, env, log });
      const podman = async (...args) => {
        const { code, stdout, stderr } = await run('podman', args, { env });
        if (code !== 0) throw new Error(stderr);
        return stdout;
      };
      const { host } = JSON.parse(await podman('info', '--format', 'json'));
      const { manifests } = JSON.parse(await podman('manifest', 'inspect', '${NAME}'));
      const names = JSON.parse(await podman('images', '--all', '--format', 'json')).map((image) => image.Names);
      await podman('create', '--pull', 'never', '${NAME}');
      console.log(JSON.stringify([host.security.rootless, manifests.map(({ digest }) => digest), names.sort()]));
    `);
    // The process in which podman keeps the user's namespace outlives it.
    const pause = join(env.XDG_RUNTIME_DIR ?? '', 'libpod', 'tmp', 'pause.pid');
    if (existsSync(pause)) process.kill(Number(readFileSync(pause, 'utf8')), 'SIGKILL');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([true, layout.digests, [[NAME], [OTHER], [native(layout)]].sort()]);
  });
});
