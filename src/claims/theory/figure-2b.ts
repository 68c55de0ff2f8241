import { type PairKernel, pairKernel } from '../../../theory/pair-kernel.ts';
import { signAgreementBias, signAgreementCurve, signAgreementOfTwo } from '../../../theory/sign-agreement.ts';
import { normalInputs } from '../../../theory/symmetric-inputs.ts';
import type { TrialContext } from '../../core/claim.ts';
import type { Figure, Series } from '../../core/figure.ts';
import type { Random } from '../../core/random.ts';
import { fact } from '../facts.ts';
import {
  ALIGNMENT,
  countsUpTo,
  EXAMPLES,
  type MeasuredPoints,
  overSeeds,
  pointsText,
  SEEDS,
  withBands,
} from './measured-points.ts';
import { NETWORK_WIDTH, networkStepTrials } from './network-trials.ts';

/** The output bias has the share in the kernel that it has in the networks. */
const KERNELS = {
  ReLU: pairKernel('relu', { tangent: 1 / NETWORK_WIDTH }),
  erf: pairKernel('erf', { tangent: 1 / NETWORK_WIDTH }),
} as const;
const MOST_EXAMPLES = 1000;
const DRAWN = [1, 2, 4, 8, 16, 32, 64, 128] as const;
const TRAINED = [2, 8, 32] as const;
/** Networks are drawn and stepped one by one: fewer of them than of batches on a kernel. */
const NETWORKS = 250;

/** Mean of sgn(γ_i) sgn Σ_j K(γ_i, γ_j) γ_j over the first n of a stream of γ, for each n that is drawn. */
function agreements({ tangent }: PairKernel, random: Random): readonly number[] {
  const gammas: number[] = [];
  const pulls: number[] = [];
  return DRAWN.map((wanted) => {
    while (gammas.length < wanted) {
      const gamma = random.normal();
      let own = tangent(gamma, gamma) * gamma;
      gammas.forEach((other, j) => {
        const coupling = tangent(gamma, other);
        own += coupling * other;
        pulls[j] = (pulls[j] as number) + coupling * gamma;
      });
      gammas.push(gamma);
      pulls.push(own);
    }
    return pulls.reduce((sum, pull, i) => sum + Math.sign(pull) * Math.sign(gammas[i] as number), 0) / wanted;
  });
}

/** Exact for one and two examples; from there the central limit theorem, with its error budget as a band. */
function predicted(name: string, kernel: PairKernel): Series {
  const grid = countsUpTo(MOST_EXAMPLES);
  const curve = signAgreementCurve(kernel, normalInputs);
  const y = grid.map((n) => (n === 2 ? signAgreementOfTwo(kernel, normalInputs) : curve(n)));
  const budget = grid.map((n) => (n === 2 ? 0 : signAgreementBias(n)));
  return {
    name,
    x: grid,
    y,
    low: y.map((value, k) => value - (budget[k] as number)),
    high: y.map((value, k) => Math.min(1, value + (budget[k] as number))),
  };
}

async function stepsOfNetworks(context: TrialContext, networks: number): Promise<MeasuredPoints> {
  const samples: number[][] = [];
  for (const n of TRAINED) {
    const trials = networkStepTrials(`figure/2b/network-of-${n}`, { inputs: 'normal', n, scale: 10, output: 'zero' });
    const facts = await trials.run(context, 0, networks);
    samples.push(facts.map((one) => 2 * fact(one, 'aligned') - 1));
  }
  return { name: 'networks, measured', pointsOf: 'ReLU', x: TRAINED, samples, lowest: -1 };
}

/** Solutions 10 γ under tangent kernels: theory, exact kernels, and networks of finite width. */
export async function figure2b(context: TrialContext, seeds = SEEDS, networks = NETWORKS): Promise<Figure> {
  const relu = predicted('ReLU', KERNELS.ReLU);
  const axes = { x: EXAMPLES, y: ALIGNMENT };
  const { panels, points } = withBands([
    {
      ...axes,
      title: 'infinite width',
      series: [relu, predicted('erf', KERNELS.erf)],
      measured: (['ReLU', 'erf'] as const).map((name) => ({
        name: `${name}, measured`,
        pointsOf: name,
        x: DRAWN,
        samples:
          overSeeds(context.seed, `figure/2b/${name}`, seeds, (random) => [agreements(KERNELS[name], random)])[0] ?? [],
        lowest: -1,
      })),
    },
    {
      ...axes,
      title: `networks of ${NETWORK_WIDTH} units`,
      series: [relu],
      measured: [await stepsOfNetworks(context, networks)],
    },
  ]);
  return {
    id: '2b',
    title: 'Tangent kernels, solutions proportional to γ',
    caption:
      'Solutions x* = 10 γ with normal γ, the identity as the forward process, no noise, one hidden layer and zero ' +
      'initial output: share of examples that the first joint step of gradient descent moves towards their solutions, ' +
      'minus the share it moves away. Lines, formulas of ours: exact for one and two examples, from there the central ' +
      'limit theorem, an approximation whose error budget is shaded. Left: tangent kernels of infinite width, output ' +
      `bias 1/${NETWORK_WIDTH}. Right: freshly drawn ReLU networks with ${NETWORK_WIDTH} units, trained for one step, with ` +
      `their initial output subtracted. ${pointsText(seeds, points, `seeds on the left and ${networks} networks on the right`)} ` +
      'The alignment falls before it rises: what a few examples share is not what each of them needs.',
    panels,
  };
}
