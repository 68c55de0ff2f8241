import type { LawClaim } from '../../core/claim.ts';
import { bettingCrosses } from '../../verdicts/calibration.ts';
import {
  type CalibrationCell,
  calibrationCells,
  calibrationHorizon,
  errorsUnderNull,
  type TestOfEvents,
} from '../../verdicts/calibration-table.ts';
import { wilsonCrosses } from '../../verdicts/wilson.ts';
import { enumeratedLaw } from './enumerated-law.ts';

/** What is wrong with a test in a cell: an exact error above α, or none that can be computed. */
function errorAboveAlpha(test: TestOfEvents, cell: CalibrationCell): string | undefined {
  const { above, below } = errorsUnderNull(cell, test);
  if (above <= cell.alpha && below <= cell.alpha) return undefined;
  return (
    `a wrong support has probability ${above.toPrecision(4)}, a wrong refutation ${below.toPrecision(4)}; ` +
    `allowed is ${cell.alpha}`
  );
}

const showCell = (cell: CalibrationCell): string =>
  `null mean ${cell.nullMean}, α = ${cell.alpha}, ${calibrationHorizon(cell)} trials`;

/** The search for a cell of the calibration in which a test breaks its level. */
export function exactErrorLaw(subject: TestOfEvents): Pick<LawClaim, 'cases' | 'check' | 'brokenTwin'> {
  return enumeratedLaw({
    cases: calibrationCells,
    subject,
    twin: {
      what: 'a Wilson interval for a fixed number of trials, looked at after every trial',
      subject: wilsonCrosses,
    },
    violation: errorAboveAlpha,
    show: showCell,
  });
}

export const exactErrorWithinAlpha: LawClaim = {
  id: 'engine.exact-error-within-alpha',
  kind: 'law',
  tier: 'quick',
  statement:
    'The probability that 0/1 trials whose mean is exactly θ₀ ever support "above θ₀", or ever refute "below θ₁ = θ₀", ' +
    'is at most α, however often one looks.',
  regime:
    'θ₀ in {0.5, 0.9, 0.95, 0.99, 0.999} by α in {0.05, 0.01, 1e-3, 1e-5}: all 20 cells, in both directions, none drawn ' +
    'at random. Each probability is exact, by dynamic programming over (trials, successes), up to 10 000 trials or four ' +
    'times the earliest decision.',
  source: {
    where: 'literature',
    reference:
      'Ville, "Étude critique de la notion de collectif" (1939); Waudby-Smith & Ramdas, "Estimating means of bounded ' +
      'random variables by betting", JRSS-B 86 (2024) 1. The control: Wilson, "Probable inference", JASA 22 (1927) 209.',
  },
  ...exactErrorLaw(bettingCrosses),
};
