import type { KuramotoSivashinskyEngine, KuramotoSivashinskyTables } from './kuramoto-sivashinsky-engine.ts';
import {
  ARRAYS_PER_STEP,
  advanceStep,
  followStep,
  newTrajectory,
  retreatStep,
  slotOf,
} from './kuramoto-sivashinsky-steps.ts';
import { analyze, realFourierPlan, synthesize } from './real-fourier.ts';

/**
 * One trajectory in plain TypeScript: what the SIMD kernel is held against, bit for bit, and what runs where there is none.
 *
 * The state v are the Fourier coefficients of u. With R the transform of `analyze`, u = Rᵀ v, and the right-hand side
 * beside the linear part k² − k⁴ is
 *
 *     n(v) = D R(u²) + (β − 1) k² v + α G,      D: −½ ∂x with the 2/3 mask
 *
 * ETDRK4 of Cox & Matthews, J. Comput. Phys. 176 (2002) 430, eqs. 26-29, takes four of them:
 *
 *     a = E₂ v + Q n(v),   b = E₂ v + Q n(a),   c = E₂ a + Q (2 n(b) − n(v))
 *     v′ = E v + f₁ n(v) + 2 f₂ (n(a) + n(b)) + f₃ n(c)
 *
 * Backward, Jᵀ l = R(2u ∘ Rᵀ Dᵀ l) + (β − 1) k² l: the same two transforms.
 */
export function kuramotoSivashinskyReference(tables: KuramotoSivashinskyTables): KuramotoSivashinskyEngine {
  const { points, normalization } = tables;
  const plan = realFourierPlan(points);
  const { order } = plan;
  const trajectory = newTrajectory(plan, tables);
  const { state, mu, parameters } = trajectory;
  let tapes: Float64Array[] = [];
  let checkpoints = new Float64Array(0);
  const scratchTape = new Float64Array(ARRAYS_PER_STEP * points);
  const coefficientsInto = (v: Float64Array, u: Float64Array): void => {
    for (let p = 0; p < points; p++) v[p] = u[order[p]!]!;
    analyze(plan, v);
    for (let j = 0; j < points; j++) v[j]! *= normalization[j]!;
  };
  const valuesInto = (u: Float64Array, v: Float64Array): void => {
    const values = trajectory.square;
    values.set(v);
    synthesize(plan, values);
    for (let p = 0; p < points; p++) u[order[p]!] = values[p]!;
  };
  return {
    kind: 'reference',
    precision: 'float64',
    lanes: 1,
    bytesPerStep: 8 * ARRAYS_PER_STEP * points,
    reserve: (steps, count, kept) => {
      const length = ARRAYS_PER_STEP * points * steps;
      if (tapes.length < count || (tapes[0]?.length ?? 0) < length) {
        tapes = Array.from({ length: count }, () => new Float64Array(length));
      }
      if (checkpoints.length < kept * points) checkpoints = new Float64Array(kept * points);
    },
    setParameters: (alpha, beta) => {
      parameters.alpha = alpha[0]!;
      parameters.excess = beta[0]! - 1;
    },
    setState: (u) => coefficientsInto(state, u),
    getState: (u) => valuesInto(u, state),
    keep: (checkpoint) => checkpoints.set(state, checkpoint * points),
    restore: (checkpoint) => state.set(checkpoints.subarray(checkpoint * points, (checkpoint + 1) * points)),
    advance: (steps, tape) => {
      for (let step = 0; step < steps; step++) {
        advanceStep(trajectory, tape === undefined ? scratchTape : slotOf(tapes[tape]!, step, points));
      }
    },
    setCotangent: (uBar) => {
      for (let p = 0; p < points; p++) mu[p] = uBar[order[p]!]!;
      analyze(plan, mu);
      parameters.alphaBar = 0;
      parameters.betaBar = 0;
    },
    retreat: (steps, tape) => {
      for (let step = steps - 1; step >= 0; step--) retreatStep(trajectory, slotOf(tapes[tape]!, step, points));
    },
    getCotangent: (uBar, alphaBar, betaBar) => {
      const weighted = trajectory.stage;
      for (let j = 0; j < points; j++) weighted[j] = normalization[j]! * mu[j]!;
      valuesInto(uBar, weighted);
      alphaBar[0] = parameters.alphaBar;
      betaBar[0] = parameters.betaBar;
    },
    setTangent: (uDot, alphaDot, betaDot) => {
      coefficientsInto(mu, uDot);
      parameters.alphaDot = alphaDot[0]!;
      parameters.betaDot = betaDot[0]!;
    },
    follow: (steps, tape) => {
      for (let step = 0; step < steps; step++) followStep(trajectory, slotOf(tapes[tape]!, step, points));
    },
    getTangent: (uDot) => valuesInto(uDot, mu),
  };
}
