import { expect, it, vi } from 'vitest';
import { exactErrorWithinAlpha } from '../src/claims/calibration/exact-error.ts';
import { calibrate } from '../src/commands/calibrate.ts';
import { bettingCrosses, exactOutcomes } from '../src/verdicts/calibration.ts';
import { calibrationCells, calibrationTable } from '../src/verdicts/calibration-table.ts';
import type * as EProcess from '../src/verdicts/e-process.ts';
import { judge } from '../src/verdicts/judge.ts';

/**
 * The engine with the usual mistake: evidence that is right for one number of trials fixed beforehand, z²/2 of the
 * normal approximation, where the judge looks after every trial.
 */
vi.mock('../src/verdicts/e-process.ts', async (original) => {
  const engine = await original<typeof EProcess>();
  const peeking: typeof EProcess.capitalOfCounts = (mean, direction) => (successes, failures) => {
    const n = successes + failures;
    const z = (successes - n * mean) / Math.sqrt(n * mean * (1 - mean));
    return (direction === 'above') === z > 0 ? z ** 2 / 2 : -(z ** 2) / 2;
  };
  const bettingProcess: typeof EProcess.bettingProcess = (mean, direction) => {
    let [ones, zeros] = [0, 0];
    const logCapital = () => peeking(mean, direction)(ones, zeros);
    return {
      add: (x) => (x === 1 ? ones++ : zeros++),
      logCapital,
      projectedLogCapital: (times) => times * logCapital(),
    };
  };
  return { ...engine, capitalOfCounts: peeking, bettingProcess };
});

it('peeking planted into the engine is what the judge does, and what the calibration measures', () => {
  const length = 12;
  const test = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 0.05, maxTrials: length } as const;
  let supported = 0;
  for (let word = 0; word < 2 ** length; word++) {
    const bits = Array.from({ length }, (_, k) => (word >> k) & 1);
    if (judge(bits, test).verdict.outcome === 'supported') supported++;
  }
  // Six successes at the start, z = 2.45, and later crossings.
  expect(supported).toBeGreaterThan(2 ** (length - 6));
  // Sums of 4096 equal weights are exact.
  expect(Math.abs(exactOutcomes(test, 0.5).supported - supported / 2 ** length)).toBeLessThan(1e-14);
});

it('peeking planted into the engine is refuted by the claim, with a cell that fails again', () => {
  const search = { seed: 1, cases: exactErrorWithinAlpha.cases };
  const verdict = exactErrorWithinAlpha.check(search);
  expect(verdict.outcome).toBe('refuted');
  const evidence = 'evidence' in verdict ? verdict.evidence : undefined;
  if (evidence?.kind !== 'counterexample') throw new Error('no counterexample');
  expect(exactErrorWithinAlpha.check({ ...search, path: evidence.path })).toMatchObject({
    outcome: 'refuted',
    evidence,
  });
});

it('peeking planted into the engine makes the command fail', () => {
  const { code, text } = calibrate(false, {
    events: calibrationTable(bettingCrosses, calibrationCells.slice(0, 4)),
    bounded: [],
  });
  expect(code).toBe(1);
  expect(text).toMatch(/A wrong support has probability 0\.\d+ at null mean 0\.5, α = 0\.05\./);
  expect(text).not.toContain('keeps every level');
});
