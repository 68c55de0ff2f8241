import { stream } from '../../src/core/random.ts';
import { convexProblem, type Evaluate, type SolverProblem } from './problems.ts';

/** What is unusual about a function that a minimizer may meet. */
type Hostility = (bowl: Evaluate, edge: number) => Evaluate;

const beyond = (x: Float64Array, edge: number): boolean => x[0]! > edge;
const filled = (x: Float64Array, entry: number): Float64Array => new Float64Array(x.length).fill(entry);

/** Where x₁ is beyond the edge, something else is told. */
function cut(value: number, gradient: number): Hostility {
  return (bowl, edge) => (x) => {
    if (!beyond(x, edge)) return bowl(x);
    const inside = bowl(x);
    return {
      value: value === 0 ? inside.value : value,
      gradient: gradient === 0 ? inside.gradient : filled(x, gradient),
    };
  };
}

const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

/** Functions that are finite at their start, and no bowl somewhere else. */
const HOSTILITIES = {
  constant: () => (x) => ({ value: 1, gradient: filled(x, 0) }),
  linear: () => (x) => ({ value: x.reduce((sum, entry) => sum + entry, 0), gradient: filled(x, 1) }),
  concave: () => (x) => ({ value: -x.reduce((sum, entry) => sum + entry * entry, 0), gradient: x.map((e) => -2 * e) }),
  staircase: (bowl) => (x) => {
    const { value, gradient } = bowl(x);
    return { value: value + x.reduce((sum, entry) => sum + Math.floor(entry), 0), gradient };
  },
  'single precision': (bowl) => (x) => {
    const { value, gradient } = bowl(x);
    return { value: Math.fround(value + 1), gradient };
  },
  'uphill gradient': (bowl) => (x) => {
    const { value, gradient } = bowl(x);
    return { value, gradient: gradient.map((entry) => -entry) };
  },
  'infinite beyond an edge': cut(infinity, 0),
  'infinite with undefined gradient beyond an edge': cut(infinity, nan),
  'undefined beyond an edge': cut(nan, nan),
  'undefined gradient beyond an edge': cut(0, nan),
  'infinite gradient beyond an edge': cut(0, infinity),
  'minus infinity beyond an edge': cut(minusInfinity, nan),
} as const satisfies Record<string, Hostility>;

export type HostileKind = keyof typeof HOSTILITIES;
export const HOSTILE_KINDS = Object.keys(HOSTILITIES) as readonly HostileKind[];

/** Kinds without a gradient that vanishes anywhere a finite value is told: nothing there can be called converged. */
export const HOPELESS_KINDS: readonly HostileKind[] = ['linear'];

/**
 * A quadratic bowl made hostile. Edges lie between the start and the minimum, or one bowl width behind the start.
 *
 * @param dimension  1, 2, …
 * @param salt       names bowl, start and edge
 */
export function hostileProblem(kind: HostileKind, dimension: number, salt: number): SolverProblem {
  const bowl = convexProblem({ kind: 'quadratic', dimension, logCondition: 3, salt });
  const edge = bowl.start[0]! + (1 + stream(salt, 'solver-problem/edge').integer(16)) / 4;
  return {
    label: `${kind}, n ${dimension}, salt ${salt}`,
    start: bowl.start,
    slope: bowl.slope,
    evaluate: HOSTILITIES[kind](bowl.evaluate, edge),
  };
}

/** Σ x_i − ln x_i for positive x, undefined (NaN) or +∞ elsewhere; convex where it is defined, least value n. */
export function barrierProblem(dimension: number, outside: number, salt: number): SolverProblem {
  const random = stream(salt, 'solver-problem/barrier', dimension);
  const start = Float64Array.from({ length: dimension }, () => (1 + random.integer(64)) / 16);
  return {
    label: `log barrier, ${outside} outside, n ${dimension}, salt ${salt}`,
    start,
    slope: 1,
    evaluate: (x) => {
      const inside = x.every((entry) => entry > 0);
      const value = x.reduce((sum, entry) => sum + entry - Math.log(entry), 0);
      return inside
        ? { value, gradient: x.map((entry) => 1 - 1 / entry) }
        : { value: outside, gradient: filled(x, Number.isNaN(outside) ? outside : 1) };
    },
  };
}

/** What is told at a start that is of no use. */
const UNUSABLE = {
  'value NaN': [nan, 0],
  'value and gradient NaN': [nan, nan],
  'value infinite': [infinity, 0],
  'value minus infinity': [minusInfinity, 0],
  'gradient NaN': [1, nan],
  'gradient infinite': [1, infinity],
  'gradient minus infinity': [1, minusInfinity],
} as const;

export type UnusableStart = keyof typeof UNUSABLE;
export const UNUSABLE_STARTS = Object.keys(UNUSABLE) as readonly UnusableStart[];

/** The same unusable value and gradient everywhere. */
export function unusableProblem(kind: UnusableStart, dimension: number): SolverProblem {
  const [value, gradient] = UNUSABLE[kind];
  return {
    label: `${kind} everywhere, n ${dimension}`,
    start: new Float64Array(dimension).fill(1),
    slope: 1,
    evaluate: (x) => ({ value, gradient: filled(x, gradient) }),
  };
}
