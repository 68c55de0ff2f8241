import type { ReportInput } from '../build.ts';

/** One row of each kind; the engine errs exactly as often as it may. */
export const SAMPLE_CALIBRATION: NonNullable<ReportInput['calibration']> = {
  events: [
    {
      nullMean: 0.5,
      alpha: 0.05,
      horizon: 10_000,
      error: { above: 0.05, below: 0.034 },
      peeking: { above: 0.5, below: 0.6 },
      quickCheck: 0.01,
      earliest: 6,
      medianTrials: { always: 6, tenth: 7, midway: null },
    },
  ],
  bounded: [
    {
      distribution: '<b>uniform</b>',
      mean: 0.5,
      alpha: 0.05,
      repetitions: 2000,
      horizon: 500,
      engine: { rate: 0.02, standardError: 0.003 },
      peeking: { rate: 0.28, standardError: 0.01 },
    },
  ],
};
