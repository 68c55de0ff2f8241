import { advection, advectionPullback, type FlowScratch, newScratch } from './flow-advection.ts';
import type { FlowEngine } from './flow-engine.ts';
import { fieldsToModes, modesToFields } from './flow-planes.ts';
import { DECAY_MARKER, DECAY_VORTICITY, type FlowTables, RECORD } from './flow-tables.ts';

/** A tape holds of each step the states of its four stages, the first of which is the state before it. */
const STAGES = 4;

interface Flow {
  readonly tables: FlowTables;
  readonly scratch: FlowScratch;
  readonly length: number;
  /** Advection, or a cotangent pulled back through it. */
  readonly slope: Float64Array;
  readonly sum: Float64Array;
  readonly cotangent: Float64Array;
}

/** One flow in plain TypeScript: what the SIMD kernel is held against, bit for bit, and what runs where there is none. */
export function flowReference(tables: FlowTables): FlowEngine {
  const length = 4 * tables.modes;
  const make = (): Float64Array => new Float64Array(length);
  const flow: Flow = {
    tables,
    scratch: newScratch(tables),
    length,
    slope: make(),
    sum: make(),
    cotangent: make(),
  };
  const [plane] = flow.scratch.planes;
  const [line] = flow.scratch.lines;
  const perPoint = 1 / (tables.points * tables.points);
  const state = make();
  const ring = new Float64Array(STAGES * length);
  let tapes: Float64Array[] = [];
  let checkpoints = new Float64Array(0);
  return {
    kind: 'reference',
    lanes: 1,
    bytesPerStep: 8 * STAGES * length,
    reserve: (steps, count, kept) => {
      const wanted = STAGES * length * steps;
      if (tapes.length < count || (tapes[0]?.length ?? 0) < wanted) {
        tapes = Array.from({ length: count }, () => new Float64Array(wanted));
      }
      if (checkpoints.length < kept * length) checkpoints = new Float64Array(kept * length);
    },
    setState: (fields) => fieldsToModes(tables, plane, line, fields, perPoint, state),
    getState: (fields) => modesToFields(tables, plane, line, state, 1, fields),
    keep: (checkpoint) => checkpoints.set(state, checkpoint * length),
    restore: (checkpoint) => state.set(checkpoints.subarray(checkpoint * length, (checkpoint + 1) * length)),
    advance: (steps, tape) => {
      for (let step = 0; step < steps; step++) {
        const [slots, at] = tape === undefined ? [ring, 0] : [tapes[tape] as Float64Array, step * STAGES * length];
        slots.set(state, at);
        advanceStep(flow, slots, at, state);
      }
    },
    setCotangent: (fields) => fieldsToModes(tables, plane, line, fields, 1, flow.cotangent),
    retreat: (steps, tape) => {
      for (let step = steps - 1; step >= 0; step--) {
        retreatStep(flow, tapes[tape] as Float64Array, step * STAGES * length);
      }
    },
    getCotangent: (fields) => modesToFields(tables, plane, line, flow.cotangent, perPoint, fields),
  };
}

/** E^½ at number i of a state: both parts of a mode decay alike. */
function decayAt({ modes, records }: FlowTables, i: number): number {
  const mode = i >> 1;
  return mode < modes ? records[RECORD * mode + DECAY_VORTICITY]! : records[RECORD * (mode - modes) + DECAY_MARKER]!;
}

/**
 * One step of RK4 with integrating factors, E = exp(L h) (Cox & Matthews, J. Comput. Phys. 176 (2002) 430, section 2):
 *
 *     k₁ = N(s),  k₂ = N(E^½ (s + h k₁/2)),  k₃ = N(E^½ s + h k₂/2),  k₄ = N(E s + h E^½ k₃)
 *     s′ = E s + h (E k₁ + 2 E^½ (k₂ + k₃) + k₄)/6
 *
 * From the state at `at`, whose later stages are written behind it.
 */
function advanceStep(flow: Flow, slots: Float64Array, at: number, next: Float64Array): void {
  const { tables, scratch, length, slope, sum } = flow;
  const h = tables.step;
  const [half, third, sixth] = [h / 2, h / 3, h / 6];
  const [s2, s3, s4] = [at + length, at + 2 * length, at + 3 * length];
  advection(tables, scratch, slots, at, slope);
  for (let i = 0; i < length; i++) {
    const decay = decayAt(tables, i);
    slots[s2 + i] = decay * (slots[at + i]! + half * slope[i]!);
    sum[i] = decay * (slots[at + i]! + sixth * slope[i]!);
  }
  advection(tables, scratch, slots, s2, slope);
  for (let i = 0; i < length; i++) {
    slots[s3 + i] = decayAt(tables, i) * slots[at + i]! + half * slope[i]!;
    sum[i] = sum[i]! + third * slope[i]!;
  }
  advection(tables, scratch, slots, s3, slope);
  for (let i = 0; i < length; i++) {
    const decay = decayAt(tables, i);
    slots[s4 + i] = decay * (decay * slots[at + i]! + h * slope[i]!);
    sum[i] = decay * (sum[i]! + third * slope[i]!);
  }
  advection(tables, scratch, slots, s4, slope);
  for (let i = 0; i < length; i++) next[i] = sum[i]! + sixth * slope[i]!;
}

/** The adjoint of `advanceStep` on the cotangent. */
function retreatStep(flow: Flow, slots: Float64Array, at: number): void {
  const { tables, scratch, length, slope, sum, cotangent } = flow;
  const h = tables.step;
  const [half, third, sixth] = [h / 2, h / 3, h / 6];
  const pull = (stage: number): void => advectionPullback(tables, scratch, slots, at + stage * length, slope, slope);
  // `sum` becomes the cotangent before the step; the later terms of a stage are those of the stages after it.
  for (let i = 0; i < length; i++) slope[i] = sixth * cotangent[i]!;
  pull(3);
  for (let i = 0; i < length; i++) {
    const decay = decayAt(tables, i);
    const later = decay * slope[i]!;
    const decayed = decay * cotangent[i]!;
    cotangent[i] = decayed;
    sum[i] = decay * (decayed + later);
    slope[i] = third * decayed + h * later;
  }
  pull(2);
  for (let i = 0; i < length; i++) {
    sum[i] = sum[i]! + decayAt(tables, i) * slope[i]!;
    slope[i] = third * cotangent[i]! + half * slope[i]!;
  }
  pull(1);
  for (let i = 0; i < length; i++) {
    const decay = decayAt(tables, i);
    const later = decay * slope[i]!;
    sum[i] = sum[i]! + later;
    slope[i] = sixth * (decay * cotangent[i]!) + half * later;
  }
  pull(0);
  for (let i = 0; i < length; i++) cotangent[i] = sum[i]! + slope[i]!;
}
