import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { ExitCode } from '../../src/base/errors.js';
import { type Attempt, type FaultCase, tryAll } from './case.js';
import { mountFor } from './mounts.js';
import { forgetResults, type Ground, prepareGround } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const { failed } = ExitCode;
const NO_SPACE = /no space (is )?left on/i;

/** A place of so many kilobytes, which becomes large enough afterwards. */
async function small(path: string, kilobytes: number): Promise<Attempt> {
  mkdirSync(path, { recursive: true });
  const mounts = await mountFor('mount -t tmpfs -o size="$2"k tmpfs "$1"', path, String(kilobytes));
  return { mounts, mend: () => mounts.run('mount', '-o', 'remount,size=1g', path) };
}

/** What stands in a place after a run that found it full. */
const isEmpty =
  (path: string, { mounts }: Attempt) =>
  () =>
    expect(readdirSync(mounts?.seen(path) ?? path)).toEqual([]);

const CASES: readonly FaultCase[] = [
  {
    name: 'build into a folder on a disk that is full at once',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: ({ out }) => small(out, 4),
  },
  {
    name: 'build into a folder on a disk that gets full with the layout',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: ({ out }) => small(out, 300),
  },
  {
    name: 'build into a folder on a disk that gets full with the archive',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: ({ out }) => small(out, 1500),
  },
  {
    name: 'build with archives for docker on a disk that gets full with them',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: async (site) => {
      const args = site.with({ 'docker-archives': 'true' });
      return { ...(await small(site.out, 2450)), args };
    },
  },
  {
    name: 'build with no room for temporary files',
    code: failed,
    says: [NO_SPACE],
    fault: async (site) => {
      forgetResults(site);
      return small(site.temporary, 16);
    },
  },
  {
    name: 'build whose compiler fills the disk for temporary files',
    code: failed,
    says: [NO_SPACE],
    fault: async (site) => {
      forgetResults(site);
      return small(site.temporary, 700);
    },
  },
  {
    name: 'build with no room for binaries in the store',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: async (site) => {
      forgetResults(site);
      return small(join(site.store, 'binaries'), 100);
    },
  },
  {
    name: 'build with no room for layers in the store',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: async (site) => {
      forgetResults(site);
      return small(join(site.store, 'layers'), 100);
    },
  },
  {
    name: "build with no room for Go's own cache",
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: async (site) => {
      forgetResults(site);
      const path = join(site.store, 'go-build');
      const script = 'mount -t tmpfs -o size=64k tmpfs "$1"';
      const mounts = await mountFor(script, path);
      return { mounts, mend: () => mounts.run('umount', path) };
    },
  },
  {
    name: 'patch into a folder on a full disk',
    code: failed,
    says: [/Could not write the patched tree to /, NO_SPACE],
    fault: async (site) => {
      const disk = join(site.folder, 'disk');
      const to = join(disk, 'tree');
      const attempt = await small(disk, 8);
      const args = ['patch', `--source=${site.source}`, '--patches=none', `--to=${to}`];
      return { ...attempt, args, next: args, check: isEmpty(disk, attempt) };
    },
  },
  {
    name: 'merge into a folder on a full disk',
    code: failed,
    says: [NO_SPACE, /Free some space and run again/],
    fault: async (site) => {
      const attempt = await small(site.out, 300);
      const args = ['merge', site.layout, '--smoke-test=false', `--output-dir=${site.out}`];
      return { ...attempt, args, next: args };
    },
  },
  {
    name: 'diff of an archive with no room to unpack it',
    code: failed,
    says: [NO_SPACE],
    fault: async (site) => {
      const archive = join(site.layout, '..', 'pushgateway.oci.tar');
      const args = ['diff', `oci:${site.layout}`, archive];
      return { ...(await small(site.temporary, 100)), args, next: args };
    },
  },
];

describe('a disk that is full', () => tryAll(CASES, () => ground));
