import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { create } from 'tar';
import { expect, test } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { sha256File } from '../../src/base/hash.js';
import { findGo } from '../../src/toolchain/find-go.js';
import { hashGoroot } from '../../src/toolchain/goroot-hash.js';
import { currentHost, hostName } from '../../src/toolchain/host.js';
import { folderToolCache } from '../../src/toolchain/tool-cache.js';
import {
  failureOf,
  fakeGoCommand,
  fakeGoFiles,
  fakeRelease,
  nothingThere,
  recordingLog,
  serve,
  temporaryFolder,
  writeFiles,
} from './fixtures.js';

const VERSION = '1.30.5';
const HOST = { os: 'linux', arch: 'amd64' };
const ARCHIVE = `/dl/go${VERSION}.linux-amd64.tar.gz`;
const LIST = '/dl/?mode=json&include=all';

/** A tiny Go release with committed checksums, a site that serves it, and a machine without any Go. */
async function setUp() {
  const folder = await temporaryFolder();
  const release = await fakeRelease(folder, VERSION);
  const site = await serve((request, response) => {
    if (request.url === ARCHIVE) response.end(release.archive);
    else nothingThere(request, response);
  });
  const tempDir = join(folder, 'temp');
  const bin = join(folder, 'bin');
  await mkdir(tempDir);
  await mkdir(bin);
  const log = recordingLog();
  const cache = join(folder, 'cache');
  const options = {
    ...{ version: VERSION, host: HOST, tempDir, log, retryDelay: 1 },
    toolCache: folderToolCache(cache, HOST.arch),
    env: { PATH: bin },
    downloadBase: `${site.base}/dl`,
    releases: { [VERSION]: { 'linux/amd64': release } },
  };
  return { folder, release, site, cache, bin, log, options };
}

/** A fake go on PATH that names `goroot` as its GOROOT. */
async function shim(bin: string, goroot: string): Promise<void> {
  await writeFile(join(bin, 'go'), fakeGoCommand(VERSION, goroot), { mode: 0o755 });
}

/** A site whose list of releases has the sum `sha256` for the archive. */
function listing(archive: Buffer, sha256: string) {
  return serve((request, response) => {
    const file = { filename: `go${VERSION}.linux-amd64.tar.gz`, os: 'linux', arch: 'amd64', sha256, kind: 'archive' };
    if (request.url === LIST) response.end(JSON.stringify([{ version: `go${VERSION}`, files: [file] }]));
    else if (request.url === ARCHIVE) response.end(archive);
    else nothingThere(request, response);
  });
}

async function expectNothingLeft({ options, cache }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  expect(await readdir(options.tempDir)).toEqual([]);
  expect(await readdir(join(cache, 'go', '.scratch')).catch(() => [])).toEqual([]);
  expect(await options.toolCache.find(VERSION)).toBeUndefined();
}

test('the order: PATH before the archive, the tool cache before PATH', async () => {
  const { options, release, cache, bin, site } = await setUp();
  const fromArchive = await findGo(options);
  expect(fromArchive).toEqual({
    version: VERSION,
    goroot: join(cache, 'go', VERSION, 'amd64'),
    goBinary: join(cache, 'go', VERSION, 'amd64', 'bin', 'go'),
    origin: 'archive',
    treeHash: release.treeHash,
  });
  expect(site.requests).toEqual([ARCHIVE]);
  expect(await readdir(options.tempDir)).toEqual([]);

  await shim(bin, release.goroot);
  expect((await findGo(options)).origin).toBe('tool-cache');
  await rm(cache, { recursive: true });
  expect(await findGo(options)).toMatchObject({ origin: 'path', goroot: release.goroot });
  expect(site.requests).toEqual([ARCHIVE]);
});

test('a GOROOT that is a link, and a GOROOT in another version before it on PATH', async () => {
  const { options, release, folder, bin } = await setUp();
  await symlink(release.goroot, join(folder, 'linked'));
  await shim(bin, join(folder, 'linked'));
  const other = await writeFiles(join(folder, 'other'), fakeGoFiles('1.29.1'));
  const env = { PATH: ['', '.', join(other, 'bin'), join(folder, 'none'), bin].join(':') };
  expect(await findGo({ ...options, env })).toMatchObject({ origin: 'path', goroot: join(folder, 'linked') });
});

const CHANGES: [string, (goroot: string) => Promise<unknown>, RegExp][] = [
  ['changed', (go) => writeFile(join(go, 'src/fmt/print.go'), 'package evil\n'), /src\/fmt\/print\.go differs/],
  ['additional', (go) => writeFile(join(go, 'src/fmt/evil.go'), 'package fmt\n'), /src\/fmt\/evil\.go is no file/],
  ['missing', (go) => rm(join(go, 'pkg/include/textflag.h')), /pkg\/include\/textflag\.h is missing/],
  ['linked', (go) => symlink('print.go', join(go, 'src/fmt/also.go')), /src\/fmt\/also\.go is a link/],
  ['go.env', (go) => writeFile(join(go, 'go.env'), 'GOFLAGS=-tags=evil\n'), /its go\.env sets GOFLAGS/],
  ['go.mod', (go) => writeFile(join(go, 'src/_go.mod'), 'module evil\n'), /src\/go\.mod differs from the _go\.mod/],
];

test.each(CHANGES)(
  'a Go on PATH with a file that is %s is passed over, and the file is named',
  async (_n, change, text) => {
    const { options, folder, bin, log } = await setUp();
    const goroot = await writeFiles(join(folder, 'local'), fakeGoFiles(VERSION));
    await shim(bin, goroot);
    expect((await findGo(options)).origin).toBe('path');
    await change(goroot);
    expect((await findGo(options)).origin).toBe('archive');
    const notices = log.lines.filter((line) => line.startsWith('notice'));
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(goroot);
    expect(notices[0]).toMatch(text);
  },
);

test('a script that only prints the right version is no Go', async () => {
  const { options, bin, folder, log } = await setUp();
  await mkdir(join(folder, 'empty'));
  await shim(bin, join(folder, 'empty'));
  expect((await findGo(options)).origin).toBe('archive');
  expect(log.lines.join('\n')).toMatch(/notice: The Go in .*empty .* is missing/);
});

test('a damaged Go in the tool cache is replaced', async () => {
  const { options, cache, log } = await setUp();
  const { goroot } = await findGo(options);
  await chmod(join(goroot, 'bin'), 0o755);
  await writeFile(join(goroot, 'bin/go'), '#!/bin/sh\n');
  expect(await findGo(options)).toMatchObject({ origin: 'archive', goroot });
  expect(log.lines.join('\n')).toContain('bin/go differs from the official one');
  expect((await findGo(options)).origin).toBe('tool-cache');
  expect(await readdir(join(cache, 'go', VERSION))).toEqual(['amd64']);
});

test('two searches at once both get a whole Go', async () => {
  const { options, cache } = await setUp();
  const searches = [1, 2, 3].map(() => findGo({ ...options, toolCache: folderToolCache(cache, HOST.arch) }));
  const found = await Promise.all(searches);
  expect(new Set(found.map(({ goroot }) => goroot)).size).toBe(1);
  expect((await findGo(options)).origin).toBe('tool-cache');
  expect(await readdir(join(cache, 'go', '.scratch'))).toEqual([]);
});

test('an archive with another sha256 is not used, and both sums are named', async () => {
  const all = await setUp();
  const expected = 'a'.repeat(64);
  const releases = { [VERSION]: { 'linux/amd64': { ...all.release, archiveSha256: expected } } };
  const error = await failureOf(findGo({ ...all.options, releases }));
  expect(error).toBeInstanceOf(RunError);
  expect(error.message).toContain(`has the sha256 ${all.release.archiveSha256}, expected ${expected}`);
  expect(all.log.lines.join('\n')).toContain(`warning: ${all.site.base}${ARCHIVE} has the sha256`);
  await expectNothingLeft(all);
});

test('an archive with the right sha256 and other files than the release is not used either', async () => {
  const all = await setUp();
  const treeHash = 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
  const releases = { [VERSION]: { 'linux/amd64': { ...all.release, treeHash } } };
  const error = await failureOf(findGo({ ...all.options, releases }));
  expect(error.message).toContain(all.release.treeHash);
  expect(error.message).toContain(treeHash);
  await expectNothingLeft(all);
});

test.each([
  [
    'truncated',
    (response: ServerResponse, archive: Buffer) => {
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, 500), () => response.destroy());
    },
  ],
  [
    'without a length and truncated',
    (response: ServerResponse, archive: Buffer) => {
      response.end(archive.subarray(0, 500));
    },
  ],
  ['an error', (response: ServerResponse) => void response.writeHead(502).end()],
])('a download that is %s leaves nothing', async (_name, answer) => {
  const all = await setUp();
  const site = await serve((_request, response) => answer(response, all.release.archive));
  const error = await failureOf(findGo({ ...all.options, downloadBase: site.base }));
  expect(error).toBeInstanceOf(RunError);
  expect(error.message).toContain(site.base);
  await expectNothingLeft(all);
});

test('no way at all: every way is listed with its reason, and what to do', async () => {
  const all = await setUp();
  const { message } = await failureOf(findGo({ ...all.options, downloadBase: 'http://127.0.0.1:1/dl' }));
  expect(message).toContain(`No way to the official Go ${VERSION} for linux/amd64`);
  expect(message).toMatch(/the tool cache: it has no Go/);
  expect(message).toMatch(/PATH: there is no Go on it/);
  expect(message).toMatch(/the official archive: .*127\.0\.0\.1:1.*3 tries/);
  expect(message).toMatch(/the toolchain module: there is no Go 1\.21 or newer/);
  expect(message).toMatch(/Install Go 1\.30\.5/);
  await expectNothingLeft(all);
});

test('a release without a committed sum is checked by the one that the site publishes', async () => {
  const all = await setUp();
  const { archive, archiveSha256 } = all.release;
  const site = await listing(archive, archiveSha256);
  const found = await findGo({ ...all.options, releases: {}, downloadBase: `${site.base}/dl/` });
  expect(found).toMatchObject({ origin: 'archive', treeHash: all.release.treeHash });
  expect(site.requests).toEqual([LIST, ARCHIVE]);
  expect(all.log.lines.join('\n')).toContain("Only the archive's checksum was compared");

  const wrong = await listing(archive, 'b'.repeat(64));
  await rm(all.cache, { recursive: true });
  const error = await failureOf(findGo({ ...all.options, releases: {}, downloadBase: `${wrong.base}/dl` }));
  expect(error.message).toContain(`expected ${'b'.repeat(64)}`);
  await expectNothingLeft(all);
});

test('a found Go that cannot be compared with anything is not accepted', async () => {
  const { options, release, bin } = await setUp();
  await shim(bin, release.goroot);
  const site = await serve((_request, response) => void response.writeHead(403).end());
  const error = await failureOf(findGo({ ...options, releases: {}, downloadBase: site.base }));
  expect(error.message).toContain(`${release.goroot} cannot be checked`);
});

test('a version that does not exist is bad input', async () => {
  const all = await setUp();
  const site = await listing(all.release.archive, all.release.archiveSha256);
  const options = { ...all.options, version: '1.30.6', downloadBase: `${site.base}/dl` };
  const error = await failureOf(findGo(options));
  expect(error).toBeInstanceOf(InputError);
  expect(error.input).toBe('go-version');
  expect(error.message).toContain('There is no Go 1.30.6 for linux/amd64');
  expect(error.message).toContain('as 1.26.8');
  await expectNothingLeft(all);
  const host = { os: 'linux', arch: 'arm' };
  expect(await failureOf(findGo({ ...options, version: VERSION, host, releases: {} }))).toBeInstanceOf(InputError);
});

test('a mirror that lacks a committed release is no mistake of the user', async () => {
  const { options } = await setUp();
  const site = await serve(nothingThere);
  const error = await failureOf(findGo({ ...options, downloadBase: site.base }));
  expect(error).toBeInstanceOf(RunError);
  expect(error.message).toContain('answers 404');
});

test('an address of downloads that is none is bad input', async () => {
  const { options } = await setUp();
  expect(await failureOf(findGo({ ...options, downloadBase: 'ftp://example.com' }))).toBeInstanceOf(InputError);
});

test('an archive that leads out of its folder, or holds a link, is not unpacked', async () => {
  const all = await setUp();
  const folder = join(all.folder, 'evil');
  await writeFiles(folder, { 'go/VERSION': 'x', 'other/x': 'x' });
  await symlink('/etc', join(folder, 'go/etc'));
  const tar = async (paths: string[], rename?: string) => {
    const file = join(all.folder, 'evil.tar.gz');
    const onWriteEntry = (each: { path: string }) => {
      each.path = rename ?? each.path;
    };
    await create({ gzip: true, file, cwd: folder, preservePaths: true, onWriteEntry }, paths);
    return { file, archiveSha256: await sha256File(file) };
  };
  for (const [paths, rename, text] of [
    [['go/etc'], undefined, /neither a file nor a folder/],
    [['other/x'], undefined, /not below go/],
    [['go/VERSION'], 'go/../../../escaped', /not below go/],
    [['go/VERSION'], '/escaped', /not below go|absolute/],
  ] as const) {
    const made = await tar([...paths], rename);
    const archive = await readFile(made.file);
    const site = await serve((_request, response) => void response.end(archive));
    const releases = { [VERSION]: { 'linux/amd64': { ...all.release, archiveSha256: made.archiveSha256 } } };
    const error = await failureOf(findGo({ ...all.options, releases, downloadBase: site.base }));
    expect(error.message).toMatch(text);
    await expectNothingLeft(all);
  }
  expect(await readdir(all.folder)).not.toContain('escaped');
});

test('a Go whose files are right but which does not run here is not used', async () => {
  const all = await setUp();
  const goroot = await writeFiles(join(all.folder, 'odd'), {
    ...fakeGoFiles(VERSION),
    'bin/go': '#!/bin/sh\nexit 3\n',
  });
  await shim(all.bin, goroot);
  const treeHash = (await hashGoroot(goroot)).hash;
  const releases = { [VERSION]: { 'linux/amd64': { ...all.release, treeHash } } };
  const error = await failureOf(findGo({ ...all.options, releases }));
  expect(error.message).toMatch(/PATH: .*ended with code 3/);
});

test('a cancelled search ends as cancelled and leaves nothing', async () => {
  const all = await setUp();
  const controller = new AbortController();
  const site = await serve(() => controller.abort());
  const options = { ...all.options, downloadBase: site.base, signal: controller.signal };
  expect(await failureOf(findGo(options))).toBeInstanceOf(CancelledError);
  await expectNothingLeft(all);
});

test('the host is named as Go names it', () => {
  expect(hostName(currentHost())).toMatch(/^(linux|darwin|windows)\/(amd64|arm64|386|arm)$/);
});
