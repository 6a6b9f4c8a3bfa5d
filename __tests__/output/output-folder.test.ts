import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OUTPUT_NAMES, openOutputFolder } from '../../src/output/output-folder.js';
import { deadPid, scratch, snapshot } from '../support/files.js';
import { asChild, asNobody, compiled, publicScratch } from '../support/nobody.js';
import { writeFiles } from '../support/repository.js';

const ID = '0123456789ab';

/** A result with some word in each of its files. */
const filesOf = (word: string) => ({
  'oci/index.json': word,
  'pushgateway.oci.tar': word,
  'bin/linux/amd64/pushgateway': word,
  SHA256SUMS: word,
  'spec.json': word,
});

async function publish(folder: string, word: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const output = await openOutputFolder(folder);
  writeFiles(output.path, { ...filesOf(word), ...more });
  await output.publish();
  await output.discard();
}

/** What a user finds under the names that are theirs. */
function visible(folder: string): Record<string, string> {
  const names = [...Object.keys(filesOf('')), 'sbom/x.json'].filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** A run in a process of its own that publishes, and is killed before its nth change of the folder's names. */
async function publishKilled(folder: string, word: string, changes: number): Promise<boolean> {
  const files = JSON.stringify(filesOf(word));
  const { code, stderr } = await asChild(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let left = ${changes};
    for (const name of ['rename', 'symlink', 'rm', 'rmdir']) {
      const real = fs.promises[name];
      fs.promises[name] = (...args) => {
        if (counting && left-- === 0) process.kill(process.pid, 'SIGKILL');
        return real(...args);
      };
    }
    let counting = false;
    syncBuiltinESMExports();
    const { openOutputFolder } = await import('${await compiled('output/output-folder.js')}');
    const output = await openOutputFolder(${JSON.stringify(folder)});
    for (const [name, text] of Object.entries(${files})) {
      const path = output.path + '/' + name;
      fs.mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
      fs.writeFileSync(path, text);
    }
    counting = true;
    await output.publish();
  `);
  if (code !== 0) expect(stderr).toBe('');
  return code === 0;
}

describe('a result', () => {
  test('is not to be seen before it is published, and whole after', async () => {
    const folder = join(scratch(), 'a', 'out');
    const output = await openOutputFolder(folder);
    writeFiles(output.path, filesOf('new'));
    expect(visible(folder)).toEqual({});
    await output.publish();
    expect(visible(folder)).toEqual(filesOf('new'));
  });

  test('takes the place of an earlier one, of which nothing is left, in a folder that keeps what else is in it', async () => {
    const folder = writeFiles(scratch(), { 'mine.txt': 'mine' });
    await publish(folder, 'old', { 'sbom/x.json': 'old' });
    expect(visible(folder)).toEqual({ ...filesOf('old'), 'sbom/x.json': 'old' });
    await publish(folder, 'new');
    expect(visible(folder)).toEqual(filesOf('new'));
    const names = await readdir(folder);
    expect(names.filter((name) => name.startsWith('.result-'))).toHaveLength(1);
    expect(names).not.toContain('sbom');
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
    expect(Object.values(await snapshot(folder))).not.toContain('old');
  });

  test('of a run in a process that has ended stands until another is published', async () => {
    const folder = scratch();
    expect(await publishKilled(folder, 'old', 1000)).toBe(true);
    const output = await openOutputFolder(folder);
    expect(visible(folder)).toEqual(filesOf('old'));
    writeFiles(output.path, { 'spec.json': 'half' });
    await output.discard();
    expect(visible(folder)).toEqual(filesOf('old'));
  });

  test('that was discarded leaves the folder as it was, or not there', async () => {
    const parent = scratch();
    const output = await openOutputFolder(join(parent, 'a', 'out'));
    writeFiles(output.path, filesOf('x'));
    await output.discard();
    expect(await snapshot(parent)).toEqual({});
  });

  test('of two runs into one folder at once is that of one of them, whole', async () => {
    const folder = scratch();
    await Promise.all(['a', 'b', 'c', 'd'].map((word) => publish(folder, word)));
    const words = new Set(Object.values(visible(folder)));
    expect(Object.keys(visible(folder))).toHaveLength(5);
    expect(words.size).toBe(1);
  });
});

describe('a kill at any step of publishing', () => {
  test.each([['first'], ['later']])(
    'a %s result leaves the earlier one or the new one, and the next run ends well',
    async (which) => {
      const seen = new Set<string>();
      for (let changes = 0; ; changes++) {
        expect(changes).toBeLessThan(50);
        const folder = scratch();
        if (which === 'later') expect(await publishKilled(folder, 'old', 1000)).toBe(true);
        const ended = await publishKilled(folder, 'new', changes);
        const found = visible(folder);
        const word = Object.values(found)[0] ?? '';
        seen.add(word);
        expect(found).toEqual(word === '' ? {} : filesOf(word));
        await publish(folder, 'next');
        expect(visible(folder)).toEqual(filesOf('next'));
        const left = (await readdir(folder)).filter((name) => /^\.(link|result)-/.test(name));
        expect(left).toHaveLength(1);
        if (ended) break;
      }
      expect([...seen]).toEqual([which === 'first' ? '' : 'old', 'new']);
    },
  );
});

test('what dead runs left is removed, and what living ones are making is not', async () => {
  const folder = scratch();
  const mine = `.result-${process.pid}-${ID}`;
  const theirs = `.result-1-${ID}`;
  const dead = `.result-${deadPid()}-${ID}`;
  for (const name of [mine, theirs, dead]) writeFiles(folder, { [`${name}/oci/x`]: 'half' });
  symlinkSync('nowhere', join(folder, `.link-${deadPid()}-${ID}`));
  await publish(folder, 'new');
  const names = await readdir(folder);
  expect(names).toEqual(expect.arrayContaining([mine, theirs]));
  expect(names).not.toContain(dead);
  expect(names).not.toContain(`.link-${deadPid()}-${ID}`);
});

describe('a place that cannot be used is refused before anything is written', () => {
  test.each(['file', 'file/below', 'file/below/that'])('%s', async (name) => {
    const folder = writeFiles(scratch(), { file: 'precious' });
    await expect(openOutputFolder(join(folder, name))).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        input: 'output-dir',
        message: expect.stringMatching(/is a file, or lies below one\. Accepted:/),
      }),
    );
    expect(await snapshot(folder)).toEqual({ file: 'precious' });
  });

  test.each(OUTPUT_NAMES)('a folder where %s is somebody else’s', async (name) => {
    const folder = scratch();
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'precious'), 'x');
    const before = await snapshot(folder);
    await expect(openOutputFolder(folder)).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        input: 'output-dir',
        message: expect.stringContaining(join(folder, name)),
      }),
    );
    expect(await snapshot(folder)).toEqual(before);
  });

  test('a folder that the user may not write to', async () => {
    const parent = await publicScratch();
    const { code, stdout, stderr } = await asNobody(`
      import { chmodSync, mkdirSync } from 'node:fs';
      import { openOutputFolder } from '${await compiled('output/output-folder.js')}';
      mkdirSync('${parent}/closed');
      chmodSync('${parent}/closed', 0o555);
      for (const folder of ['${parent}/closed', '${parent}/closed/below']) {
        await openOutputFolder(folder).then(
          () => console.log('opened'),
          (error) => console.log(error.name, error.input, error.message),
        );
      }
    `);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatch(/^InputError output-dir .* cannot be written to \(EACCES\)\. Accepted:/);
  });
});

test('a link of somebody else’s under one of the names is refused, and stays', async () => {
  const folder = scratch();
  symlinkSync('/elsewhere', join(folder, 'oci'));
  await expect(openOutputFolder(folder)).rejects.toThrow('was not made by a build');
  expect(existsSync(join(folder, '.current'))).toBe(false);
});
