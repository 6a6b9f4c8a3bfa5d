import { defineConfig } from 'vitest/config';

/** `npm test` runs everything but `full/`; `npm run test:full` sets this and runs that alone. */
const full = process.env.TEST_SUITE === 'full';

export default defineConfig({
  test: {
    include: [full ? '__tests__/full/**/*.test.ts' : '__tests__/**/*.test.ts'],
    exclude: full ? [] : ['__tests__/full/**'],
    globalSetup: ['__tests__/support/global-setup.ts'],
    // Compiling is what takes the time, and it uses all processors by itself: files run one after the other.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
    reporters: ['default', '__tests__/support/count-reporter.ts'],
  },
});
