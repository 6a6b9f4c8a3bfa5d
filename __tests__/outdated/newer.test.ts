import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesFor,
  goFrom,
  isNewerGo,
  newerGo,
  newerUpstream,
  nextSuffix,
  releaseWith,
  suffixAfter,
} from '../../src/outdated/newer.js';
import type { Vulnerability } from '../../src/outdated/vulnerability.js';

function found(module: string, fixed: string | undefined): Vulnerability {
  return {
    ...{ id: 'GO-2026-1', aliases: [], summary: '', symbols: [], reach: 'module' },
    module,
    version: 'v0.0.1',
    fixed,
  };
}

describe('a newer release of upstream', () => {
  it('is the newest stable one of 1.x', () => {
    const versions = ['v1.9.0', 'v1.11.3', 'v1.12.0-rc.1', 'v2.0.0', 'v1.10.0', 'v1.11.3+incompatible', 'nonsense'];
    expect(newerUpstream(versions, '1.9.0')).toBe('1.11.3');
    expect(newerUpstream(versions, '1.11.3')).toBeUndefined();
    expect(newerUpstream(versions, '1.12.0')).toBeUndefined();
    expect(newerUpstream([], '1.0.0')).toBeUndefined();
  });
});

describe('a newer Go', () => {
  it.each([
    [['1.26.8', '1.27.1'], '1.26.8', '1.26.8'],
    [['1.26.8', '1.27.1'], '1.26.7', '1.26.8'],
    [['1.26.8', '1.27.1'], '1.26', '1.26.8'],
    [['1.26.8', '1.27.1'], '1.25.9', '1.26.8'], // nobody maintains its line
    [['1.26.8', '1.27.1'], '1.28.0', '1.28.0'],
    [['1.26.8', '1.27.1'], '1.26.9', '1.26.9'], // newer than the list knows
    [[], '1.26.7', '1.26.7'],
  ])('of %j in place of %s is %s', (maintained, used, expected) => {
    expect(newerGo(maintained, used)).toBe(expected);
  });

  it('is never an older one', () => {
    const release = fc.tuple(fc.nat(40), fc.nat(20)).map(([minor, patch]) => `1.${minor}.${patch}`);
    fc.assert(
      fc.property(fc.array(release, { maxLength: 4 }), release, (list, used) => {
        const sorted = list.sort((a, b) => (isNewerGo(a, b) ? 1 : -1));
        expect(isNewerGo(used, newerGo(sorted, used))).toBe(false);
      }),
    );
  });

  it('that is asked for is the least that is maintained', () => {
    expect(goFrom(['1.26.8', '1.27.1'], '1.25.0')).toBe('1.26.8');
    expect(goFrom(['1.26.8', '1.27.1'], '1.27')).toBe('1.27.1');
    expect(goFrom(['1.26.8', '1.27.1'], '1.27.0-rc.1')).toBe('1.27.1');
    expect(goFrom(['1.26.8', '1.27.1'], '1.27.2')).toBeUndefined();
  });
});

describe('what clears vulnerabilities', () => {
  const maintained = ['1.26.8', '1.27.1'];
  const changes = (list: readonly Vulnerability[], without: readonly string[] = []) =>
    changesFor(list, '1.26.7', maintained, new Set(without));

  it('is the newest fix of each module, and Go, once each', () => {
    const all = [
      ...[
        found('golang.org/x/net', 'v0.9.0'),
        found('golang.org/x/net', 'v0.10.0'),
        found('example.com/a/v2', 'v2.0.1'),
      ],
      ...[found('stdlib', '1.26.8'), found('stdlib', undefined), found('golang.org/x/text', undefined)],
    ];
    expect(changes(all)).toEqual([
      { go: '1.26.8' },
      { path: 'example.com/a/v2', version: 'v2.0.1' },
      { path: 'golang.org/x/net', version: 'v0.10.0' },
    ]);
  });

  it('is the next best where the best was tried in vain', () => {
    const both = [found('golang.org/x/net', 'v0.9.0'), found('golang.org/x/net', 'v0.10.0')];
    expect(changes(both, ['golang.org/x/net@v0.10.0'])).toEqual([{ path: 'golang.org/x/net', version: 'v0.9.0' }]);
    expect(changes(both, ['golang.org/x/net@v0.10.0', 'golang.org/x/net@v0.9.0'])).toEqual([]);
    expect(changes([found('stdlib', '1.26.8')], ['Go 1.26.8'])).toEqual([]);
  });

  it('is no Go of another line than the fix, and none that is not released', () => {
    expect(changes([found('stdlib', '1.26.9')])).toEqual([]);
    expect(changes([found('stdlib', '1.27.0-rc.2')])).toEqual([{ go: '1.27.1' }]);
  });

  it.each([
    ['v1.1.0', ['v1.0.0', 'v1.1.0', 'v1.1.1'], 'v1.1.0'],
    ['v1.1.0', ['v1.0.0', 'v1.10.0', 'v1.2.0', 'v1.2.0-rc.1'], 'v1.2.0'], // retracted
    ['v1.1.0', ['v1.0.0', 'v1.2.0-rc.1'], 'v1.1.0'], // whoever fetches it says that it is not there
    ['v1.2.0-rc.1', ['v1.2.0-rc.1', 'v1.2.0'], 'v1.2.0-rc.1'],
    ['v0.0.0-20260102030405-0123456789ab', ['v0.1.0'], 'v0.0.0-20260102030405-0123456789ab'],
    ['v1.1.0', [], 'v1.1.0'],
  ])('is for a fix in %s, of %j, %s', (fixed, versions, expected) => {
    expect(releaseWith(fixed, versions)).toBe(expected);
  });

  it('is no override of upstream itself, and none that no go.mod can hold', () => {
    expect(changes([found('github.com/prometheus/pushgateway', 'v1.12.0')])).toEqual([]);
    expect(changes([found('example.com/a', 'v2.0.0'), found('example.com/a', '-x')])).toEqual([]);
  });
});

describe('the suffix of the next image', () => {
  it.each([
    ['+ttl.1', '+ttl.1', '+ttl.1.2'],
    ['+ttl.1.2', '+ttl.1', '+ttl.1.3'],
    ['+ttl.1.9', '+ttl.1', '+ttl.1.10'],
    ['', '', '+2'],
    ['+2', '', '+3'],
    ['-k0s.3', '+ttl.1', '-k0s.4'],
    ['-k0s', '+ttl.1', '-k0s.2'],
  ])('after %j, where the patch sets give %j, is %j', (suffix, own, expected) => {
    expect(nextSuffix(suffix, own)).toBe(expected);
  });

  it('is what the patch sets give where release or patches are others, unless it is the user’s', () => {
    const now = { release: '1.11.3', suffix: '+ttl.1.4', own: '+ttl.1' };
    expect(suffixAfter(now, { release: '1.12.0', own: '+ttl.1' })).toBeUndefined();
    expect(suffixAfter(now, { release: '1.11.3', own: '+ttl.2' })).toBeUndefined();
    expect(suffixAfter(now, { release: '1.11.3', own: '+ttl.1' })).toBe('+ttl.1.5');
    expect(suffixAfter({ ...now, suffix: '-k0s.3' }, { release: '1.12.0', own: '+ttl.1' })).toBe('-k0s.3');
    expect(suffixAfter({ ...now, suffix: '-k0s.3' }, { release: '1.11.3', own: '+ttl.2' })).toBe('-k0s.4');
  });
});
