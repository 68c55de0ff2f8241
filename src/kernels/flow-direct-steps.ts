import {
  advection,
  advectionTangent,
  type DirectFlowTables,
  type FlowFields,
  type FlowState,
  fieldsOf,
} from './flow-direct-scheme.ts';

/** The four points of a step at which advection is evaluated. */
interface Stages {
  /** Fields of the stages; the first one is the state itself. */
  readonly fields: readonly [FlowFields, FlowFields, FlowFields, FlowFields];
  readonly next: FlowState;
}

/**
 * One step of RK4 with integrating factors, E = exp(L h) (Cox & Matthews, J. Comput. Phys. 176 (2002) 430, section 2):
 *
 *     k₁ = N(s),  k₂ = N(E^½ (s + h k₁/2)),  k₃ = N(E^½ s + h k₂/2),  k₄ = N(E s + h E^½ k₃)
 *     s′ = E s + h (E k₁ + 2 E^½ (k₂ + k₃) + k₄)/6
 */
function stagesOf(tables: DirectFlowTables, h: number, s: FlowState): Stages {
  const half = (state: FlowState): FlowState => decayed(tables, state);
  const first = fieldsOf(tables, s);
  const k1 = advection(tables, first);
  const second = fieldsOf(tables, half(combined(s, h / 2, k1)));
  const k2 = advection(tables, second);
  const halfway = half(s);
  const third = fieldsOf(tables, combined(halfway, h / 2, k2));
  const k3 = advection(tables, third);
  const whole = half(halfway);
  const fourth = fieldsOf(tables, combined(whole, h, half(k3)));
  const k4 = advection(tables, fourth);
  const inner = half(combined(half(k1), 2, combined(k2, 1, k3)));
  return { fields: [first, second, third, fourth], next: combined(whole, h / 6, combined(inner, 1, k4)) };
}

/** The state one step later, and the direction that a direction becomes. */
export function flowStepTangent(
  tables: DirectFlowTables,
  h: number,
  s: FlowState,
  sDot: FlowState,
): { readonly next: FlowState; readonly nextDot: FlowState } {
  const { fields, next } = stagesOf(tables, h, s);
  const half = (state: FlowState): FlowState => decayed(tables, state);
  const slope = (k: 0 | 1 | 2 | 3, state: FlowState): FlowState =>
    advectionTangent(tables, fields[k], fieldsOf(tables, state));
  const k1 = slope(0, sDot);
  const k2 = slope(1, half(combined(sDot, h / 2, k1)));
  const halfway = half(sDot);
  const k3 = slope(2, combined(halfway, h / 2, k2));
  const whole = half(halfway);
  const k4 = slope(3, combined(whole, h, half(k3)));
  const inner = half(combined(half(k1), 2, combined(k2, 1, k3)));
  return { next, nextDot: combined(whole, h / 6, combined(inner, 1, k4)) };
}

/** a + factor · b. */
function combined(a: FlowState, factor: number, b: FlowState): FlowState {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + factor * b[i]!;
  return out;
}

/** E^½ s: vorticity and marker decay for half a step. */
function decayed({ size, decayVorticity, decayMarker }: DirectFlowTables, s: FlowState): FlowState {
  const out = new Float64Array(4 * size);
  for (let i = 0; i < size; i++) {
    out[i] = decayVorticity[i]! * s[i]!;
    out[size + i] = decayVorticity[i]! * s[size + i]!;
    out[2 * size + i] = decayMarker[i]! * s[2 * size + i]!;
    out[3 * size + i] = decayMarker[i]! * s[3 * size + i]!;
  }
  return out;
}
