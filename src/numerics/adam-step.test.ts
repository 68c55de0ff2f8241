import { describe, expect, it } from 'vitest';
import { adamState, adamStep } from './adam-step.ts';

/** A few roundings per operation of the update. */
const ROUNDING = 16 * Number.EPSILON;

describe('adamStep', () => {
  it('moves every coordinate by the rate in the first step, whatever the scale of the gradient', () => {
    const theta = Float64Array.of(1, 1, 1);
    adamStep(adamState(3, { epsilon: 0 }), theta, Float64Array.of(1e6, -0.5, 1e-6), 0.25);
    for (const [i, expected] of [0.75, 1.25, 0.75].entries()) {
      expect(Math.abs(theta[i]! - expected)).toBeLessThanOrEqual(ROUNDING);
    }
  });

  it('follows the published recursion for two different gradients', () => {
    // By hand: m1 = 0.2, v1 = 0.004; m2 = 0.9 m1 − 0.1 = 0.08, v2 = 0.999 v1 + 0.001 = 0.004996.
    const state = adamState(1);
    const theta = Float64Array.of(0);
    adamStep(state, theta, Float64Array.of(2), 0.1);
    const first = -0.1 * (2 / (2 + 1e-8));
    expect(Math.abs(theta[0]! - first)).toBeLessThanOrEqual(ROUNDING);
    adamStep(state, theta, Float64Array.of(-1), 0.1);
    const second = first - (0.1 * (0.08 / (1 - 0.81))) / (Math.sqrt(0.004996 / (1 - 0.998001)) + 1e-8);
    // 1 − β₂² loses ten bits to cancellation.
    expect(Math.abs(theta[0]! - second)).toBeLessThanOrEqual(1e-13);
    expect(state.steps).toBe(2);
  });

  it('stays where it is without a gradient, and moves on by momentum after one', () => {
    const state = adamState(1);
    const theta = Float64Array.of(3);
    adamStep(state, theta, Float64Array.of(0), 0.1);
    expect(theta[0]).toBe(3);
    adamStep(state, theta, Float64Array.of(1), 0.1);
    const after = theta[0]!;
    adamStep(state, theta, Float64Array.of(0), 0.1);
    expect(theta[0]).toBeLessThan(after);
  });
});
