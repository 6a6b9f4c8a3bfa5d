import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inParallel } from '../../src/base/parallel.js';
import { STORE_KINDS, type StoreKind, startStore, type TestStore } from '../support/buckets.js';
import { lostAnswer, reset, status } from '../support/faults.js';
import { scratch } from '../support/files.js';
import { mustExec, PROJECT, program } from '../support/program.js';
import { keysIn, mustPublish, publish, pullWhole, tagsOn, versionedImages } from '../support/published.js';
import { randomFrom } from '../support/random.js';
import { startStoreProxy } from '../support/store-proxy.js';
import { tool } from '../support/tools.js';
import { startWebsite, type Website } from '../support/website.js';

/** How often a push is killed; less often where each takes seconds, as the store obeys no conditions. */
const KILLS = STORE_KINDS.includes('garage') ? 15 : 50;

/** Pushes that repair at once. */
const AT_ONCE = 3;

interface Scene {
  readonly folder: string;
  readonly store: TestStore;
  readonly site: Website;
}

/** Does the same on a store of each kind at once; they wait for each other no more than they have to. */
async function onEveryStore(body: (scene: Scene) => Promise<void>): Promise<void> {
  const on = async (kind: StoreKind) => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    await body({ folder, store, site: await startWebsite(store) });
  };
  // The servers end with the test: not before all are done.
  const ended = await Promise.allSettled(STORE_KINDS.map(on));
  const failures = ended.flatMap((each, i) =>
    each.status === 'rejected' ? [new Error(`${STORE_KINDS[i]}: ${each.reason}`, { cause: each.reason })] : [],
  );
  if (failures.length > 1) throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'));
  if (failures[0]) throw failures[0];
}

/** Every tag that is seen pulls whole, whether or not it is on the list yet. */
async function allWhole(store: TestStore, site: Website, name: string): Promise<string[]> {
  const base = `v2/${name}/manifests/`;
  const tags = (await keysIn(store)).filter((key) => key.startsWith(base) && !key.includes('sha256:'));
  const fetched = new Map<string, Promise<Buffer>>();
  for (const key of tags) await pullWhole(site.url, name, key.slice(base.length), fetched);
  const listed = await tagsOn(site.url, name);
  for (const tag of listed) expect(tags).toContain(base + tag);
  return listed;
}

/** Lets pushes go through to a store, and kills them where they have come to a request. */
async function killer(store: TestStore) {
  const state = { seen: 0, killAt: Number.POSITIVE_INFINITY, kill: () => {} };
  const proxy = await startStoreProxy(store.url, {
    fault: () => {
      if (++state.seen === state.killAt) state.kill();
      return undefined;
    },
  });
  /**
   * @param at number of the request
   * @param later milliseconds after it
   * @returns whether it was killed before its end
   */
  const push = async (tag: string, path: string, at: number, later: number): Promise<boolean> => {
    const to = store.destination().replace(store.url, proxy.url);
    const child = spawn(process.execPath, [PROJECT, 'container', 'push', '-t', `app:${tag}`, path, to], {
      env: { PATH: process.env.PATH, ...store.env, HOME: '/nonexistent' },
      stdio: 'ignore',
      detached: true,
    });
    const ended = new Promise<boolean>((resolve) =>
      child.on('close', (_code, signal) => resolve(signal === 'SIGKILL')),
    );
    state.seen = 0;
    state.killAt = at;
    state.kill = () =>
      setTimeout(() => {
        if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
      }, later);
    return ended;
  };
  return { push, state };
}

it(
  `keeps every tag whole through ${KILLS} pushes that are killed, and the next push repairs`,
  () =>
    onEveryStore(async ({ folder, store, site }) => {
      const images = Array.from({ length: 5 }, (_, position) => join(folder, `image-${position}`));
      for (const [position, path] of images.entries()) await versionedImages(path, position, String(position));
      const { push, state } = await killer(store);
      expect(await push('0', images[0] ?? '', Number.POSITIVE_INFINITY, 0)).toBe(false);
      const requests = state.seen;

      const random = randomFrom(7);
      const stages = new Set<number>();
      let [killed, listed] = [0, ['0']];
      for (let i = 1; killed < KILLS && i < 4 * KILLS; i++) {
        // New tags, and tags that move.
        const path = images[Math.floor(random() * images.length)] ?? '';
        const at = 1 + Math.floor(random() * requests);
        if (await push(String(i % 12), path, at, random() * 10)) killed++;
        const now = await allWhole(store, site, 'app');
        expect(now).toEqual(expect.arrayContaining(listed));
        listed = now;
        stages.add((await keysIn(store)).length);
      }
      // It was killed at many places, and not always before anything was written.
      expect(killed).toBe(KILLS);
      expect(stages.size).toBeGreaterThan(5);
      const repairs = Array.from({ length: 12 }, (_, i) => [String(i), images[i % 5] ?? ''] as const);
      await inParallel(repairs, AT_ONCE, ([tag, path]) =>
        mustPublish(store, 'container', 'push', '-t', `app:${tag}`, path, store.destination()),
      );
      expect((await allWhole(store, site, 'app')).length).toBe(12);
      const args = ['--insecure-policy', 'copy', '--all', '--src-tls-verify=false', `docker://${site.host}/app:3`];
      await mustExec(tool('skopeo'), [...args, `oci:${join(folder, 'copy')}:x`]);
    }),
  600_000,
);

it(
  'keeps every tag whole where the store fails from any request on, and the next push repairs',
  () =>
    onEveryStore(async ({ folder, store, site }) => {
      await versionedImages(join(folder, 'a'), 1, 'a');
      await versionedImages(join(folder, 'b'), 2, 'b');
      await mustPublish(store, 'container', 'push', '-t', 'app:1', join(folder, 'a'), store.destination());
      const faults = [status(503), reset, lostAnswer, status(403)];
      let failures = 0;
      for (let good = 0; ; good++) {
        const fault = faults[good % faults.length];
        const proxy = await startStoreProxy(store.url, {
          fault: (_request, count) => (count >= good ? fault : undefined),
        });
        // Another tag each time, of the same image: blobs are there from some point on, tag and list are not.
        const to = store.destination().replace(store.url, proxy.url);
        const args = ['container', 'push', '-t', `app:2.${good}`, join(folder, 'b'), to, '--retries', '0'];
        const { code, stderr } = await program(args, { env: { ...store.env } });
        await allWhole(store, site, 'app');
        if (code === 0) break;
        failures++;
        expect(code).toBe(1);
        expect(stderr).toMatch(/^error: Could not /m);
        expect(stderr).not.toMatch(/\n\s+at |This is a defect/);
      }
      expect(failures).toBeGreaterThan(10);
      // One for each kind of failure, early and late: it is the same image, so that the others have no more to mend.
      const tags = Array.from({ length: failures }, (_, i) => `2.${i}`);
      const repairs = [...tags.slice(0, faults.length), ...tags.slice(-faults.length)];
      await inParallel(repairs, AT_ONCE, (tag) =>
        mustPublish(store, 'container', 'push', '-t', `app:${tag}`, join(folder, 'b'), store.destination()),
      );
      expect(await allWhole(store, site, 'app')).toEqual(expect.arrayContaining(['1', ...repairs]));
    }),
  600_000,
);

it(
  'keeps every tag whole where pushes and garbage collections go on at once',
  () =>
    onEveryStore(async ({ folder, store, site }) => {
      const to = store.destination();
      // Few images under many tags: what goes with one tag is what the next one finds there.
      for (const seed of [0, 1]) await versionedImages(join(folder, String(seed)), seed, 'x');
      let pushed = 0;
      const push = async (tag: number) => {
        await mustPublish(store, 'container', 'push', '-t', `app:${tag}`, join(folder, String(tag % 2)), to);
        pushed = tag;
      };
      await push(0);
      let isDone = false;
      // Both may find nothing; neither may find a tag that is not whole.
      const until = async (fine: RegExp, command: (round: number) => string[]) => {
        let round = 0;
        for (; !isDone; round++) {
          const { code, stderr } = await publish(store, 'container', ...command(round), to);
          if (code !== 0 && !fine.test(stderr)) throw new Error(stderr);
        }
        return round;
      };
      const collect = () => until(/has nothing of app/, () => ['gc', '--keep', '1', 'app']);
      const remove = () =>
        until(/there is no app/, (round) => ['rm', '-t', `app:${Math.max(0, pushed - (round % 3))}`]);
      const others = Promise.all([collect(), remove()]);
      others.catch(() => {});
      try {
        for (let tag = 1; tag < 20; tag++) await push(tag);
      } finally {
        isDone = true;
      }
      expect((await others)[0]).toBeGreaterThan(3);
      await allWhole(store, site, 'app');
      await push(20);
      await mustPublish(store, 'container', 'gc', '--keep', '1', '--grace', '0', 'app', to);
      const listed = await allWhole(store, site, 'app');
      const needed = new Set(['v2/', 'v2/index.html', 'v2/app/tags/list']);
      for (const tag of listed) for (const key of await pullWhole(site.url, 'app', tag)) needed.add(key);
      expect(await keysIn(store)).toEqual([...needed].sort());
    }),
  600_000,
);

it(
  'takes a push through a proxy that fails every third request',
  () =>
    onEveryStore(async ({ folder, store, site }) => {
      await versionedImages(join(folder, 'a'), 1, 'a');
      const faults = [status(503), reset, lostAnswer];
      const fault = (_request: unknown, count: number) => (count % 3 === 2 ? faults[((count / 3) % 3) | 0] : undefined);
      const proxy = await startStoreProxy(store.url, { fault });
      const to = store.destination().replace(store.url, proxy.url);
      await mustPublish(store, 'container', 'push', '-t', 'app:1', join(folder, 'a'), to);
      expect(await allWhole(store, site, 'app')).toEqual(['1']);
      expect(proxy.seen.filter((line) => line.endsWith('!')).length).toBeGreaterThan(5);
    }),
  300_000,
);
