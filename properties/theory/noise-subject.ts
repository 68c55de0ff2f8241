import { type GaussianStep, gaussianStepAlignment } from '../../theory/gaussian-step.ts';
import { alignment, meanSquareCosine, misalignment } from '../../theory/noise-averaging.ts';
import {
  cauchySumAlignment,
  sumAlignment,
  sumCorrectProbability,
  sumWrongProbability,
} from '../../theory/sum-of-losses.ts';

/** The formulas about averages of noisy gradients: the library's, or wrong ones in their place. */
export interface NoiseFormulas {
  readonly alignment: (d: number, mu: number) => number;
  readonly misalignment: (d: number, mu: number) => number;
  readonly meanSquareCosine: (d: number, mu: number) => number;
  readonly gaussianStep: (step: GaussianStep) => number;
  readonly sumCorrect: (n: number, signal: number, sigma: number) => number;
  readonly sumWrong: (n: number, signal: number, sigma: number) => number;
  readonly sumAlignment: (n: number, signal: number, sigma: number) => number;
  readonly cauchySum: (n: number, signal: number, scale: number) => number;
}

export const noiseFormulas: NoiseFormulas = {
  alignment,
  misalignment,
  meanSquareCosine,
  gaussianStep: gaussianStepAlignment,
  sumCorrect: sumCorrectProbability,
  sumWrong: sumWrongProbability,
  sumAlignment,
  cauchySum: cauchySumAlignment,
};
