import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sha256Hex } from '../../src/base/hash.js';
import type { Outputs } from '../../src/output/result.js';
import { type Loopback, serveHttp } from '../support/loopback.js';
import { build, type Ended, type ExecOptions, exec, mustExec, PROJECT, program } from '../support/program.js';
import { contentOf, emptyFolder, folderForTests, readLayout, wholeResult } from './folders.js';
import { storeWithoutResults, storeWithResults } from './stores.js';

const HERE = folderForTests('command-line');
const OUT = join(HERE, 'out');
const SPEC_LABEL = 'io.k0sproject.pushgateway-ttl.spec';
const ACTION = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { description: string }>;
  outputs: Record<string, unknown>;
};

/** What takes a line of progress off a terminal: to its start, and erase it (ECMA-48, EL). */
const WIPE = '\r\u001b[2K';

function expectPlain(text: string): void {
  for (const control of ['\r', '\u001b']) expect(text).not.toContain(control);
}

/** One platform and all else by default, which the tests share. */
const AMD64 = ['--platforms', 'linux/amd64'];
let shared: Outputs;

beforeAll(async () => {
  shared = await build([...AMD64, '--output-dir', OUT]);
}, 600_000);

/** A PATH with `git`, `go` and others that do nothing but say, in a file, that they were started. */
function watchedPath(): { path: string; started: () => string } {
  const path = emptyFolder(HERE, 'watched');
  const record = join(HERE, 'started');
  writeFileSync(record, '');
  for (const name of ['git', 'go', 'gofmt', 'node', 'sh', 'tar', 'ssh', 'curl', 'skopeo', 'buildah', 'podman']) {
    writeFileSync(join(path, name), `#!/bin/sh\necho ${name} "$@" >> '${record}'\nexit 1\n`, { mode: 0o755 });
  }
  return { path, started: () => readFileSync(record, 'utf8') };
}

describe('help', () => {
  it('of the program names its commands', async () => {
    const ended = await program(['--help']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['Usage: ', 'build', 'patch', '--version']) expect(ended.stdout).toContain(word);
  });

  it('of build names every input of the action with its description', async () => {
    const ended = await program(['build', '--help']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const said = ended.stdout.replaceAll(/\s+/g, ' ');
    for (const [name, { description }] of Object.entries(ACTION.inputs)) {
      if (name === 'registry-password') continue; // never a flag
      expect(said).toMatch(new RegExp(` --${name} [<[]`));
      expect(said).toContain(description.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim());
    }
    expect(said).not.toContain('--registry-password ');
    for (const flag of ['--json', '--dry-run', '--no-cache', '--registry-password-stdin'])
      expect(said).toContain(` ${flag} `);
  });

  it('of patch names its folder', async () => {
    const ended = await program(['patch', '--help']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('--to <folder>');
    expect(ended.stdout).not.toContain('--platforms');
  });

  it('has the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    expect(await program(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('a plan', () => {
  /** Plans in a world where whatever is started, asked or written is seen. */
  async function plan(args: readonly string[], options: ExecOptions = {}): Promise<Ended> {
    const world = emptyFolder(HERE, 'world');
    const folders = Object.fromEntries(
      ['HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'GOMODCACHE'].map((name) => [name, join(world, name)]),
    );
    for (const folder of Object.values(folders)) mkdirSync(folder);
    const { path, started } = watchedPath();
    let asked = '';
    const proxy: Loopback = await serveHttp((request, response) => {
      asked += `${request.url}\n`;
      response.writeHead(404).end();
    });
    const cwd = join(world, 'cwd');
    mkdirSync(cwd);
    const before = contentOf(world);
    const store = { PUSHGATEWAY_TTL_CACHE: join(world, 'store') };
    const net = { GOPROXY: proxy.url, GO_DOWNLOAD_BASE_URL: proxy.url, https_proxy: proxy.url, http_proxy: proxy.url };
    const env = { ...folders, ...store, ...net, PATH: path, ...options.env };
    try {
      return await program(['build', '--dry-run', ...args], { cwd, ...options, env });
    } finally {
      await proxy.close();
      expect(started()).toBe('');
      expect(asked).toBe('');
      expect(contentOf(world)).toEqual(before);
    }
  }

  it('has the spec and the steps, starts nothing, asks nobody and writes nothing', async () => {
    const { code, stdout, stderr } = await plan([...AMD64, '--output-dir', 'results']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [spec = '', rest = ''] = stdout.split('\n\nspec digest: ');
    expect(JSON.parse(spec)).toEqual(JSON.parse(shared.spec));
    expect(rest).toMatch(new RegExp(`^${shared['spec-digest']}\n\nPlan:\n  1\\. get github`));
    for (const step of ['apply the patch set ttl', 'Go 1.26.8', 'compile for linux/amd64, unless an earlier run has'])
      expect(rest).toContain(step);
    expect(rest).toMatch(/write .* to .*\/world\/cwd\/results\n {2}\d\. run what was built[^\n]*\n$/);
  });

  it('is one JSON object with --json', async () => {
    const { code, stdout } = await plan([...AMD64, '--json']);
    expect(code).toBe(0);
    const told = JSON.parse(stdout);
    expect(Object.keys(told)).toEqual(['spec', 'spec-digest', 'unresolved', 'steps']);
    expect(told).toMatchObject({ spec: JSON.parse(shared.spec), 'spec-digest': shared['spec-digest'], unresolved: [] });
    expect(stdout.trim()).not.toContain('\n');
  });

  it('of a folder has the hash of its content', async () => {
    const folder = emptyFolder(HERE, 'little-source');
    writeFileSync(join(folder, 'go.mod'), 'module example.com/x\n');
    writeFileSync(join(folder, 'VERSION'), '1.11.3\n');
    const { stdout } = await plan(['--json', '--source', folder, '--source-date-epoch', '0', '--patches', 'none']);
    const lines = ['VERSION', 'go.mod'].map((name) => `${sha256Hex(readFileSync(join(folder, name)))}  ${name}\n`);
    const hash = `h1:${Buffer.from(sha256Hex(lines.join('')), 'hex').toString('base64')}`;
    expect(JSON.parse(stdout).spec).toMatchObject({ source: { type: 'folder', hash }, version: '1.11.3' });
  });

  it.each([
    {
      what: 'another release',
      args: ['--pushgateway-version', '1.10.0'],
      says: /^source: sum and time of .*@v1\.10\.0/,
    },
    {
      what: 'a tag',
      args: ['--source', 'git'],
      says: /^source: the commit and time of the tag v1\.11\.3, by git fetch/,
    },
    {
      what: 'a commit',
      args: ['--source', `https://example.com/x#${'a'.repeat(40)}`],
      says: /^source: version and time of the commit a{40}, by git fetch from https:\/\/example\.com\/x$/,
    },
    {
      what: 'an override',
      args: ['--module-overrides', 'golang.org/x/crypto@v0.53.0'],
      says: /^modules: the go\.mod that the overrides lead to, by go get/,
    },
  ])('says what it cannot know of $what', async ({ args, says }) => {
    const told = JSON.parse((await plan(['--json', ...args])).stdout);
    expect(told).toMatchObject({ spec: null, 'spec-digest': null, unresolved: [expect.stringMatching(says)] });
    const text = (await plan(args)).stdout;
    expect(text).toContain(`The spec is whole only when a build has found out:\n  - ${told.unresolved[0]}\n`);
  });

  it('has the base, the extra files and where the image goes', async () => {
    const base = `gcr.io/distroless/static@sha256:${'b'.repeat(64)}`;
    const file = join(emptyFolder(HERE, 'extra'), 'ca.pem');
    writeFileSync(file, 'certificate\n');
    const extra = ['--extra-files', `${file}:/etc/ssl/ca.pem`, '--extra-files', '/etc/ca.pem -> ssl/ca.pem'];
    const to = ['--image', 'ghcr.io/me/x', '--image', 'quay.io/me/x', '--push', '--load', '--docker-archives'];
    const told = JSON.parse((await plan(['--json', ...AMD64, '--base-image', base, ...extra, ...to])).stdout);
    expect(told.spec.base).toEqual({ repository: 'gcr.io/distroless/static', digest: `sha256:${'b'.repeat(64)}` });
    expect(told.spec.files).toMatch(/^sha256:[0-9a-f]{64}$/);
    const steps = told.steps.join('\n');
    expect(steps).toContain(`fetch the base image ${base}`);
    expect(steps).toContain('compile for linux/amd64\n'); // a push takes nothing from earlier runs
    expect(steps).toContain('put /etc/ssl/ca.pem, /etc/ca.pem into one more layer');
    expect(steps).toContain('docker archives');
    expect(steps).toMatch(/put the image into local storage\npush to ghcr\.io\/me\/x .*\npush to quay\.io\/me\/x .*$/);
    const tagged = JSON.parse((await plan(['--json', ...AMD64, '--base-image', 'busybox:1'])).stdout);
    expect(tagged.unresolved).toEqual(['base: the digest of docker.io/library/busybox:1, from its registry']);
  });

  it.each([[['--no-cache']], [['--cache', 'false']], [['--cache=false']]])('uses no cache with %j', async (flags) => {
    const { stdout } = await plan([...AMD64, ...flags]);
    expect(stdout).toContain('compile for linux/amd64\n');
  });

  it.each([[['--sbom']], [['--sbom', 'true']], [['--sbom=TRUE']]])('takes %j for yes', async (flags) => {
    expect((await plan([...AMD64, ...flags])).stdout).toContain('SBOMs');
    expect((await plan([...AMD64, '--sbom', 'False'])).stdout).not.toContain('SBOMs');
  });
});

describe('a build', () => {
  it('prints with --json one object with exactly the outputs of the action', async () => {
    const { code, stdout } = await program(['build', '--json', ...AMD64, '--output-dir', OUT]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    const outputs = JSON.parse(stdout) as Outputs;
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(ACTION.outputs).sort());
    for (const value of Object.values(outputs)) expect(value).toBeTypeOf('string');
    const { digest, children } = readLayout(join(OUT, 'oci'));
    const [child] = children;
    expect(outputs).toEqual({
      image: '',
      references: 'localhost/pushgateway-ttl:1.11.3-ttl.1',
      tags: '1.11.3-ttl.1',
      digest,
      'image-digests': JSON.stringify({ 'linux/amd64': child?.descriptor.digest }),
      'digest-amd64': child?.descriptor.digest,
      'digest-arm64': '',
      'digest-arm': '',
      changed: '',
      reproducible: '',
      layout: join(OUT, 'oci'),
      archive: join(OUT, 'pushgateway.oci.tar'),
      binaries: join(OUT, 'bin'),
      checksums: join(OUT, 'SHA256SUMS'),
      sbom: join(OUT, 'sbom'),
      spec: readFileSync(join(OUT, 'spec.json'), 'utf8'),
      'spec-digest': `sha256:${sha256Hex(readFileSync(join(OUT, 'spec.json')))}`,
      'pushgateway-version': '1.11.3',
      'go-version': '1.26.8',
    });
  });

  it('prints the digest, and all else to standard error in plain lines', async () => {
    const { code, stdout, stderr } = await program(['build', ...AMD64, '--output-dir', OUT]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${shared.digest}\n` });
    const { sourceDateEpoch } = JSON.parse(shared.spec);
    const created = new Date(sourceDateEpoch * 1000).toISOString().replace('.000', '');
    expect(stderr).toContain(`index digest:    ${shared.digest}\n`);
    expect(stderr).toContain(`build timestamp: ${created}\n`);
    const index = await mustExec('skopeo', ['inspect', '--raw', `oci:${OUT}/oci`]);
    expect(stderr).toContain(`manifest:\n${index}\n`);
    expect(stderr).toMatch(/^platform +digest +size +compiled in$/m);
    expect(stderr).toMatch(new RegExp(`^linux/amd64 +${shared['digest-amd64']} +\\d+\\.\\d MB +an earlier run$`, 'm'));
    expectPlain(stderr);
  });

  it('shows no progress in plain lines, and one live line on a terminal', async () => {
    const env = { PUSHGATEWAY_TTL_CACHE: storeWithoutResults(join(HERE, 'store-progress')), GITHUB_ACTIONS: undefined };
    const args = ['build', ...AMD64, '--output-dir', join(HERE, 'progress')];
    const plain = await program(args, { env });
    expect(plain).toMatchObject({ code: 0, stdout: `${shared.digest}\n` });
    expect(plain.stderr).toContain('compiled in');
    expect(plain.stderr).not.toMatch(/compiling linux|MiB compressed/);
    expectPlain(plain.stderr);

    storeWithoutResults(env.PUSHGATEWAY_TTL_CACHE);
    const line = [process.execPath, PROJECT, ...args].map((word) => `'${word}'`).join(' ');
    const live = await exec('script', ['-qec', line, '/dev/null'], { env: { ...process.env, ...env, TERM: 'xterm' } });
    expect(live.code).toBe(0);
    expect(live.stdout).toContain(`  compiling linux/amd64${WIPE}`);
    expect(live.stdout).toContain(`  linux/amd64: 2 MiB compressed${WIPE}`);
    expect(live.stdout).toContain(shared.digest);
  }, 400_000);

  it('leaves a whole result: every digest resolves, and SHA256SUMS covers every file', async () => {
    expect(await wholeResult(OUT)).toBe(shared.digest);
    const listed = readFileSync(join(OUT, 'SHA256SUMS'), 'utf8').split('\n').filter(Boolean);
    expect(listed.map((line) => line.slice(66))).toEqual([
      'bin/linux/amd64/pushgateway',
      'pushgateway.oci.tar',
      'sbom/linux-amd64.cdx.json',
      'spec.json',
    ]);
    const names = readdirSync(OUT).filter((name) => !name.startsWith('.'));
    expect(names.sort()).toEqual(['SHA256SUMS', 'bin', 'oci', 'pushgateway.oci.tar', 'sbom', 'spec.json']);
  });

  it('carries the spec in every image', async () => {
    const outputs = await build(['--output-dir', join(HERE, 'three')]);
    const { children } = readLayout(outputs.layout);
    expect(children).toHaveLength(3);
    for (const { config } of children) expect(config.config.Labels[SPEC_LABEL]).toBe(outputs.spec);
    expect(outputs['spec-digest']).toBe(`sha256:${sha256Hex(outputs.spec)}`);
    // One platform built alone has the same digest as beside others.
    expect(outputs['digest-amd64']).toBe(shared['digest-amd64']);
  }, 600_000);

  it('leaves SBOMs out where none are wanted, and those of an earlier result with them', async () => {
    const folder = join(HERE, 'sbom');
    await build([...AMD64, '--output-dir', folder]);
    const outputs = await build([...AMD64, '--output-dir', folder, '--sbom=false']);
    expect(outputs).toMatchObject({ sbom: '', digest: shared.digest });
    expect(readdirSync(folder).filter((name) => name.includes('sbom'))).toEqual([]);
    await mustExec('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder });
  });
});

describe('the store', () => {
  it('serves a second run, which starts nothing and needs no module', async () => {
    const { path, started } = watchedPath();
    const env = { PATH: path, GOMODCACHE: emptyFolder(HERE, 'no-modules'), GOPROXY: 'off' };
    const outputs = await build([...AMD64, '--output-dir', join(HERE, 'second')], { env });
    expect(outputs.digest).toBe(shared.digest);
    expect(started()).toBe('');
    expect(contentOf(env.GOMODCACHE)).toEqual([]);
  });

  /** Changes one bit in the middle of a file. */
  const flip = (file: string) => {
    const bytes = readFileSync(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };
  const filesOf = (store: string, pattern: RegExp) =>
    (contentOf(store) ?? []).map((line) => line.split(' ')[0] ?? '').filter((path) => pattern.test(path));

  it.each([
    { what: 'binary', pattern: /^binaries\/.*-amd64\/pushgateway$/, says: /^ {2}linux\/amd64: compiled in /m },
    {
      what: 'record of a binary',
      pattern: /^binaries\/.*-amd64\/record\.json$/,
      says: /^ {2}linux\/amd64: compiled in /m,
    },
    { what: 'layer', pattern: /^layers\/.*\.tar\.gz$/, says: /compiled by an earlier run/ },
    { what: 'record of a layer', pattern: /^layers\/.*\.json$/, says: /compiled by an earlier run/ },
  ])(
    'does not use a damaged $what, and mends it',
    async ({ what, pattern, says }) => {
      const store = storeWithResults(join(HERE, 'damaged'));
      const whole = new Map(filesOf(store, pattern).map((path) => [path, readFileSync(join(store, path))]));
      expect(whole.size).toBeGreaterThan(0);
      for (const path of whole.keys()) flip(join(store, path));
      const args = ['build', ...AMD64, '--output-dir', join(HERE, 'mended')];
      const ended = await program(args, { env: { PUSHGATEWAY_TTL_CACHE: store } });
      expect(ended).toMatchObject({ code: 0, stdout: `${shared.digest}\n` });
      expect(ended.stderr).toMatch(says);
      expect(await wholeResult(join(HERE, 'mended'))).toBe(shared.digest);
      // What this build uses is as it was; what others left is not touched.
      const mended = [...whole].filter(([path, bytes]) => readFileSync(join(store, path)).equals(bytes));
      expect(mended, what).toHaveLength(1);
    },
    400_000,
  );

  it('is neither used nor left with --no-cache, nor is any build cache of Go', async () => {
    const store = storeWithResults(join(HERE, 'unused'));
    // Where Go's build cache would be there is a file, and in place of the user's own, too.
    await exec('rm', [join(store, 'go-build')]);
    for (const name of ['go-build', 'other-cache']) writeFileSync(join(store, name), 'no folder\n');
    const before = contentOf(store);
    const temporary = emptyFolder(HERE, 'temporary');
    const env = { PUSHGATEWAY_TTL_CACHE: store, TMPDIR: temporary, GOCACHE: join(store, 'other-cache') };
    const ended = await program(['build', '--no-cache', ...AMD64, '--output-dir', join(HERE, 'fresh')], { env });
    expect(ended).toMatchObject({ code: 0, stdout: `${shared.digest}\n` });
    expect(ended.stderr).toContain('linux/amd64: compiled in');
    expect(contentOf(store)).toEqual(before);
    expect(contentOf(temporary)).toEqual([]);
  }, 400_000);

  it('is not made with --no-cache', async () => {
    const store = join(HERE, 'never-made');
    const args = [
      'build',
      '--no-cache',
      ...AMD64,
      '--patches',
      join(HERE, 'no-such.patch'),
      '--output-dir',
      join(HERE, 'x'),
    ];
    expect((await program(args, { env: { PUSHGATEWAY_TTL_CACHE: store } })).code).toBe(2);
    expect(existsSync(store)).toBe(false);
  });
});

describe('two runs at once into one folder', () => {
  it('leave the result of one of them, whole', async () => {
    const folder = join(HERE, 'both');
    const env = { PUSHGATEWAY_TTL_CACHE: storeWithResults(join(HERE, 'store-both')) };
    const digests = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const runs = ['a', 'b'].map((label) =>
        build([...AMD64, '--labels', `run=${label}`, '--output-dir', folder], { env }),
      );
      const [a, b] = await Promise.all(runs);
      expect(a?.digest).not.toBe(b?.digest);
      for (const each of [a, b]) digests.add(each?.digest ?? '');
      expect([a?.digest, b?.digest]).toContain(await wholeResult(folder));
    }
    expect(digests.size).toBe(2);
    // What the slower one left of the faster one's goes with the next run.
    await build([...AMD64, '--output-dir', folder], { env });
    expect(readdirSync(folder).filter((name) => /^\.(result|link)-/.test(name))).toHaveLength(1);
    expect(await wholeResult(folder)).toBe(shared.digest);
  }, 120_000);
});

describe('patch', () => {
  it('writes the patched tree with its tests, which go vet accepts', async () => {
    const tree = join(HERE, 'tree');
    mkdirSync(tree); // an empty folder is as good as none
    const ended = await program(['patch', '--to', tree]);
    expect(ended).toMatchObject({ code: 0, stdout: `${tree}\n` });
    expect(ended.stderr).toContain(`pushgateway 1.11.3, patched, in ${tree}\n`);
    expect(readFileSync(join(tree, 'main.go'), 'utf8')).toContain('app.Flag("metric.timetolive"');
    expect(existsSync(join(tree, 'storage', 'ttl_test.go'))).toBe(true);
    await mustExec('go', ['vet', './storage'], { cwd: tree });
  }, 400_000);

  it('writes the same tree inside of somebody’s git repository', async () => {
    const repository = emptyFolder(HERE, 'repository');
    await mustExec('git', ['init', '--quiet', repository]);
    const temporary = join(repository, 'tmp');
    const to = join(repository, 'sub', 'tree');
    const ended = await program(['patch', '--json', '--to', to], { env: { TMPDIR: temporary } });
    expect(JSON.parse(ended.stdout)).toEqual({ version: '1.11.3', tree: to });
    expect(contentOf(to)).toEqual(contentOf(join(HERE, 'tree')));
    expect(contentOf(temporary)).toEqual([]);
  });

  it('refuses a folder that is not empty, and leaves it alone', async () => {
    const folder = emptyFolder(HERE, 'mine');
    writeFileSync(join(folder, 'notes'), 'mine\n');
    const ended = await program(['patch', '--to', folder]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toBe(`error: to: ${folder} is not empty. Accepted for --to: a folder that is new or empty\n`);
    expect(contentOf(folder)?.map((line) => line.split(' ')[0])).toEqual(['notes']);
  });

  it('writes upstream’s own tree with --patches none, and takes a folder for its source', async () => {
    const plain = join(HERE, 'plain');
    expect((await program(['patch', '--patches', 'none', '--to', plain])).code).toBe(0);
    expect(existsSync(join(plain, 'storage', 'ttl.go'))).toBe(false);
    expect(readFileSync(join(plain, 'main.go'), 'utf8')).not.toContain('metric.timetolive');
    const again = join(HERE, 'again');
    expect((await program(['patch', '--source', plain, '--to', again])).code).toBe(0);
    expect(contentOf(again)).toEqual(contentOf(join(HERE, 'tree')));
  });
});
