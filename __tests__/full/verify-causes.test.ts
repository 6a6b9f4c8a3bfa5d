import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cause, causesOf } from '../../src/verify/report/causes.js';
import { REBUILD_WORDS } from '../../src/verify/report/report.js';
import { verdictOf } from '../../src/verify/verdict.js';
import { removeFolder } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { DEPENDENCY, FILES, type GoProgram, GoPrograms } from '../verify/go-programs.js';
import { compareLayouts, SMALL_SPEC, smallLayout } from '../verify/layouts.js';

vi.setConfig({ testTimeout: 300_000 });

const go = new GoPrograms();
let plain: string;

beforeAll(async () => {
  plain = await go.build();
});

afterAll(() => removeFolder(go.root));

/** What a comparison of two images says whose binaries were built by real Go, and which are alike otherwise. */
async function causes(program: GoProgram, spec = SMALL_SPEC): Promise<Cause[]> {
  const path = await go.build(program);
  const image = (binary: string, of = SMALL_SPEC) =>
    smallLayout({ architectures: ['amd64'], binary: readFileSync(binary), spec: of });
  const comparison = await compareLayouts(await image(path, spec), await image(plain));
  expect(verdictOf(comparison)).toBe('content-differs');
  return causesOf(comparison, REBUILD_WORDS);
}

describe('two images with binaries of real builds', () => {
  const [trimpath = '', stamping = '', linker = ''] = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid='];

  it('of another Go: one sentence, and what to do', async () => {
    const proxies = (await mustExec('go', ['env', 'GOPROXY'])).trim();
    const env = { GOTOOLCHAIN: 'go1.26.7', GOPROXY: `${go.env().GOPROXY},${proxies}` };
    expect(await causes({ env })).toEqual([
      {
        id: 'go-version',
        weight: 'content',
        sentence: 'The published image was built with go1.26.7, the rebuild with go1.26.8.',
        fix: 'Make the rebuild with --go-version 1.26.7, or the published image with --go-version 1.26.8.',
        platforms: ['linux/amd64'],
      },
    ]);
  });

  it.each<[string, GoProgram, string, RegExp, string]>([
    [
      'another version of a module',
      { files: { 'go.mod': FILES['go.mod']?.replace('v1.0.0', 'v1.1.0') ?? '' } },
      'module-version',
      /^Modules differ: example\.com\/dep is v1\.1\.0 in the published image, v1\.0\.0 in the rebuild\.$/,
      'Make the rebuild with --module-overrides example.com/dep@v1.1.0, or the published image with --module-overrides example.com/dep@v1.0.0.',
    ],
    [
      'a replaced module',
      {
        files: {
          'go.mod': `${FILES['go.mod']}replace example.com/dep => ./dep\n`,
          'dep/go.mod': 'module example.com/dep\n',
          'dep/dep.go': DEPENDENCY('another'),
        },
      },
      'module-version',
      /^Modules differ: example\.com\/dep is v1\.0\.0 => \.\/dep.* in the published image, v1\.0\.0 in the rebuild\.$/,
      '--module-overrides example.com/dep@v1.0.0',
    ],
    [
      'another GOAMD64',
      { env: { GOAMD64: 'v3' } },
      'go-architecture',
      /^The published image was built with GOAMD64=v3, the rebuild with GOAMD64=v1\.$/,
      'GOAMD64=v1',
    ],
    [
      'no -trimpath',
      { flags: [stamping, linker] },
      'trimpath',
      /^The published image was built without -trimpath, so that it holds paths of its builder: only the published image has paths of source files \(\/.*\)\.$/,
      'Build the published image with -trimpath.',
    ],
    [
      'symbols',
      { flags: [trimpath, stamping, '-ldflags=-buildid='] },
      'build-setting',
      /^The published image and the rebuild were built otherwise: symbols is \.debug_\w+, .* in the published image, none/,
      'Build both with the same flags',
    ],
    [
      'another patch',
      { files: { 'store/more.go': 'package store\n\nimport "os"\n\nfunc init() { os.Getenv("X") }\n' } },
      'patches',
      /^The code of the program itself differs, by another patch or another source: only the published image has .*store/,
      'does not come from what its spec says',
    ],
  ])('with %s', async (_name, program, id, sentence, fix) => {
    const [first, ...more] = await causes(program);
    expect(more.map((cause) => cause.id)).toEqual([]);
    expect(first).toMatchObject({ id, fix: expect.stringContaining(fix) });
    expect(first?.sentence).toMatch(sentence);
  });

  it('of another version and time, as their specs say: both are told once', async () => {
    const linked = `${linker} -X main.version=1.11.3+ttl.2 -X main.date=2027-01-02T03:04:05Z`;
    const spec = { ...SMALL_SPEC, version: '1.11.3+ttl.2', sourceDateEpoch: SMALL_SPEC.sourceDateEpoch + 1 };
    const found = await causes({ flags: [trimpath, stamping, linked] }, spec);
    expect(found.map(({ id }) => id)).toEqual(['version', 'epoch']);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'The published image is version 1.11.3+ttl.2, the rebuild 1.11.3+ttl.1.',
      'The time in the published image is 2026-05-27T15:09:51Z, in the rebuild 2026-05-27T15:09:50Z.',
    ]);
  });
});
