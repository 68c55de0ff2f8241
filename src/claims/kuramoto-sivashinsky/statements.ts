import type { Facts, Source } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { PAPER_ABSTRACT } from '../paper.ts';

/** Error spent by each claim, whatever else is selected. */
export const ALPHA = 1e-5;

/** Events of trainings: "in more than half of all trainings"; refuted where they happen in fewer than nine of ten. */
export const MOST_TRAININGS = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: ALPHA, maxTrials: 60 } as const;

export const OURS: Source = { where: 'ours' };
export const BETTER: Source = { where: 'abstract', quote: PAPER_ABSTRACT.betterOnTrainingSet };

/** The settings in words. */
export const SETTINGS = {
  A: 'Setting A: L = 22, N = 64, h = 0.25, T = 25, forcing cos(2πx/L)',
  B: 'Setting B: L = 60, N = 128, h = 0.25, T = 25, forcing cos(8πx/L) + ½ sin(10πx/L)',
  C: 'Setting C: T = 10, else as setting A',
  D: 'Setting D: T = 50, else as setting A',
} as const;

export const PROBLEMS =
  'α ~ U(−1, 1) and β ~ U(0.5, 1.5) unknown, random modes at the beginning known, start (0, 1); solved: loss below 1e-6';

const NETWORKS = {
  perceptron: 'MLP 64-64 tanh on y* and u0, Adam 1e-3',
  convolutional: 'three periodic convolutions of 32 channels and a layer of 64, ReLU, on y* and u0, Adam 3e-3',
} as const;

/** The regime of a training, all of it our choice. */
export function trainingRegime(
  setting: keyof typeof SETTINGS,
  problems: number,
  network: keyof typeof NETWORKS = 'perceptron',
): string {
  return (
    `${SETTINGS[setting]}, n = ${problems}; ${PROBLEMS}. ${NETWORKS[network]}, full batch, sum of losses, best of 300 steps; all ` +
    'of it our choice.'
  );
}

export const event = (holds: boolean): number => (holds ? 1 : 0);

/** The refined network solves so much more of the problems than BFGS. */
export const gainsAtLeast =
  (gain: number) =>
  (facts: Facts): number =>
    event(fact(facts, 'gain') >= gain);

/** The mean loss of the network is below half of that of BFGS. */
export const halvesMeanLoss = (facts: Facts): boolean => fact(facts, 'jointMeanLoss') < fact(facts, 'bfgsMeanLoss') / 2;
