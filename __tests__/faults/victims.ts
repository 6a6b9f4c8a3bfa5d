import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { contentOf, wholeResult } from '../integration/folders.js';
import { startCommandLine } from '../support/as-action.js';
import { startStore } from '../support/buckets.js';
import { removeFolder } from '../support/files.js';
import { keysIn, pullWhole, tagsOn } from '../support/published.js';
import { startWebsite } from '../support/website.js';
import { forgetResults, type Site } from './site.js';

/** A command that is killed again and again. */
export interface Victim {
  readonly name: string;
  /** How often by SIGKILL, and how often by SIGTERM. */
  readonly kills: readonly [number, number];
  readonly set: (site: Site) => Scene | Promise<Scene>;
}

export interface Scene {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Exit code of the command in peace. Default 0. */
  readonly code?: number;
  /** Before each run. */
  readonly prepare?: () => unknown;
  /** What must be so at any moment, whatever was killed. */
  readonly isWhole?: () => Promise<unknown>;
  /** What must be so after a run in peace. */
  readonly isDone: (stdout: string) => unknown;
}

const buildScene = (site: Site, prepare?: () => unknown): Scene => ({
  args: site.build,
  ...(prepare && { prepare }),
  isWhole: async () => expect([undefined, site.digest]).toContain(await wholeResult(site.out)),
  isDone: async (stdout) => {
    expect(JSON.parse(stdout).digest).toBe(site.digest);
    expect(await wholeResult(site.out)).toBe(site.digest);
    expect(readdirSync(site.out).filter((name) => /^\.(result|link)-/.test(name))).toHaveLength(1);
  },
});

export const VICTIMS: readonly Victim[] = [
  {
    name: 'a build that compiles and compresses',
    kills: [20, 10],
    set: (site) => buildScene(site, () => forgetResults(site)),
  },
  { name: 'a build that finds all in its store', kills: [15, 5], set: (site) => buildScene(site) },
  {
    name: 'a merge',
    kills: [10, 5],
    set: (site) => ({
      ...buildScene(site),
      args: ['merge', '--json', site.layout, '--smoke-test=false', `--output-dir=${site.out}`],
    }),
  },
  {
    name: 'a patched tree',
    kills: [10, 5],
    set: async (site) => {
      const place = join(site.folder, 'place');
      const tree = join(place, 'tree');
      mkdirSync(place);
      const args = ['patch', `--source=${site.source}`, '--patches=none', `--to=${tree}`];
      expect((await startCommandLine(site, args).ended).code).toBe(0);
      const whole = contentOf(tree);
      return {
        args,
        prepare: () => removeFolder(tree),
        isWhole: async () => expect([undefined, whole]).toContainEqual(contentOf(tree)),
        isDone: () => {
          expect(contentOf(tree)).toEqual(whole);
          expect(readdirSync(place)).toEqual(['tree']);
        },
      };
    },
  },
  {
    name: 'a comparison of an image with its archive',
    kills: [5, 5],
    set: (site) => ({
      args: ['diff', `oci:${site.layout}`, join(site.layout, '..', 'pushgateway.oci.tar')],
      isDone: (stdout) => expect(stdout).toMatch(/reproducible|identical/),
    }),
  },
  {
    name: 'a verification',
    kills: [5, 5],
    set: (site) => {
      const folder = join(site.folder, 'report');
      return {
        args: ['verify', `oci:${site.layout}`, '--report-dir', folder],
        code: 3, // the small repository is not upstream's
        prepare: () => removeFolder(folder),
        isWhole: async () => {
          const report = join(folder, 'report.json');
          if (existsSync(report)) expect(JSON.parse(readFileSync(report, 'utf8')).verdict).toBe('not-performed');
        },
        isDone: () => expect(readdirSync(folder).sort()).toEqual(['report.json', 'report.md']),
      };
    },
  },
  {
    name: 'files on their way to a bucket',
    kills: [10, 5],
    set: async (site) => {
      const store = await startStore('moto', join(site.folder, 'bucket'));
      const files = join(site.folder, 'files');
      cpSync(join(site.layout, '..', 'bin'), files, { recursive: true, dereference: true });
      const args = ['static', 'push', '-t', 'files:1', files, store.destination()];
      return {
        args,
        env: store.env,
        prepare: async () => {
          const Objects = (await keysIn(store)).map((Key) => ({ Key }));
          const what = { Bucket: store.bucket, Delete: { Objects } };
          if (Objects.length > 0) await store.client.send(new DeleteObjectsCommand(what));
        },
        // What leads to something comes after it.
        isWhole: async () => {
          const keys = await keysIn(store);
          const order = ['df-dist-v1/files', 'df-dist-v1/files/1', 'df-dist-v1/files/1/linux/amd64/pushgateway'];
          const first = order.findIndex((key) => keys.includes(key));
          if (first >= 0) expect(keys).toEqual(expect.arrayContaining(order.slice(first)));
        },
        isDone: async () => expect(await keysIn(store)).toContain('df-dist-v1/files'),
      };
    },
  },
  {
    name: 'a garbage collection',
    kills: [6, 3],
    set: async (site) => {
      const store = await startStore('moto', join(site.folder, 'bucket'));
      const website = await startWebsite(store);
      const push = async (tag: string) => {
        const args = ['container', 'push', '-t', `app:${tag}`, site.layout, store.destination()];
        expect((await startCommandLine(site, args, store.env).ended).code).toBe(0);
      };
      return {
        args: ['container', 'gc', '--keep', '1', '--grace', '0', 'app', store.destination()],
        env: store.env,
        prepare: async () => {
          for (const tag of ['1', '2', '3']) await push(tag);
        },
        isWhole: async () => {
          for (const tag of await tagsOn(website.url, 'app')) await pullWhole(website.url, 'app', tag);
        },
        isDone: async () => expect(await tagsOn(website.url, 'app')).toEqual(['3']),
      };
    },
  },
];
