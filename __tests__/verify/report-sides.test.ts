import { describe, expect, it } from 'vitest';
import type { CauseId, Difference } from '../../src/verify/difference.js';
import { CAUSE_TEXTS } from '../../src/verify/report/cause-texts.js';
import { causesOf } from '../../src/verify/report/causes.js';
import {
  brokenReport,
  comparisonReport,
  DIFF_WORDS,
  notPerformedReport,
  REBUILD_WORDS,
} from '../../src/verify/report/report.js';
import { reportMarkdown } from '../../src/verify/report/report-markdown.js';
import { reportText } from '../../src/verify/report/report-text.js';
import type { ImageComparison } from '../../src/verify/verdict.js';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const FRAME = { tool: 'this 1.0', command: 'node . verify x', specDigest: undefined };
const WORDS = { a: 'A', b: 'B' };

function difference(cause: CauseId, more: Partial<Difference>): Difference {
  return { level: 'config', weight: 'content', where: 'x', a: 'one', b: 'two', ...more, cause };
}

/** What is said of one cause: the sentence, and what to do. */
function said(cause: CauseId, ...found: Partial<Difference>[]): [string, string] {
  const { sentence, fix } = CAUSE_TEXTS[cause];
  const facts = { differences: found.map((more) => difference(cause, more)), words: WORDS };
  return [sentence(facts), fix(facts)];
}

describe('a report of an image with something missing', () => {
  const broken: Difference = {
    ...{ level: 'index', weight: 'content', where: 'index', a: 'it is not JSON', b: undefined, cause: 'damaged' },
  };

  it('says so where the index cannot be read, and no digest is known', () => {
    const report = brokenReport({ name: 'x' }, { name: 'y' }, [], [broken], DIFF_WORDS, FRAME);
    expect(report).toMatchObject({ digest: null, rebuiltDigest: null, specDigest: null, verdict: 'content-differs' });
    const text = reportText(report);
    expect(text).toContain('digest:   not known\n');
    expect(text).toContain('digest:   none\n');
    expect(text).not.toContain('spec:');
    expect(text).toContain('differences of the index:\n  - index, content: index\n');
    expect(text).toMatch(/cause: [^(]*\n {2}fix:/);
    const markdown = reportMarkdown(report);
    expect(markdown).toContain('<td>not known</td>');
    expect(markdown).toContain('<td>none</td>');
    const known = brokenReport(
      { name: 'x', digest: DIGEST },
      { name: 'y', digest: DIGEST },
      ['linux/amd64'],
      [],
      DIFF_WORDS,
      FRAME,
    );
    expect(known).toMatchObject({ digest: DIGEST, rebuiltDigest: DIGEST, checked: { platforms: 0, of: 1 } });
  });

  it('says why nothing was compared, also where no field is to blame', () => {
    const report = notPerformedReport({ name: 'x', platforms: [] }, { kind: 'no-spec', message: 'no\nspec' }, FRAME);
    expect(reportText(report)).toContain('reason:   no-spec\n');
    expect(reportMarkdown(report)).toContain('<td><code>no-spec</code></td>');
  });

  it('has platforms that one side lacks, values that one side lacks, and counts what it leaves out', () => {
    const lacks = { platform: 'linux/arm64', verdict: 'content-differs' as const, omitted: 7 };
    const found = Array.from({ length: 150 }, (_, i) => difference('behaviour', { where: `x${i}`, b: undefined }));
    const comparison: ImageComparison = {
      ...{ a: { name: 'x', digest: DIGEST }, b: { name: 'y', digest: DIGEST }, unchecked: [] },
      index: [broken],
      platforms: [
        { ...lacks, a: undefined, b: DIGEST, differences: found },
        { ...lacks, platform: 'linux/s390x', a: DIGEST, b: undefined, differences: [] },
      ],
    };
    const report = comparisonReport(comparison, REBUILD_WORDS, FRAME);
    const text = reportText(report);
    expect(text).toMatch(/linux\/arm64 {2}content-differs {2}none +sha256/);
    expect(text).toContain('(none)\n');
    expect(text).toContain('  and 137 more; the JSON report has most of them\n');
    expect(reportMarkdown(report)).toContain('<p>And 58 more; see the JSON report.</p>');
  });
});

describe('causes', () => {
  it('take the heaviest of their differences, and the platforms that show them, each once', () => {
    const differences = [
      difference('files', { weight: 'metadata' }),
      difference('files', { weight: 'content', where: 'bin: 3 sections (in bytes), as follows from the above' }),
      { ...difference('labels', { weight: 'compression' }), cause: undefined } as unknown as Difference,
    ];
    const platform = { a: DIGEST, b: DIGEST, verdict: 'content-differs' as const, omitted: 0, differences };
    const platforms = ['linux/amd64', 'linux/amd64', 'linux/arm64'].map((name) => ({ ...platform, platform: name }));
    const [cause, ...more] = causesOf({ index: [difference('files', {})], platforms }, WORDS);
    expect(more).toEqual([]);
    expect(cause).toMatchObject({ id: 'files', weight: 'content', platforms: ['linux/amd64', 'linux/arm64'] });
    const [lone] = causesOf(
      { index: [difference('files', { where: 'b: 1 section (in bytes), as follows from the above' })], platforms: [] },
      WORDS,
    );
    expect(lone?.sentence).toContain('as follows from the above');
  });

  it('of the base name it, or what can be told without a spec', () => {
    const pinned = `docker.io/a@${DIGEST}`;
    expect(said('base', { where: 'spec.base', a: pinned, b: undefined })).toEqual([
      `A stands on ${pinned.slice(0, 90)}, B on scratch.`,
      `Make B with --base-image ${pinned}, or A with that --base-image.`,
    ]);
    expect(said('base', { where: 'spec.base', a: undefined, b: 'x; rm -rf /' })[1]).not.toContain('rm -rf');
    expect(said('base', { where: 'layer 1' })).toEqual([
      'The base image differs: layer 1 is one in A, two in B.',
      'Make both on the same base, named by its digest: --base-image REPOSITORY@sha256:DIGEST.',
    ]);
  });

  it('of the patches name source and sets, or the places in the code', () => {
    const [both, fix] = said(
      'patches',
      { where: 'spec.source', b: undefined },
      { where: 'spec.patches', a: undefined },
    );
    expect(both).toBe(
      'It is another source: A comes from one, B comes from nothing. The patches differ: A has nothing, B has two.',
    );
    expect(fix).toContain('--source and --patches of A');
    const [places, rebuild] = said('patches', { where: 'bin: function main.f' });
    expect(places).toContain('another patch or another source: bin: function main.f is one in A, two in B');
    expect(rebuild).toContain('No spec tells of it');
  });

  it('of the Go version name both, or what is known of them', () => {
    expect(said('go-version', { where: 'bin: Go version', a: 'go1.26.7', b: 'go1.26.8' })).toEqual([
      'A was built with go1.26.7, B with go1.26.8.',
      'Make B with --go-version 1.26.7, or A with --go-version 1.26.8.',
    ]);
    expect(said('go-version', { where: 'spec.go', a: undefined, b: 'go1.26.8 $(x)' })).toEqual([
      'A was built with an unknown Go, B with go1.26.8 $(x).',
      'Make B with that Go, or A with that Go.',
    ]);
  });

  it('of modules name what to raise', () => {
    const found = { where: 'bin: module golang.org/x/net', a: 'v0.1.0', b: undefined };
    expect(said('module-version', found)).toEqual([
      'Modules differ: only A has golang.org/x/net (v0.1.0).',
      'Make B with --module-overrides golang.org/x/net@v0.1.0.',
    ]);
    expect(said('module-version', { ...found, b: 'v0.2.0 h1:x' })[1]).toBe(
      'Make B with --module-overrides golang.org/x/net@v0.1.0, or A with --module-overrides golang.org/x/net@v0.2.0.',
    );
    expect(said('module-version', { where: 'spec.modules' })).toEqual([
      'Modules differ: the list of raised modules is one in A, two in B.',
      'Make both with the same --module-overrides.',
    ]);
  });

  it('of settings, -trimpath and stamps say who has what', () => {
    expect(said('build-setting', { where: 'bin: setting -tags', a: '-tags=x', b: undefined })[0]).toBe(
      'A was built with -tags=x, B without -tags.',
    );
    expect(said('build-setting', { where: 'bin: symbols', b: undefined })[0]).toBe(
      'A and B were built otherwise: only A has symbols (one).',
    );
    const trimmed = { where: 'bin: setting -trimpath', a: '-trimpath=true', b: undefined };
    expect(said('trimpath', trimmed)).toEqual([
      'B was built without -trimpath, so that it holds paths of its builder.',
      'Build B with -trimpath.',
    ]);
    expect(said('trimpath', { ...trimmed, a: undefined, b: '-trimpath=true' }, { where: 'bin: paths' })[0]).toBe(
      'A was built without -trimpath, so that it holds paths of its builder: paths is one in A, two in B.',
    );
    expect(said('trimpath', { where: 'bin: paths', b: '/home/me' })[1]).toBe('Build B with -trimpath.');
    expect(said('trimpath', { where: 'bin: paths', b: undefined })[1]).toBe('Build A with -trimpath.');
    expect(said('vcs-stamping', { a: 'vcs=git', b: undefined })).toEqual([
      'Go recorded the state of a version control checkout: vcs=git in A, nothing in B.',
      'Build A with -buildvcs=false.',
    ]);
    expect(said('vcs-stamping', {})[1]).toBe('Build both with -buildvcs=false.');
    expect(said('vcs-stamping', { a: undefined })[1]).toBe('Build B with -buildvcs=false.');
  });

  it('of versions and times name both, in the form of the command', () => {
    expect(said('version', { where: 'spec.version', a: '1.0', b: undefined })[0]).toBe('A is version 1.0, B none.');
    expect(said('version', { where: 'bin: text', a: undefined, b: '1' })[0]).toContain('only B has bin: text (1)');
    expect(said('epoch', { where: 'created', a: '"2024-01-01T00:00:00Z"', b: '20240102-00:00:00' })).toEqual([
      'The time in A is 2024-01-01T00:00:00Z, in B 2024-01-02T00:00:00Z.',
      'Make B with --source-date-epoch 1704067200, or A with --source-date-epoch 1704153600.',
    ]);
    expect(said('epoch', { where: 'layer 1', a: undefined, b: 'x' })).toEqual([
      'Times differ: only B has layer 1 (x).',
      'Make both with the same --source-date-epoch.',
    ]);
  });
});
