import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Difference } from '../../src/verify/difference.js';
import { compareLayers } from '../../src/verify/layers/layers.js';
import { scratch } from '../support/files.js';
import { archive, layer, type RawEntry } from './archives.js';

/** What one layer does to one path. */
type Step =
  | { path: string; does: 'file'; content: string; mode: number }
  | { path: string; does: 'folder'; mode: number }
  | { path: string; does: 'remove' }
  | { path: string; does: 'empty' };

const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const mode = fc.constantFrom(0o755, 0o700, 0o644);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ path, does: fc.constant('file' as const), content: fc.constantFrom('1', '2', ''), mode }),
  },
  { weight: 2, arbitrary: fc.record({ path, does: fc.constant('folder' as const), mode }) },
  { weight: 1, arbitrary: fc.record({ path, does: fc.constant('remove' as const) }) },
  { weight: 1, arbitrary: fc.record({ path, does: fc.constant('empty' as const) }) },
);

const parentsOf = (path: string) =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, i, all) => all.slice(0, i + 1).join('/'));

/**
 * The steps that one layer can hold: no path twice, nothing below a file of the same layer, and, as all tools do, with
 * the folders above what it touches.
 */
function sound(steps: Step[]): Step[] {
  const kept: Step[] = [];
  for (const step of steps) {
    const clashes = kept.some(
      (other) =>
        (other.path === step.path && other.does !== 'empty' && step.does !== 'empty') ||
        (other.does === 'file' && `${step.path}/`.startsWith(`${other.path}/`)) ||
        (step.does === 'file' && `${other.path}/`.startsWith(`${step.path}/`)),
    );
    if (!clashes) kept.push(step);
  }
  for (const { path, does } of [...kept]) {
    for (const folder of does === 'empty' ? [...parentsOf(path), path] : parentsOf(path)) {
      const isThere = kept.some((other) => other.path === folder && other.does === 'folder');
      if (!isThere) kept.push({ path: folder, does: 'folder', mode: 0o755 });
    }
  }
  return kept;
}

function entryOf(step: Step): RawEntry {
  const parent = parentsOf(step.path).at(-1);
  const folder = parent === undefined ? '' : `${parent}/`;
  switch (step.does) {
    case 'file':
      return { name: step.path, content: step.content, mode: step.mode };
    case 'folder':
      return { name: `${step.path}/`, type: '5', mode: step.mode };
    case 'remove':
      return { name: `${folder}.wh.${step.path.slice(folder.length)}` };
    case 'empty':
      return { name: `${step.path}/.wh..wh..opq` };
  }
}

/** What a runtime makes of the layers, one after the other, on a disk: path → what is there. */
function applied(layers: Step[][]): Map<string, RawEntry> {
  const disk = new Map<string, RawEntry>();
  const clear = (path: string, withSelf: boolean) => {
    for (const there of [...disk.keys()]) {
      if ((withSelf && there === path) || there.startsWith(`${path}/`)) disk.delete(there);
    }
  };
  for (const steps of layers) {
    for (const { path, does } of steps) {
      if (does === 'remove') clear(path, true);
      if (does === 'empty') clear(path, false);
    }
    for (const step of steps.toSorted((x, y) => x.path.length - y.path.length)) {
      if (step.does !== 'file' && step.does !== 'folder') continue;
      if (step.does === 'file' || disk.get(step.path)?.type !== '5') clear(step.path, true);
      disk.set(step.path, entryOf(step));
    }
  }
  return disk;
}

async function compare(folder: string, a: RawEntry[][], b: RawEntry[][]): Promise<Difference[]> {
  const [stack, other] = [a, b].map((layers) => layers.map((entries) => layer(folder, archive(entries))));
  return compareLayers(stack ?? [], other ?? [], { tempDir: folder, compareFiles: async () => [] });
}

const stack = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }).map(sound), { minLength: 2, maxLength: 4 });

it('a stack is the one layer of what a runtime makes of it, and no other', async () => {
  const folder = scratch();
  let withContent = 0;
  await fc.assert(
    fc.asyncProperty(stack, fc.nat(), async (layers, pick) => {
      const disk = applied(layers);
      const entries = layers.map((steps) => steps.map(entryOf));
      const same = await compare(folder, entries, [[...disk.values()]]);
      expect(same.filter(({ weight }) => weight === 'content')).toEqual([]);
      const files = [...disk].filter(([, { type }]) => type !== '5');
      const [path, chosen] = files[pick % Math.max(1, files.length)] ?? [];
      if (!path || !chosen) return;
      withContent++;
      const changed = [...disk.values()].map((entry) => (entry === chosen ? { ...entry, content: 'other' } : entry));
      const other = await compare(folder, entries, [changed]);
      expect(other.filter(({ weight }) => weight === 'content').map(({ where }) => where)).toEqual([
        `${path}: content`,
      ]);
      const less = [...disk.values()].filter((entry) => entry !== chosen);
      const missing = await compare(folder, [less], entries);
      expect(missing.some(({ weight, where }) => weight === 'content' && where === path)).toBe(true);
    }),
    { numRuns: 80, seed: 9 },
  );
  expect(withContent).toBeGreaterThan(40);
}, 60_000);

it('one layer in another order, format and time is never content; one other thing always is', async () => {
  const folder = scratch();
  const entry = fc.record({
    name: path,
    mode: fc.constantFrom(0o755, 0o4711, 0o600),
    uid: fc.constantFrom(0, 7),
    content: fc.constantFrom('', 'x', 'y'.repeat(600)),
  });
  const list = fc.uniqueArray(entry, { minLength: 1, maxLength: 6, selector: ({ name }) => name });
  const dress = fc.record({
    magic: fc.constantFrom('ustar  \0', 'ustar\x0000'),
    mtime: fc.nat(9999),
    uname: fc.constantFrom('', 'ann'),
  });
  const alteration = fc.constantFrom<(entry: RawEntry) => RawEntry>(
    (entry) => ({ ...entry, mode: Number(entry.mode) ^ 0o4000 }),
    (entry) => ({ ...entry, uid: 1000 }),
    (entry) => ({ ...entry, content: `${entry.content}!` }),
    (entry) => ({ ...entry, type: '6', content: '' }),
    (entry) => ({ ...entry, name: `${entry.name}~` }),
  );
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(list, dress, alteration, fc.nat(), async (entries, dress, alter, pick) => {
      const flat = entries.filter(({ name }) => !entries.some((other) => name.startsWith(`${other.name}/`)));
      const dressed = flat.toReversed().map((entry): RawEntry => ({ ...entry, ...dress }));
      const harmless = await compare(folder, [flat], [dressed]);
      expect(harmless.filter(({ weight }) => weight === 'content')).toEqual([]);
      expect(harmless.length).toBeGreaterThan(0);
      const at = pick % dressed.length;
      const altered = dressed.map((entry, i) => (i === at ? alter(entry) : entry));
      const found = await compare(folder, [flat], [altered]);
      expect(found.filter(({ weight }) => weight === 'content').length).toBeGreaterThan(0);
      checked++;
    }),
    { numRuns: 120, seed: 5 },
  );
  expect(checked).toBeGreaterThan(100);
}, 60_000);
