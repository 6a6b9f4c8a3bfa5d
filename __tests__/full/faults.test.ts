import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AssembledIndex } from '../../src/image/build-image.js';
import { tagsOf } from '../support/complete-image.js';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.js';
import { lostAnswer, reset } from '../support/faults.js';
import { scratch } from '../support/files.js';
import { startLenientRegistry } from '../support/lenient-registry.js';
import { plainPush } from '../support/plain-push.js';
import { freshFolder } from '../support/program.js';
import { type RegistryKind, startSecureRegistry } from '../support/registry.js';
import { smallImages } from '../support/small-images.js';
import { type FaultCase, PASSWORD, USERNAME } from './fault-case.js';
import { CASES, LYING } from './fault-cases.js';
import { expectClear, expectPushed, expectWhole, type Indexes, outcomeOf, PATH } from './fault-checks.js';

let place: string;
let newer: AssembledIndex;
let indexes: Indexes;

const layoutOf = (name: 'older' | 'newer') => join(place, name, 'layout');

beforeAll(async () => {
  place = freshFolder('faults');
  const older = await smallImages(join(place, 'older'), 1);
  newer = await smallImages(join(place, 'newer'), 2);
  indexes = { older: older.index.digest, newer: newer.index.digest };
});

/** Pushes the newer image as `1.0` and `latest`, or, where tags may not move, as `latest` alone. */
function attempt({ host }: FaultProxy, { mayNotMove = false, tokens, patience }: Partial<FaultCase>, retries = 3) {
  const login = tokens && { username: USERNAME, password: PASSWORD };
  const tags = mayNotMove ? ['latest'] : ['1.0', 'latest'];
  const what = { host, path: PATH, layoutDir: layoutOf('newer'), image: newer, tags, mayMove: !mayNotMove };
  return outcomeOf({ ...what, retries, timeoutMs: patience ?? 60_000, ...(login && { login }) });
}

describe('a push through faults', () => {
  it('is tried in many ways', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(36);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });

  it.each(CASES)('$name', (tested) => checkCase(tested, 'docker-registry'), 60_000);
});

// What a registry makes of damaged requests is its own; all else is skopeo's and the program's.
describe('a push through faults to distribution v3', () => {
  it.each(LYING)('$name', (tested) => checkCase(tested, 'distribution-v3'), 60_000);
});

async function checkCase(tested: FaultCase, kind: RegistryKind): Promise<void> {
  const { ends, rules, mayNotMove } = tested;
  const { url } = await startSecureRegistry(scratch(), { kind });
  await plainPush(url, PATH, 'latest', layoutOf('older'));
  const tokens = tested.tokens && { username: USERNAME, password: PASSWORD, ...tested.tokens };
  const proxy = await startFaultProxy(url, { rules, tokens });
  try {
    const outcome = await attempt(proxy, tested);
    const tags = await tagsOf(url, PATH);
    expectWhole(tags, indexes);
    if (mayNotMove) expect(tags.get('latest')?.digest).toBe(indexes.older);
    if ('error' in outcome && ends === 'success') throw outcome.error;
    if ('pushed' in outcome) {
      expect(ends, 'the push succeeded').toBe('success');
      expectPushed(outcome.pushed, proxy.host, tags, indexes);
    } else {
      expect(expectClear(outcome.error, proxy.host, tags, indexes)).toMatch(ends);
    }
    expect(rules.length === 0 || proxy.seen.some((request) => request.endsWith('!'))).toBe(true);
  } finally {
    await proxy.close();
  }
}

/** Requests of a push of two platforms and two tags; no push needs more. */
const MOST = 60;

describe('at each of its requests, with a registry that takes any manifest', () => {
  it('leaves whole images only where the line goes dead, and comes to its end the next time', async () => {
    let cuts = 0;
    for (; cuts < MOST; cuts++) {
      const registry = await startLenientRegistry();
      await plainPush(registry.url, PATH, 'latest', layoutOf('older'));
      const proxy = await startFaultProxy(registry.url, { rules: [{ on: 'any', skip: cuts, fault: reset }] });
      const outcome = await attempt(proxy, {}, 0);
      const tags = await tagsOf(registry.url, PATH);
      expectWhole(tags, indexes);
      if ('error' in outcome) {
        expectClear(outcome.error, proxy.host, tags, indexes);
        proxy.mend();
        const again = await attempt(proxy, {}, 0);
        expect('error' in again ? again.error : undefined).toBeUndefined();
        expectWhole(await tagsOf(registry.url, PATH), indexes);
      }
      await proxy.close();
      await registry.close();
      if ('pushed' in outcome) break;
    }
    expect(cuts).toBeGreaterThan(30);
    expect(cuts).toBeLessThan(MOST);
  }, 300_000);

  it('succeeds where one answer is lost', async () => {
    let lost = 0;
    for (let isLost = true; isLost && lost < MOST; lost++) {
      const registry = await startLenientRegistry();
      await plainPush(registry.url, PATH, 'latest', layoutOf('older'));
      const rules = [{ on: 'any', skip: lost, times: 1, fault: lostAnswer }] as const;
      const proxy = await startFaultProxy(registry.url, { rules });
      const outcome = await attempt(proxy, {});
      expect('error' in outcome ? outcome.error : undefined, `request ${lost}`).toBeUndefined();
      const tags = await tagsOf(registry.url, PATH);
      expectWhole(tags, indexes);
      if ('pushed' in outcome) expectPushed(outcome.pushed, proxy.host, tags, indexes);
      isLost = proxy.seen.some((kind) => kind.endsWith('!'));
      await proxy.close();
      await registry.close();
    }
    expect(lost).toBeGreaterThan(30);
    expect(lost).toBeLessThan(MOST);
  }, 300_000);
});
