import { execFileSync } from 'node:child_process';
import { cp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  compileEnvironment,
  exportedGoNetworkEnv,
  harmfulGorootSetting,
  withGoEnvFile,
} from '../../src/toolchain/go-env.js';
import { fetchEnvironment } from '../../src/toolchain/toolchain-module.js';
import { temporaryFolder, writeFiles } from './fixtures.js';

const USER = {
  GOPROXY: 'https://proxy.example.com',
  GOPRIVATE: 'example.com/private',
  https_proxy: 'http://127.0.0.1:3128',
  HOME: '/home/somebody',
  GOFLAGS: '-ldflags=-X=main.x=y',
  GOAMD64: 'v3',
  GOEXPERIMENT: 'rangefunc',
  CGO_ENABLED: '1',
  GOOS: 'plan9',
  LD_PRELOAD: 'x.so',
};

const FOLDERS = { goroot: '/go', gocache: '/cache', gomodcache: '/modules' };

test("only where modules come from is taken of the user's environment", () => {
  expect(exportedGoNetworkEnv(USER)).toEqual({
    GOPROXY: 'https://proxy.example.com',
    GOPRIVATE: 'example.com/private',
    https_proxy: 'http://127.0.0.1:3128',
    HOME: '/home/somebody',
  });
  const platform = { os: 'linux', architecture: 'amd64' };
  const compile = compileEnvironment({ ...FOLDERS, platform, userEnv: USER });
  expect(compile).toMatchObject({
    ...{ GOOS: 'linux', GOARCH: 'amd64', GOAMD64: 'v1', GOFLAGS: '', GOEXPERIMENT: '', CGO_ENABLED: '0' },
    ...{ GOENV: 'off', GOWORK: 'off', GOTOOLCHAIN: 'local', GOFIPS140: 'off', GODEBUG: '', GOROOT: '/go' },
    ...{ GOPROXY: 'https://proxy.example.com', GOCACHE: '/cache', GOMODCACHE: '/modules' },
  });
  expect(compile).not.toHaveProperty('LD_PRELOAD');
  expect(compile).not.toHaveProperty('GOGC');
  expect(compileEnvironment({ ...FOLDERS, platform, userEnv: {}, gomemlimit: '600MiB' })).toMatchObject({
    GOGC: 'off',
    GOMEMLIMIT: '600MiB',
  });
});

test.each([
  ['arm', 'v5', { GOARM: '5', GOAMD64: 'v1' }],
  ['arm', 'v6', { GOARM: '6' }],
  ['arm', 'v7', { GOARM: '7' }],
  ['arm', undefined, { GOARM: '7' }],
  ['arm64', 'v8', { GOARM64: 'v8.0' }],
  ['amd64', 'v3', { GOAMD64: 'v3' }],
  ['386', undefined, { GO386: 'sse2' }],
])('%s/%s', (architecture, variant, expected) => {
  const platform = variant === undefined ? { os: 'linux', architecture } : { os: 'linux', architecture, variant };
  expect(compileEnvironment({ ...FOLDERS, platform, userEnv: {} })).toMatchObject(expected);
});

test('a variant that Go has no setting for is refused', () => {
  const platform = { os: 'linux', architecture: 'arm', variant: 'v9' };
  expect(() => compileEnvironment({ ...FOLDERS, platform, userEnv: {} })).toThrow(/linux\/arm\/v9/);
});

test('Go itself takes every setting as it is meant', async () => {
  const folder = await temporaryFolder();
  const platform = { os: 'linux', architecture: 'arm', variant: 'v6' };
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const env = compileEnvironment({
    ...{ goroot, platform, gocache: join(folder, 'c'), gomodcache: join(folder, 'm') },
    // No HOME: Go would start to write its counters there, and go on after its end.
    userEnv: { PATH: process.env.PATH ?? '' },
  });
  const names = Object.keys(env).filter((name) => /^(GO|CGO)/.test(name) && !/^GO(DEBUG|TELEMETRY|ENV)$/.test(name));
  const said = JSON.parse(execFileSync(join(goroot, 'bin/go'), ['env', '-json', ...names], { encoding: 'utf8', env }));
  for (const name of names) expect([name, said[name]]).toEqual([name, env[name]]);
});

test('settings of `go env -w` are kept where they are about modules, and lose against the environment', async () => {
  const home = await temporaryFolder();
  const file = join(home, 'settings');
  await writeFile(file, '# x\nGOPROXY=https://written.example.com\nGOFLAGS=-tags=x\nGOPRIVATE=a.example.com\n');
  expect(await withGoEnvFile({ GOENV: file, GOPRIVATE: 'b.example.com', GOPROXY: '' })).toEqual({
    GOENV: file,
    GOPROXY: 'https://written.example.com',
    GOPRIVATE: 'b.example.com',
  });
  expect(await withGoEnvFile({ GOENV: 'off', HOME: home })).toEqual({ GOENV: 'off', HOME: home });
});

test('go.env of a GOROOT reaches a compile in spite of GOENV=off and an empty GOFLAGS, so it is looked at', async () => {
  const folder = await temporaryFolder();
  const real = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const goroot = await writeFiles(join(folder, 'go'), { 'go.env': 'GOPROXY=off\nGOTOOLCHAIN=local\n' });
  expect(await harmfulGorootSetting(goroot)).toBeUndefined();
  expect(await harmfulGorootSetting(join(folder, 'none'))).toBeUndefined();
  await writeFile(join(goroot, 'go.env'), 'GOPROXY=off\n# GOFLAGS=\nGOFLAGS=-tags=x\n');
  expect(await harmfulGorootSetting(goroot)).toBe('GOFLAGS');

  for (const name of ['src', 'pkg', 'lib']) await symlink(join(real, name), join(goroot, name));
  await cp(join(real, 'bin'), join(goroot, 'bin'), { recursive: true });
  const platform = { os: 'linux', architecture: 'amd64' };
  const env = compileEnvironment({ goroot, platform, gocache: folder, gomodcache: folder, userEnv: {} });
  const said = execFileSync(join(goroot, 'bin/go'), ['env', 'GOFLAGS'], { encoding: 'utf8', env });
  expect(said.trim()).toBe('-tags=x');
});

test('a module proxy in a folder does not switch the checksum database off', () => {
  expect(fetchEnvironment({ GOPROXY: 'file:///proxy', HOME: '/h' }, '/t/f').GOPROXY).toBe('file:///proxy,off');
  expect(fetchEnvironment({ HOME: '/h' }, '/t/f')).not.toHaveProperty('GOPATH');
  expect(fetchEnvironment({}, '/t/f').GOPATH).toBe('/t/go-path');
});
