import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  makeHome,
  networkFiles,
  pinCpus,
  unlikeEnvironment,
  unlikeMask,
} from '../../src/commands/rebuild/second-environment.js';
import { scratch } from '../support/files.js';
import { exec, mustExec } from '../support/program.js';
import { writeFiles } from '../support/repository.js';

const PATH = process.env.PATH ?? '';

describe('the environment of a second build', () => {
  const env = { PATH, HOME: '/home/me', TZ: 'UTC', LANG: 'C.UTF-8', USER: 'me' };

  it('has nothing in common with the first but what reaches the network', async () => {
    const network = { GOPROXY: 'https://proxy.example.com', HTTPS_PROXY: 'http://10.0.0.1:3128', NETRC: '/etc/netrc' };
    const alike = {
      ...{ TMPDIR: '/tmp/x', XDG_CACHE_HOME: '/c', GOPATH: '/g', GOMODCACHE: '/m', GOCACHE: '/b', LC_TIME: 'de_DE' },
      ...{ GITHUB_WORKSPACE: '/w', RUNNER_TEMP: '/r', PUSHGATEWAY_TTL_CACHE: '/p', GOMAXPROCS: '2', PWD: '/' },
    };
    const own = await unlikeEnvironment({ ...env, ...network, ...alike }, '/elsewhere/second', '/go');
    expect(own).toEqual({
      ...network,
      ...{ PATH: `/go/bin:${PATH}`, HOME: '/elsewhere/second/home', TMPDIR: '/elsewhere/second/temporary' },
      ...{ PUSHGATEWAY_TTL_CACHE: '/elsewhere/second/cache', USER: 'again', LOGNAME: 'again' },
      ...{ TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    });
  });

  it('is unlike that of a machine in Chatham that speaks Turkish', async () => {
    const there = { ...env, TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8' };
    const own = await unlikeEnvironment(there, '/elsewhere/second', '/go');
    expect(own).toMatchObject({ TZ: 'Asia/Kathmandu', LANG: 'C', LC_ALL: 'C' });
    for (const mask of [0o022, 0o027, 0o077, 0]) expect(unlikeMask(mask)).not.toBe(mask);
  });

  it('keeps what the user told Go of the network in its file', async () => {
    const home = writeFiles(scratch(), { '.config/go/env': 'GOPROXY=https://mine.example.com\nGOFLAGS=-tags=x\n' });
    const own = await unlikeEnvironment({ PATH, HOME: home }, '/elsewhere/second', '/go');
    expect(own.GOPROXY).toBe('https://mine.example.com');
    expect(own).not.toHaveProperty('GOFLAGS');
  });
});

describe('the HOME of a second build', () => {
  const config = '[credential]\n\thelper = store\n[url "https://a/"]\n\tinsteadOf = b:\n';

  async function gitConfig(home: string, key: string): Promise<string> {
    const env = { PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
    return (await exec('git', ['config', '--global', '--includes', '--get-all', key], { env, cwd: '/' })).stdout.trim();
  }

  it('leads to the ways into repositories that the user has', async () => {
    const home = writeFiles(scratch(), {
      '.gitconfig': config,
      '.netrc': 'machine x',
      '.git-credentials': 'https://y',
    });
    writeFiles(home, { '.config/git/config': '[core]\n\taskPass = ask\n', other: 'x' });
    const { logins } = networkFiles({ HOME: home });
    const folder = scratch();
    await makeHome(folder, logins, false);
    const own = join(folder, 'home');
    expect(await mustExec('ls', ['-A', own])).toBe('.git-credentials\n.gitconfig\n.netrc\n');
    expect(await mustExec('cat', [join(own, '.netrc'), join(own, '.git-credentials')])).toBe('machine xhttps://y');
    expect(await gitConfig(own, 'credential.helper')).toBe('store');
    expect(await gitConfig(own, 'core.askpass')).toBe('ask');
    expect(await gitConfig(own, 'safe.directory')).toBe('');
  });

  it('trusts repositories of others where its user is another, and takes the file that a variable names', async () => {
    const home = writeFiles(scratch(), { '.gitconfig': config, 'odd "name".conf': '[core]\n\taskPass = named\n' });
    const { logins } = networkFiles({ HOME: home, GIT_CONFIG_GLOBAL: join(home, 'odd "name".conf') });
    const folder = scratch();
    await makeHome(folder, logins, true);
    const own = join(folder, 'home');
    expect(await gitConfig(own, 'core.askpass')).toBe('named');
    expect(await gitConfig(own, 'credential.helper')).toBe('');
    expect(await gitConfig(own, 'safe.directory')).toBe('*');
  });

  it('needs the certificates that variables name, as far as they are there', () => {
    const place = writeFiles(scratch(), { 'ca.pem': 'x' });
    mkdirSync(join(place, 'certs'));
    const variables = { SSL_CERT_FILE: join(place, 'ca.pem'), SSL_CERT_DIR: join(place, 'certs') };
    const { needed, logins } = networkFiles({ ...variables, NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' });
    expect(needed).toEqual(Object.values(variables));
    expect(logins).toEqual([]);
  });
});

describe('the CPUs of a second build', () => {
  it('are one fewer than those of the first, where there are several', async () => {
    const { words, told } = await pinCpus({ PATH });
    const all = availableParallelism();
    const [command = '', ...args] = [...words, 'nproc'];
    expect(Number(await mustExec(command, args))).toBe(Math.max(1, all - 1));
    expect(told).toBe(all > 1 ? `${all - 1} of ${all} CPUs` : undefined);
  });

  it('are the same without taskset', async () => {
    expect(await pinCpus({ PATH: scratch() })).toEqual({ words: [], told: undefined });
  });
});
