import type { SineFit } from '../../../theory/sine-landscape.ts';
import type { TrialSource } from '../../core/claim.ts';
import type { Random } from '../../core/random.ts';
import { averagedTrials } from './averaged-trials.ts';

const SINE_LABELS = {
  sum: 'alignment of the sum with the way to the solution',
  vote: 'alignment of the vote with the way to the solution',
  noiseOnlySum: 'agreement of the sum with the noise-free gradient',
  noiseOnlyVote: 'agreement of the vote with the noise-free gradient',
};

/** One step of n noisy fits of sin 2x from x₀ towards the common solution. */
function sineStep({ n, sigma }: SineFit, x0: number, solution: number, random: Random) {
  const factor = 2 * Math.cos(2 * x0);
  const difference = Math.sin(2 * x0) - Math.sin(2 * solution);
  let [sum, votes] = [0, 0];
  for (let i = 0; i < n; i++) {
    const gradient = factor * (difference - sigma * random.normal());
    sum += gradient;
    votes += Math.sign(gradient);
  }
  const towards = Math.sign(x0 - solution);
  const noiseFree = Math.sign(factor * difference);
  return {
    sum: Math.sign(sum) * towards,
    vote: Math.sign(votes) * towards,
    noiseOnlySum: Math.sign(sum) * noiseFree,
    noiseOnlyVote: Math.sign(votes) * noiseFree,
  };
}

/** Start and solution uniform on (−a, a). */
export function sineTrials(id: string, fit: SineFit): TrialSource {
  const { n, sigma, a } = fit;
  return averagedTrials(
    `theory.${id}`,
    `${n} fits of sin 2x with noise ${sigma}, start and solution uniform on ±${a.toFixed(3)}`,
    SINE_LABELS,
    (random) => sineStep(fit, random.between(-a, a), random.between(-a, a), random),
  );
}

/** Start at 0, solution uniform on (−a, a). */
export function zeroStartTrials(id: string, fit: SineFit): TrialSource {
  const { n, sigma, a } = fit;
  return averagedTrials(
    `theory.${id}`,
    `${n} fits of sin 2x with noise ${sigma} from x = 0, solution uniform on ±${a.toFixed(3)}`,
    SINE_LABELS,
    (random) => sineStep(fit, 0, random.between(-a, a), random),
  );
}

/** Fits of sin(2x + φᵢ) with uniform phases, at distance δ from their common solution 0. */
export function phaseTrials(id: string, n: number, delta: number): TrialSource {
  return averagedTrials(
    `theory.${id}`,
    `${n} fits of sin(2x + phase) with random phases at distance ${delta} from their solution`,
    { sum: 'alignment of the sum', vote: 'alignment of the vote' },
    (random) => {
      let [sum, votes] = [0, 0];
      for (let i = 0; i < n; i++) {
        const phase = random.between(0, 2 * Math.PI);
        const gradient = (Math.sin(2 * delta + phase) - Math.sin(phase)) * 2 * Math.cos(2 * delta + phase);
        sum += gradient;
        votes += Math.sign(gradient);
      }
      return { sum: Math.sign(sum), vote: Math.sign(votes) };
    },
  );
}
