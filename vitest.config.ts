import { defineConfig } from 'vitest/config';

/** What takes long: every claim judged, every wrong version put before its checks. */
const CLAIMS = [
  'properties/claims.test.ts',
  'properties/claims.trainings.test.ts',
  'properties/theory/*-mutants.test.ts',
  'properties/broken/hall-of-bugs.test.ts',
];

/**
 * unit and laws run in about a minute; claims holds the claims themselves. Files of `unit` share their modules, which
 * saves a third of their time: a test that replaces a module belongs into `properties`.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    // Every run of a solver inside the tests checks every accepted step: src/solvers/certificate.ts.
    env: { INVERSE_CLAIMS_CERTIFY: '1' },
    // What vitest takes by itself, then the claims.
    reporters: [
      'default',
      ...(process.env.GITHUB_ACTIONS === 'true' ? ['github-actions'] : []),
      './src/vitest/claims-reporter.ts',
    ],
    projects: [
      { extends: true, test: { name: 'unit', isolate: false, include: ['src/**/*.test.ts', 'theory/**/*.test.ts'] } },
      { extends: true, test: { name: 'laws', include: ['properties/**/*.test.ts'], exclude: CLAIMS } },
      { extends: true, test: { name: 'claims', include: CLAIMS, testTimeout: 600_000 } },
    ],
  },
});
