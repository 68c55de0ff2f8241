import { defineConfig } from 'vitest/config';

/** Tests that are run by a test: some of them fail on purpose. */
export default defineConfig({
  test: {
    cache: false,
    include: ['*.fixture.ts'],
    maxWorkers: 1,
    reporters: ['default', '../claims-reporter.ts'],
  },
});
