import type { KuramotoSivashinskyTables } from '../kernels/kuramoto-sivashinsky-engine.ts';
import { analyze, realFourierPlan } from '../kernels/real-fourier.ts';
import { etdrk4Weights } from '../numerics/etdrk4.ts';
import type { ResolvedKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';

/** Multipliers of the discretization in the packed order of the kernels: cosines 0 … N/2, then sines N/2 − 1 … 1. */
export function kuramotoSivashinskyTables(options: ResolvedKuramotoSivashinsky): KuramotoSivashinskyTables {
  const { points, length, step, forcing } = options;
  const nyquist = points / 2;
  const modes = Array.from({ length: points }, (_, j) => (j <= nyquist ? j : points - j));
  const waveNumbers = modes.map((mode) => (2 * Math.PI * mode) / length);
  const weights = etdrk4Weights(
    waveNumbers.map((k) => k ** 2 - k ** 4),
    step,
  );
  const cut = Math.floor((points - 1) / 3);
  const normalization = Float64Array.from(modes, (mode) => (mode === 0 || mode === nyquist ? 1 : 2) / points);
  const slope = (mode: number, j: number): number => {
    if (mode === 0 || mode > cut) return 0;
    return ((j < nyquist ? 1 : -1) * waveNumbers[j]!) / points;
  };
  return {
    points,
    propagator: weights.propagator,
    halfPropagator: weights.halfPropagator,
    stageWeight: weights.stage,
    firstWeight: weights.first,
    middleWeight: weights.middle.map((weight) => 2 * weight),
    lastWeight: weights.last,
    squareWaveNumber: Float64Array.from(waveNumbers, (k) => k ** 2),
    forcing: coefficients(forcing, normalization),
    derivative: Float64Array.from(modes, slope),
    normalization,
  };
}

function coefficients(values: Float64Array, normalization: Float64Array): Float64Array {
  const plan = realFourierPlan(values.length);
  const result = Float64Array.from(plan.order, (x) => values[x]!);
  analyze(plan, result);
  return result.map((value, j) => normalization[j]! * value);
}
