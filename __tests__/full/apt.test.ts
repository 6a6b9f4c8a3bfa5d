import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Log, silentLog } from '../../src/base/log.js';
import { installPackages, packagesFor } from '../../src/toolchain/apt.js';
import { containerTools } from '../../src/toolchain/container-tools.js';
import { scratch } from '../support/files.js';
import { asNobody, compiled, publicScratch } from '../support/nobody.js';
import { until } from '../support/servers.js';
import { tool } from '../support/tools.js';

// Debian's own apt-get, which finds everything installed already; so what these tests change is PATH.

const WHAT = { why: 'to push', instead: 'set push: false' };

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
let bin: string;
let lines: string[];
let log: Log;

beforeEach(() => {
  folder = scratch();
  bin = join(folder, 'bin');
  lines = [];
  const at = (kind: string) => (line: string) => lines.push(`${kind}: ${line}`);
  log = { ...silentLog, info: at('info'), notice: at('notice'), warning: at('warning') };
  mkdirSync(bin);
});

/** Links to all programs of the system but some. */
function linkAllBut(...left: string[]): void {
  for (const from of ['/usr/local/bin', '/usr/bin', '/usr/sbin', '/bin', '/sbin']) {
    for (const name of readdirSync(from))
      if (!left.includes(name) && !existsSync(join(bin, name))) {
        try {
          symlinkSync(join(from, name), join(bin, name));
        } catch {} // a link that leads nowhere
      }
  }
}

/** A program in shell that notes its arguments in the file `calls`. */
function script(name: string, body: string): string {
  writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> ${join(folder, 'calls')}\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
  return join(bin, name);
}

const waitFor = async (isSo: () => boolean) => expect(await until(120_000, async () => isSo())).toBe(true);
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
const OPTIONS = '-o DPkg::Lock::Timeout=60 -o Acquire::Retries=3';
const UPDATE = `apt-get ${OPTIONS} update`;
const INSTALL = `apt-get ${OPTIONS} install -y --no-install-recommends -- skopeo ca-certificates`;
const real = () => `exec ${tool('apt-get')} "$@"`;
const options = (uid = 0) => ({ env: { PATH: bin }, log, firstDelay: 10, uid });

describe('a tool that is missing', () => {
  it('is installed once, however many need it', async () => {
    linkAllBut('skopeo', 'apt-get');
    // Where apt-get would put it if it were not there already.
    script('apt-get', `case "$*" in *install*) ln -s ${tool('skopeo')} ${bin}/skopeo ;; esac\n${real()}`);
    const tools = containerTools({ env: { PATH: bin }, log, mayInstall: true });
    expect(await tools.find('skopeo')).toBeUndefined();
    const [a, b] = await Promise.all([tools.need('skopeo', WHAT), tools.need('skopeo', WHAT)]);
    expect(a).toBe(b);
    expect(a.path).toBe(join(bin, 'skopeo'));
    expect(await a.has(['copy'], 'preserve-digests')).toBe(true);
    expect(calls()).toEqual([UPDATE, INSTALL]);
    expect(tools.known()).toEqual([{ name: 'skopeo', version: a.version, installed: true }]);
    expect(lines).toEqual([
      'notice: skopeo is missing; installing skopeo, ca-certificates with apt-get',
      `info: skopeo ${a.version} (${bin}/skopeo, installed for this run)`,
    ]);
  });

  it('two of them are installed one after the other', async () => {
    linkAllBut('skopeo', 'buildah', 'apt-get');
    const put = (name: string) => `ln -s ${tool(name)} ${bin}/${name}`;
    const busy = join(folder, 'busy');
    const body = `mkdir ${busy} || exit 1; case "$*" in *skopeo*) ${put('skopeo')} ;; *buildah*) ${put('buildah')} ;; esac`;
    script('apt-get', `${body}\n${tool('apt-get')} "$@"; code=$?; rmdir ${busy}; exit $code`);
    const tools = containerTools({ env: { PATH: bin }, log, mayInstall: true });
    await Promise.all([tools.need('skopeo', WHAT), tools.need('buildah', WHAT)]);
    expect(tools.known().map(({ name, installed }) => [name, installed])).toEqual([
      ['buildah', true],
      ['skopeo', true],
    ]);
    expect(lines.filter((line) => line.startsWith('warning'))).toEqual([]);
  });

  it('is said where apt-get installed it elsewhere than on PATH', async () => {
    linkAllBut('skopeo');
    const tools = containerTools({ env: { PATH: bin }, log, mayInstall: true });
    for (let i = 0; i < 2; i++)
      await expect(tools.need('skopeo', WHAT)).rejects.toMatchObject({
        name: 'RunError',
        message:
          `skopeo is missing, and is needed to push. apt-get has installed it, but it is not on PATH (${bin}). ` +
          'Install skopeo 1.4 or newer (apt-get install skopeo), or set push: false.',
      });
    expect(lines.filter((line) => line.startsWith('notice'))).toHaveLength(1);
  });

  it.each([true, false])('is an error where there is no apt-get, or it may not be used (%s)', async (mayInstall) => {
    linkAllBut('skopeo', ...(mayInstall ? ['apt-get'] : []));
    const tools = containerTools({ env: { PATH: bin }, log, mayInstall });
    await expect(tools.need('skopeo', WHAT)).rejects.toThrow(
      'skopeo is missing, and is needed to push. Install skopeo 1.4 or newer (apt-get install skopeo), or set push: false.',
    );
    expect(lines).toEqual([]);
  });
});

describe('apt-get', () => {
  it('that fails twice is tried a third time', async () => {
    linkAllBut('apt-get');
    const fail = 'echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1" >&2; exit 100';
    const count = `[ "$(grep -c ${'install'} ${folder}/calls)" -lt 3 ]`;
    script('apt-get', `case "$*" in *install*) ${count} && { ${fail}; } ;; esac\n${real()}`);
    await installPackages('skopeo', options());
    expect(calls()).toEqual([UPDATE, INSTALL, UPDATE, INSTALL, UPDATE, INSTALL]);
    expect(lines.filter((line) => line.startsWith('warning'))).toEqual(
      Array(2).fill(
        'warning: Installing skopeo failed, and is tried again: apt-get install ended with code 100: ' +
          'Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1',
      ),
    );
  });

  it('that cannot refresh its lists is tried again, too', async () => {
    linkAllBut('apt-get');
    const once = `[ "$(wc -l < ${folder}/calls)" -lt 2 ]`;
    script('apt-get', `${once} && { echo 'E: The repository is not signed.' >&2; exit 100; }\n${real()}`);
    await installPackages('skopeo', options());
    expect(calls()).toEqual([UPDATE, UPDATE, INSTALL]);
  });

  it('that knows no such package fails in the end, and says so', async () => {
    linkAllBut('apt-get');
    script('apt-get', real());
    await expect(installPackages('no-such-package-as-this', options())).rejects.toMatchObject({
      name: 'RunError',
      message:
        'Installing it failed: apt-get install ended with code 100: Unable to locate package no-such-package-as-this.',
    });
    expect(calls()).toHaveLength(6);
  });

  it('gets what this user has to do without questions, and no secrets', async () => {
    linkAllBut('apt-get');
    script('apt-get', `env > ${folder}/env`);
    const env = { PATH: bin, HTTPS_PROXY: 'http://proxy', REGISTRY_PASSWORD: 'canary', INPUT_X: 'canary' };
    await installPackages('skopeo', { ...options(), env });
    const seen = readFileSync(join(folder, 'env'), 'utf8');
    expect(seen).toContain('DEBIAN_FRONTEND=noninteractive\n');
    expect(seen).toContain('HTTPS_PROXY=http://proxy\n');
    expect(seen).not.toContain('canary');
  });

  it('is ended by a cancel, with all that it started', async () => {
    linkAllBut('apt-get');
    script('apt-get', `sleep 100 & echo $! > ${folder}/pid; wait`);
    const abort = new AbortController();
    const installing = expect(installPackages('skopeo', { ...options(), signal: abort.signal })).rejects.toMatchObject({
      name: 'CancelledError',
    });
    await waitFor(() => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8').endsWith('\n'));
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
    abort.abort();
    await installing;
    await waitFor(
      () => !existsSync(`/proc/${pid}`) || /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
    );
    expect(calls()).toEqual([UPDATE]);
  });

  it('waits for its next try no longer than until a cancel', async () => {
    linkAllBut('apt-get');
    script('apt-get', 'exit 100');
    const abort = new AbortController();
    const slow = { ...options(), firstDelay: 600_000, signal: abort.signal };
    const installing = expect(installPackages('skopeo', slow)).rejects.toMatchObject({ name: 'CancelledError' });
    await waitFor(() => lines.some((line) => line.startsWith('warning')));
    abort.abort();
    await installing;
  });
});

describe('a user who is not root', () => {
  it('has sudo run apt-get, without questions', async () => {
    linkAllBut('sudo', 'apt-get');
    const apt = script('apt-get', real());
    // Like sudo, it does as it is told and passes no variables on.
    script('sudo', 'shift; exec env -i PATH="$PATH" "$@"');
    await installPackages('skopeo', options(1000));
    const prefix = `sudo -n env DEBIAN_FRONTEND=noninteractive LC_ALL=C ${apt}`;
    expect(calls()).toEqual([UPDATE.replace('apt-get', prefix), UPDATE, INSTALL.replace('apt-get', prefix), INSTALL]);
    expect(lines[0]).toContain('with sudo apt-get');
  });

  it('is told at once where sudo asks for a password', async () => {
    linkAllBut('sudo');
    script('sudo', 'echo "sudo: a password is required" >&2; exit 1');
    await expect(installPackages('skopeo', options(1000))).rejects.toThrow(
      'Installing it failed: apt-get update ended with code 1: sudo: a password is required.',
    );
    expect(calls()).toHaveLength(1);
  });

  it('is told where there is no sudo', async () => {
    linkAllBut('sudo');
    await expect(installPackages('podman', options(1000))).rejects.toThrow('not root and there is no sudo');
  });

  it('can cancel what sudo started as root', async () => {
    folder = await publicScratch();
    bin = join(folder, 'bin');
    mkdirSync(bin);
    linkAllBut('sudo', 'apt-get');
    writeFileSync(join(folder, 'calls'), '', { mode: 0o666 });
    chmodSync(join(folder, 'calls'), 0o666);
    // Root's, and root whoever starts it.
    copyFileSync('/usr/bin/setpriv', join(folder, 'become-root'));
    chmodSync(join(folder, 'become-root'), 0o4755);
    script('sudo', `shift; exec ${folder}/become-root --reuid 0 "$@"`);
    script('apt-get', `id -u > ${folder}/uid; sleep 100 & echo $! > ${folder}/pid; wait`);
    const { code, stdout, stderr } = await asNobody(`
      import { existsSync } from 'node:fs';
      import { silentLog as log } from '${await compiled('base/log.js')}';
      import { installPackages } from '${await compiled('toolchain/apt.js')}';
      const abort = new AbortController();
      const stop = setInterval(() => {
        if (!existsSync('${folder}/pid')) return;
        clearInterval(stop);
        abort.abort();
      }, 20);
      await installPackages('skopeo', { env: { PATH: '${bin}' }, log, signal: abort.signal })
        .catch((error) => console.log(error.name));
    `);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'CancelledError\n', stderr: '' });
    expect(readFileSync(join(folder, 'uid'), 'utf8')).toBe('0\n');
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
    await waitFor(() => !existsSync(`/proc/${pid}`));
  });

  it('gets with podman and buildah what they need without root', () => {
    expect(packagesFor('podman', false)).toEqual([
      ...['podman', 'ca-certificates', 'uidmap', 'fuse-overlayfs', 'slirp4netns'],
    ]);
    expect(packagesFor('buildah', true)).toEqual(['buildah', 'ca-certificates']);
    expect(packagesFor('skopeo', false)).toEqual(['skopeo', 'ca-certificates']);
  });
});
