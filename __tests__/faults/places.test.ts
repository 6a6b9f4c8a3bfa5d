import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe } from 'vitest';
import { ExitCode } from '../../src/base/errors.js';
import { startStore } from '../support/buckets.js';
import { removeFolder } from '../support/files.js';
import { writeFiles } from '../support/repository.js';
import { type Attempt, type FaultCase, tryAll } from './case.js';
import { mountFor } from './mounts.js';
import { WITHOUT_RIGHTS } from './rights.js';
import { forgetResults, type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const { failed, badInput } = ExitCode;

/** A folder that is what it was, and cannot be written to until it is mended. */
async function readOnly(path: string): Promise<Attempt> {
  mkdirSync(path, { recursive: true });
  const mounts = await mountFor('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', path);
  return { mounts, mend: () => mounts.run('umount', path) };
}

/** A file where a folder is wanted. */
function fileAt(path: string): Attempt {
  removeFolder(path);
  writeFileSync(path, 'a file');
  return { mend: () => rmSync(path) };
}

/** A folder whose mode says that nobody may write there, for a user without root's rights. */
function closed(path: string): Attempt {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o500);
  return { prefix: WITHOUT_RIGHTS, mend: () => chmodSync(path, 0o700) };
}

const cold = (site: Site): Site => {
  forgetResults(site);
  return site;
};

const PLACES: readonly FaultCase[] = [
  {
    name: 'an output folder on a read-only disk',
    code: badInput,
    says: [/^error: output-dir: .*cannot be written to \(EROFS\)/m],
    fault: ({ out }) => readOnly(out),
  },
  {
    name: 'an output folder that this user may not write to',
    code: badInput,
    says: [/^error: output-dir: .*cannot be written to \(EACCES\)/m],
    fault: ({ out }) => closed(out),
  },
  {
    name: 'an output folder that is a file',
    code: badInput,
    says: [/^error: output-dir: .*is a file/m],
    fault: (site) => {
      const path = join(site.folder, 'file');
      return { ...fileAt(path), args: site.with({ 'output-dir': path }) };
    },
  },
  {
    name: 'an output folder with files of somebody else',
    code: badInput,
    says: [/^error: output-dir: .*was not made by a build/m],
    fault: (site) => {
      mkdirSync(join(site.out, 'oci'), { recursive: true });
      return { mend: () => removeFolder(join(site.out, 'oci')) };
    },
  },
  {
    name: 'a read-only folder for temporary files',
    code: failed,
    says: [/No folder for temporary files could be made in \S+temporary/, /TMPDIR/],
    fault: ({ temporary }) => readOnly(temporary),
  },
  {
    name: 'a folder for temporary files that is a file',
    code: failed,
    says: [/No folder for temporary files could be made in \S+/, /TMPDIR/],
    fault: (site) => {
      const path = join(site.folder, 'file');
      return { ...fileAt(path), env: { TMPDIR: path } };
    },
  },
  {
    name: 'a folder for temporary files that is not there',
    code: 0,
    fault: (site) => ({ env: { TMPDIR: join(site.folder, 'not', 'there') } }),
  },
  {
    name: 'a read-only store that has everything',
    code: 0,
    fault: ({ store }) => readOnly(store),
  },
  {
    name: 'a read-only store that has nothing yet',
    code: failed,
    says: [/store|cache/i, /PUSHGATEWAY_TTL_CACHE|--no-cache|cache: false/],
    fault: (site) => readOnly(cold(site).store),
  },
  {
    name: 'a store that this user may not look into',
    code: failed,
    says: [/store|cache/i, /PUSHGATEWAY_TTL_CACHE|--no-cache|cache: false/],
    fault: (site) => {
      chmodSync(site.store, 0);
      return { prefix: WITHOUT_RIGHTS, mend: () => chmodSync(site.store, 0o700) };
    },
  },
  {
    name: 'a store that is a file',
    code: failed,
    says: [/store|cache/i, /PUSHGATEWAY_TTL_CACHE|--no-cache|cache: false/],
    fault: (site) => {
      const path = join(site.folder, 'file');
      return { ...fileAt(path), env: { PUSHGATEWAY_TTL_CACHE: path } };
    },
  },
  {
    name: 'a store below a file',
    code: failed,
    says: [/store|cache/i, /PUSHGATEWAY_TTL_CACHE|--no-cache|cache: false/],
    fault: (site) => {
      const path = join(site.folder, 'file');
      return { ...fileAt(path), env: { PUSHGATEWAY_TTL_CACHE: join(path, 'store') } };
    },
  },
  {
    name: 'a store below a device',
    code: failed,
    says: [/store|cache/i, /PUSHGATEWAY_TTL_CACHE|--no-cache|cache: false/],
    fault: () => ({ env: { PUSHGATEWAY_TTL_CACHE: '/dev/null/store' } }),
  },
  {
    name: 'a read-only HOME',
    code: 0,
    fault: async (site) => readOnly(cold(site).env.HOME ?? ''),
  },
  {
    name: 'a HOME that is not there',
    code: 0,
    fault: () => ({ env: { HOME: '/nonexistent/home', XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' } }),
  },
  {
    name: 'no HOME at all, and nothing in the store',
    code: 0,
    fault: (site) => ({ env: { HOME: '', XDG_CONFIG_HOME: '', XDG_DATA_HOME: '', TMPDIR: cold(site).temporary } }),
  },
  {
    name: 'a patched tree into a read-only folder',
    code: failed,
    says: [/Could not write .*: the file system is read-only/],
    fault: async (site) => {
      const folder = join(site.folder, 'closed');
      const args = ['patch', `--source=${site.source}`, '--patches=none', `--to=${join(folder, 'tree')}`];
      return { ...(await readOnly(folder)), args, next: args };
    },
  },
  {
    name: 'a patched tree into a folder with files',
    code: badInput,
    says: [/^error: to: /m],
    fault: (site) => ({ args: ['patch', `--source=${site.source}`, '--patches=none', `--to=${site.folder}`] }),
  },
  {
    name: 'a merge into a read-only folder',
    code: badInput,
    says: [/^error: output-dir: .*cannot be written to \(EROFS\)/m],
    fault: async (site) => {
      const args = ['merge', site.layout, '--smoke-test=false', `--output-dir=${site.out}`];
      return { ...(await readOnly(site.out)), args, next: args };
    },
  },
  {
    name: 'a report of verify into a read-only folder',
    code: badInput,
    says: [/^error: report-dir: .*cannot be written to \(EROFS\)/m],
    fault: async (site) => {
      const folder = join(site.folder, 'report');
      const args = ['verify', `oci:${site.layout}`, `--report-dir=${folder}`];
      return { ...(await readOnly(folder)), args };
    },
  },
  {
    name: 'files for a bucket that this user may not read',
    code: failed,
    says: [/files\/linux\/amd64\/pushgateway/, /no permission/],
    fault: async (site) => {
      const store = await startStore('moto', join(site.folder, 'bucket'));
      const files = join(site.folder, 'files');
      const file = join(writeFiles(files, { 'linux/amd64/pushgateway': 'x' }), 'linux/amd64/pushgateway');
      chmodSync(file, 0);
      const args = ['static', 'push', '-t', 'files:1', files, store.destination(), '--retries=0'];
      const mend = () => chmodSync(file, 0o644);
      return { args, env: store.env, prefix: WITHOUT_RIGHTS, mend, next: args, nextEnv: store.env };
    },
  },
];

describe('places that cannot be used', () => tryAll(PLACES, () => ground));
