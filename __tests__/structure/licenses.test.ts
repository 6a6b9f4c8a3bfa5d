import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/program.js';

interface LockedPackage {
  license?: string;
  dev?: boolean;
  optional?: boolean;
}

const read = (...path: string[]) => readFileSync(join(PROJECT, ...path), 'utf8');

/** Packages that come with the program, by `package-lock.json`; optional ones are for other ways to use them. */
function shipped(): [name: string, licence: string][] {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
  return Object.entries(packages)
    .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
    .map(([path, { license = '' }]) => [path.replace(/^.*node_modules\//, ''), license]);
}

/** Licences that let their work be part of one under Apache-2.0; a new one is a thing to think about. */
const ACCEPTED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Zlib'];

describe('licences', () => {
  it('are listed in dist/licenses.txt, with their texts, for every package that comes with the program', () => {
    const blocks = read('dist', 'licenses.txt');
    expect(shipped().length).toBeGreaterThan(40);
    const missing = shipped().filter(([name, licence]) => {
      const at = `\n${blocks}`.indexOf(`\n${name}\n${licence}\n`);
      return at === -1 || blocks.slice(at + name.length + licence.length + 2).trim().length < 200;
    });
    expect(missing).toEqual([]);
  });

  it('are all of those that are accepted', () => {
    const others = shipped().filter(
      ([, licence]) =>
        !licence
          .replace(/[()]/g, '')
          .split(' AND ')
          .every((one) => ACCEPTED.includes(one)),
    );
    expect(others).toEqual([]);
  });

  it('go with a line in docs/dependencies.md for each package that is asked for, of those for development too', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const text = read('docs', 'dependencies.md');
    const asked = [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})];
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
