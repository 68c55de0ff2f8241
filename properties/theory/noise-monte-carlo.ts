import fc from 'fast-check';
import type { Random } from '../../src/core/random.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { firstOf, simulatedMean, unlikeSimulated } from './comparison.ts';
import { type NoiseFormulas, noiseFormulas } from './noise-subject.ts';

/**
 * Noise averaging, Gaussian steps and sums of losses against simulated gradients. Each case is a test of fixed size, whose
 * draws are named by the case: a right formula fails one with probability at most 1e-10 (`FALSE_ALARM`).
 */

const DRAWS = 20_000;

interface Case {
  readonly on: NoiseFormulas;
  readonly d: number;
  readonly n: number;
  readonly signal: number;
  readonly sigma: number;
  readonly salt: number;
}

function simulatedLaw(
  twin: { readonly what: string; readonly subject: Partial<NoiseFormulas> },
  violation: (value: Case) => string | undefined,
): Law<NoiseFormulas> {
  return law<NoiseFormulas, Case>({
    cases: 8,
    subject: noiseFormulas,
    twin: { what: twin.what, subject: { ...noiseFormulas, ...twin.subject } },
    arbitrary: (on) =>
      fc.record({
        on: fc.constant(on),
        d: fc.integer({ min: 1, max: 3 }),
        n: fc.integer({ min: 2, max: 5 }),
        signal: dyadic(0.25, 1.5, 8),
        sigma: dyadic(0.5, 2, 4),
        salt: fc.nat(1000),
      }),
    violation,
    show: ({ d, n, signal, sigma, salt }) => `d ${d}, n ${n}, signal ${signal}, sigma ${sigma}, salt ${salt}`,
  });
}

/** Cosine between the mean of n noisy gradients and e₁, all of them simulated. */
function cosineOfMean(random: Random, { d, n, signal, sigma }: Case): number {
  let along = 0;
  let across = 0;
  for (let j = 0; j < d; j++) {
    let sum = j === 0 ? n * signal : 0;
    for (let i = 0; i < n; i++) sum += sigma * random.normal();
    if (j === 0) along = sum;
    else across += sum * sum;
  }
  return along / Math.hypot(along, Math.sqrt(across));
}

/** E cos, 1 − E cos and E cos² of means of n gradients in up to three dimensions. */
export function noiseAveragingSimulated(): Law<NoiseFormulas> {
  const twin = {
    what: 'the noise √2 too small',
    subject: { alignment: (d: number, mu: number) => noiseFormulas.alignment(d, Math.SQRT2 * mu) },
  };
  return simulatedLaw(twin, (value) => {
    const { on, d, n, signal, sigma, salt } = value;
    const mu = (Math.sqrt(n) * signal) / sigma;
    const plan = { draws: DRAWS, purpose: 'theory/noise-averaging', salt };
    const cosine = simulatedMean(plan, (random) => cosineOfMean(random, value));
    const square = simulatedMean(plan, (random) => cosineOfMean(random, value) ** 2);
    return firstOf(
      unlikeSimulated('E cos', on.alignment(d, mu), cosine),
      unlikeSimulated('E cos from its complement', 1 - on.misalignment(d, mu), cosine),
      unlikeSimulated('E cos²', on.meanSquareCosine(d, mu), square),
    );
  });
}

/** A Gaussian step whose axes vary as 1 : 4 : 9, towards a direction that is not its mean. */
export function gaussianStepSimulated(): Law<NoiseFormulas> {
  const twin = {
    what: 'the mean variance on every axis',
    subject: { gaussianStep: withMeanVariance },
  };
  return simulatedLaw(twin, ({ on, d, n, signal, sigma, salt }) => {
    const variances = Array.from({ length: d }, (_, j) => ((j + 1) * sigma) ** 2 / n);
    const mean = variances.map((_, j) => (j === 1 ? -signal : signal));
    const direction = variances.map((_, j) => 2 * (j + 1));
    const length = Math.hypot(...direction);
    const plan = { draws: DRAWS, purpose: 'theory/gaussian-step', salt };
    const cosine = simulatedMean(plan, (random) => {
      const step = mean.map((m, j) => m + Math.sqrt(variances[j] as number) * random.normal());
      const inner = step.reduce((sum, u, j) => sum + u * (direction[j] as number), 0);
      return inner / (length * Math.hypot(...step));
    });
    return unlikeSimulated('E a·u/|u|', on.gaussianStep({ mean, variances, direction }), cosine);
  });
}

function withMeanVariance(step: Parameters<NoiseFormulas['gaussianStep']>[0]): number {
  const { variances } = step;
  const mean = variances.reduce((sum, v) => sum + v, 0) / variances.length;
  return noiseFormulas.gaussianStep({ ...step, variances: variances.map(() => mean) });
}

/** Signs of sums of n gradients with Gaussian and with Cauchy noise. */
export function sumOfLossesSimulated(): Law<NoiseFormulas> {
  const twin = {
    what: 'a gain of √n under Cauchy noise',
    subject: {
      cauchySum: (n: number, s: number, scale: number) => noiseFormulas.cauchySum(1, Math.sqrt(n) * s, scale),
    },
  };
  return simulatedLaw(twin, ({ on, n, signal, sigma, salt }) => {
    const sumOf = (noise: () => number): number => {
      let sum = n * signal;
      for (let i = 0; i < n; i++) sum += sigma * noise();
      return sum;
    };
    const plan = (noise: string) => ({ draws: DRAWS, purpose: `theory/sum-of-losses/${noise}`, salt });
    const gaussian = simulatedMean(plan('gaussian'), (random) => Math.sign(sumOf(() => random.normal())));
    const cauchy = simulatedMean(plan('cauchy'), (random) =>
      Math.sign(sumOf(() => Math.tan(Math.PI * (random.uniform() - 0.5)))),
    );
    return firstOf(
      unlikeSimulated('alignment', on.sumAlignment(n, signal, sigma), gaussian),
      unlikeSimulated('2 P(right) − 1', 2 * on.sumCorrect(n, signal, sigma) - 1, gaussian),
      unlikeSimulated('1 − 2 P(wrong)', 1 - 2 * on.sumWrong(n, signal, sigma), gaussian),
      unlikeSimulated('alignment under Cauchy noise', on.cauchySum(n, signal, sigma), cauchy),
    );
  });
}
