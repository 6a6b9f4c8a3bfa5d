import { defineConfig } from 'vitest/config';

/** Folders that `npm test` leaves out: `npm run test:full` and `npm run test:ttl-soak` name one and run that alone. */
const APART = ['full', 'soak'];
const suite = APART.find((name) => name === process.env.TEST_SUITE);

export default defineConfig({
  test: {
    include: [suite ? `__tests__/${suite}/**/*.test.ts` : '__tests__/**/*.test.ts'],
    exclude: suite ? [] : APART.map((name) => `__tests__/${name}/**`),
    globalSetup: ['__tests__/support/global-setup.ts'],
    // Compiling is what takes the time, and it uses all processors by itself: files run one after the other.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    reporters: ['default', '__tests__/support/count-reporter.ts'],
  },
});
