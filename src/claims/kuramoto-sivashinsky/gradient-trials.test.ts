import { describe, expect, it } from 'vitest';
import { batchOfRows, row, rowRange } from '../../core/batch.ts';
import { childSeed } from '../../core/random.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { gradientClaims } from './gradient-claims.ts';
import {
  gradientSizes,
  gradientTrials,
  guesses,
  HORIZONS,
  lossGradients,
  problemAtHorizon,
} from './gradient-trials.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

describe('gradient trials', () => {
  it('do not depend on how they are grouped, and have the facts that they declare', async () => {
    const source = gradientTrials('test.gradients', 'guess');
    const together = await source.run(context, 0, 3);
    const apart = [...(await source.run(context, 0, 1)), ...(await source.run(context, 1, 2))];
    expect(apart).toEqual(together);
    for (const facts of together) expect(Object.keys(facts).sort()).toEqual(Object.keys(source.meanings).sort());
  });

  it('are slopes of the loss in α and β, by differences, at the guess of the problem', async () => {
    const problem = problemAtHorizon(10);
    const seed = childSeed(context.seed, 'test.gradients');
    const { task } = problem.draw(3, seed);
    const guess = guesses(3, seed, 0);
    const lossAt = (b: number, alpha: number, beta: number): number => {
      const x = { rows: 1, cols: 2, data: Float64Array.of(alpha, beta) };
      const y = problem.simulator.forward(x, rowRange(task.identifiers, b, 1));
      return problem.misfit.evaluate(y, rowRange(task.observed, b, 1)).value[0] as number;
    };
    const facts = await gradientTrials('test.gradients', 'guess').run(context, 0, 3);
    const h = 1e-5;
    for (let b = 0; b < 3; b++) {
      const [alpha = 0, beta = 0] = row(guess, b);
      const slopes = [
        lossAt(b, alpha + h, beta) - lossAt(b, alpha - h, beta),
        lossAt(b, alpha, beta + h) - lossAt(b, alpha, beta - h),
      ];
      const size = Math.hypot(...slopes) / (2 * h);
      // Central differences: an error of the order h² |∇³L|, and rounding of 1e-16/h.
      expect(Math.abs((facts[b]?.gradient10 as number) / size - 1)).toBeLessThan(1e-4);
    }
  });

  it('compare the same problems: truths and states do not depend on the horizon, the guess not on the place', () => {
    const [short, long] = [10, 50].map((horizon) => problemAtHorizon(horizon).draw(2, 1));
    expect(long?.reference.truth).toEqual(short?.reference.truth);
    expect(long?.task.identifiers).toEqual(short?.task.identifiers);
    expect(long?.task.observed).not.toEqual(short?.task.observed);
    expect(gradientSizes(10, 'guess', 2, 1)).not.toEqual(gradientSizes(10, 'start', 2, 1));
  });

  it('take every size from the same problem and guess', async () => {
    const [facts] = await gradientTrials('test.gradients', 'guess').run(context, 3, 1);
    const sizes = HORIZONS.map((horizon) =>
      gradientSizes(horizon, 'guess', 1, childSeed(context.seed, 'test.gradients'), 3),
    );
    expect([facts?.gradient10, facts?.gradient25, facts?.gradient50]).toEqual(sizes.map(([size]) => size));
  });

  it('draw guesses apart from truths, inside the prior', () => {
    const guess = guesses(64, 1, 0);
    const { truth } = problemAtHorizon(10).draw(64, 1).reference;
    for (let b = 0; b < 64; b++) {
      const [alpha = 2, beta = 2] = row(guess, b);
      expect(Math.abs(alpha)).toBeLessThan(1);
      expect(Math.abs(beta - 1)).toBeLessThan(0.5);
      expect(row(guess, b)).not.toEqual(row(truth, b));
    }
  });
});

describe('a gradient that is not finite', () => {
  it('is NaN, and no claim takes it', () => {
    const problem = problemAtHorizon(10);
    const { task } = problem.draw(2, 1);
    const gradient = lossGradients(
      problem,
      task,
      batchOfRows([
        [1e300, 1],
        [0, 1],
      ]),
    );
    expect([...row(gradient, 0)]).toEqual([Number.NaN, Number.NaN]);
    expect(row(gradient, 1).every(Number.isFinite)).toBe(true);
    const facts = { gradient10: 1, gradient50: Number.NaN, large10: 0, large25: 0, large50: Number.NaN };
    for (const claim of gradientClaims) {
      if (claim.kind === 'statistical') expect(() => claim.measurement.value(facts)).toThrow(/expected a number/);
    }
  });
});

describe('claims about gradients', () => {
  const facts = { gradient50: 30, large10: 0, large25: 0, large50: 1 };

  it('are about the longer horizon, their controls about the shorter or about the other place', () => {
    const values = gradientClaims.map((claim) => {
      if (claim.kind !== 'statistical') throw new Error('a statistical claim');
      return [
        claim.measurement.value(facts),
        claim.control.value(facts),
        claim.control.trials === claim.measurement.trials,
      ];
    });
    expect(values).toEqual([
      [1, 0.5, true],
      [0, 0, false],
      [0, 0, false],
    ]);
  });
});
