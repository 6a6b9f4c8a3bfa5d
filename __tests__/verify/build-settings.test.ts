import { describe, expect, it } from 'vitest';
import { settingDifferences } from '../../src/verify/files/build-settings.js';
import { causeOfTexts, parseLinkerFlags, unquoteGo } from '../../src/verify/files/linker-flags.js';

type Given = Readonly<Record<string, string>>;

function told(a: Given, b: Given, isOtherGo = false, isSymbolsSeen = false): string[] {
  const found = settingDifferences(new Map(Object.entries(a)), new Map(Object.entries(b)), isOtherGo, isSymbolsSeen);
  return found.map(({ what, a: one = '-', b: other = '-', cause, changesCode }) => {
    return `${what}: ${one} / ${other} (${cause}${changesCode ? ', code' : ''})`;
  });
}

describe('settings of two builds', () => {
  it('that are the same are not told, whatever their order', () => {
    expect(told({ GOOS: 'linux', CGO_ENABLED: '0' }, { CGO_ENABLED: '0', GOOS: 'linux' })).toEqual([]);
  });

  it.each<[string, Given, Given, string]>([
    ['GOARCH', { GOARCH: 'amd64' }, { GOARCH: 'arm64' }, 'go-architecture, code'],
    ['GOAMD64', { GOAMD64: 'v1' }, { GOAMD64: 'v3' }, 'go-architecture, code'],
    ['-trimpath', { '-trimpath': 'true' }, {}, 'trimpath'],
    ['-tags', { '-tags': 'a' }, {}, 'build-setting, code'],
    ['DefaultGODEBUG', { DefaultGODEBUG: 'x=0' }, {}, 'build-setting'],
  ])('%s has its cause', (name, a, b, cause) => {
    const shown = (given: Given) => (name in given ? `${name}=${given[name]}` : '-');
    expect(told(a, b)).toEqual([`setting ${name}: ${shown(a)} / ${shown(b)} (${cause})`]);
  });

  it('that follow from another are not told beside it', () => {
    const only = (...more: Given[]) => told(more[0] ?? {}, more[1] ?? {}).map((line) => line.split(':')[0]);
    expect(only({ GOARCH: 'arm', GOARM: '7' }, { GOARCH: 'amd64', GOAMD64: 'v1' })).toEqual(['setting GOARCH']);
    expect(only({ CGO_ENABLED: '1', CGO_CFLAGS: '-O2' }, { CGO_ENABLED: '0' })).toEqual(['setting CGO_ENABLED']);
    expect(only({ CGO_CFLAGS: '-O2' }, { '-trimpath': 'true' })).toEqual(['setting -trimpath']);
    expect(only({ '-ldflags': '-s' }, { '-trimpath': 'true' })).toEqual(['setting -trimpath']);
    expect(only({ CGO_CFLAGS: '-O2' }, {})).toEqual(['setting CGO_CFLAGS']);
  });

  it('that another Go does not record tell nothing', () => {
    expect(told({ '-buildmode': 'exe' }, {}, true)).toEqual([]);
    expect(told({ '-buildmode': 'exe' }, {}, false)).toHaveLength(1);
    expect(told({ '-buildmode': 'exe' }, { '-buildmode': 'pie' }, true)).toHaveLength(1);
  });

  it('of version control are one difference', () => {
    const stamp = { vcs: 'git', 'vcs.revision': 'abc', 'vcs.modified': 'false' };
    expect(told(stamp, {})).toEqual(['VCS stamping: vcs=git vcs.revision=abc vcs.modified=false / - (vcs-stamping)']);
    expect(told(stamp, { ...stamp, 'vcs.revision': 'def' })).toEqual([
      'VCS stamping: vcs.revision=abc / vcs.revision=def (vcs-stamping)',
    ]);
  });

  it('for the linker are taken apart', () => {
    const a = { '-ldflags': `"-s -w -X main.version=1.0 -X 'main.date=2024-01-01' -buildid="` };
    const b = { '-ldflags': '"-X main.version=1.1 -X main.date=2024-01-02"' };
    expect(told(a, b)).toEqual([
      '-ldflags -X main.version: 1.0 / 1.1 (version)',
      '-ldflags -X main.date: 2024-01-01 / 2024-01-02 (epoch)',
      '-ldflags: -s -w -buildid= / - (build-setting)',
    ]);
    expect(told(a, b, false, true).at(-1)).toBe('-ldflags: -buildid= / - (build-setting)');
    expect(told(a, {}).slice(0, 1)).toEqual(['-ldflags -X main.version: 1.0 / - (version)']);
  });
});

describe('flags of the linker', () => {
  it('are split as Go does, with -X and -X= alike', () => {
    const { texts, others } = parseLinkerFlags(`-X a.b=c --X=d.e=f=g "-X" 'h.i=j k' -X none -X= -s`);
    expect([...texts]).toEqual([
      ['a.b', 'c'],
      ['d.e', 'f=g'],
      ['h.i', 'j k'],
    ]);
    expect(others).toEqual(['-X', '-X=', '-s']);
  });

  it('are taken out of the quotes of Go, also where these are not JSON', () => {
    expect([unquoteGo('plain'), unquoteGo('"a\\"b"'), unquoteGo('"a\\x00b"')]).toEqual(['plain', 'a"b', 'a\\x00b']);
  });

  it('are of a time where both texts are one, or one is missing', () => {
    expect([causeOfTexts('2024-01-01', undefined), causeOfTexts('20240101-10:00:00', '2024-01-01T00:00:00Z')]).toEqual([
      'epoch',
      'epoch',
    ]);
    expect([causeOfTexts('1.0', '2024-01-01'), causeOfTexts('1.0', '1.1')]).toEqual(['version', 'version']);
  });
});
