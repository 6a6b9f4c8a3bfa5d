import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Difference } from '../../src/verify/difference.js';
import { CAUSE_TEXTS } from '../../src/verify/report/cause-texts.js';
import { html, htmlProse, logLine, oneLine } from '../../src/verify/report/escape.js';
import {
  comparisonReport,
  DIFF_WORDS,
  notPerformedReport,
  REBUILD_WORDS,
  type Report,
  reportJson,
} from '../../src/verify/report/report.js';
import { reportMarkdown } from '../../src/verify/report/report-markdown.js';
import { reportText } from '../../src/verify/report/report-text.js';
import { type ImageComparison, VERDICTS, verdictOf, verdictOfDifferences } from '../../src/verify/verdict.js';
import { PROJECT } from '../support/program.js';
import { compareLayouts, smallLayout, tampered } from './layouts.js';

const schema = JSON.parse(readFileSync(join(PROJECT, 'docs', 'verify-report.schema.json'), 'utf8'));
const isValid = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(
  schema,
);

/** As whoever reads the file sees it. */
function expectValid(report: Report): void {
  isValid(JSON.parse(reportJson(report)));
  expect(isValid.errors ?? []).toEqual([]);
}

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const FRAME = {
  tool: 'pushgateway-ttl-action 0.1.0',
  command: 'node . verify x \\\n  --platforms linux/arm64',
  specDigest: DIGEST,
};

function comparison(differences: readonly Difference[], more: Partial<ImageComparison> = {}): ImageComparison {
  const verdict = verdictOfDifferences(differences);
  const platform = { platform: 'linux/amd64', a: DIGEST, b: DIGEST, verdict, differences, omitted: 0 };
  return {
    a: { name: 'ghcr.io/me/x:1', digest: DIGEST },
    b: { name: 'oci:out', digest: DIGEST },
    index: [],
    platforms: [platform],
    unchecked: [],
    ...more,
  };
}

const user = {
  level: 'config',
  weight: 'content',
  where: 'config.User',
  a: '"1"',
  b: '"2"',
  cause: 'behaviour',
} as const;
const reportOf = (compared: ImageComparison) => comparisonReport(compared, REBUILD_WORDS, FRAME);
const refused = notPerformedReport(
  { name: 'ghcr.io/me/x:1', digest: DIGEST, platforms: ['linux/amd64', 'linux/arm64'] },
  {
    kind: 'untrusted-spec',
    field: 'source.url',
    message: 'untrusted spec: source.url is "ext::sh"; accepted: https URLs',
  },
  FRAME,
);

describe('the JSON', () => {
  it('fits its schema, whatever was found', async () => {
    const layout = await smallLayout();
    const other = tampered(layout, { config: (text) => text.replace('65534', '0').replace('2026', '2025') });
    expectValid(comparisonReport(await compareLayouts(layout, other), DIFF_WORDS, { ...FRAME, specDigest: undefined }));
    expectValid(
      reportOf(await compareLayouts(layout, layout, { platforms: [{ os: 'linux', architecture: 'arm64' }] })),
    );
    expectValid(reportOf(comparison([user], { index: [{ ...user, level: 'index', a: undefined }] })));
    expectValid(refused);
    expectValid(notPerformedReport({ name: 'x', platforms: [] }, { kind: 'no-spec', message: 'x' }, FRAME));
  });

  it('says all that the schema asks for, in words of the schema', () => {
    const report = JSON.parse(reportJson(reportOf(comparison([user], { unchecked: ['linux/arm64'] }))));
    expect(Object.keys(report).sort()).toEqual(Object.keys(schema.properties).sort());
    expect(schema.$defs.cause.enum.toSorted()).toEqual(Object.keys(CAUSE_TEXTS).sort());
    expect(schema.$defs.verdict.enum).toEqual(VERDICTS);
    expect(report).toMatchObject({
      checked: { platforms: 1, of: 2 },
      unchecked: ['linux/arm64'],
      verdict: 'content-differs',
    });
  });

  it('has a schema that describes every field, and takes no others', () => {
    const undescribed: string[] = [];
    const walk = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      const { properties, items, anyOf, description, additionalProperties, type, $ref } = node as Record<
        string,
        unknown
      >;
      if (!path.includes('anyOf') && !$ref && typeof description !== 'string') undescribed.push(path);
      if (properties) {
        if (type === 'object') expect(additionalProperties, path).toBe(false);
        for (const [key, value] of Object.entries(properties)) walk(value, `${path}.${key}`);
      }
      if (items) walk(items, `${path}[]`);
      for (const [i, one] of ((anyOf as unknown[]) ?? []).entries()) walk(one, `${path}.anyOf${i}`);
    };
    walk(schema, 'report');
    for (const [name, definition] of Object.entries(schema.$defs)) walk(definition, name);
    expect(undescribed).toEqual([]);
    isValid({ ...JSON.parse(reportJson(refused)), more: 1 });
    expect(isValid.errors).not.toBeNull();
    isValid({ ...JSON.parse(reportJson(refused)), reason: null });
    expect(isValid.errors).not.toBeNull();
  });
});

describe('the text', () => {
  it('begins with the verdict and ends with the command', () => {
    const text = reportText(reportOf(comparison([user], { unchecked: ['linux/arm64'] })));
    expect(text).toMatch(/^verdict: {2}content-differs \(1 of 2 platforms\)\n/);
    expect(text).toContain('\nnot checked: linux/arm64\n');
    expect(text).toContain(
      '\ncause: Settings by which the image runs differ: config.User is "1" in the published image',
    );
    expect(text).toContain(
      '\n  - config, content: config.User\n      the published image  "1"\n      the rebuild          "2"\n',
    );
    expect(text).toMatch(/\nagain: {4}node \. verify x --platforms linux\/arm64\n$/);
  });

  it('names the second image where two are compared', () => {
    const text = reportText(comparisonReport(comparison([]), DIFF_WORDS, FRAME));
    expect(text).toContain('compared: oci:out\n');
    expect(text).toContain('A and B are the same, bit for bit');
  });

  it('says why nothing was compared', () => {
    const text = reportText(refused);
    expect(text).toMatch(/^verdict: {2}not-performed \(0 of 2 platforms\)\n/);
    expect(text).toContain('nothing is known of this image: untrusted spec: source.url is "ext::sh"');
    expect(text).toContain('reason:   untrusted-spec, source.url\n');
    expect(text).not.toContain('the same');
  });

  it('owns up to not knowing the cause, and to having looked at a part', () => {
    const { cause, ...unknown } = user;
    expect(cause).toBeDefined();
    for (const show of [reportText, reportMarkdown]) {
      expect(show(reportOf(comparison([unknown])))).toMatch(/cause:(<\/b>)? none that is known/i);
      expect(show(reportOf(comparison([])))).not.toContain('none that is known');
      const part = reportOf(comparison([], { unchecked: ['linux/arm64'] }));
      expect(show(part)).toMatch(/what was checked of the published image and the rebuild is the same/i);
    }
  });

  it('shows the first differences, and counts the rest', () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ ...user, where: `config.x${i}` }));
    const text = reportText(reportOf(comparison(many)));
    expect(text).toContain('config.x19\n');
    expect(text).not.toContain('config.x20\n');
    expect(text).toContain('  and 30 more; the JSON report has them all\n');
  });
});

describe('the Markdown', () => {
  it('begins with the verdict, and is green for one alone', () => {
    expect(reportMarkdown(reportOf(comparison([])))).toMatch(/^## ✅ reproducible\n/);
    const part = reportMarkdown(reportOf(comparison([], { unchecked: ['linux/arm64'] })));
    expect(part).toMatch(/^## ✅ reproducible, 1 of 2 platforms\n/);
    expect(part).toContain('<p><b>Not checked:</b> <code>linux/arm64</code></p>');
    const others = [
      ...(['content', 'metadata', 'compression'] as const).map((weight) => reportOf(comparison([{ ...user, weight }]))),
      refused,
    ];
    for (const report of others) {
      const markdown = reportMarkdown(report);
      expect(markdown).toContain(`${report.verdict}`);
      expect(markdown).not.toMatch(/✅|:white_check_mark:|green/);
    }
  });

  it('has a table of the platforms, the causes, the differences and the command', () => {
    const markdown = reportMarkdown(reportOf(comparison([user])));
    expect(markdown).toContain(
      `<td><code>linux/amd64</code></td><td>❌ content-differs</td><td><code>${DIGEST}</code></td>`,
    );
    expect(markdown).toContain('<b>Fix:</b> Only the platform');
    expect(markdown).toContain(
      '<td><code>config.User</code></td><td>config</td><td>content</td><td><code>&quot;1&quot;</code></td>',
    );
    expect(markdown).toContain('<pre><code>node . verify x \\\n  --platforms linux/arm64</code></pre>');
    expect(reportMarkdown(refused)).toContain('<code>untrusted-spec: source.url</code>');
  });

  it('stays below the size of a summary', () => {
    const value = '<&"'.repeat(70);
    const many = Array.from({ length: 1000 }, () => ({ ...user, where: value, a: value, b: value }));
    const platforms = Array.from({ length: 20 }, (_, i) => {
      return { ...comparison(many).platforms[0], platform: `linux/p${i}`, omitted: 5 };
    }) as ImageComparison['platforms'];
    const markdown = reportMarkdown(reportOf(comparison([], { platforms })));
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown).toContain('<p>And 1005 more; see the JSON report.</p>');
  });
});

describe('texts of a stranger', () => {
  const HOSTILE = [
    '</table><script>alert(1)</script>',
    '::error::x',
    '\n::set-output name=a::b',
    '\r\n::add-mask::e',
    '##[error]x',
    '\u001b[2J\u001b]8;;http://evil\u0007',
    '\u202e\u2066',
    '@everyone #1 https://evil.example www.evil.example',
    '`code` | [a](javascript:x) ![b](http://x/y.png)',
    '\n\n# heading\n\n<img src=x onerror=y>',
    '-->',
    '&lt;script&gt;',
    '</code></pre></details>',
    '\ud800',
  ];

  const anyText = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc
      .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 4 })
      .map((parts) => parts.join('')),
  );

  /** A report in which all that an image can reach says what it wants, without anything having been made printable before. */
  const anyReport = fc
    .record({ where: anyText, a: anyText, b: anyText, name: anyText, platform: anyText, message: anyText })
    .map(({ where, a, b, name, platform, message }): Report[] => {
      const differences = [
        { ...user, where, a, b },
        { ...user, cause: 'labels' as const, where, a, b: undefined },
      ];
      const compared = comparison(differences, {
        a: { name, digest: DIGEST },
        b: { name, digest: DIGEST },
        index: differences,
        unchecked: [name],
        platforms: [{ platform, a: DIGEST, b: undefined, verdict: 'content-differs', differences, omitted: 3 }],
      });
      const frame = { ...FRAME, command: `node . verify ${name}` };
      return [
        comparisonReport(compared, DIFF_WORDS, frame),
        notPerformedReport({ name, platforms: [platform] }, { kind: 'bad-spec', field: where, message }, frame),
      ];
    });

  it('reach neither the terminal nor the commands of a workflow', () => {
    fc.assert(
      fc.property(anyReport, (reports) => {
        for (const report of reports) {
          const text = reportText(report);
          expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          expect(text).not.toMatch(/^\s*::/m);
          expect(text).not.toContain('##[');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are nothing but text in a summary', () => {
    const ours = /^<\/?(p|b|br|code|pre|table|tr|th|td|ul|li|h3|span|details|summary)( align="left")?>$/;
    fc.assert(
      fc.property(anyReport, (reports) => {
        for (const report of reports) {
          const markdown = reportMarkdown(report);
          for (const [tag] of markdown.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(ours);
          // A blank line would end the HTML, and what follows would be Markdown.
          const [heading = '', blank, ...body] = markdown.trimEnd().split('\n');
          expect(heading).toMatch(/^## \S+ [a-z-]+(, \d+ of \d+ platforms?)?$/);
          expect(blank).toBe('');
          for (const line of body) expect(line.trim()).not.toBe('');
          expect(body[0]).toMatch(/^<p>/);
          const outsideCode = body.join('\n').replaceAll(/<code>[^<]*<\/code>/g, '');
          expect(outsideCode).not.toMatch(/@(?!<)|:\/\/|\bwww\./i);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('come back out of HTML as they went in, but for what cannot be seen', () => {
    const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const back = (from: string) =>
          from.replaceAll(/<\/?span>/g, '').replaceAll(/&[^;]*;/g, (entity) => entities[entity] ?? '?');
        expect(back(html(text))).toBe(text);
        expect(back(htmlProse(text))).toBe(text);
      }),
    );
  });

  it('are lines: breaks become blanks or are shown', () => {
    expect(oneLine('a\nb\u001bc')).toBe('a b\\u{1b}c');
    expect(oneLine('x'.repeat(5000))).toHaveLength(2001);
    expect(logLine('  ::error::x')).toBe('  \\u{3a}:error::x');
    expect(logLine('usr::x ##[group]')).toBe('usr::x #\\u{23}[group]');
  });
});

describe('the verdict', () => {
  it('is the worst of platforms and index', () => {
    const weights = ['compression', 'metadata', 'content'] as const;
    for (const [i, weight] of weights.entries()) {
      for (const [j, other] of weights.entries()) {
        const compared = comparison([{ ...user, weight }], { index: [{ ...user, weight: other }] });
        expect(verdictOf(compared)).toBe(VERDICTS[Math.max(i, j) + 1]);
      }
    }
    expect(verdictOf(comparison([]))).toBe('reproducible');
  });
});
