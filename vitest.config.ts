import { defineConfig } from 'vitest/config';

/** Folders that `npm test` leaves out: a script of its own, as `npm run test:full`, names one and runs that alone. */
const APART = ['faults', 'full', 'fuzz', 'garage', 'soak', 'workflows'];
const suite = APART.find((name) => name === process.env.TEST_SUITE);

/** Tests of all stores, which `npm run test:garage` runs against Garage, too. */
const OF_STORES = ['object-store', 'object-store-faults', 'edit-list'].concat(
  ['container', 'static', 'safety', 'action'].map((name) => `publish-${name}`),
);

const include = [suite ? `__tests__/${suite}/**/*.test.ts` : '__tests__/**/*.test.ts'];
if (suite === 'garage') include.push(...OF_STORES.map((name) => `__tests__/full/${name}.test.ts`));

/** Rooms whose branches are covered to 95 %. */
const COVERED = ['image', 'spec', 'verify'];

export default defineConfig({
  test: {
    include,
    env: suite === 'garage' ? { STORES: 'garage' } : {},
    exclude: suite ? [] : APART.map((name) => `__tests__/${name}/**`),
    globalSetup: ['__tests__/support/global-setup.ts'],
    // Compiling is what takes the time, and it uses all processors by itself: files run one after the other.
    fileParallelism: suite === 'fuzz',
    ...(suite === 'fuzz' ? { maxWorkers: 2 } : {}),
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // `npm run coverage`: of the rooms that make bytes and judge them, by their own tests.
    coverage: {
      provider: 'v8',
      include: COVERED.map((room) => `src/${room}/**`),
      reporter: ['text'],
      reportOnFailure: true,
      thresholds: Object.fromEntries(COVERED.map((room) => [`src/${room}/**`, { branches: 95 }])),
    },
    reporters: [
      'default',
      '__tests__/support/count-reporter.ts',
      ...(suite === 'fuzz' ? ['__tests__/fuzz/table-reporter.ts'] : []),
      ...(suite === 'faults' ? ['__tests__/faults/fault-reporter.ts'] : []),
    ],
  },
});
