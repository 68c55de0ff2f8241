import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Panel, Series } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import type { Run } from '../../core/solver.ts';
import {
  basinHalfWidth,
  landscapeGradient,
  landscapeLoss,
  minimaCount,
} from '../../simulators/wave-packet-landscape.ts';
import {
  type WavePacketSettingName,
  wavePacketProblem,
  wavePacketSettings,
} from '../../simulators/wave-packet-problem.ts';
import { bfgs } from '../../solvers/bfgs.ts';
import { run } from '../../solvers/run.ts';
import type { FigureSource } from '../figure-source.ts';
import { looks, meanBestLoss } from '../learning-curves.ts';
import { share } from '../run-comparison.ts';
import { SAME_BASIN_TOLERANCE, SOLVED_TOLERANCE, TIE_TOLERANCE } from './comparison.ts';
import { plainAdam, plainDescent } from './descent.ts';
import { shownProblemFigure } from './shown-problem.ts';
import { CLAIMED_TRAINING, GRADIENT_TOLERANCE, multiStartFromPrior, wavePacketNetwork } from './training.ts';

const SETTING_NAMES = ['A', 'B', 'C', 'D'] as const;

/** Loss and gradient of the noise-free landscape for all four settings: Figure 3b. */
function landscapeFigure(): Figure {
  const tau = Array.from({ length: 513 }, (_, i) => (i - 256) / 8);
  const panel = (what: 'loss' | 'gradient', of: typeof landscapeLoss): Panel => ({
    title: what === 'loss' ? 'Loss' : 'Gradient',
    x: { label: 'offset from the true position τ [samples]', scale: 'linear' },
    y: { label: what === 'loss' ? 'L(τ)' : 'dL/dτ [1/sample]', scale: 'linear' },
    series: SETTING_NAMES.map((name) => ({ name, x: tau, y: tau.map((t) => of(t, wavePacketSettings[name])) })),
    references: what === 'gradient' ? [{ axis: 'y', value: 0, label: '' }] : [],
  });
  const facts = SETTING_NAMES.map((name) => {
    const options = wavePacketSettings[name];
    const minima = minimaCount(options, options.halfWidth);
    return `${name}: ${minima} ${minima === 1 ? 'minimum' : 'minima'}, basin ±${basinHalfWidth(options).toFixed(1)}`;
  });
  return {
    id: '3b',
    title: 'Wave packet: loss and gradient landscape',
    caption:
      'Noise-free loss against the offset from the true position, and its derivative, from the closed form. ' +
      `Within ±32 samples: ${facts.join('; ')}. Outside the basin the gradient points away from the solution.`,
    panels: [panel('loss', landscapeLoss), panel('gradient', landscapeGradient)],
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One problem (3a), learning curves (3c) and shares of problems over the iterations (3d) of one training. */
async function trainingFigures(context: TrialContext, setting: WavePacketSettingName): Promise<readonly Figure[]> {
  const options = { setting, ...CLAIMED_TRAINING };
  const seed = childSeed(context.seed, `figure/wave-packet-${setting}`);
  const problem = wavePacketProblem(setting);
  const { task, reference } = problem.draw(options.problems, seed);
  const network = await wavePacketNetwork(context, options, seed, { snapshots: looks(options.iterations) });
  const joint = run(problem, network, task, seed);
  const local = run(problem, bfgs({ gradientTolerance: GRADIENT_TOLERANCE }), task, seed);
  const others: readonly (readonly [string, Run])[] = [
    ['BFGS', local],
    ['gradient descent', run(problem, plainDescent(), task, seed)],
    ['Adam per problem', run(problem, plainAdam(), task, seed)],
    ['multi-start BFGS', run(problem, multiStartFromPrior(setting, 300), task, seed)],
  ];
  const globalLoss = reference.globalLoss as Float64Array;
  return [
    shownProblemFigure(problem, task, reference, { joint, local }),
    learningCurves(joint, others, mean([...globalLoss]), options.problems),
    sharesOverIterations(joint, local, globalLoss),
  ];
}

function learningCurves(
  joint: Run,
  others: readonly (readonly [string, Run])[],
  floor: number,
  problems: number,
): Figure {
  const later = joint.snapshots.filter((snapshot) => snapshot.label > 0);
  const iterations = later.map((snapshot) => snapshot.label);
  const losses = later.map((snapshot) => mean(snapshot.losses));
  const grid = looks(1000).filter((e) => e > 0);
  const classical: Series[] = others.map(([name, result]) => ({ name, x: grid, y: meanBestLoss(result, grid) }));
  const floorLine = { axis: 'y', value: floor, label: 'global minima' } as const;
  const y = { label: 'mean loss over the problems', scale: 'log' } as const;
  return {
    id: '3c',
    title: 'Wave packet: learning curves',
    caption:
      `One training of the joint network on ${problems} problems of setting B, and the classical methods on the same ` +
      'problems from the same start. Left: mean loss of the whole set after each number of steps of 16 problems. Right: the same ' +
      'against simulator evaluations per problem, the cost all methods share; multi-start restarts BFGS from the ' +
      'prior. The line marks the mean loss at the global minima.',
    panels: [
      {
        title: 'over training steps',
        x: { label: 'training steps (16 problems each)', scale: 'log' },
        y,
        series: [{ name: 'JPO', x: iterations, y: losses }],
        references: [floorLine],
      },
      {
        title: 'at equal cost',
        x: { label: 'simulator evaluations per problem', scale: 'log' },
        y,
        series: [{ name: 'JPO', x: iterations.map((i) => (i * 16) / problems), y: losses }, ...classical],
        references: [floorLine],
      },
    ],
  };
}

function sharesOverIterations(joint: Run, local: Run, globalLoss: Float64Array): Figure {
  const iterations = joint.snapshots.map((snapshot) => Math.max(snapshot.label, 0.5));
  const bfgsLoss = local.rows.map((row) => row.loss);
  const over = (holds: (loss: number, i: number) => boolean): number[] =>
    joint.snapshots.map((snapshot) => share([...snapshot.losses], holds));
  const bfgsSolved = share(bfgsLoss, (loss, i) => loss <= (globalLoss[i] as number) + SOLVED_TOLERANCE);
  return {
    id: '3d',
    title: 'Wave packet: better than BFGS over the training',
    caption:
      'The same training: share of the problems on which the network alone is better or worse than the final answer of ' +
      `BFGS by more than ${TIE_TOLERANCE}, and share in the basin of the global minimum (loss within ` +
      `${SAME_BASIN_TOLERANCE}). "Worse" near the end is the residual of minibatch Adam on problems that BFGS also ` +
      'solves; a BFGS refinement removes it. The untrained network is drawn at half a step.',
    panels: [
      {
        title: '',
        x: { label: 'training steps (16 problems each)', scale: 'log' },
        y: { label: 'share of problems', scale: 'linear' },
        series: [
          {
            name: 'better than BFGS',
            x: iterations,
            y: over((loss, i) => loss < (bfgsLoss[i] as number) - TIE_TOLERANCE),
          },
          {
            name: 'worse than BFGS',
            x: iterations,
            y: over((loss, i) => loss > (bfgsLoss[i] as number) + TIE_TOLERANCE),
          },
          {
            name: 'at the global minimum',
            x: iterations,
            y: over((loss, i) => loss <= (globalLoss[i] as number) + SAME_BASIN_TOLERANCE),
          },
        ],
        references: [{ axis: 'y', value: bfgsSolved, label: 'solved by BFGS' }],
      },
    ],
  };
}

/** The paper's Figures 3a to 3d with our data. */
export const wavePacketFigures: readonly FigureSource[] = [
  {
    id: '3b',
    figures: ['3b'],
    beside: ['wave-packet.minima-count', 'wave-packet.basin-predicts-bfgs', 'wave-packet.bfgs-does-not'],
    compute: async () => [landscapeFigure()],
  },
  {
    id: '3a-3c-3d',
    figures: ['3a', '3c', '3d'],
    beside: ['wave-packet.jpo-reaches-global-minimum', 'wave-packet.refined-jpo-beats-bfgs'],
    compute: (context) => trainingFigures(context, 'B'),
  },
];
