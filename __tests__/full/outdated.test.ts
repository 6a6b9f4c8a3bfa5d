import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutdatedReport } from '../../src/output/outdated-report.js';
import { contentOf, folderForTests } from '../integration/folders.js';
import { storeWithoutResults } from '../integration/stores.js';
import { type OutdatedWorld, startWorld, type TestModule, UPSTREAM } from '../support/outdated-world.js';
import { build, freePort, program, SHARED_STORE } from '../support/program.js';

const HERE = folderForTests('outdated');
vi.setConfig({ testTimeout: 1_200_000 });
const [DEP, OTHER] = ['example.com/dep', 'example.com/other'];
/** A release of Go of a newer line than the one that is pinned. */
const NEWER_LINE = '1.27.1';
const BUILD = ['--platforms', 'linux/amd64', '--smoke-test=false'];
let world: OutdatedWorld;
let store = '';
let count = 0;

/** A release of upstream: a program that calls a function of `dep`. */
function upstream(version: string, more: Partial<TestModule> = {}): TestModule {
  const main = `package main\n\nimport "${DEP}"\n\nfunc main() { println("${version}", dep.Answer()) }\n`;
  return { path: UPSTREAM, version: `v${version}`, requires: { [DEP]: 'v1.0.0' }, files: { 'main.go': main }, ...more };
}

/** A version of `dep` with a function that is called, one that is not, and a package that nobody imports. */
function dep(version: string, more: Partial<TestModule> = {}): TestModule {
  const files = {
    'dep.go': `package dep\n\n//go:noinline\nfunc Answer() string { return "${version}" }\n\nfunc Unused() {}\n`,
    'aside/aside.go': 'package aside\n\nfunc Aside() {}\n',
  };
  return { path: DEP, version, files, ...more };
}

/** A release of upstream that calls functions of `dep` and of `other`. */
function withBoth(version: string): TestModule {
  const main = `package main\n\nimport (\n\t"${DEP}"\n\t"${OTHER}"\n)\n\nfunc main() { println(dep.Answer(), other.Other()) }\n`;
  return upstream(version, { requires: { [DEP]: 'v1.0.0', [OTHER]: 'v1.0.0' }, files: { 'main.go': main } });
}

function other(version: string, more: Partial<TestModule> = {}): TestModule {
  const text = `package other\n\nfunc Other() string { return "${version}" }\n`;
  return { path: OTHER, version, files: { 'other.go': text }, ...more };
}

const CALLED = { [DEP]: ['Answer'] };

beforeAll(async () => {
  world = await startWorld();
  mkdirSync(join(SHARED_STORE, 'go'), { recursive: true });
});

afterAll(() => world.server.close());

beforeEach(() => {
  // A version is another module in each test: nothing that was fetched or found out is kept.
  count++;
  store = storeWithoutResults(join(HERE, `store-${count}`));
  symlinkSync(join(SHARED_STORE, 'go'), join(store, 'go'));
  world.env.GOMODCACHE = join(HERE, `modules-${count}`);
  world.modules = [upstream('1.77.0'), dep('v1.0.0'), dep('v1.1.0')];
  world.vulnerabilities = [];
  world.go = ['1.26.8', '1.25.9'];
  world.brokenIndex = undefined;
});

interface Ended {
  readonly code: number;
  readonly stderr: string;
  readonly report: OutdatedReport;
}

/** `outdated --json` on 1.77.0 without patches, unless `args` say otherwise. */
async function look(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ended> {
  const isImage = args.some((arg) => arg.startsWith('--image'));
  const used = isImage ? [] : ['--pushgateway-version', '1.77.0', ...(args.includes('--patches') ? [] : NO_PATCHES)];
  const all = { ...world.env, PUSHGATEWAY_TTL_CACHE: store, ...env };
  const given = isImage ? ['--smoke-test=false'] : BUILD;
  const { code, stdout, stderr } = await program(['outdated', '--json', ...given, ...used, ...args], { env: all });
  if (stdout === '') throw new Error(`outdated ended with ${code}\n${stderr}`);
  return { code, stderr, report: JSON.parse(stdout) as OutdatedReport };
}

const NO_PATCHES = ['--patches', 'none'];

/** The arguments of a printed command line; no value here has a blank in it. */
function argumentsOf(command: string): string[] {
  const [, , ...args] = command.replaceAll(/\\\n/g, ' ').split(/\s+/);
  return args.slice(1);
}

describe('what is there', () => {
  it('is nothing: 0, also with --exit-code', async () => {
    const { code, report } = await look(['--exit-code']);
    expect(report).toMatchObject({ state: 'current', 're-cut': null, remaining: [], 'not-performed': [] });
    expect(report.now).toMatchObject({ 'pushgateway-version': '1.77.0', 'go-version': '1.26.8', vulnerabilities: [] });
    expect(code).toBe(0);
  });

  it('is a newer release: its inputs, which lead to the very digest, and 1 with --exit-code', async () => {
    const retracted = upstream('1.79.0', { retracts: ['v1.79.0'] });
    world.modules = [...world.modules, upstream('1.78.0'), retracted, upstream('1.80.0-rc.1')];
    const out = join(HERE, 'newer');
    const { code, report } = await look(['--exit-code', '--output-dir', out]);
    expect(code).toBe(1);
    expect(report.state).toBe('outdated');
    const reCut = report['re-cut'];
    expect(reCut).toMatchObject({ 'pushgateway-version': '1.78.0', 'go-version': '1.26.8', version: '1.78.0' });
    expect(reCut?.yaml).toContain('  pushgateway-version: 1.78.0\n');

    const args = [...argumentsOf(reCut?.command ?? ''), '--output-dir', join(HERE, 'again')];
    const again = await build(args, { env: { ...world.env, PUSHGATEWAY_TTL_CACHE: store } });
    expect(again.digest).toBe(reCut?.digest);
    expect(JSON.parse(again['image-digests'])).toEqual(reCut?.['image-digests']);
    expect(contentOf(join(out, 'oci'))).toEqual(contentOf(join(HERE, 'again', 'oci')));
  });

  it('is a newer Go, which clears a vulnerability of the standard library', async () => {
    world.vulnerabilities = [
      { id: 'GO-2026-0001', module: 'stdlib', fixed: '1.26.8', packages: { runtime: [] } },
      { id: 'GO-2026-0002', module: 'stdlib', packages: { 'net/http': ['Get'] } },
    ];
    world.go = ['1.26.8', '1.27.3'];
    const { code, report } = await look(['--go-version', '1.26.7']);
    expect(code).toBe(0);
    expect(report.now?.vulnerabilities).toMatchObject([
      { id: 'GO-2026-0001', aliases: ['CVE-2026-0001'], module: 'stdlib', version: '1.26.7', fixed: '1.26.8' },
      { id: 'GO-2026-0002', reach: 'module', symbols: [] },
    ]);
    // The release is the same, and so its default tag may exist.
    expect(report['re-cut']).toMatchObject({ 'go-version': '1.26.8', version: '1.77.0+2' });
    expect(report['re-cut']?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(report).toMatchObject({ cleared: ['GO-2026-0001'], remaining: [{ id: 'GO-2026-0002' }] });
    expect(report['newest-go']).toBe('1.27.3');
  });

  it('is a module with a fix, and others without or not there', async () => {
    world.vulnerabilities = [
      { id: 'GO-2026-0011', module: DEP, fixed: '1.1.0', packages: CALLED },
      { id: 'GO-2026-0012', module: DEP, packages: { [`${DEP}/aside`]: ['Aside'] } },
      { id: 'GO-2026-0013', module: DEP, fixed: '1.1.0', packages: { [DEP]: ['Unused'] } },
      { id: 'GO-2026-0014', module: DEP, fixed: '1.9.9', packages: CALLED, summary: 'an\u001b[31m odd | one' },
      { id: 'GO-2026-0015', module: 'example.com/elsewhere', packages: {} },
    ];
    const { code, report } = await look();
    expect(code).toBe(0);
    expect(report.now?.vulnerabilities).toMatchObject([
      { id: 'GO-2026-0011', reach: 'symbol', symbols: [`${DEP}.Answer`], version: 'v1.0.0', fixed: 'v1.1.0' },
      { id: 'GO-2026-0012', reach: 'module', symbols: [], fixed: null },
      { id: 'GO-2026-0013', reach: 'package', symbols: [] },
      { id: 'GO-2026-0014', reach: 'symbol', summary: 'an\\u{1b}[31m odd | one' },
    ]);
    expect(report['re-cut']).toMatchObject({ 'module-overrides': [`${DEP}@v1.1.0`], version: '1.77.0+2' });
    expect(report['re-cut']?.yaml).toContain(`  module-overrides: |\n    ${DEP}@v1.1.0\n`);
    expect(report.cleared).toEqual(['GO-2026-0011', 'GO-2026-0013']);
    expect(report.remaining?.map(({ id }) => id)).toEqual(['GO-2026-0012', 'GO-2026-0014']);
    // The fix that nobody has was tried first.
    expect(report['left-out']).toMatchObject([{ what: `${DEP}@v1.9.9`, why: expect.stringContaining('v1.9.9') }]);
  });

  it('is a fix that needs more of another module, or a newer Go, or does not compile', async () => {
    world.modules = [
      withBoth('1.77.0'),
      ...[dep('v1.0.0'), dep('v1.1.0', { requires: { [OTHER]: 'v1.2.0' } })],
      dep('v1.2.0', { files: { 'dep.go': 'package dep\n\nfunc Answer(int) string { return "" }\n' } }),
      ...[other('v1.0.0'), other('v1.1.0'), other('v1.2.0'), other('v1.3.0', { go: '1.99.0' })],
    ];
    world.vulnerabilities = [
      { id: 'GO-2026-0021', module: DEP, fixed: '1.1.0', packages: CALLED },
      { id: 'GO-2026-0022', module: OTHER, fixed: '1.1.0', packages: { [OTHER]: [] } },
      { id: 'GO-2026-0023', module: OTHER, fixed: '1.3.0', packages: { [OTHER]: [] } },
      { id: 'GO-2026-0024', module: DEP, fixed: '1.2.0', packages: CALLED },
    ];
    const { report } = await look(['--build=false']);
    expect(report['re-cut']).toMatchObject({ 'module-overrides': [`${DEP}@v1.1.0`, `${OTHER}@v1.2.0`], digest: null });
    expect(report.cleared).toEqual(['GO-2026-0021', 'GO-2026-0022']);
    expect(report['left-out']).toMatchObject([
      { what: `${DEP}@v1.2.0`, why: expect.stringContaining('Compiling for linux/amd64 failed') },
      { what: `${OTHER}@v1.3.0`, why: expect.stringContaining('requires go >= 1.99.0') },
    ]);
  });

  it('is a fix that was retracted, and one that only a newer line of Go compiles', async () => {
    world.go = ['1.26.8', NEWER_LINE];
    world.modules = [
      ...[withBoth('1.77.0'), dep('v1.0.0'), dep('v1.1.0'), dep('v1.1.1', { retracts: ['v1.1.0'] })],
      ...[other('v1.0.0'), other('v1.1.0', { go: '1.27.0' })],
    ];
    world.vulnerabilities = [
      { id: 'GO-2026-0026', module: DEP, fixed: '1.1.0', packages: CALLED },
      { id: 'GO-2026-0027', module: OTHER, fixed: '1.1.0', packages: { [OTHER]: [] } },
    ];
    const { code, report } = await look(['--build=false']);
    expect(code).toBe(0);
    expect(report['re-cut']).toMatchObject({
      ...{ 'module-overrides': [`${DEP}@v1.1.1`, `${OTHER}@v1.1.0`], 'go-version': NEWER_LINE },
    });
    expect(report).toMatchObject({ cleared: ['GO-2026-0026', 'GO-2026-0027'], remaining: [], 'newest-go': null });
    expect(report['left-out']).toMatchObject([{ what: `${DEP}@v1.1.0`, why: expect.stringContaining('v1.1.1') }]);
  });

  it('is a newer release that clears a vulnerability of its own, makes an override needless, and wants a newer Go', async () => {
    world.modules = [...world.modules, upstream('1.78.0', { requires: { [DEP]: 'v1.1.0' }, go: '1.26.8' })];
    world.modules = [...world.modules, dep('v1.0.1')];
    world.vulnerabilities = [{ id: 'GO-2026-0031', module: UPSTREAM, fixed: '1.78.0', packages: { [UPSTREAM]: [] } }];
    const { report } = await look(['--go-version', '1.26.7', '--module-overrides', `${DEP}@v1.0.1`, '--build=false']);
    expect(report.now).toMatchObject({ vulnerabilities: [{ id: 'GO-2026-0031', fixed: 'v1.78.0' }] });
    expect(report['re-cut']).toMatchObject({
      ...{ 'pushgateway-version': '1.78.0', 'go-version': '1.26.8', 'module-overrides': [], version: '1.78.0' },
    });
    expect(report['re-cut']?.command).not.toContain('module-overrides');
    expect(report['left-out']).toMatchObject([
      { what: `${DEP}@v1.0.1`, why: expect.stringContaining('v1.1.0 already') },
    ]);
    expect(report).toMatchObject({ cleared: ['GO-2026-0031'], remaining: [] });
  });

  it('is a newer release that a patch does not go with: the one in use stays, and is raised', async () => {
    world.modules = [
      ...world.modules,
      upstream('1.78.0', { files: { 'main.go': 'package main\n\nfunc main() {}\n' } }),
    ];
    world.vulnerabilities = [{ id: 'GO-2026-0041', module: DEP, fixed: '1.1.0', packages: CALLED }];
    const patch = join(HERE, 'mine.patch');
    const text = '--- a/main.go\n+++ b/main.go\n@@ -3,3 +3,5 @@\n import "example.com/dep"\n \n';
    writeFileSync(patch, `${text}+const mine = 1\n+\n func main() { println("1.77.0", dep.Answer()) }\n`);
    const { report } = await look(['--patches', patch, '--build=false']);
    expect(report['re-cut']).toMatchObject({
      ...{ 'pushgateway-version': '1.77.0', 'module-overrides': [`${DEP}@v1.1.0`], patches: ['mine'] },
    });
    expect(report['re-cut']?.command).toContain('--version-suffix +mine.2');
    const leftOut = [{ what: 'pushgateway 1.78.0', why: expect.stringContaining('mine') }];
    expect(report['left-out']).toMatchObject(leftOut);

    // An older one of the newer releases is better than none.
    world.modules = [...world.modules, upstream('1.77.1', { files: upstream('1.77.0').files })];
    const { report: later } = await look(['--patches', patch, '--build=false']);
    expect(later['re-cut']).toMatchObject({ 'pushgateway-version': '1.77.1', 'module-overrides': [`${DEP}@v1.1.0`] });
    expect(later['left-out']).toMatchObject(leftOut);
  });
});

describe('what an image was made with', () => {
  it('is read from its spec, also where it is a re-cut already', async () => {
    world.modules = [...world.modules, dep('v1.2.0')];
    const out = join(HERE, 'published');
    const used = ['--pushgateway-version', '1.77.0', ...NO_PATCHES, '--module-overrides', `${DEP}@v1.1.0`];
    const args = [...BUILD, ...used, '--version-suffix', '+2', '--labels', 'a=b', '--output-dir', out];
    const env = { ...world.env, PUSHGATEWAY_TTL_CACHE: store };
    const outputs = await build(args, { env });
    const image = ['--image', `oci:${join(out, 'oci')}`];
    expect(await look(image)).toMatchObject({ code: 0, report: { state: 'current', digest: outputs.digest } });

    world.vulnerabilities = [{ id: 'GO-2026-0051', module: DEP, fixed: '1.2.0', packages: CALLED }];
    const { report } = await look(image);
    expect(report['re-cut']).toMatchObject({ 'module-overrides': [`${DEP}@v1.2.0`], version: '1.77.0+3' });
    expect(argumentsOf(report['re-cut']?.command ?? '')).toEqual([
      ...['--pushgateway-version', '1.77.0', '--patches', 'none', '--module-overrides', `${DEP}@v1.2.0`],
      ...['--go-version', '1.26.8', '--version-suffix', '+3', '--platforms', 'linux/amd64', '--labels', 'a=b'],
    ]);
    const again = await build([...argumentsOf(report['re-cut']?.command ?? ''), '--output-dir', out], { env });
    expect(again.digest).toBe(report['re-cut']?.digest);
  });
});

describe('what cannot be asked', () => {
  it('is a database that is not there: 3, and all else is told', async () => {
    world.modules = [...world.modules, upstream('1.78.0')];
    const db = `http://127.0.0.1:${await freePort()}`;
    const { code, report } = await look(['--db', db, '--build=false', '--exit-code']);
    expect(code).toBe(3);
    expect(report['re-cut']).toMatchObject({ 'pushgateway-version': '1.78.0', vulnerabilities: null });
    expect(report).toMatchObject({ state: 'outdated', remaining: null, now: { vulnerabilities: null } });
    expect(report['not-performed']).toMatchObject([
      { what: 'known vulnerabilities', why: expect.stringContaining(db) },
    ]);
  });

  it.each([
    ['no archive', Buffer.from('<html>')],
    ['no JSON', undefined],
  ])('is a database whose index is %s', async (_what, bytes) => {
    const { gzipSync } = await import('node:zlib');
    world.brokenIndex = bytes ?? gzipSync('[{"path": 7');
    const { code, report } = await look(['--build=false']);
    expect(code).toBe(3);
    expect(report).toMatchObject({ state: 'not-performed', 're-cut': null, remaining: null });
    expect(report['not-performed']).toMatchObject([
      { what: 'known vulnerabilities', why: expect.stringContaining(`${world.server.url}/db could not be asked`) },
    ]);
  });

  it('is a module proxy that is not there: 3, where not even what is in use can be had', async () => {
    const proxy = `http://127.0.0.1:${await freePort()}`;
    const { code, report } = await look(['--exit-code'], { GOPROXY: proxy });
    expect(code).toBe(3);
    expect(report).toMatchObject({ state: 'not-performed', now: null, 're-cut': null, remaining: null });
    expect(report['not-performed']).toMatchObject([
      { what: 'what is used now', why: expect.stringContaining('127.0.0.1') },
    ]);
  });

  it('is a Go that is listed, and that nobody has: what is in use stays', async () => {
    world.go = ['1.26.99', NEWER_LINE];
    const { code, report } = await look(['--build=false']);
    // Some proxies say that it is not there, which is an answer, and others that they do not tell.
    const { 'left-out': leftOut, 'not-performed': unanswered } = report;
    expect(code).toBe(unanswered.length === 0 ? 0 : 3);
    expect(report).toMatchObject({ 're-cut': null, now: { 'go-version': '1.26.8', vulnerabilities: [] } });
    expect([...leftOut, ...unanswered]).toMatchObject([{ why: expect.stringContaining('1.26.99') }]);
  });

  it('is who tells the releases of Go, and the module proxy does not either', async () => {
    world.go = [];
    world.modules = [
      ...world.modules,
      { path: 'golang.org/toolchain', version: 'v0.0.1-go1.1.1.plan9-mips', files: {} },
    ];
    const { code, report } = await look(['--build=false']);
    expect(code).toBe(3);
    expect(report['not-performed']).toMatchObject([
      { what: 'newer releases of Go', why: expect.stringContaining('/dl/') },
    ]);
  });

  it('is an image that carries no spec', async () => {
    const layout = join(HERE, 'bare');
    await bareImage(layout);
    const { code, report } = await look(['--image', `oci:${layout}`]);
    expect(code).toBe(3);
    expect(report).toMatchObject({ state: 'not-performed', now: null });
    expect(report['not-performed']).toMatchObject([{ why: expect.stringContaining('no spec') }]);
  });
});

it('refuses what is no address, and what the image says already, before anything is done', async () => {
  const refused = async (args: readonly string[]) => {
    const { code, stdout, stderr } = await program(['outdated', ...args], { env: world.env });
    expect(stdout).toBe('');
    return `${code} ${stderr}`;
  };
  expect(await refused(['--db', 'ftp://example.com'])).toMatch(/^2 error: db: "ftp:\/\/example.com" is not accepted/);
  expect(await refused(['--db', 'https://me:secret@example.com'])).not.toContain('Accepted: ghcr');
  expect(await refused(['oci:x', '--go-version', '1.26.8'])).toMatch(/^2 error: go-version: the spec of the image/);
  expect(await refused(['oci:x', '--image', 'oci:y'])).toMatch(/^2 error: image: .*twice/);
  expect(await refused(['--source-date-epoch', 'published', '--image', ''])).toMatch(/^2 error: source-date-epoch/);
});

/** A layout with an image of nothing, without labels. */
async function bareImage(layout: string): Promise<void> {
  const { digestOf } = await import('../../src/base/hash.js');
  const { writeFiles } = await import('../support/repository.js');
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const describe = (text: string, mediaType: string) => ({ mediaType, digest: digestOf(text), size: text.length });
  const types = 'application/vnd.oci.image';
  const manifest = JSON.stringify({
    ...{ schemaVersion: 2, mediaType: `${types}.manifest.v1+json`, layers: [] },
    config: describe(config, `${types}.config.v1+json`),
  });
  const index = { schemaVersion: 2, manifests: [describe(manifest, `${types}.manifest.v1+json`)] };
  const blobs = [config, manifest].map((text) => [digestOf(text).replace('sha256:', 'blobs/sha256/'), text] as const);
  writeFiles(layout, {
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    'index.json': JSON.stringify(index),
    ...Object.fromEntries(blobs),
  });
}
