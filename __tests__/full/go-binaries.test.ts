import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBuildInfo } from '../../src/compile/build-info.js';
import { ByteFile } from '../../src/verify/files/byte-file.js';
import { readProgram } from '../../src/verify/files/program.js';
import { removeFolder } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { causesOf, compare, GoPrograms, told } from '../verify/go-programs.js';

/** Compiling Go's runtime anew for each setting is what takes the time here. */
const go = new GoPrograms();
let plain: string;

beforeAll(async () => {
  plain = await go.build();
}, 120_000);

afterAll(() => removeFolder(go.root));

describe('settings that make other code, each from two real builds', () => {
  const cases: readonly (readonly [string, Record<string, string>, Record<string, string>, string, string])[] = [
    ['GOAMD64', {}, { GOAMD64: 'v3' }, 'go-architecture', 'setting GOAMD64: GOAMD64=v1 / GOAMD64=v3'],
    [
      'GOARM',
      { GOARCH: 'arm', GOARM: '6' },
      { GOARCH: 'arm', GOARM: '7' },
      'go-architecture',
      'setting GOARM: GOARM=6 / GOARM=7',
    ],
    [
      'GOARM64',
      { GOARCH: 'arm64', GOARM64: 'v8.0' },
      { GOARCH: 'arm64', GOARM64: 'v9.0' },
      'go-architecture',
      'setting GOARM64: GOARM64=v8.0 / GOARM64=v9.0',
    ],
    ['GOARCH', {}, { GOARCH: 'arm64' }, 'go-architecture', 'setting GOARCH: GOARCH=amd64 / GOARCH=arm64'],
    [
      'GOEXPERIMENT',
      {},
      { GOEXPERIMENT: 'nogreenteagc' },
      'build-setting',
      'setting GOEXPERIMENT: - / GOEXPERIMENT=nogreenteagc',
    ],
    ['CGO_ENABLED', {}, { CGO_ENABLED: '1' }, 'build-setting', 'setting CGO_ENABLED: CGO_ENABLED=0 / CGO_ENABLED=1'],
  ];
  it.each(cases)('%s', async (_, envA, envB, cause, line) => {
    const first = Object.keys(envA).length === 0 ? plain : await go.build({ env: envA });
    const found = await compare(first, await go.build({ env: envB }));
    expect(causesOf(found)).toEqual([cause]);
    expect(told(found)).toEqual([line]);
  });

  it('tags and other flags of the compiler', async () => {
    const flags = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid=', '-tags=a,b', '-gcflags=all=-N'];
    const found = await compare(plain, await go.build({ flags }));
    expect(causesOf(found)).toEqual(['build-setting']);
    expect(told(found)).toEqual(['setting -gcflags: - / -gcflags=all=-N', 'setting -tags: - / -tags=a,b']);
  });

  it('another Go', async () => {
    const proxies = (await mustExec('go', ['env', 'GOPROXY'])).trim();
    const env = { GOTOOLCHAIN: 'go1.26.7', GOPROXY: `${go.env().GOPROXY},${proxies}` };
    const found = await compare(await go.build({ env }), plain);
    expect(causesOf(found)).toEqual(['go-version']);
    expect(told(found)).toEqual(['Go version: go1.26.7 / go1.26.8']);
  }, 300_000);
});

describe('build information, functions and places on every kind of machine', () => {
  const platforms = [
    'linux/amd64',
    'linux/arm64',
    'linux/arm',
    'linux/386',
    'linux/s390x',
    'linux/mips',
    'linux/ppc64le',
  ];
  it.each([...platforms, 'windows/amd64', 'windows/386', 'darwin/arm64'])('%s', async (platform) => {
    const [GOOS = '', GOARCH = ''] = platform.split('/');
    const path = await go.build({ env: { GOOS, GOARCH } });
    const bytes = readFileSync(path);
    const file = await ByteFile.open(path);
    const program = await readProgram(file);
    expect(program?.build?.info).toEqual(parseBuildInfo(await mustExec('go', ['version', '-m', path])));
    if (GOOS === 'darwin') return file.close(); // no more is read of it
    expect(program?.executable.kind).toBe(`${GOOS === 'windows' ? 'PE' : 'ELF'} for ${GOARCH}`);
    expect(program?.lines?.names).toEqual(expect.arrayContaining(['main.main', 'example.com/program/store.Name']));
    expect(program?.lines?.files).toContain('example.com/program/store/store.go');
    const sizes = await program?.lines?.sizes();
    expect([...(sizes?.values() ?? [])].every((size) => size >= 0 && size < bytes.length)).toBe(true);
    await file.close();
    const text = program?.executable.sections.find(({ name }) => name === '.text');
    const at = (text?.offset ?? 0) + 4000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(join(go.root, 'flipped'), bytes);
    const found = await compare(path, join(go.root, 'flipped'));
    expect(found).toHaveLength(1);
    expect(found[0]?.where).toMatch(
      new RegExp(`^bin/program: \\.text, offset 0x${at.toString(16)} of the file, function \\S+$`),
    );
  });
});

it('the function named for a place is the one that the symbols name', async () => {
  const path = await go.build({ flags: ['-trimpath', '-buildvcs=false'] });
  const file = await ByteFile.open(path);
  const program = await readProgram(file);
  const text = program?.executable.sections.find(({ name }) => name === '.text');
  const symbols = (await mustExec('go', ['tool', 'nm', '-sort', 'address', '-size', path])).matchAll(
    /^ *([0-9a-f]+) +(\d+) [Tt] (\S+)$/gm,
  );
  const functions = [...symbols].map(([, address = '', size = '', name = '']) => ({
    name,
    offset: Number.parseInt(address, 16) - (text?.address ?? 0),
    size: Number(size),
  }));
  const sized = functions.filter(({ size, name }) => size > 8 && !name.startsWith('runtime.text'));
  expect(sized.length).toBeGreaterThan(500);
  const wrong: string[] = [];
  for (const { name, offset, size } of sized.filter((_, index) => index % 10 === 0)) {
    const found = await program?.lines?.functionAt(offset + size - 1);
    if (found !== name.replace(/\.abi0$/, '')) wrong.push(`${name}: ${found}`);
  }
  await file.close();
  expect(wrong).toEqual([]);
});
