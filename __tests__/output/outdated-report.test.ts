import { describe, expect, it } from 'vitest';
import type { Vulnerability } from '../../src/outdated/vulnerability.js';
import { notPerformedReport, type OutdatedFacts, outdatedReport } from '../../src/output/outdated-report.js';
import { outdatedText } from '../../src/output/outdated-text.js';
import { EXAMPLE_SPEC } from '../support/specs.js';

const found: Vulnerability = {
  ...{ id: 'GO-2026-0001', aliases: ['CVE-2026-0001'], summary: 'a thing', module: 'golang.org/x/net' },
  ...{ version: 'v0.55.0', fixed: 'v0.56.0', reach: 'symbol', symbols: ['a.A', 'a.B', 'a.C', 'a.D'] },
};
const open: Vulnerability = {
  ...{ ...found, id: 'GO-2026-0002', aliases: [], summary: '', module: 'stdlib', version: '1.26.8' },
  ...{ fixed: undefined, reach: 'module', symbols: [] },
};
const base = { repository: 'docker.io/library/debian', digest: `sha256:${'c'.repeat(64)}` } as const;
const spec = { ...EXAMPLE_SPEC, modules: null, base };
const now = { release: '1.11.3', spec, found: [found, open] };
const nothing: OutdatedFacts = {
  ...{ image: undefined, now, next: now, reCut: undefined, newestGo: undefined, leftOut: [], unanswered: [] },
};
const raised = { ...spec, modules: EXAMPLE_SPEC.modules, version: '1.11.3+ttl.1.2' };
const raw = new Map([
  ['pushgateway-version', ['1.11.3']],
  ['base-image', ['debian:13']],
] as const);
const due: OutdatedFacts = {
  ...nothing,
  next: { ...now, spec: raised, found: [open] },
  reCut: { raw, built: undefined },
  newestGo: '1.27.1',
  leftOut: [{ what: 'pushgateway 1.12.0', why: 'ttl does\n  not apply' }],
};

describe('the report of outdated', () => {
  it('has what a re-cut clears and what remains, and a command that names the base by its digest', () => {
    const report = outdatedReport(due);
    expect(report).toMatchObject({ state: 'outdated', cleared: ['GO-2026-0001'], remaining: [{ id: 'GO-2026-0002' }] });
    expect(report['re-cut']?.command).toContain(`--base-image ${base.repository}@${base.digest}`);
    expect(report['re-cut']?.yaml).toContain('base-image: |\n    debian:13\n');
    expect(report['re-cut']?.['base-image']).toEqual([`${base.repository}@${base.digest}`]);
    expect(report['newest-go']).toBe('1.27.1');
    expect(report['left-out']).toEqual([{ what: 'pushgateway 1.12.0', why: 'ttl does not apply' }]);
  });

  it('names no bases of scratch, and those of a folder by digest', () => {
    const basesOf = (other: typeof spec.base | null | { digest: typeof base.digest }) =>
      outdatedReport({ ...nothing, now: { ...now, spec: { ...spec, base: other } } }).now?.['base-image'];
    expect(basesOf(null)).toEqual([]);
    expect(basesOf({ digest: base.digest })).toEqual([base.digest]);
  });
});

describe('the report as text', () => {
  it('says first what is due, then with which inputs, and what remains', () => {
    expect(outdatedText(outdatedReport(due))).toBe(`A re-cut is due.

In use:  pushgateway 1.11.3 (patches: ttl@1), Go 1.26.8, on ${base.repository}@${base.digest}
Re-cut:  pushgateway 1.11.3 (patches: ttl@1), Go 1.26.8, on ${base.repository}@${base.digest}, golang.org/x/crypto@v0.53.0
There is Go 1.27.1, too, of a newer line.

Known vulnerabilities of what is in use:
  GO-2026-0001 (CVE-2026-0001): golang.org/x/net v0.55.0, fixed in v0.56.0; in the binary: a.A, a.B, a.C and 1 more – a thing
  GO-2026-0002: Go 1.26.8, no fixed version is known; the package in question is not linked

The re-cut clears: GO-2026-0001
What remains:
  GO-2026-0002: Go 1.26.8, no fixed version is known; the package in question is not linked

The re-cut as a command:
  node . build \\
    --pushgateway-version 1.11.3 \\
    --base-image ${base.repository}@${base.digest}

As inputs of the action:
  with:
    pushgateway-version: 1.11.3
    base-image: |
      debian:13

That is version 1.11.3+ttl.1.2; its images were not built, so their digest is not known.

Left out:
  pushgateway 1.12.0: ttl does not apply
`);
  });

  it('tells nothing to do from nothing that can be done, and from not knowing', () => {
    const firstLine = (facts: OutdatedFacts) => outdatedText(outdatedReport(facts)).split('\n')[0];
    expect(firstLine(nothing)).toBe('Nothing to do: what is known has no fix that can be had.');
    expect(firstLine({ ...nothing, next: { ...now, found: [] } })).toBe('Nothing to do.');
    const unanswered = [{ what: 'known vulnerabilities', why: 'no such host' }];
    expect(firstLine({ ...nothing, unanswered })).toMatch(/^Whether a re-cut is due is not known/);
    expect(firstLine({ ...due, unanswered })).toBe('A re-cut is due. There may be more than it mends.');
    const nobody = { ...now, found: undefined };
    const text = outdatedText(
      outdatedReport({ ...due, now: nobody, next: { ...due.next, found: undefined }, unanswered }),
    );
    expect(text).toContain('Known vulnerabilities of what is in use: not known\n');
    expect(text).not.toContain('What remains');
    expect(text).toContain('\nNot found out, so the exit code is 3:\n  known vulnerabilities: no such host\n');
    expect(outdatedText(notPerformedReport({ what: 'what is used now', why: 'x\ny' }))).toBe(
      'Whether a re-cut is due is not known: not everything could be found out.\n\n' +
        'Not found out, so the exit code is 3:\n  what is used now: x y\n',
    );
  });
});
