import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/program.js';
import { makeRepository, type Repository } from '../support/repository.js';
import { runScript } from '../support/workflow-script.js';

const packageJson = (version: string) => ({ 'package.json': `{ "version": "${version}" }\n` });

/** A repository whose one commit has a version, with the branch origin/main at it. */
async function released(version: string, tags: readonly string[] = []): Promise<Repository> {
  const repository = await makeRepository();
  await repository.commit(packageJson(version));
  await repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  for (const tag of tags) await repository.git('tag', tag);
  return repository;
}

const check = ({ path }: Repository, tag: string, dryRun = false) =>
  runScript('release-tag.mjs', { TAG: tag, DRY_RUN: String(dryRun) }, path);

describe('the tag of a release', () => {
  it.each<[string, readonly string[], Record<string, string>]>([
    ['1.2.3', [], { moves: 'v1', prerelease: 'false', latest: 'true', previous: '' }],
    ['1.2.3', ['v1.2.2', 'v1.10.0-rc.1', 'v1', 'v0.9.0'], { moves: 'v1', latest: 'true', previous: 'v1.2.2' }],
    ['1.10.0', ['v1.9.0', 'v1.2.3'], { moves: 'v1', latest: 'true', previous: 'v1.9.0' }],
    ['2.0.0', ['v1.9.0'], { moves: 'v2', latest: 'true', previous: 'v1.9.0' }],
    // A later patch of an older version leaves v1 with the newest, and an older major has its own tag.
    ['1.2.4', ['v1.2.3', 'v1.3.0'], { moves: '', latest: 'false', previous: 'v1.2.3' }],
    ['1.9.1', ['v1.9.0', 'v2.0.0'], { moves: 'v1', latest: 'false', previous: 'v1.9.0' }],
    // A pre-release moves nothing.
    ['1.3.0-rc.1', ['v1.2.3'], { moves: '', prerelease: 'true', latest: 'false', previous: 'v1.2.3' }],
    ['2.0.0-beta', ['v1.2.3', 'v2.0.0-alpha'], { moves: '', prerelease: 'true', previous: 'v1.2.3' }],
  ])('v%s beside %j', async (version, tags, expected) => {
    const repository = await released(version, [...tags, `v${version}`]);
    const { code, stderr, outputs } = await check(repository, `v${version}`);
    expect(code, stderr).toBe(0);
    expect(outputs).toMatchObject({ ...expected, version, tag: `v${version}` });
    expect(outputs.commit).toBe(await repository.git('rev-parse', 'HEAD'));
  });

  it.each([
    'v1',
    '1.2.3',
    'v1.2',
    'v01.2.3',
    'v1.2.3+1',
    'v1.2.3-',
    'v1.2.3-01',
    'v1.2.3\n',
    'v1.2.3;id',
    '',
    '--help',
  ])('refuses %j, which is none', async (tag) => {
    const { code, stderr, outputs } = await check(await released('1.2.3', ['v1.2.3']), tag);
    expect([code, outputs]).toEqual([1, {}]);
    expect(stderr).toContain('::error title=No release::');
  });

  it('refuses a tag that package.json does not have', async () => {
    const { code, stderr } = await check(await released('1.2.4', ['v1.2.3']), 'v1.2.3');
    expect([code, stderr]).toEqual([1, expect.stringContaining('the tag has to be v1.2.4')]);
  });

  it('refuses a tag that exists on another commit, also in a dry run', async () => {
    const repository = await released('1.2.3', ['v1.2.3']);
    await repository.commit({ more: '' });
    await repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    for (const dryRun of [false, true]) {
      const { code, stderr } = await check(repository, 'v1.2.3', dryRun);
      expect([code, stderr]).toEqual([1, expect.stringContaining('a released tag never moves')]);
    }
  });

  it('takes tags with a message', async () => {
    const repository = await released('1.2.3');
    await repository.git('tag', '--annotate', '--message=x', 'v1.2.3');
    expect(await check(repository, 'v1.2.3')).toMatchObject({ code: 0 });
  });

  it('refuses a commit that is on no branch for releases; a dry run does not ask, nor for the tag', async () => {
    const repository = await released('1.2.3', ['v1.2.3']);
    await repository.git('update-ref', '-d', 'refs/remotes/origin/main');
    await repository.git('update-ref', 'refs/remotes/origin/feature/main', 'HEAD');
    const { code, stderr } = await check(repository, 'v1.2.3');
    expect([code, stderr]).toEqual([1, expect.stringContaining('neither on main')]);
    expect(await check(repository, 'v1.2.3', true)).toMatchObject({ code: 0 });

    await repository.git('update-ref', 'refs/remotes/origin/release-1.2', 'HEAD');
    expect(await check(repository, 'v1.2.3')).toMatchObject({ code: 0 });
    await repository.git('tag', '--delete', 'v1.2.3');
    expect(await check(repository, 'v1.2.3')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such tag'),
    });
    expect(await check(repository, 'v1.2.3', true)).toMatchObject({ code: 0, outputs: { moves: 'v1' } });
  });
});

interface Version {
  tag: string;
  numbers: number[];
  pre: string[];
}

describe('versions', async () => {
  const file = pathToFileURL(join(PROJECT, '.github', 'workflows', 'release-version.mjs')).href;
  const { parseTag, compareVersions, step } = (await import(file)) as {
    parseTag(tag: string): Version | undefined;
    compareVersions(a: Version, b: Version): number;
    step(from: Version, to: Version): string;
  };
  const number = fc.oneof(fc.nat(3), fc.nat(999_999_999));
  const identifier = fc.oneof(number.map(String), fc.stringMatching(/^[0-9a-zA-Z-]{1,4}$/));
  const tags = fc
    .tuple(number, number, number, fc.array(identifier, { maxLength: 3 }))
    .map(([a, b, c, pre]) => `v${a}.${b}.${c}${pre.length > 0 ? `-${pre.join('.')}` : ''}`);

  it('are read, ordered and told apart as semver does', () => {
    fc.assert(
      fc.property(tags, tags, (a, b) => {
        const [one, two] = [parseTag(a), parseTag(b)];
        expect([one !== undefined, two !== undefined]).toEqual([semver.valid(a) !== null, semver.valid(b) !== null]);
        if (!one || !two) return;
        expect(Math.sign(compareVersions(one, two))).toBe(semver.compare(a, b));
        const difference = semver.diff(a.replace(/-.*/, ''), b.replace(/-.*/, '')) ?? 'patch';
        expect(step(one, two)).toBe(difference);
      }),
      { numRuns: 2000 },
    );
  });
});
