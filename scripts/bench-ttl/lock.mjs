// The lock of the store: Go benchmarks that come with the patch set (storage/ttl_cost_test.go), many single runs each.
import { dirname } from 'node:path';
import { run } from './servers.mjs';
import { tell } from './statistics.mjs';

/** Runs a benchmark so many times: for each thing measured, a list of milliseconds. */
async function benchmark(tests, name, times) {
  const args = ['-test.run=^$', `-test.bench=^BenchmarkTTLCost${name}$`, '-test.benchtime=1x', `-test.count=${times}`];
  const lists = {};
  for (const [, results] of (await run(tests, args, dirname(tests))).matchAll(/^Benchmark\S+\s+1\s(.*)$/gm)) {
    for (const [, value, what] of results.matchAll(/(\S+) (\S+)/g)) {
      lists[what] ??= [];
      lists[what].push(Number(value));
    }
  }
  if (lists['ns/op']?.length !== times) throw new Error(`${name} was not measured ${times} times`);
  return lists;
}

const ms = { digits: 2, unit: ' ms' };

async function alone(tests, times) {
  const all = await benchmark(tests, 'Alone', times);
  const name = '100,000 groups expired at once';
  tell(`${name}, longest hold of the lock by a piece`, all.hold, { ...ms, limit: 5 });
  tell(`${name}, the same of a control that only counts`, all['control-hold'], ms);
  tell(`${name}, longest wait of an idle reader`, all.wait, { ...ms, limit: 5 });
  tell(`${name}, the same beside that control`, all['control-wait'], ms);
  tell(`${name}, the whole sweep`, all.sweep, { ...ms, digits: 0 });
}

export async function lock({ tests, rounds }) {
  await alone(tests, 4 * rounds);
  for (const [groups, times] of [
    ['10000', 4 * rounds],
    ['100000', 3],
  ]) {
    const { sweep } = await benchmark(tests, `BesideScrapes/${groups}`, times);
    const goal = groups === '10000' ? 'well below 1000 ms' : undefined;
    tell(`${groups} groups expired at once, the whole sweep beside continuous reading`, sweep, {
      ...ms,
      digits: 0,
      goal,
    });
    for (const beside of ['scrapes', 'persisting']) {
      await likePushes(tests, beside, groups, times);
    }
  }
}

/** A reader that comes while somebody waits for the write lock waits until whoever reads then is done; so does a push. */
async function likePushes(tests, beside, groups, times) {
  const all = await benchmark(tests, `LikePushes/${beside}/${groups}`, times);
  const name = `longest wait of a reader beside ${beside} of ${groups} groups`;
  const share = (who) => all[`${who}-wait`].map((wait, i) => wait / all[`${who}-work`][i]);
  tell(`${name}, with pushes`, all['push-wait'], ms);
  tell(`${name}, with a sweep`, all['sweep-wait'], ms);
  const part = beside === 'scrapes' ? 'longest scrape' : 'longest persisting';
  tell(`${name} ÷ ${part}, with pushes`, share('push'));
  tell(`${name} ÷ ${part}, with a sweep`, share('sweep'), { goal: 'as with pushes' });
}
