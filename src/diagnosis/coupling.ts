import type { Batch } from '../core/batch.ts';
import { childSeed } from '../core/random.ts';
import { float64Network } from '../networks/float64.ts';
import { tangentKernel } from '../networks/tangent-kernel.ts';

/** Networks averaged. */
const NETWORKS = 4;

/**
 * How much a step of one example moves another one: Kᵢⱼ/√(Kᵢᵢ Kⱼⱼ) of the empirical tangent kernel at the start, averaged
 * over pairs of inputs and 4 networks with one output; in [0, 1].
 *
 * @param hidden  widths of the hidden layers, tanh
 * @param inputs  (B, p), B >= 2
 */
export function networkCoupling(hidden: readonly number[], inputs: Batch, seed: number): number {
  let sum = 0;
  for (let k = 0; k < NETWORKS; k++) {
    const spec = { inputs: inputs.cols, hidden, activation: 'tanh', outputs: 1 } as const;
    sum += meanCorrelation(tangentKernel(float64Network(spec, childSeed(seed, 'diagnosis/coupling', k)), inputs));
  }
  return Math.min(1, Math.max(0, sum / NETWORKS));
}

function meanCorrelation({ rows, data }: Batch): number {
  const at = (i: number, j: number): number => data[i * rows + j] as number;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) sum += at(i, j) / Math.sqrt(at(i, i) * at(j, j));
  }
  return (2 * sum) / (rows * (rows - 1));
}
