import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/program.js';
import { makeRepository, type Repository } from '../support/repository.js';
import { runScript } from '../support/workflow-script.js';

const ACTION = readFileSync(join(PROJECT, 'action.yml'), 'utf8');
const GOLDEN = JSON.parse(readFileSync(join(PROJECT, '__tests__/integration/golden-digests.json'), 'utf8')) as Golden[];

interface Golden {
  name: string;
  args: string[];
  'spec-digest': string;
  digest: string;
}

const files = (golden: readonly Golden[], action = ACTION) => ({
  'action.yml': action,
  '__tests__/integration/golden-digests.json': JSON.stringify(golden),
});

/** This project's own files, released as v1.2.0, and then changed. */
async function thenChanged(golden: readonly Golden[], action = ACTION): Promise<Repository> {
  const repository = await makeRepository();
  await repository.commit(files(GOLDEN));
  await repository.git('tag', 'v1.2.0');
  await repository.commit(files(golden, action));
  return repository;
}

const compare = ({ path }: Repository, tag: string, previous = 'v1.2.0') =>
  runScript('compare-defaults.mjs', { TAG: tag, PREVIOUS: previous }, path);

/** The first golden digest with something else in place of what it has. */
const changed = (change: Partial<Golden>): Golden[] =>
  GOLDEN.map((entry, index) => (index === 0 ? { ...entry, ...change } : entry));

function withDefault(name: string, before: string, value: string): string {
  const action = ACTION.replace(new RegExp(`(\n {2}${name}:\n(?: {4}.*\n)*? {4}default: )${before}`), `$1${value}`);
  expect(action).not.toBe(ACTION);
  return action;
}

describe('what a release makes unasked', () => {
  it('may stay the same in any release, and more may be held', async () => {
    const more = [
      ...GOLDEN,
      { name: 'new', args: ['--patches', 'other'], 'spec-digest': 'sha256:1', digest: 'sha256:2' },
    ];
    for (const tag of ['v1.2.1', 'v1.3.0', 'v2.0.0', 'v1.2.1-rc.1']) {
      const { code, stdout, stderr } = await compare(await thenChanged(more), tag);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/ is a (patch|minor|major) release after v1\.2\.0, and may be/);
    }
  });

  it.each([
    ['pushgateway-version', '1\\.11\\.3', '1.12.0'],
    ['patches', 'ttl', 'none'],
    ['go-version', '""', '1.27.0'],
    ['platforms', '\\|\n {6}linux/amd64\n', '|\n      linux/riscv64\n'],
    ['source-date-epoch', 'release', '"0"'],
  ])('takes a minor release where the default of %s is another', async (name, before, value) => {
    const repository = await thenChanged(GOLDEN, withDefault(name, before, value));
    for (const tag of ['v1.2.1', 'v1.2.1-rc.1']) {
      const { code, stderr } = await compare(repository, tag);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`the default of ${name} was`)]);
    }
    for (const tag of ['v1.3.0', 'v1.3.0-rc.1', 'v2.0.0'])
      expect(await compare(repository, tag)).toMatchObject({ code: 0, stdout: expect.stringContaining(name) });
  });

  it('is not concerned with defaults that reach no digest', async () => {
    const repository = await thenChanged(GOLDEN, withDefault('retries', '"5"', '"6"'));
    expect(await compare(repository, 'v1.2.1')).toMatchObject({ code: 0 });
  });

  it('takes a minor release where the same inputs come to another spec', async () => {
    const repository = await thenChanged(changed({ 'spec-digest': 'sha256:1', digest: 'sha256:2' }));
    expect(await compare(repository, 'v1.2.1')).toMatchObject({ code: 1, stderr: expect.stringContaining('sha256:2') });
    expect(await compare(repository, 'v1.3.0')).toMatchObject({ code: 0 });
  });

  it('makes no release at all where a spec comes to another digest, or a digest is held no more', async () => {
    for (const tag of ['v1.2.1', 'v1.3.0', 'v2.0.0']) {
      const moved = await compare(await thenChanged(changed({ digest: 'sha256:2' })), tag);
      expect([moved.code, moved.stderr]).toEqual([1, expect.stringContaining('the same spec and another digest')]);
      const gone = await compare(await thenChanged(GOLDEN.slice(1)), tag);
      expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('is gone')]);
    }
  });

  it('compares with nothing before the first release, and fails where it cannot compare', async () => {
    expect(await compare(await thenChanged(GOLDEN), 'v1.2.1', '')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no release before'),
    });
    expect(await compare(await thenChanged([]), 'v1.2.1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no '),
    });
    const action = ACTION.replace('  platforms:\n', '  platform:\n');
    expect(await compare(await thenChanged(GOLDEN, action), 'v2.0.0')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no default for platforms'),
    });
  });
});
