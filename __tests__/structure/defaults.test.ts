import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseBuildOptions } from '../../src/inputs/build-options.js';
import { SHAPING } from '../../src/output/summary-text.js';
import { builtinSets } from '../../src/source/builtin-sets.js';
import { DEFAULT_GO, DEFAULT_RELEASE, RELEASES } from '../../src/source/releases.js';
import { KNOWN_GO_RELEASES } from '../../src/toolchain/go-releases.js';
import { PROJECT } from '../support/program.js';

describe('defaults', () => {
  it('of the release are one, in the code, in action.yml and for a build without inputs', async () => {
    const { inputs } = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as {
      inputs: Record<string, { default?: string }>;
    };
    const { source } = parseBuildOptions(new Map(), await builtinSets(join(PROJECT, 'patches')));
    expect(inputs['pushgateway-version']?.default).toBe(DEFAULT_RELEASE);
    expect(source).toMatchObject({ version: DEFAULT_RELEASE });
  });

  it('are a release and a Go whose checksums are committed', () => {
    expect(RELEASES[DEFAULT_RELEASE]).toMatchObject({ go: DEFAULT_GO, sum: expect.stringMatching(/^h1:/) });
    expect(Object.keys(KNOWN_GO_RELEASES[DEFAULT_GO] ?? {}).length).toBeGreaterThan(1);
  });

  it('that a release compares with those before it are those of the inputs that shape an image', () => {
    const script = readFileSync(join(PROJECT, '.github/workflows/compare-defaults.mjs'), 'utf8');
    const [, list = ''] = /^const INPUTS = \[(.*?)\];$/ms.exec(script) ?? [];
    expect([...list.matchAll(/'([^']*)'/g)].map(([, name]) => name)).toEqual(SHAPING);
  });
});
