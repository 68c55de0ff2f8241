import { defineConfig } from 'vitest/config';

/** unit and laws run in under a minute; trainings holds every claim that trains networks. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts', 'theory/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'laws', include: ['properties/**/*.test.ts'], exclude: ['properties/*.trainings.test.ts'] },
      },
      { extends: true, test: { name: 'trainings', include: ['properties/*.trainings.test.ts'], testTimeout: 600_000 } },
    ],
  },
});
