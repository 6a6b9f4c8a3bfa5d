import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { readBaseConfig } from '../../src/image/base-config.js';
import { baseWithin } from '../../src/image/base-within.js';

const DIFF_IDS = ['1', '2', '3'].map((digit) => `sha256:${digit.repeat(64)}`);
const CONFIG = {
  ...{ created: '2024-01-01T00:00:00Z', architecture: 'arm', os: 'linux', variant: 'v7' },
  config: { User: '65534', Env: ['A=b'], Labels: { '10': 'x', '9': 'y' } },
  rootfs: { type: 'layers', diff_ids: DIFF_IDS },
  history: [{ created_by: 'base' }, { created_by: 'ours' }, { created_by: 'extra' }],
};

describe('the base within an image', () => {
  it('has all that is below the own layers, in its own spelling', () => {
    const base = baseWithin(JSON.stringify(CONFIG), 2, 'image');
    expect(JSON.parse(base)).toEqual({
      ...{ architecture: 'arm', os: 'linux', variant: 'v7', config: CONFIG.config },
      rootfs: { type: 'layers', diff_ids: DIFF_IDS.slice(0, 1) },
      history: [{ created_by: 'base' }],
    });
    expect(base).toContain('"Labels":{"9":"y","10":"x"}');
    expect(readBaseConfig(base)).toMatchObject({ diffIds: DIFF_IDS.slice(0, 1), platform: { variant: 'v7' } });
  });

  it('is empty where all layers are the own ones, or there are none', () => {
    for (const text of [JSON.stringify(CONFIG), '{"os":"linux","architecture":"amd64"}']) {
      expect(JSON.parse(baseWithin(text, 5, 'image'))).toMatchObject({ rootfs: { diff_ids: [] }, history: [] });
    }
  });

  it('is in no text that is no config, and the input is blamed', () => {
    for (const text of ['', '[]', '{"rootfs":1}', '{"history":{}}']) {
      expect(() => baseWithin(text, 1, 'published-image')).toThrow(InputError);
    }
    expect(() => baseWithin('', 1, 'published-image')).toThrow(expect.objectContaining({ input: 'published-image' }));
  });
});
