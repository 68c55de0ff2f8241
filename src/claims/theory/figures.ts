import type { FigureSource } from '../figure-source.ts';
import { chaosFigure } from './chaos-figure.ts';
import { figure2a } from './figure-2a.ts';
import { figure2b } from './figure-2b.ts';
import { figure2c, figure2d } from './landscape-figures.ts';
import { zeroGradientFigure } from './zero-gradient-figure.ts';

/** Figures of the theory: those that stand where the paper has Figure 2, and two of our own. */
export const theoryFigures: readonly FigureSource[] = [
  {
    id: '2a',
    figures: ['2a'],
    beside: ['theory.noise-averaging-monte-carlo'],
    compute: async (context) => [figure2a(context)],
  },
  {
    id: '2b',
    figures: ['2b'],
    beside: [
      'theory.tangent-kernel-two-examples',
      'theory.tangent-kernel-sign-agreement-of-8',
      'theory.tangent-kernel-sign-agreement-of-32',
      'theory.tangent-kernel-network-sign-agreement-of-2',
      'theory.tangent-kernel-network-sign-agreement-of-8',
      'theory.tangent-kernel-network-sign-agreement-of-32',
    ],
    compute: async (context) => [await figure2b(context)],
  },
  {
    id: '2c',
    figures: ['2c'],
    beside: ['theory.sine-landscape-sum', 'theory.sine-landscape-noise-only', 'theory.sine-landscape-limit'],
    compute: async (context) => [figure2c(context)],
  },
  {
    id: '2d',
    figures: ['2d'],
    beside: ['theory.sine-landscape-vote', 'theory.sine-landscape-noise-only', 'theory.sine-landscape-limit'],
    compute: async (context) => [figure2d(context)],
  },
  {
    id: 'theory-zero-gradients',
    figures: ['theory-zero-gradients'],
    beside: ['theory.zero-gradients-alignment', 'theory.zero-gradients-stuck-fraction'],
    compute: async (context) => [zeroGradientFigure(context)],
  },
  {
    id: 'theory-chaos',
    figures: ['theory-chaos'],
    beside: ['theory.chaos-bounds', 'theory.chaos-sum-of-three', 'theory.chaos-strong', 'theory.chaos-mild'],
    compute: async (context) => [chaosFigure(context)],
  },
];
