import { describe, expect, it } from 'vitest';
import { compareVersions, newestTags } from '../../src/bucket/version-order.js';

const NONE = new Map<string, string>();

describe('compareVersions', () => {
  it('orders tags by version: numbers as numbers, what is before a version before it, what was made of it after it', () => {
    const ordered = [
      'edge',
      'latest',
      'nightly-9',
      'nightly-10',
      'sha-0a1b',
      '0.9.9',
      '1.4.0-alpha',
      '1.4.0-alpha.2',
      '1.4.0-beta.1',
      'v1.4.0-rc.1',
      '1.4.0-rc.10',
      '1.4.0',
      '1.4.0-k0s.3',
      '1.4.0-k0s.20',
      '1.9.0',
      '1.11.3',
      '1.11.3-ttl.1',
      '1.11.3-ttl.1.2',
      '1.11.3-ttl.2',
      '1.11.3-ttl.10',
      '2',
      '20261121235959123456789',
    ];
    let state = 7;
    for (let round = 0; round < 50; round++) {
      const mixed = [...ordered];
      for (let i = mixed.length - 1; i > 0; i--) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const j = state % (i + 1);
        [mixed[i], mixed[j]] = [mixed[j] as string, mixed[i] as string];
      }
      expect(mixed.sort(compareVersions)).toEqual(ordered);
    }
  });

  it('takes no two different tags for the same', () => {
    for (const [a, b] of [
      ['1.4', '1.4.0'],
      ['v1.4.0', '1.4.0'],
      ['1.04', '1.4'],
      ['a01', 'a1'],
    ] as const) {
      expect(compareVersions(a, b)).not.toBe(0);
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)));
    }
  });
});

describe('newestTags', () => {
  it('keeps the newest, and names without a version beside them', () => {
    const tags = ['1.9.0', 'latest', '1.10.0', '1.2.0', 'stable', '1.11.0'];
    expect(newestTags(tags, 2, NONE)).toEqual({
      kept: ['latest', 'stable', '1.10.0', '1.11.0'],
      removed: ['1.2.0', '1.9.0'],
    });
    expect(newestTags(tags, 10, NONE).removed).toEqual([]);
    expect(newestTags([], 1, NONE)).toEqual({ kept: [], removed: [] });
  });

  it('keeps what is attached to a digest as long as a tag that stays has it', () => {
    const [old, young] = ['a'.repeat(64), 'b'.repeat(64)];
    const digests = new Map([
      ['1.0.0', `sha256:${old}`],
      ['2.0.0', `sha256:${young}`],
    ]);
    const tags = ['1.0.0', '2.0.0', `sha256-${old}.sig`, `sha256-${young}.sig`, `sha256-${young}`];
    expect([...newestTags(tags, 1, digests).removed].sort()).toEqual(['1.0.0', `sha256-${old}.sig`]);
  });
});
