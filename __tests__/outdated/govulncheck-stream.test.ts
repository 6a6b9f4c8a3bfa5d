import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScan } from '../../src/outdated/govulncheck-stream.js';
import { earliestFix, isAffected } from '../../src/outdated/osv.js';

const MAIN = { path: 'github.com/prometheus/pushgateway', version: 'v1.11.3' };
const CONFIG = { config: { protocol_version: 'v1.0.0', scanner_name: 'govulncheck' } };
const NET = { module: 'golang.org/x/net', version: 'v0.55.0' };

function stream(...messages: readonly object[]): string {
  return [CONFIG, ...messages].map((message) => `${JSON.stringify(message, null, 2)}\n`).join('');
}

function finding(trace: object, more: object = { fixed_version: 'v0.56.0' }, osv: unknown = 'GO-2026-0001') {
  return { finding: { osv, trace: [trace], ...more } };
}

describe('a report of the scanner', () => {
  it('tells each vulnerability once, as near as it comes', () => {
    const osv = {
      id: 'GO-2026-0001',
      aliases: ['CVE-2026-1', 7, 'a b'],
      summary: 'Bad\u202e thing\n in net',
      details: 'x',
    };
    const inPackage = { ...NET, package: 'golang.org/x/net/html' };
    const text = stream(
      { progress: { message: 'Scanning' } },
      { osv },
      finding(NET),
      finding(inPackage),
      finding({ ...inPackage, function: 'Parse' }),
      finding({ ...inPackage, receiver: 'Node', function: 'Render' }),
      finding({ module: 'stdlib', version: 'v1.26.8' }, {}, 'GO-2026-0002'),
    );
    expect(readScan(text, MAIN)).toEqual([
      {
        ...{ id: 'GO-2026-0001', aliases: ['CVE-2026-1'], summary: 'Bad\\u{202e} thing in net', reach: 'symbol' },
        ...{ module: 'golang.org/x/net', version: 'v0.55.0', fixed: 'v0.56.0' },
        symbols: ['golang.org/x/net/html.Node.Render', 'golang.org/x/net/html.Parse'],
      },
      {
        ...{ id: 'GO-2026-0002', aliases: [], summary: '', reach: 'module', symbols: [] },
        ...{ module: 'stdlib', version: '1.26.8', fixed: undefined },
      },
    ]);
  });

  it('has the main module too, which the scanner passes over', () => {
    const affected = [
      {
        package: { name: MAIN.path },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.12.0' }] }],
      },
    ];
    const entry = { id: 'GO-2026-0003', affected };
    expect(readScan(stream({ osv: entry }), MAIN)).toMatchObject([
      { id: 'GO-2026-0003', module: MAIN.path, version: 'v1.11.3', fixed: 'v1.12.0' },
    ]);
    expect(readScan(stream({ osv: entry }), { ...MAIN, version: 'v1.12.0' })).toEqual([]);
    expect(readScan(stream({ osv: { ...entry, withdrawn: '2026-01-01T00:00:00Z' } }), MAIN)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no report', '{"progress": {}}\n'],
    ['another protocol', '{"config": {"protocol_version": "v2.0.0"}}\n'],
    ['half a report', stream(finding(NET)).slice(0, -20)],
    ['a module that is none', stream(finding({ module: '-flag', version: 'v1.0.0' }))],
    ['no trace', stream({ finding: { osv: 'GO-2026-0001', trace: [] } })],
    ['a name that is none', stream(finding(NET, {}, '../../x'))],
    ['no name', stream(finding(NET, {}, null))],
    ['a report of another form', '[]\n'],
    ['null', 'null\n'],
  ])('that is %s is refused', (_what, text) => {
    expect(() => readScan(text, MAIN)).toThrow(expect.objectContaining({ name: 'RunError' }));
  });

  it('takes a fixed version for none where it has no form of a version', () => {
    const [found] = readScan(stream(finding(NET, { fixed_version: '--flag' })), MAIN);
    expect(found?.fixed).toBeUndefined();
  });

  it('of any JSON is read, or refused in words', () => {
    const message = fc.oneof(
      fc.record({ osv: fc.jsonValue() }),
      fc.record({
        finding: fc.record({ osv: fc.constant('GO-1'), trace: fc.jsonValue(), fixed_version: fc.jsonValue() }),
      }),
      fc.record({ finding: fc.jsonValue() }),
      fc.record({ config: fc.jsonValue() }),
      fc.record({ osv: fc.record({ id: fc.constant('GO-1'), affected: fc.jsonValue(), aliases: fc.jsonValue() }) }),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), (messages) => {
        try {
          readScan(stream(...messages), MAIN);
        } catch (error) {
          expect((error as Error).name).toBe('RunError');
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the ranges of an entry', () => {
  const ranges = (...events: object[]) => [{ ranges: [{ type: 'SEMVER', events }] }];

  it('hold a version from what introduced it to what fixed it', () => {
    const affected = ranges({ introduced: '0' }, { fixed: '1.2.0' }, { introduced: '1.5.0' }, { fixed: '1.6.1' });
    const inside = ['v0.0.1', 'v1.1.9', 'v1.2.0-rc.1', 'v1.5.0', 'v1.6.0'];
    const outside = ['v1.2.0', 'v1.4.9', 'v1.6.1', 'v2.0.0'];
    expect(inside.filter((version) => !isAffected(affected, version))).toEqual([]);
    expect(outside.filter((version) => isAffected(affected, version))).toEqual([]);
    expect(earliestFix(affected, 'v1.0.0')).toBe('v1.2.0');
    expect(earliestFix(affected, 'v1.5.0')).toBe('v1.6.1');
    expect(earliestFix(ranges({ introduced: '0' }), 'v1.0.0')).toBeUndefined();
  });

  it('do not hold a fix that another range takes back', () => {
    const affected = [
      ...ranges({ introduced: '0' }, { fixed: '1.2.0' }),
      ...ranges({ introduced: '1.1.0' }, { fixed: '1.3.0' }),
    ];
    expect(earliestFix(affected, 'v1.0.0')).toBe('v1.3.0');
  });

  it('are all versions where there are none', () => {
    expect(isAffected([{}], 'v1.0.0')).toBe(true);
    expect(isAffected([], 'v1.0.0')).toBe(false);
  });
});
