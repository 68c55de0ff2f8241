import type { PairKernel } from '../../../theory/pair-kernel.ts';
import type { Batch } from '../../core/batch.ts';
import type { Facts, TrialSource } from '../../core/claim.ts';
import { type Random, stream } from '../../core/random.ts';

/** Independent batches averaged in one trial: their mean has the same expectation and a smaller variance. */
const BATCHES = 64;
/** Large batches, too, are averaged: their examples are dependent. */
const FEWEST_BATCHES = 2;
const CHUNK = 32;

/** An alignment in [−1, 1] as a number in [0, 1]. */
export const fromAlignment = (alignment: number): number => (1 + alignment) / 2;

/** How γ is drawn. */
export type DrawInput = 'normal' | 'uniform';

export const drawInput = (random: Random, how: DrawInput): number =>
  how === 'normal' ? random.normal() : random.between(-1, 1);

function alignmentSource(id: string, what: string, sample: (random: Random) => number): TrialSource {
  return {
    id,
    unit: 'problem',
    what,
    chunk: CHUNK,
    meanings: { aligned: { label: 'alignment of the first joint step, as (1 + cos) / 2', unit: '1' } },
    run: async (context, first, count) =>
      Array.from(
        { length: count },
        (_, k): Facts => ({ aligned: fromAlignment(sample(stream(context.seed, id, first + k))) }),
      ),
  };
}

export interface NoisySteps {
  /** (n, n) */
  readonly kernel: Batch;
  /** (n, d) */
  readonly signals: Batch;
  readonly noise: number;
  /** Noise shared by all examples, as a part of its variance in [0, 1]; 0 unless given. */
  readonly shared?: number;
  /** The example whose step is looked at. */
  readonly example: number;
}

/** Cosine between −K(s + ε) at one example and −s of that example, ε drawn. */
function noisyStep({ kernel, signals, noise, shared = 0, example }: NoisySteps, random: Random): number {
  const { rows: n, cols: d, data } = signals;
  const own = data.subarray(example * d, (example + 1) * d);
  let [inner, square, size] = [0, 0, 0];
  for (let k = 0; k < d; k++) {
    const common = shared === 0 ? 0 : Math.sqrt(shared) * random.normal();
    let step = 0;
    for (let j = 0; j < n; j++) {
      const error = common + Math.sqrt(1 - shared) * random.normal();
      step += kernel.data[example * n + j]! * (data[j * d + k]! + noise * error);
    }
    inner += step * own[k]!;
    square += step * step;
    size += own[k]! ** 2;
  }
  return inner / Math.sqrt(square * size);
}

/** One trial: 64 batches of noisy gradients on a fixed kernel, and the mean alignment of one example. */
export function noisyStepTrials(id: string, steps: NoisySteps): TrialSource {
  const what = `${BATCHES} batches of ${steps.signals.rows} noisy gradients in ${steps.signals.cols} dimensions on a fixed kernel`;
  return alignmentSource(id, what, (random) => {
    let sum = 0;
    for (let k = 0; k < BATCHES; k++) sum += noisyStep(steps, random);
    return sum / BATCHES;
  });
}

/** Mean of sgn(γ_i) sgn Σ_j K(γ_i, γ_j) γ_j over one batch of drawn γ. */
function drawnAgreement({ tangent }: PairKernel, how: DrawInput, n: number, random: Random): number {
  const gammas = Float64Array.from({ length: n }, () => drawInput(random, how));
  const pulls = gammas.map((gamma) => tangent(gamma, gamma) * gamma);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const coupling = tangent(gammas[i]!, gammas[j]!);
      pulls[i]! += coupling * gammas[j]!;
      pulls[j]! += coupling * gammas[i]!;
    }
  }
  return pulls.reduce((sum, pull, i) => sum + Math.sign(pull) * Math.sign(gammas[i]!), 0) / n;
}

/** One trial: at least 2 batches and 64 examples, n to a batch, with fresh γ and solutions 10 γ, on an exact kernel. */
export function signAgreementTrials(id: string, kernel: PairKernel, how: DrawInput, n: number): TrialSource {
  const batches = Math.max(FEWEST_BATCHES, Math.ceil(BATCHES / n));
  const what = `${batches} batches of ${n} examples with ${how} γ and solutions 10 γ, ${kernel.name} kernel, zero output`;
  return alignmentSource(id, what, (random) => {
    let sum = 0;
    for (let k = 0; k < batches; k++) sum += drawnAgreement(kernel, how, n, random);
    return sum / batches;
  });
}
