import { defineConfig } from 'vitest/config';

/** The built app in a real browser, served by the real server. */
export default defineConfig({
  test: {
    include: ['tests/e2e/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 90_000,
    fileParallelism: false, // two cores read one picture at a time
  },
});
