import {
  advection,
  advectionPullback,
  advectionTangent,
  type FlowFields,
  type FlowState,
  type FlowTables,
  fieldsOf,
} from './flow-scheme.ts';

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
function stagesOf(tables: FlowTables, h: number, s: FlowState): Stages {
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

/** The state one step later. */
export function flowStep(tables: FlowTables, h: number, s: FlowState): FlowState {
  return stagesOf(tables, h, s).next;
}

/** The state one step later, and the direction that a direction becomes. */
export function flowStepTangent(
  tables: FlowTables,
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

/** The cotangent of a state from that of the state one step later: the adjoint of `flowStep` at s, its stages computed again. */
export function flowStepPullback(tables: FlowTables, h: number, s: FlowState, bar: FlowState): FlowState {
  const { fields } = stagesOf(tables, h, s);
  const half = (state: FlowState): FlowState => decayed(tables, state);
  const back = (k: 0 | 1 | 2 | 3, cotangent: FlowState): FlowState => advectionPullback(tables, fields[k], cotangent);
  const [halfBar, wholeBar] = [half(bar), half(half(bar))];
  const a4 = back(3, scaled(h / 6, bar));
  const halfA4 = half(a4);
  const a3 = back(2, combined(scaled(h / 3, halfBar), h, halfA4));
  const a2 = back(1, combined(scaled(h / 3, halfBar), h / 2, a3));
  const halfA2 = half(a2);
  const a1 = back(0, combined(scaled(h / 6, wholeBar), h / 2, halfA2));
  const decayedParts = half(combined(combined(halfA4, 1, a3), 1, a2));
  return combined(combined(wholeBar, 1, decayedParts), 1, a1);
}

/** a + factor · b. */
function combined(a: FlowState, factor: number, b: FlowState): FlowState {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + factor * b[i]!;
  return out;
}

function scaled(factor: number, a: FlowState): FlowState {
  return a.map((value) => factor * value);
}

/** E^½ s: vorticity and marker decay for half a step. */
function decayed({ size, decayVorticity, decayMarker }: FlowTables, s: FlowState): FlowState {
  const out = new Float64Array(4 * size);
  for (let i = 0; i < size; i++) {
    out[i] = decayVorticity[i]! * s[i]!;
    out[size + i] = decayVorticity[i]! * s[size + i]!;
    out[2 * size + i] = decayMarker[i]! * s[2 * size + i]!;
    out[3 * size + i] = decayMarker[i]! * s[3 * size + i]!;
  }
  return out;
}
