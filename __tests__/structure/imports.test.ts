import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listTree } from '../../src/base/files.js';
import { PROJECT } from '../support/program.js';

/** The stops of the pipeline in its order, with what all stand on first and the edges last (docs: design, section 3). */
const ORDER = [
  'base',
  'spec',
  'inputs',
  'source',
  'toolchain',
  'compile',
  'image',
  'store',
  'registry',
  'smoke',
  'verify',
  'bucket',
  'outdated',
  'output',
  'commands',
  'cli',
  'actions',
  '',
];

/** Every import of one folder of src/ from another, as `FROM → TO` and the file. */
async function imports(): Promise<{ from: string; to: string; file: string }[]> {
  const src = join(PROJECT, 'src');
  const found: { from: string; to: string; file: string }[] = [];
  for (const { path } of await listTree(src)) {
    const from = path.includes('/') ? (path.split('/')[0] ?? '') : '';
    for (const [, target = ''] of readFileSync(join(src, path), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']*)'/g)) {
      const parts = join(path, '..', target).split('/');
      const to = parts.length > 1 ? (parts[0] ?? '') : '';
      if (from !== to) found.push({ from, to, file: path });
    }
  }
  return found;
}

describe('the structure of src/', () => {
  it('has no import that goes backwards: a stop knows only those before it', async () => {
    const all = await imports();
    expect(all.length).toBeGreaterThan(50);
    const backwards = all.filter(({ from, to }) => ORDER.indexOf(to) > ORDER.indexOf(from) || !ORDER.includes(to));
    expect(backwards.map(({ from, to, file }) => `${file}: ${from} → ${to}`)).toEqual([]);
  });

  it('imports @actions/core in actions/ alone', async () => {
    const src = join(PROJECT, 'src');
    const users = (await listTree(src)).filter(({ path }) =>
      readFileSync(join(src, path), 'utf8').includes("'@actions/core'"),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter(({ path }) => !path.startsWith('actions/'))).toEqual([]);
  });

  it('has no line of docs/dependencies.md missing for a dependency, and none too many', () => {
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const lines = readFileSync(join(PROJECT, 'docs', 'dependencies.md'), 'utf8').matchAll(/^\| `([^`]+)` \|/gm);
    expect([...lines].map((line) => line[1]).sort()).toEqual(Object.keys(dependencies).sort());
  });
});
