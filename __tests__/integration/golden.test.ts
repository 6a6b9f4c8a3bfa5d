import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, freshFolder } from '../support/program.js';

interface Golden {
  name: string;
  args: string[];
  'spec-digest': string;
  digest: string;
}

/**
 * What profile 1 makes of these specs. Until the first release a change here needs its reason in the commit; after it,
 * none of these may ever change.
 */
const GOLDEN = JSON.parse(readFileSync(new URL('golden-digests.json', import.meta.url), 'utf8')) as Golden[];

describe('golden digests', () => {
  it('cover at least six specs, over all releases that can be had', () => {
    expect(GOLDEN.length).toBeGreaterThanOrEqual(6);
    const args = GOLDEN.map((golden) => golden.args.join(' ')).join('\n');
    for (const version of ['1.11.3', '1.11.1', '1.9.0', '1.4.0']) {
      expect(args).toContain(`--pushgateway-version ${version} --patches none`);
    }
  });

  it.each(GOLDEN)(
    '$name',
    async ({ args, digest, 'spec-digest': specDigest }) => {
      const outputs = await build([...args, '--output-dir', join(freshFolder('golden'), 'out')]);
      expect({ spec: outputs['spec-digest'], index: outputs.digest }).toEqual({ spec: specDigest, index: digest });
    },
    600_000,
  );
});
