import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, messageOf } from '../../src/base/errors.js';
import { type Digest, hexOf } from '../../src/base/hash.js';
import { type Log, silentLog } from '../../src/base/log.js';
import { assembleImages } from '../../src/image/build-image.js';
import { type SmokeTestOptions, smokeTest } from '../../src/smoke/smoke-test.js';
import { platformName } from '../../src/spec/platform.js';
import { containerTools } from '../../src/toolchain/container-tools.js';
import { type Engines, engines } from '../smoke/engines.js';
import { removeFolder, scratch } from '../support/files.js';
import { build, freshFolder, mustExec } from '../support/program.js';

// On machines for 64-bit x86, as those for CI are: linux/amd64 is the native platform.

interface Layout {
  readonly layoutDir: string;
  readonly images: SmokeTestOptions['images'];
}

const AMD64 = { os: 'linux', architecture: 'amd64' };

/** The images that a finished layout's index names. */
function readLayout(layoutDir: string): Layout {
  const index = JSON.parse(readFileSync(join(layoutDir, 'index.json'), 'utf8')).manifests[0].digest as Digest;
  return { layoutDir, images: JSON.parse(readFileSync(blob(layoutDir, index), 'utf8')).manifests };
}

function blob(layoutDir: string, digest: Digest): string {
  return join(layoutDir, 'blobs', 'sha256', hexOf(digest));
}

let real: Layout;
let upstream: Layout;
let program: string;

beforeAll(async () => {
  const folder = freshFolder('smoke');
  const flags = ['--smoke-test=false', '--output-dir'];
  await build(['--platforms', 'linux/amd64,linux/arm64,linux/arm/v7', ...flags, join(folder, 'ttl')]);
  await build(['--platforms', 'linux/amd64', '--patches', 'none', ...flags, join(folder, 'none')]);
  real = readLayout(join(folder, 'ttl', 'oci'));
  upstream = readLayout(join(folder, 'none', 'oci'));
  program = join(folder, 'odd-gateway');
  const source = join(import.meta.dirname, '..', 'smoke', 'odd-gateway.go');
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'off' };
  await mustExec('go', ['build', '-ldflags=-s -w', '-o', program, source], { cwd: folder, env });
  return () => removeFolder(folder);
}, 600_000);

/** A layout of one image; its program is the stand-in with a fault, or the text that is given. */
async function oddLayout(what: { fault: string } | { text: string }, platform = AMD64): Promise<Layout> {
  const folder = scratch();
  const binaryPath = join(folder, 'program');
  if ('text' in what) writeFileSync(binaryPath, what.text);
  else {
    copyFileSync(program, binaryPath);
    appendFileSync(binaryPath, `\n${what.fault}`);
  }
  const layoutDir = join(folder, 'oci');
  const platforms = [{ platform, binaryPath, docs: [], labels: [] }];
  await assembleImages({ platforms, epochSeconds: 1, layoutDir });
  return readLayout(layoutDir);
}

type How = Partial<Pick<SmokeTestOptions, 'expiry' | 'version' | 'signal' | 'log'>>;

/** Tests a layout; `PLATFORM OUTCOME: HOW` of each platform. Nothing may stay behind. */
async function test({ layoutDir, images }: Layout, { env, folder }: Engines, how: How = {}): Promise<string[]> {
  const tempDir = scratch();
  const { log = silentLog } = how;
  const tools = containerTools({ env, log, mayInstall: false });
  const options = { layoutDir, images, version: '1.11.3+ttl.1', expiry: true, tools, env, tempDir, log, ...how };
  try {
    const results = await smokeTest(options);
    return results.map(({ platform, outcome, how }) => `${platformName(platform)} ${outcome}: ${how}`);
  } finally {
    expect(readdirSync(tempDir)).toEqual([]);
    expect([...(await processesIn(folder)), ...(await processesIn(tempDir))]).toEqual([]);
  }
}

/** The message of a test that must fail. */
function failure(layout: Layout, own: Engines, how: How = {}): Promise<string> {
  return test(layout, own, how).then((results) => `no failure: ${results}`, messageOf);
}

/** Processes that have something to do with a folder: by arguments, environment, or what they have mounted. */
async function processesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const link = (name: string) => readlink(`/proc/${pid}/${name}`).catch(() => '');
    const traces = [read('cmdline'), read('environ'), read('mountinfo'), link('root'), link('cwd')];
    if ((await Promise.all(traces)).some((text) => text.includes(folder)))
      found.push(`${pid} ${(await read('cmdline')).replaceAll('\0', ' ')}`);
  }
  return found;
}

/** How the emulators on PATH are used: not where the kernel knows them already. */
function byQemu(name: string): string {
  const isRegistered = existsSync(`/proc/sys/fs/binfmt_misc/${name}`);
  return isRegistered ? 'by the emulator registered in binfmt_misc' : `by ${name}-static`;
}

/** Milliseconds; 5 s are promised, and machines of CI may be busy. */
const LIMIT = 15_000;

const EMPTY = { images: [], containers: [] };

describe('the smoke test of a real image', () => {
  it.each(['podman', 'buildah'] as const)(
    'passes on all platforms, and in a container by %s',
    async (name) => {
      const own = await engines('qemu', name);
      expect(await test(real, own)).toEqual([
        `linux/amd64 passed: natively; in a container by ${name}`,
        `linux/arm/v7 passed: ${byQemu('qemu-arm')}`,
        `linux/arm64 passed: ${byQemu('qemu-aarch64')}`,
      ]);
      expect(await own.contents()).toEqual(EMPTY);
    },
    300_000,
  );

  it('passes for an image of upstream where nothing has to expire', async () => {
    const results = await test(upstream, await engines('buildah'), { version: '1.11.3', expiry: false });
    expect(results).toEqual(['linux/amd64 passed: natively; in a container by buildah']);
  }, 120_000);

  it('says that upstream was built without a TTL where one was asked for', async () => {
    const message = await failure(upstream, await engines('buildah'), { version: '1.11.3' });
    expect(message).toContain('linux/amd64 (natively) failed at the step "start"');
    expect(message).toContain('built without a patch set for a TTL');
  }, 120_000);

  it('says where programs cannot run, and never that they passed', async () => {
    const own = await engines();
    const windows = { platform: { os: 'windows', architecture: 'amd64' }, digest: `sha256:${'0'.repeat(64)}` as const };
    const results = await test({ ...real, images: [...real.images, windows] }, own);
    const none = 'no container engine that can run here (podman: not installed; buildah: not installed)';
    expect(results[0]).toBe(`linux/amd64 passed: natively; not in a container: ${none}`);
    for (const [i, name, qemu] of [[1, 'arm/v7', 'qemu-arm'] as const, [2, 'arm64', 'qemu-aarch64'] as const]) {
      const isRegistered = existsSync(`/proc/sys/fs/binfmt_misc/${qemu}`);
      expect(results[i]).toMatch(
        isRegistered
          ? `linux/${name} passed: ${byQemu(qemu)}`
          : new RegExp(
              `^linux/${name} not-performed: .* register it, as docker/setup-qemu-action does, or install ${qemu}`,
            ),
      );
    }
    expect(results[3]).toBe('windows/amd64 not-performed: Windows programs do not run here');
  }, 120_000);

  it('takes buildah where podman can run no container, and says why where neither can', async () => {
    const image = { ...real, images: real.images.slice(0, 1) };
    const both = await engines('lame-podman', 'buildah');
    expect(await test(image, both)).toEqual(['linux/amd64 passed: natively; in a container by buildah']);
    expect(await both.contents()).toEqual(EMPTY);
    const [result] = await test(image, await engines('lame-podman'));
    expect(result).toMatch(
      /^linux\/amd64 passed: natively; not in a container: no container engine that can run here \(podman: .*none.*; buildah: not installed\)$/,
    );
  }, 120_000);

  it.each(['podman', 'buildah'] as const)(
    'leaves an image of the user in the storage of %s',
    async (name) => {
      const own = await engines(name);
      const image = { ...real, images: real.images.slice(0, 1) };
      const how = [`linux/amd64 passed: natively; in a container by ${name}`];
      symlinkSync(real.layoutDir, join(own.folder, 'mine'));
      const id = (await own.podman('pull', '--quiet', 'oci:mine')).trim();
      await own.podman('tag', id, 'localhost/mine:1');
      const named = await own.contents();
      expect(named.images).toHaveLength(2);
      expect(await test(image, own)).toEqual(how);
      expect(await own.contents()).toEqual(named);
      await own.podman('untag', id);
      const nameless = await own.contents();
      expect(nameless.images).toEqual([`sha256:${id} <none>:<none>`]);
      expect(await test(image, own)).toEqual(how);
      expect(await own.contents()).toEqual(nameless);
    },
    120_000,
  );

  it.each(['podman', 'buildah'] as const)(
    'runs twice at once with one storage of %s',
    async (name) => {
      const own = await engines(name);
      const image = { ...real, images: real.images.slice(0, 1) };
      const { env } = own;
      const once = async () => {
        const tools = containerTools({ env, log: silentLog, mayInstall: false });
        const options = { ...image, version: '1.11.3+ttl.1', expiry: true, tools, env, log: silentLog };
        return (await smokeTest({ ...options, tempDir: scratch() }))[0]?.how;
      };
      const how = `natively; in a container by ${name}`;
      expect(await Promise.all([once(), once()])).toEqual([how, how]);
      expect(await own.contents()).toEqual(EMPTY);
    },
    120_000,
  );
});

describe('the smoke test of an image with a fault', () => {
  it.each([
    ['version', 'linux/amd64 (natively) failed at the step "version": expected "version 1.11.3+ttl.1"'],
    ['exits', 'linux/amd64 (natively) failed at the step "start"'],
    ['loses', 'linux/amd64 (natively) failed at the step "read"'],
  ])('fails with the fault %s', async (fault, words) => {
    const message = await failure(await oddLayout({ fault }), await engines('buildah'));
    expect(message).toContain(words);
  });

  it.each(['podman', 'buildah'] as const)(
    'fails where the program fails in a container of %s only',
    async (name) => {
      const own = await engines(name);
      const message = await failure(await oddLayout({ fault: 'exits-as-nobody' }), own, { expiry: false });
      expect(message).toContain(`linux/amd64 (in a container by ${name}) failed at the step "start"`);
      expect(message).toContain('(the program has ended: code 5)');
      expect(message).toContain('there is something that I do not like');
      expect(message).toMatch(/environment .*\bPATH=/);
      expect(message).not.toMatch(/canary|proxy/i);
      expect(await own.contents()).toEqual(EMPTY);
    },
    120_000,
  );

  it.each([
    ['a script', { text: '#!/bin/sh\necho pushgateway, version 1.11.3+ttl.1\n' }, AMD64, 'it is no ELF program'],
    ['a program for another machine', { fault: '' }, { os: 'linux', architecture: 'arm64' }, 'a program for amd64'],
  ])('refuses %s', async (_what, content, platform, words) => {
    const message = await failure(await oddLayout(content, platform), await engines());
    expect(message).toContain(`The smoke test of ${platformName(platform)} failed: its program does not fit`);
    expect(message).toContain(words);
  });

  it('refuses a layer with one changed byte, and one that is missing, of a platform that cannot run here, too', async () => {
    const layoutDir = join(scratch(), 'oci');
    cpSync(realpathSync(real.layoutDir), layoutDir, { recursive: true }); // of a link, only the link is copied
    const manifest = real.images[2]?.digest as Digest;
    const layer = JSON.parse(readFileSync(blob(layoutDir, manifest), 'utf8')).layers[0].digest as Digest;
    const bytes = readFileSync(blob(layoutDir, layer));
    bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
    writeFileSync(blob(layoutDir, layer), bytes);
    const own = await engines();
    expect(await failure({ ...real, layoutDir }, own)).toBe(
      `The smoke test of linux/arm64 failed: the image in ${layoutDir} has a damaged layer: its bytes are not those of ${layer}.`,
    );
    rmSync(blob(layoutDir, layer));
    expect(await failure({ ...real, layoutDir }, own)).toContain(`lacks its layer ${layer}`);
  }, 120_000);
});

describe('the smoke test, cancelled', () => {
  const moments = [0, 150, 400, 900, 1600];
  it.each([
    ...moments.map((after) => ['podman', after] as const),
    ...moments.map((after) => ['buildah', after] as const),
  ])(
    'ends everything soon: %s, %d ms after it was found to work',
    async (name, after) => {
      const own = await engines(name);
      const cancel = new AbortController();
      let cancelled = 0;
      const stop = () => {
        cancelled = performance.now();
        cancel.abort();
      };
      const hear = (line: string) => void (line.includes(`${name} runs containers here`) && setTimeout(stop, after));
      const log: Log = { ...silentLog, debug: hear };
      const running = test({ ...real, images: real.images.slice(0, 1) }, own, { log, signal: cancel.signal });
      await expect(running).rejects.toThrow(CancelledError);
      expect(performance.now() - cancelled).toBeLessThan(LIMIT);
      expect(await own.contents()).toEqual(EMPTY);
    },
    120_000,
  );

  it('ends everything soon on all platforms at once', async () => {
    const cancel = new AbortController();
    const running = test(real, await engines('qemu'), { signal: cancel.signal });
    let cancelled = 0;
    setTimeout(() => {
      cancelled = performance.now();
      cancel.abort();
    }, 1000); // the TTL alone is that long, and three platforms take two turns
    await expect(running).rejects.toThrow(CancelledError);
    expect(performance.now() - cancelled).toBeLessThan(LIMIT);
  }, 120_000);
});
