import { defineConfig } from 'vitest/config';

/**
 * unit and laws run in about a minute; trainings holds every claim that trains networks. Files of `unit` share their
 * modules, which saves a third of their time: a test that replaces a module belongs into `properties`.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    // Every run of a solver inside the tests checks every accepted step: src/solvers/certificate.ts.
    env: { INVERSE_CLAIMS_CERTIFY: '1' },
    projects: [
      { extends: true, test: { name: 'unit', isolate: false, include: ['src/**/*.test.ts', 'theory/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'laws', include: ['properties/**/*.test.ts'], exclude: ['properties/*.trainings.test.ts'] },
      },
      { extends: true, test: { name: 'trainings', include: ['properties/*.trainings.test.ts'], testTimeout: 600_000 } },
    ],
  },
});
