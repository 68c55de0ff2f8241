import { expect, it } from 'vitest';
import { training256 } from './billiards/claims.ts';
import { catalogue } from './catalogue.ts';
import { figuresBeside } from './figure-catalogue.ts';
import { plannedJobs } from './part.ts';
import { SHOWN_TRAININGS } from './runtime-figure.ts';

it('a figure that shows trials is no job; its trials are', () => {
  const claims = [catalogue.claim('billiards.jpo-beats-bfgs')];
  const jobs = plannedJobs(claims, { seed: 1, backend: 'cpu' });
  const figures = jobs.flatMap((job) => (job.kind === 'figure' ? [job.figure] : []));
  expect(figuresBeside(claims).map(({ id }) => id)).toContain('billiards-runtime');
  expect(figures).not.toContain('billiards-runtime');
  expect(figures).toContain('4b');
  const trainings = jobs.filter((job) => job.kind === 'trials' && job.source === training256.id);
  expect(trainings.length).toBeGreaterThanOrEqual(SHOWN_TRAININGS);
});
