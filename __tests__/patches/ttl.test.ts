import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mustExec, PROJECT } from '../support/program.js';
import { checkTree } from '../support/ttl-tree.js';

const SET = join(PROJECT, 'patches', 'ttl');

describe('the patch set ttl', () => {
  it('adds at most six lines to files of upstream, and changes or removes none', () => {
    const lines = readFileSync(join(SET, 'hook.patch'), 'utf8')
      .split('\n')
      .filter((line) => !/^(---|\+\+\+) /.test(line));
    expect(lines.filter((line) => line.startsWith('+')).length).toBeLessThanOrEqual(6);
    expect(lines.filter((line) => line.startsWith('-'))).toEqual([]);
  });

  it('is formatted by gofmt', async () => {
    const files = readdirSync(join(SET, 'storage')).map((name) => join(SET, 'storage', name));
    expect(files.length).toBeGreaterThan(0);
    expect(await mustExec('gofmt', ['-l', ...files])).toBe('');
  });

  it(
    'on 1.11.3: vet is clean, upstream’s own tests pass unmodified and ours too, with -race',
    () => checkTree('1.11.3'),
    600_000,
  );
});
