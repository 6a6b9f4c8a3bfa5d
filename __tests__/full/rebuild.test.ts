import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { silentLog } from '../../src/base/log.js';
import type { Context } from '../../src/commands/context.js';
import { rebuild } from '../../src/commands/rebuild/rebuild.js';
import type { Outputs } from '../../src/output/result.js';
import type { BuildSpec } from '../../src/spec/build-spec.js';
import { decodeSpec } from '../../src/spec/decode.js';
import { currentHost } from '../../src/toolchain/host.js';
import { folderToolCache } from '../../src/toolchain/tool-cache.js';
import { type Allowances, NO_ALLOWANCES } from '../../src/verify/trust/allowances.js';
import { NotPerformedError } from '../../src/verify/trust/not-performed.js';
import { scratch } from '../support/files.js';
import { build, freshFolder, PROJECT } from '../support/program.js';
import { recordingPath } from '../support/recording-path.js';
import { makeRepository, SMALL_TREE, writeFiles } from '../support/repository.js';
import { HOSTILE_SPECS } from '../verify/hostile-specs.js';
import { specOf, TRUSTED_SPEC } from '../verify/trusted.js';

const AMD64 = { os: 'linux', architecture: 'amd64' };
const UPSTREAM = 'https://github.com/prometheus/pushgateway';

/** Where a rebuild happens: in an empty HOME, and with a record of every program that it starts. */
function scene(home = scratch(), env: Readonly<Record<string, string>> = {}) {
  const place = scratch();
  const record = join(place, 'record');
  const path = recordingPath(join(place, 'bin'), record, ['go', 'git', 'skopeo', 'podman', 'buildah', 'taskset']);
  const work = join(place, 'work');
  mkdirSync(work);
  const { GOPROXY, GOSUMDB } = process.env;
  const network = Object.fromEntries(
    Object.entries({ GOPROXY, GOSUMDB }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const context: Context = {
    log: silentLog,
    env: { ...network, PATH: `${path}:${process.env.PATH}`, HOME: home, ...env },
    signal: new AbortController().signal,
    entry: pathToFileURL(join(PROJECT, 'dist', 'index.js')),
    patchesDir: join(PROJECT, 'patches'),
    storeDir: join(place, 'store'),
    toolCache: folderToolCache(join(place, 'store'), currentHost().arch),
    tempDir: place,
    dataDir: join(place, 'data'),
    mayInstall: false,
    downloadBase: undefined,
  };
  const layout = join(place, 'oci');
  const noRegistry = () => Promise.reject(new Error('a registry was asked'));
  return {
    work,
    layout,
    context,
    run: (spec: BuildSpec, allowed: Partial<Allowances> = {}) =>
      rebuild(spec, [AMD64], { ...NO_ALLOWANCES, ...allowed }, layout, context, work, noRegistry),
    /** The programs that were started. */
    started: () => (existsSync(record) ? readFileSync(record, 'latin1') : ''),
  };
}

async function refusal(act: () => Promise<unknown>): Promise<NotPerformedError> {
  const error = await act().then(
    () => new Error('it was rebuilt'),
    (error: unknown) => error,
  );
  if (error instanceof NotPerformedError) return error;
  throw error;
}

describe('an image of the program', () => {
  let outputs: Outputs;
  beforeAll(async () => {
    outputs = await build([
      '--platforms=linux/amd64',
      '--sbom=false',
      '--output-dir',
      join(freshFolder('rebuild'), 'out'),
    ]);
  }, 600_000);

  it('comes out again, bit by bit, from its spec alone', async () => {
    const { run, started, layout, context, work } = scene();
    const { digest } = await run(decodeSpec(outputs.spec));
    expect(digest).toBe(outputs.digest);
    const blobs = join(layout, 'blobs', 'sha256');
    expect(readdirSync(blobs).sort()).toEqual(readdirSync(join(outputs.layout, 'blobs', 'sha256')).sort());
    expect(started()).toContain('git\0apply\0');
    // Nothing was kept for others, and Go's build cache was this run's own.
    expect(readdirSync(work)).toContain('store');
    expect(existsSync(join(context.env.HOME ?? '', '.cache', 'go-build'))).toBe(false);
    expect(existsSync(join(context.storeDir, 'binaries'))).toBe(false);
  }, 600_000);
});

describe('nothing is started and nothing is asked', () => {
  // Texts that cannot be read end before a rebuild; these can.
  const readable = HOSTILE_SPECS.filter(({ kind }) => kind === 'untrusted-spec');

  it('for want of hostile specs', () => expect(readable.length).toBeGreaterThan(20));

  it.each(readable)('for $title', async ({ text, field }) => {
    const proxy = await countingProxy();
    const { run, started, work, layout } = scene(scratch(), proxy.env);
    const error = await refusal(() => run(specOf(text)));
    expect(error).toMatchObject({ kind: 'untrusted-spec', field });
    expect(started()).toBe('');
    expect(proxy.connections()).toBe(0);
    expect(readdirSync(work)).toEqual([]);
    expect(existsSync(layout)).toBe(false);
  });

  it('and record and proxy would have shown it', async () => {
    const proxy = await countingProxy();
    const { run, started } = scene(scratch(), proxy.env);
    const source = { type: 'git', url: UPSTREAM, commit: 'a'.repeat(40) } as const;
    expect(await refusal(() => run({ ...TRUSTED_SPEC, source }))).toMatchObject({ kind: 'unavailable' });
    expect(started()).toContain('fetch\0');
    expect(proxy.connections()).toBeGreaterThan(0);
  });
});

/** A proxy that counts who comes, and serves nobody. */
async function countingProxy() {
  let count = 0;
  const server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'GOPROXY'];
  for (const name of names) vi.stubEnv(name, address);
  onTestFinished(() => void vi.unstubAllEnvs());
  return { env: Object.fromEntries(names.map((name) => [name, address])), connections: () => count };
}

describe('what a spec names must lead to what it says', () => {
  const source = { type: 'git', url: UPSTREAM, commit: 'a'.repeat(40) } as const;
  const spec: BuildSpec = { ...TRUSTED_SPEC, source, version: '1.10.0', patches: [] };

  async function upstream() {
    const repository = await makeRepository();
    const commit = await repository.commit({ ...SMALL_TREE });
    await repository.git('tag', 'v1.10.0');
    // What GitHub serves under upstream's address: any fork's commit.
    await repository.git('checkout', '--quiet', '-b', 'fork');
    const fork = await repository.commit({ 'main.go': 'package main\n\nfunc main() {\n\tprintln("evil")\n}\n' });
    const home = writeFiles(scratch(), {
      '.gitconfig': `[url "${pathToFileURL(repository.path).href}"]\n\tinsteadOf = ${UPSTREAM}\n`,
    });
    return { commit, fork, home };
  }

  test("a fork's commit under upstream's address is not the tag's", async () => {
    const { commit, fork, home } = await upstream();
    const { run } = scene(home);
    const error = await refusal(() => run({ ...spec, source: { ...source, commit: fork } }));
    expect(error).toMatchObject({ kind: 'untrusted-spec', field: 'source.commit' });
    expect(error.message).toContain(fork);
    expect(error.message).toContain(commit);
  });

  test("the tag's commit is built, from where the caller's git leads upstream's address", async () => {
    const { commit, home } = await upstream();
    const { run } = scene(home);
    expect((await run({ ...spec, source: { ...source, commit } })).digest).toMatch(/^sha256:/);
  }, 300_000);

  test("a fork's commit is built where the caller named it", async () => {
    const { fork, home } = await upstream();
    const { run } = scene(home);
    const named = { type: 'git-commit', url: UPSTREAM, commit: fork, version: undefined } as const;
    const { digest } = await run({ ...spec, source: { ...source, commit: fork } }, { sources: [named] });
    expect(digest).toMatch(/^sha256:/);
  }, 300_000);

  test('a release that upstream has not cannot be had', async () => {
    const { home } = await upstream();
    const { run } = scene(home);
    expect(await refusal(() => run({ ...spec, version: '1.10.7' }))).toMatchObject({
      kind: 'unavailable',
      field: 'source',
    });
  });

  test('another go.mod than the overrides lead to is refused', async () => {
    const { run } = scene();
    const modules = { overrides: ['golang.org/x/crypto@v0.53.0'], goMod: 'b'.repeat(64) };
    const error = await refusal(() => run({ ...TRUSTED_SPEC, modules }));
    expect(error).toMatchObject({ kind: 'untrusted-spec', field: 'modules.goMod' });
  }, 300_000);

  test('overrides that do not stand cannot be had', async () => {
    const { run } = scene();
    const modules = { overrides: ['golang.org/x/crypto@v0.1.0'], goMod: 'b'.repeat(64) };
    const error = await refusal(() => run({ ...TRUSTED_SPEC, modules }));
    expect(error).toMatchObject({ kind: 'unavailable', field: 'modules.overrides' });
    expect(error.message).toContain('lower');
  }, 300_000);

  test('a Go that there is none of cannot be had', async () => {
    const { run } = scene();
    expect(await refusal(() => run({ ...TRUSTED_SPEC, go: '1.26.999' }))).toMatchObject({ kind: 'unavailable' });
  }, 300_000);
});
