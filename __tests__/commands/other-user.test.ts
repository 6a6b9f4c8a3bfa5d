import { chmodSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { giveTo, otherUser, unreadable } from '../../src/commands/rebuild/other-user.js';
import { scratch } from '../support/files.js';
import { publicScratch } from '../support/nobody.js';
import { listen } from '../support/registry-access.js';
import { writeFiles } from '../support/repository.js';

const IS_ROOT = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };
const { signal } = new AbortController();

/** The folder of a run, which is for its owner alone, with the one of its second build. */
function runIn(parent: string): string {
  const folder = join(parent, 'run', 'second');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(join(parent, 'run'), 0o700);
  return folder;
}

describe.runIf(IS_ROOT)('root', () => {
  it('builds as nobody where that user can read all and work there', async () => {
    const place = await publicScratch();
    const source = writeFiles(join(place, 'source'), { 'a/b.go': 'x', 'c.go': 'y' });
    // A loop and a link to nowhere keep nobody from reading.
    symlinkSync('..', join(source, 'a', 'up'));
    symlinkSync('nowhere', join(source, 'a', 'lost'));
    const folder = runIn(place);
    const { log, lines } = listen();
    expect(await otherUser([source, join(place, 'missing')], folder, log, signal)).toEqual(NOBODY);
    expect(lines).toEqual([]);
    expect(statSync(folder)).toMatchObject(NOBODY);
    // Others may pass, and see nothing.
    expect(statSync(join(place, 'run')).mode & 0o777).toBe(0o711);
  });

  it.each([
    ['a file deep in a folder', (source: string) => chmodSync(join(source, 'a', 'b.go'), 0o600), /a\/b\.go/],
    ['a folder', (source: string) => chmodSync(join(source, 'a'), 0o700), /source\/a/],
    [
      'what a link leads to',
      (source: string) => symlinkSync(join(writeFiles(scratch(), { secret: 'x' }), 'secret'), join(source, 'link')),
      /pushgateway-ttl-test-/,
    ],
  ])('stays root where nobody may not read %s, and says so', async (_what, close, named) => {
    const place = await publicScratch();
    const source = writeFiles(join(place, 'source'), { 'a/b.go': 'x' });
    close(source);
    const { log, lines } = listen();
    expect(await otherUser([source], runIn(place), log, signal)).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^notice: The second build runs as the same user, .*EACCES: permission denied/);
    expect(lines[0]).toMatch(named);
  });

  it('stays root where nobody cannot reach the folder of the run', async () => {
    const { log, lines } = listen();
    expect(await otherUser([], runIn(scratch()), log, signal)).toBeUndefined();
    expect(lines[0]).toMatch(/^notice: .*EACCES/);
  });

  it('ends where it is cancelled meanwhile', async () => {
    await expect(unreadable(NOBODY, ['/usr'], AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
  });

  it('gives away what is in a folder, and not what its links lead to', async () => {
    const place = await publicScratch();
    const mine = writeFiles(join(place, 'mine'), { netrc: 'x' });
    const folder = writeFiles(join(place, 'theirs'), { 'a/b': 'x' });
    symlinkSync(join(mine, 'netrc'), join(folder, 'a', 'link'));
    await giveTo(NOBODY, folder);
    for (const name of ['', 'a', 'a/b', 'a/link']) expect(lstatSync(join(folder, name)), name).toMatchObject(NOBODY);
    expect(statSync(join(mine, 'netrc')).uid).toBe(0);
  });
});

it('who is not root has no other user to build as, and is not told', async () => {
  const getuid = vi.spyOn(process, 'getuid').mockReturnValue(1000);
  onTestFinished(() => getuid.mockRestore());
  const { log, lines } = listen();
  const folder = runIn(scratch());
  expect(await otherUser(['/nowhere'], folder, log, signal)).toBeUndefined();
  expect(lines).toEqual([]);
  expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
});
