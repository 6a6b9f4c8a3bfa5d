import { defineConfig } from 'vitest/config';

/**
 * Folders that `npm test` leaves out: `npm run test:full`, `npm run test:garage` and `npm run test:ttl-soak` name one and run
 * that alone.
 */
const APART = ['full', 'garage', 'soak'];
const suite = APART.find((name) => name === process.env.TEST_SUITE);

/** Tests of all stores, which `npm run test:garage` runs against Garage, too. */
const OF_STORES = ['object-store', 'object-store-faults', 'edit-list'].concat(
  ['container', 'static', 'safety', 'action'].map((name) => `publish-${name}`),
);

const include = [suite ? `__tests__/${suite}/**/*.test.ts` : '__tests__/**/*.test.ts'];
if (suite === 'garage') include.push(...OF_STORES.map((name) => `__tests__/full/${name}.test.ts`));

export default defineConfig({
  test: {
    include,
    env: suite === 'garage' ? { STORES: 'garage' } : {},
    exclude: suite ? [] : APART.map((name) => `__tests__/${name}/**`),
    globalSetup: ['__tests__/support/global-setup.ts'],
    // Compiling is what takes the time, and it uses all processors by itself: files run one after the other.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    reporters: ['default', '__tests__/support/count-reporter.ts'],
  },
});
