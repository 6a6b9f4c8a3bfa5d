import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { sha256File } from '../../src/base/hash.js';
import { DEFAULT_GO } from '../../src/source/releases.js';
import { findGo } from '../../src/toolchain/find-go.js';
import { KNOWN_GO_RELEASES } from '../../src/toolchain/go-releases.js';
import { currentHost, hostName } from '../../src/toolchain/host.js';
import { folderToolCache } from '../../src/toolchain/tool-cache.js';
import { fetchToolchainModule, readToolchainModule } from '../../src/toolchain/toolchain-module.js';
import { failureOf, nothingThere, recordingLog, serve, temporaryFolder } from '../toolchain/fixtures.js';

// The real Go: the one that is installed, its archive over loopback, and another release as a toolchain module.

const HOST = currentHost();
const OTHER = '1.26.7';
const LONG = 120_000;
const env: Record<string, string> = {};
let goroot = '';

beforeAll(() => {
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  const ask = (what: string) => execFileSync('go', ['env', what], { encoding: 'utf8', env }).trim();
  expect(ask('GOVERSION'), 'these tests need the default Go on PATH').toBe(`go${DEFAULT_GO}`);
  goroot = ask('GOROOT');
});

async function setUp() {
  const folder = await temporaryFolder();
  const tempDir = join(folder, 'temp');
  await mkdir(tempDir);
  const toolCache = folderToolCache(join(folder, 'cache'), HOST.arch);
  const site = await serve(nothingThere);
  const log = recordingLog();
  return { folder, site, log, options: { tempDir, toolCache, env, log, downloadBase: site.base, retryDelay: 1 } };
}

test('the installed Go has the committed tree hash, and is taken', { timeout: LONG }, async () => {
  const { options, site } = await setUp();
  const known = KNOWN_GO_RELEASES[DEFAULT_GO]?.[hostName(HOST)];
  const found = await findGo({ ...options, version: DEFAULT_GO });
  expect(found).toMatchObject({ origin: 'path', goroot, treeHash: known?.treeHash });
  expect(site.requests).toEqual([]);
});

test('its archive is downloaded, unpacked and has the committed tree hash', { timeout: LONG }, async () => {
  const { options, folder } = await setUp();
  const name = `go${DEFAULT_GO}.${HOST.os}-${HOST.arch}.tar.gz`;
  const archive = join(folder, name);
  // Without what no compile reads, and hardly compressed: it is unpacked like the official one all the same.
  const left = ['api', 'doc', 'misc', 'test', 'lib'].map((part) => `--exclude=${basename(goroot)}/${part}`);
  const args = [
    '--anchored',
    '-C',
    dirname(goroot),
    ...left,
    `--transform=s,^[^/]*,go,`,
    '-I',
    'gzip -1',
    '-cf',
    archive,
  ];
  execFileSync('tar', [...args, basename(goroot)]);
  const bytes = await readFile(archive);
  const site = await serve((request, response) => {
    if (request.url === `/${name}`) response.end(bytes);
    else nothingThere(request, response);
  });
  const known = KNOWN_GO_RELEASES[DEFAULT_GO]?.[hostName(HOST)];
  const release = { treeHash: known?.treeHash ?? '', archiveSha256: await sha256File(archive) };
  const releases = { [DEFAULT_GO]: { [hostName(HOST)]: release } };
  const found = await findGo({
    ...options,
    ...{ version: DEFAULT_GO, env: { PATH: '/nowhere' }, downloadBase: site.base, releases },
  });
  expect(found).toMatchObject({ origin: 'archive', treeHash: known?.treeHash });
  const version = execFileSync(found.goBinary, ['version'], { encoding: 'utf8', env });
  expect(version).toBe(`go version go${DEFAULT_GO} ${HOST.os}/${HOST.arch}\n`);
});

test('another release: the toolchain module, then PATH; a changed one is named', {
  timeout: LONG,
}, async () => {
  const { options, folder, log } = await setUp();
  const asked = { ...options, version: OTHER };
  const module = await findGo(asked);
  expect(module.origin).toBe('toolchain-module');
  expect(execFileSync(module.goBinary, ['version'], { encoding: 'utf8', env })).toContain(`go${OTHER} `);
  expect(await readFile(join(module.goroot, 'src/go.mod'), 'utf8')).toContain('module std');

  const moved = join(folder, 'local');
  await rename(module.goroot, moved);
  const onPath = { ...asked, env: { ...env, PATH: `${join(moved, 'bin')}:${env.PATH}` } };
  expect(await findGo(onPath)).toEqual({
    ...{ version: OTHER, goroot: moved, goBinary: join(moved, 'bin/go') },
    ...{ origin: 'path', treeHash: module.treeHash },
  });

  await writeFile(join(moved, 'src/fmt/print.go'), 'package fmt\n');
  expect(await findGo(onPath)).toEqual(module);
  expect(log.lines.filter((line) => line.startsWith('notice'))).toEqual([
    `notice: The Go in ${moved} calls itself ${OTHER} but is not the official one ` +
      '(src/fmt/print.go differs from the official one); it was passed over.',
  ]);
});

test('a module that was edited in the module cache is refused', { timeout: LONG }, async () => {
  const folder = await temporaryFolder();
  const go = join(goroot, 'bin/go');
  const name = `v0.0.1-go${OTHER}.${HOST.os}-${HOST.arch}`;
  const real = await fetchToolchainModule(go, OTHER, HOST, { env, tempDir: folder });
  // A module cache of its own, with what the real one has of this module and of the checksum database.
  const modules = join(folder, 'modules');
  const download = join(dirname(real.zip), '../../..');
  const here = join(modules, 'cache/download/golang.org/toolchain/@v');
  await mkdir(here, { recursive: true });
  for (const end of ['info', 'mod', 'zip', 'ziphash']) {
    await cp(join(dirname(real.zip), `${name}.${end}`), join(here, `${name}.${end}`));
  }
  await cp(join(download, 'sumdb'), join(modules, 'cache/download/sumdb'), { recursive: true });
  onTestFinished(() => {
    execFileSync('chmod', ['-R', 'u+w', modules]);
  });

  const zip = join(here, `${name}.zip`);
  const bytes = await readFile(zip);
  // One letter of a name in the zip's list of files: it stays a good zip, with other content.
  bytes.write('z', bytes.lastIndexOf('nettest_windows.go') + 'nettest_window'.length);
  await rm(zip);
  await writeFile(zip, bytes);
  const edited = await fetchToolchainModule(go, OTHER, HOST, { env: { ...env, GOMODCACHE: modules }, tempDir: folder });
  expect(edited.sum).toBe(real.sum);
  expect(edited.zip).toBe(zip);
  const target = join(folder, 'unpacked');
  const error = await failureOf(readToolchainModule(edited, { target }));
  expect(error.message).toMatch(/its sum is h1:.*, the checksum database has h1:.*edited or damaged/);
  expect((await failureOf(readFile(target))).message).toContain('ENOENT');

  await truncate(zip, 1_000_000);
  expect((await failureOf(readToolchainModule(edited))).message).toContain(zip);
});

test('a version that neither the site nor the module proxy has is bad input', { timeout: LONG }, async () => {
  const { options } = await setUp();
  const error = await failureOf(findGo({ ...options, version: '1.26.99' }));
  expect(error.name).toBe('InputError');
  expect(error.input).toBe('go-version');
  expect(error.message).toContain(`1.26.99 for ${hostName(HOST)}`);
});
