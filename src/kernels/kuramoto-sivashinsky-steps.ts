import type { KuramotoSivashinskyTables } from './kuramoto-sivashinsky-engine.ts';
import { analyze, type RealFourierPlan, synthesize } from './real-fourier.ts';

/** Arrays on the tape for one step: state and its values at each of the four stages. */
export const ARRAYS_PER_STEP = 8;

/** Everything that stepping one trajectory works on. */
export interface Trajectory {
  readonly plan: RealFourierPlan;
  readonly tables: KuramotoSivashinskyTables;
  readonly parameters: {
    alpha: number;
    /** β − 1 */
    excess: number;
    alphaBar: number;
    betaBar: number;
    alphaDot: number;
    betaDot: number;
  };
  readonly state: Float64Array;
  /** Transformed square; result of a pullback. */
  readonly square: Float64Array;
  readonly first: Float64Array;
  readonly sum: Float64Array;
  readonly stage: Float64Array;
  readonly stageA: Float64Array;
  readonly behind: Float64Array;
  /** Cotangent or tangent of the state. */
  readonly mu: Float64Array;
}

/** At rest: all zero. */
export function newTrajectory(plan: RealFourierPlan, tables: KuramotoSivashinskyTables): Trajectory {
  const array = (): Float64Array => new Float64Array(plan.points);
  return {
    plan,
    tables,
    parameters: { alpha: 0, excess: 0, alphaBar: 0, betaBar: 0, alphaDot: 0, betaDot: 0 },
    state: array(),
    square: array(),
    first: array(),
    sum: array(),
    stage: array(),
    stageA: array(),
    behind: array(),
    mu: array(),
  };
}

/** The arrays of one step on a tape. */
export function slotOf(tape: Float64Array, step: number, points: number): Float64Array {
  const length = ARRAYS_PER_STEP * points;
  return tape.subarray(step * length, (step + 1) * length);
}

/** State (even) or values (odd) of a stage. */
function part(slot: Float64Array, index: number, points: number): Float64Array {
  return slot.subarray(index * points, (index + 1) * points);
}

/** u ← values of v; square ← R(u²). */
function transformSquare({ plan, square }: Trajectory, v: Float64Array, u: Float64Array): void {
  u.set(v);
  synthesize(plan, u);
  for (let p = 0; p < u.length; p++) square[p] = u[p]! * u[p]!;
  analyze(plan, square);
}

/** Entry j of n(v). */
function rightHandSide({ plan, tables, parameters, square }: Trajectory, v: Float64Array, j: number): number {
  const { points } = plan;
  const advection = tables.derivative[j]! * square[(points - j) & (points - 1)]!;
  const growth = parameters.excess * tables.squareWaveNumber[j]! * v[j]!;
  return advection + growth + parameters.alpha * tables.forcing[j]!;
}

/** One step of the state, recorded in the slot. */
export function advanceStep(trajectory: Trajectory, slot: Float64Array): void {
  const { plan, tables, state, first, sum } = trajectory;
  const { propagator, halfPropagator, stageWeight, firstWeight, middleWeight, lastWeight } = tables;
  const { points } = plan;
  const [v0, u0, v1, u1, v2, u2, v3, u3] = Array.from({ length: ARRAYS_PER_STEP }, (_, k) =>
    part(slot, k, points),
  ) as Eight;
  v0.set(state);
  transformSquare(trajectory, v0, u0);
  for (let j = 0; j < points; j++) {
    const n = rightHandSide(trajectory, v0, j);
    first[j] = n;
    v1[j] = halfPropagator[j]! * v0[j]! + stageWeight[j]! * n;
    sum[j] = propagator[j]! * v0[j]! + firstWeight[j]! * n;
  }
  transformSquare(trajectory, v1, u1);
  for (let j = 0; j < points; j++) {
    const n = rightHandSide(trajectory, v1, j);
    v2[j] = halfPropagator[j]! * v0[j]! + stageWeight[j]! * n;
    sum[j]! += middleWeight[j]! * n;
  }
  transformSquare(trajectory, v2, u2);
  for (let j = 0; j < points; j++) {
    const n = rightHandSide(trajectory, v2, j);
    v3[j] = halfPropagator[j]! * v1[j]! + stageWeight[j]! * (n + n - first[j]!);
    sum[j]! += middleWeight[j]! * n;
  }
  transformSquare(trajectory, v3, u3);
  for (let j = 0; j < points; j++) state[j] = sum[j]! + lastWeight[j]! * rightHandSide(trajectory, v3, j);
}

type Eight = [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

/** square ← Jᵀ l at stage `index` of the slot; adds to the cotangents of α and β. */
function pullBack(trajectory: Trajectory, l: Float64Array, slot: Float64Array, index: number): void {
  const { plan, tables, parameters, square } = trajectory;
  const { points } = plan;
  const v = part(slot, 2 * index, points);
  const u = part(slot, 2 * index + 1, points);
  for (let j = 0; j < points; j++) {
    square[j] = 0 - tables.derivative[j]! * l[(points - j) & (points - 1)]!;
    parameters.alphaBar += tables.forcing[j]! * l[j]!;
    parameters.betaBar += tables.squareWaveNumber[j]! * l[j]! * v[j]!;
  }
  timesTwice(trajectory, u);
  for (let j = 0; j < points; j++) square[j]! += parameters.excess * tables.squareWaveNumber[j]! * l[j]!;
}

/** square ← R(2u ∘ Rᵀ square). */
function timesTwice({ plan, square }: Trajectory, u: Float64Array): void {
  synthesize(plan, square);
  for (let p = 0; p < u.length; p++) square[p] = (u[p]! + u[p]!) * square[p]!;
  analyze(plan, square);
}

/** Pulls mu back over the step in the slot. */
export function retreatStep(trajectory: Trajectory, slot: Float64Array): void {
  const { plan, tables, mu, square, stage: l, stageA: la, first: ln0, behind: lv } = trajectory;
  const { propagator, halfPropagator, stageWeight, firstWeight, middleWeight, lastWeight } = tables;
  const { points } = plan;
  for (let j = 0; j < points; j++) l[j] = lastWeight[j]! * mu[j]!;
  pullBack(trajectory, l, slot, 3);
  for (let j = 0; j < points; j++) {
    const weighted = stageWeight[j]! * square[j]!;
    la[j] = halfPropagator[j]! * square[j]!;
    l[j] = weighted + weighted + middleWeight[j]! * mu[j]!;
    ln0[j] = firstWeight[j]! * mu[j]! - weighted;
  }
  pullBack(trajectory, l, slot, 2);
  for (let j = 0; j < points; j++) {
    lv[j] = propagator[j]! * mu[j]! + halfPropagator[j]! * square[j]!;
    l[j] = middleWeight[j]! * mu[j]! + stageWeight[j]! * square[j]!;
  }
  pullBack(trajectory, l, slot, 1);
  for (let j = 0; j < points; j++) {
    const bar = la[j]! + square[j]!;
    lv[j]! += halfPropagator[j]! * bar;
    l[j] = ln0[j]! + stageWeight[j]! * bar;
  }
  pullBack(trajectory, l, slot, 0);
  for (let j = 0; j < points; j++) mu[j] = lv[j]! + square[j]!;
}

/** square ← R(2u ∘ Rᵀ vDot). */
function transformTangent(trajectory: Trajectory, vDot: Float64Array, u: Float64Array): void {
  trajectory.square.set(vDot);
  timesTwice(trajectory, u);
}

/** Entry j of the derivative of n at v in the direction of vDot, α̇ and β̇. */
function tangentSide(
  { plan, tables, parameters, square }: Trajectory,
  vDot: Float64Array,
  v: Float64Array,
  j: number,
): number {
  const { points } = plan;
  const { excess, alphaDot, betaDot } = parameters;
  const advection = tables.derivative[j]! * square[(points - j) & (points - 1)]!;
  const growth = excess * tables.squareWaveNumber[j]! * vDot[j]!;
  const grown = betaDot * tables.squareWaveNumber[j]! * v[j]!;
  return advection + growth + (alphaDot * tables.forcing[j]! + grown);
}

/** Pushes mu forward over the step in the slot. */
export function followStep(trajectory: Trajectory, slot: Float64Array): void {
  const { plan, tables, mu: vDot, first, sum, stage, stageA } = trajectory;
  const { propagator, halfPropagator, stageWeight, firstWeight, middleWeight, lastWeight } = tables;
  const { points } = plan;
  const [v0, u0, v1, u1, v2, u2, v3, u3] = Array.from({ length: ARRAYS_PER_STEP }, (_, k) =>
    part(slot, k, points),
  ) as Eight;
  transformTangent(trajectory, vDot, u0);
  for (let j = 0; j < points; j++) {
    const n = tangentSide(trajectory, vDot, v0, j);
    first[j] = n;
    stageA[j] = halfPropagator[j]! * vDot[j]! + stageWeight[j]! * n;
    sum[j] = propagator[j]! * vDot[j]! + firstWeight[j]! * n;
  }
  transformTangent(trajectory, stageA, u1);
  for (let j = 0; j < points; j++) {
    const n = tangentSide(trajectory, stageA, v1, j);
    stage[j] = halfPropagator[j]! * vDot[j]! + stageWeight[j]! * n;
    sum[j]! += middleWeight[j]! * n;
  }
  transformTangent(trajectory, stage, u2);
  for (let j = 0; j < points; j++) {
    const n = tangentSide(trajectory, stage, v2, j);
    stage[j] = halfPropagator[j]! * stageA[j]! + stageWeight[j]! * (n + n - first[j]!);
    sum[j]! += middleWeight[j]! * n;
  }
  transformTangent(trajectory, stage, u3);
  for (let j = 0; j < points; j++) {
    vDot[j] = sum[j]! + lastWeight[j]! * tangentSide(trajectory, stage, v3, j);
  }
}
